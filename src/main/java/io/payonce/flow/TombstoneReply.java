package io.payonce.flow;

import io.payonce.codes.Classification;
import io.payonce.codes.Classification.Expected;
import io.payonce.codes.Report;
import io.payonce.flow.engine.MoneyWrites;
import io.payonce.flow.engine.PlatformRequests;
import io.payonce.flow.engine.ResultReply;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.engine.TimelineWords;
import io.payonce.flow.engine.Undecided;
import io.payonce.flow.engine.WaitingCaller;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.flow.port.Outbound.Source;
import io.payonce.json.ProxyEnvelope;
import io.payonce.json.Rewrite;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.Tombstone;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import io.payonce.model.Whose;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;

/**
 * Answers a repeat of a payment whose record has expired: with its outcome, and in the platform's
 * own words where it still has them. Nothing is ever sent again.
 */
public final class TombstoneReply {
  private final Accounts accounts;
  private final Ledger ledger;
  private final MoneyWrites writes;
  private final Undecided undecided;
  private final FlowSettings settings;

  public TombstoneReply(
      Accounts accounts, Ledger ledger, MoneyWrites writes, FlowSettings settings) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.writes = writes;
    this.undecided = new Undecided(ledger);
    this.settings = settings;
  }

  public Future<Outbound> answer(Tombstone tombstone, WaitingCaller caller) {
    return ask(tombstone, caller)
        .compose(answer -> isPaidAfterAll(tombstone, caller, answer)
            ? paid(tombstone, caller, (Answer.Spoken) answer)
            : isMovedAfterAll(tombstone, caller, answer)
                ? moved(tombstone, caller, (Answer.Spoken) answer)
                : known(tombstone, caller, answer));
  }

  /**
   * Its order is known to be paid by it, and nothing else is known: only the platform can say what
   * was paid.
   */
  Future<Outbound> ofPayer(WaitingCaller caller, Whose whose) {
    Tombstone paid = new Tombstone(Outcome.PAID, caller.id().requestId(), whose);
    return ask(paid, caller)
        .map(answer -> report(paid, caller, answer) == Report.PAID
            ? of(paid, caller, answer)
            : CallerReplies.pending(caller, 1));
  }

  /**
   * While an operator has to decide what money that moved means, no caller is answered that it is
   * not paid.
   */
  private Future<Outbound> known(Tombstone tombstone, WaitingCaller caller, Answer answer) {
    Outbound out = of(tombstone, caller, answer);
    return tombstone.outcome() == Outcome.PAID
        ? named(tombstone, caller, answer)
            .map(out)
            .recover(LedgerUnavailable.otherwise(unnamed(tombstone, caller)))
        : undecided.unlessRepeated(caller.id(), out, CallerReplies.pending(caller, 1));
  }

  /** In our own words: where a name cannot be remembered, it is not given. */
  private static Outbound unnamed(Tombstone tombstone, WaitingCaller caller) {
    return Outbound.of(remembered(tombstone, caller), Source.LEDGER, Sent.YES, 1, CallOutcome.LATE);
  }

  /** Who is given its transactionId now may refund it by that. */
  private Future<Void> named(Tombstone tombstone, WaitingCaller caller, Answer answer) {
    boolean shown = report(tombstone, caller, answer) == Report.PAID;
    String name = shown ? StoredReply.transactionId(answer) : null;
    return name == null ? Future.succeededFuture() : ledger.rememberAlias(caller.id(), name);
  }

  private boolean isMovedAfterAll(Tombstone tombstone, WaitingCaller caller, Answer answer) {
    Report shown = report(tombstone, caller, answer);
    return shown == Report.OTHER_AMOUNT && tombstone.outcome() != Outcome.PAID;
  }

  /** An operator will decide; until then every caller gets the same, and its order stays taken. */
  private Future<Outbound> moved(Tombstone tombstone, WaitingCaller caller, Answer.Spoken answer) {
    return writes
        .moved(
            caller.id(),
            RequestRules.order(caller.operation(), caller.fields()),
            caller.operation().pays(),
            TimelineWords.said(answer.envelope().amount()),
            TimelineWords.of(
                    "repeated late",
                    Report.OTHER_AMOUNT,
                    answer,
                    caller.fields().amount())
                .encode())
        .compose(noted -> noted == Contradiction.DECIDED
            ? known(tombstone, caller, answer) // of this sum; another may have moved besides
            : Future.succeededFuture(CallerReplies.pending(caller, 1)))
        .recover(LedgerUnavailable.otherwise(CallerReplies.pending(caller, 1)));
  }

  /** What another platform was sent, this one cannot know. */
  private Future<Answer> ask(Tombstone tombstone, WaitingCaller caller) {
    return tombstone.isStrange()
        ? Future.succeededFuture(new Answer.Silent("another platform was sent it"))
        : accounts
            .way(tombstone.account())
            .platform()
            .call(PlatformRequests.question(
                caller.fields().appId(), caller.id().merchantId(), tombstone.platformId()));
  }

  private boolean isPaidAfterAll(Tombstone tombstone, WaitingCaller caller, Answer answer) {
    return tombstone.outcome() != Outcome.PAID && report(tombstone, caller, answer) == Report.PAID;
  }

  /**
   * It contradicts what was answered: that is written, and an operator's to see, before it is
   * answered.
   */
  private Future<Outbound> paid(Tombstone tombstone, WaitingCaller caller, Answer.Spoken answer) {
    PaymentRef payment = new PaymentRef(
        caller.id(), RequestRules.order(caller.operation(), caller.fields()), caller.fingerprint());
    Outbound out = of(tombstone, caller, answer);
    Settlement settlement = Settlement.paidForgotten(
        tombstone.platformId(),
        caller.operation().pays(),
        out.reply(),
        answer.envelope().transactionId(),
        "repeated late, and the platform shows it paid");
    return writes
        .paid(payment, settlement)
        .map(done -> out)
        .recover(LedgerUnavailable.otherwise(CallerReplies.pending(caller, 1)));
  }

  private Outbound of(Tombstone tombstone, WaitingCaller caller, Answer answer) {
    if (caller.operation() == Operation.CREATE_SESSION
        && tombstone.outcome() == Outcome.UNPAID
        && !confirmsPaid(tombstone, caller, answer)) {
      return Outbound.of(
          StoredReply.pageClosed(caller.traceId()), Source.LEDGER, Sent.YES, 1, CallOutcome.LATE);
    }
    Reply reply = answer instanceof Answer.Spoken spoken && confirms(tombstone, caller, spoken)
        ? Reply.json(Rewrite.requestId(spoken.reply().body(), caller.id().requestId()))
        : remembered(tombstone, caller);
    return Outbound.of(reply, Source.LEDGER, Sent.YES, 1, CallOutcome.LATE);
  }

  /**
   * A final status of the platform is the truth, unless it is of another payment that has our id,
   * or forgets what we know to be paid.
   */
  private boolean confirms(Tombstone tombstone, WaitingCaller caller, Answer.Spoken spoken) {
    Report report = report(tombstone, caller, spoken);
    return report == Report.PAID || report.isUnpaid() && tombstone.outcome() != Outcome.PAID;
  }

  private Report report(Tombstone tombstone, WaitingCaller caller, Answer answer) {
    Expected expected = new Expected(
        caller.operation(),
        tombstone.platformId(),
        caller.fields().referenceOrderId(),
        caller.fields().amount());
    return settings.understood(Classification.ofConfirm(answer, expected));
  }

  private boolean confirmsPaid(Tombstone tombstone, WaitingCaller caller, Answer answer) {
    return answer instanceof Answer.Spoken spoken
        && spoken.envelope().status() == TransactionStatus.SUCCESS
        && confirms(tombstone, caller, spoken);
  }

  private static Reply remembered(Tombstone tombstone, WaitingCaller caller) {
    if (caller.operation().hasResult()) {
      return ResultReply.ended(
          tombstone.outcome(), caller.operation(), caller.id(), caller.fields(), caller.traceId());
    }
    return ProxyEnvelope.verdict(
        status(tombstone.outcome(), caller.operation()),
        "repeated late; this is how it ended",
        caller.id().requestId(),
        caller.fields().referenceOrderId(),
        caller.traceId());
  }

  /**
   * What was done is answered as the platform does, by code 0 and no status: a session that was
   * made is not a payment, and of a batch that was closed nothing more can be learnt by asking.
   */
  static TransactionStatus status(Outcome outcome, Operation operation) {
    if (outcome != Outcome.PAID) {
      return TransactionStatus.CLOSED;
    }
    return operation.statusless() == Operation.Statusless.DONE ? null : TransactionStatus.SUCCESS;
  }
}
