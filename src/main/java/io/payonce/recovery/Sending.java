package io.payonce.recovery;

import static io.payonce.recovery.CommonDecisions.doubt;
import static io.payonce.recovery.CommonDecisions.later;
import static io.payonce.recovery.CommonDecisions.maySend;
import static io.payonce.recovery.CommonDecisions.otherAmount;
import static io.payonce.recovery.CommonDecisions.paid;
import static io.payonce.recovery.CommonDecisions.release;
import static io.payonce.recovery.CommonDecisions.resend;
import static io.payonce.recovery.CommonDecisions.turnedDown;
import static io.payonce.recovery.CommonDecisions.unpaid;

import io.payonce.codes.Report;
import io.payonce.model.StageName;
import java.util.EnumSet;
import java.util.Set;

/**
 * Decides for a payment whose intent is durable: the request may be on the wire, or not yet, or
 * never.
 */
record Sending(History history) implements Stage {
  /** What a send's answer says of that send alone. */
  private static final Set<Report> NOES = EnumSet.of(
      Report.REFUSED,
      Report.BUSY,
      Report.REMEDIED,
      Report.REFUSED_FOR_NOW,
      Report.UNSENT,
      Report.ALREADY_PAID);

  @Override
  public StageName name() {
    return StageName.SENDING;
  }

  @Override
  public Decision next(Report report, Deadlines moment, Policy policy) {
    History answered = history.sendAccountedFor();
    boolean moved = report == Report.PAID || report == Report.OTHER_AMOUNT;
    if (moment.page().isPage() && report.isStatus() && !moved) {
      return open(answered); // a page is no payment yet, whatever its transaction shows
    }
    if (answered.noSendInDoubt() && NOES.contains(report) && mayBeForgotten(moment, policy)) {
      return doubt(history.withAborted(), "a send that is forgotten may be under way");
    }
    return switch (report) {
      case PAID, DONE -> paid(this);
      case OTHER_AMOUNT -> otherAmount(this, answered, policy);
      case DECLINED, CLOSED -> ended(answered);
      case FAILED -> failed(answered, moment, policy);
      case INITIAL, PROCESSING -> open(answered);
      case REFUSED ->
        answered.noSendInDoubt()
            ? turnedDown(this, "the platform refused the only send")
            : earlier(answered);
      case BUSY -> answered.noSendInDoubt() ? pause(answered, moment, policy) : earlier(answered);
      case REMEDIED ->
        answered.noSendInDoubt() ? remedied(answered, moment, policy) : earlier(answered);
      case REFUSED_FOR_NOW -> answered.noSendInDoubt() ? give(answered) : earlier(answered);
      case UNSENT -> answered.noSendInDoubt() ? unsent() : earlier(history.unsent());
      case ID_IN_USE -> arrived(answered);
      case ALREADY_PAID ->
        doubt(
            answered.noSendInDoubt() ? answered.withOrderPaidElsewhere() : answered.withSeen(),
            "the order is paid, perhaps by this payment");
      case NOT_FOUND, FOREIGN, UNKNOWN -> doubt(history, "this send may have been executed");
    };
  }

  @Override
  public Decision due(Deadlines moment, Policy policy) {
    return doubt(history, "its worker fell silent: the send may have left");
  }

  @Override
  public Stage aborted() {
    return new Sending(history.withAborted());
  }

  /**
   * Whether the send just answered need not be the only one: a ledger that has gone back may have
   * lost another. Where nothing can be asked, or repeating it is no harm, no wait would show it.
   */
  private static boolean mayBeForgotten(Deadlines moment, Policy policy) {
    return policy.doubted() && (policy.mayShowASend() || moment.page().isPage());
  }

  private Decision ended(History answered) {
    return answered.noSendInDoubt()
        ? unpaid(this, "the platform's final status is unpaid")
        : doubt(answered.withOwned(), "an earlier send may still pay");
  }

  /**
   * A payment that was never in doubt got its answer; one that was may try a reissued id. Where the
   * ledger has gone back, the answer may be an earlier send's, and a reissued id may have been
   * tried.
   */
  private Decision failed(History answered, Deadlines moment, Policy policy) {
    return answered.noSendInDoubt() && (history.generation() > 1 || policy.reissuedUnknown())
        ? CommonDecisions.ended(
            new InDoubt(answered.withOwned()), Report.FAILED, moment, policy, this)
        : ended(answered);
  }

  private static Decision open(History answered) {
    return later(
        new Open(answered.withOwned().withOpened()), "accepted by the platform, not final");
  }

  private Decision pause(History answered, Deadlines moment, Policy policy) {
    return !moment.callersGone() && maySend(answered, moment, policy)
        ? later(new Held(answered), "refused for the moment; a pause helps")
        : give(answered);
  }

  private Decision remedied(History answered, Deadlines moment, Policy policy) {
    return !answered.has(Mark.REMEDIED) && maySend(answered, moment, policy)
        ? resend(answered.withRemedied(), "the cause of the refusal is remedied")
        : give(answered);
  }

  private Decision give(History answered) {
    return release(this, answered, "the platform refused the only send for now");
  }

  private Decision unsent() {
    return release(new Sending(history.unsent()), history.unsent(), "nothing left");
  }

  private Decision arrived(History answered) {
    return doubt(
        answered.noSendInDoubt() ? history.withIdInUse() : history.withSeen(),
        "something under this id arrived before");
  }

  private static Decision earlier(History answered) {
    return doubt(answered, "an earlier send is in doubt");
  }
}
