package io.payonce.recovery;

import io.payonce.codes.Report;
import io.payonce.model.StageName;

/**
 * Decides the next step of an unsettled payment, from the last thing known to be true of it and
 * from what has just been learnt or come due. The first send, a recovery and a takeover all run
 * through it.
 */
public sealed interface Stage permits Sending, Held, InDoubt, Open, Attention, OtherAmount {
  /** Where every payment begins: its first send is about to leave. */
  static Stage first() {
    return new Sending(History.FIRST);
  }

  /** Reads what {@link #word} and {@link History#encode} wrote. */
  static Stage read(String word, String history) {
    History past = History.decode(history);
    return switch (StageName.read(word)) {
      case SENDING -> new Sending(past);
      case HELD -> new Held(past);
      case IN_DOUBT -> new InDoubt(past);
      case OPEN -> new Open(past);
      case ATTENTION -> new Attention(past);
    };
  }

  /** The same, of a payment for which money moved, but not the amount asked for. */
  default Stage withOtherAmount() {
    return new OtherAmount(history());
  }

  /** True when money moved, but not the amount asked for. */
  default boolean isOtherAmount() {
    return false;
  }

  /** True while it may be sent again for want of any sign that the platform has it. */
  default boolean isUnseen() {
    return name() == StageName.IN_DOUBT && !history().has(Mark.SEEN);
  }

  History history();

  StageName name();

  /** The stage's name in the ledger and for operators. */
  default String word() {
    return name().word();
  }

  /** What follows from this report. */
  Decision next(Report report, Deadlines moment, Policy policy);

  /** What to do when the payment comes due and it is unknown how its last worker ended. */
  Decision due(Deadlines moment, Policy policy);

  /** The same stage where it may be an earlier one: more may have been sent than it knows of. */
  default Stage doubted() {
    return switch (name()) {
      case SENDING, HELD, IN_DOUBT -> new InDoubt(history().doubted());
      case OPEN -> new Open(history().doubted());
      case ATTENTION -> new Attention(history().doubted());
    };
  }

  /**
   * The payment under the next reissued id, of which a ledger that has gone back in time may have
   * forgotten a send: it is asked about, and never sent. Null where none can have been sent.
   *
   * @param moment when its id so far was found to have failed
   */
  default Stage perhapsReissued(Deadlines moment, Policy policy) {
    FinalUnpaid proof = FinalUnpaid.of(history(), Report.FAILED, moment);
    return proof != null && policy.reissues() && history().generation() < policy.maxSends()
        ? new InDoubt(history().nextGeneration(proof).withAborted())
        : null;
  }

  /** The same stage with the mark that the caller asked to stop the payment. */
  Stage aborted();

  /**
   * Where the payment stays when a send that was decided on has to wait: what is known stays known.
   * A send just refused and mended is held; any other sender's doubt is cleared up by asking.
   */
  default Stage kept(Decision decision) {
    if (!(this instanceof Sending)) {
      return this;
    }
    return decision.action() == Action.RESEND
        ? new Held(decision.next().history().unsent())
        : new InDoubt(history());
  }
}
