package io.payonce.flow.engine;

import io.payonce.codes.Classification.Expected;
import io.payonce.flow.port.Stopwatch;
import io.payonce.flow.port.Time;
import io.payonce.flow.port.Trace;
import io.payonce.ledger.Claimed;
import io.payonce.ledger.Payment;
import io.payonce.model.ClosedPage;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.platform.PlatformRequest;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Stage;
import io.payonce.validation.RequestRules;

/**
 * A payment together with the lease that allows working on it.
 *
 * @param message the first send as it was or would be sent
 * @param clock the ledger's time, carried on by our own monotonic clock
 * @param answerSoFar what may have to be passed on, null when there is nothing
 * @param steps how often the payment has been deferred
 * @param traceId names the call, or the look, that works on it now
 * @param shut of a hosted page: since when it is known to be closed; else null
 */
public record LeasedPayment(
    Lease lease,
    Operation operation,
    RequestFields fields,
    PlatformRequest message,
    Stage stage,
    LedgerClock clock,
    long begunAtMillis,
    long intentAtMillis,
    long waitMillis,
    Reply answerSoFar,
    int steps,
    Stopwatch upstream,
    Trace trace,
    String traceId,
    ClosedPage shut) {
  /** No hosted page, or an open one. */
  public LeasedPayment(
      Lease lease,
      Operation operation,
      RequestFields fields,
      PlatformRequest message,
      Stage stage,
      LedgerClock clock,
      long begunAtMillis,
      long intentAtMillis,
      long waitMillis,
      Reply answerSoFar,
      int steps,
      Stopwatch upstream,
      Trace trace,
      String traceId) {
    this(
        lease,
        operation,
        fields,
        message,
        stage,
        clock,
        begunAtMillis,
        intentAtMillis,
        waitMillis,
        answerSoFar,
        steps,
        upstream,
        trace,
        traceId,
        null);
  }

  /** What a worker knows of a payment it has just taken over. */
  public static LeasedPayment ofClaim(
      Claimed claimed, RequestFields fields, Time time, Trace trace) {
    Payment payment = claimed.payment();
    return new LeasedPayment(
        claimed.lease(),
        payment.operation(),
        fields,
        PlatformRequests.message(payment.operation(), payment.body()),
        payment.doubtedSinceMillis() > 0 ? payment.stage().doubted() : payment.stage(),
        new LedgerClock(
            time, payment.nowMillis(), payment.doubtedSinceMillis(), payment.platformAheadMillis()),
        payment.begunAtMillis(),
        payment.intentAtMillis(),
        payment.waitMillis(),
        payment.answer(),
        payment.steps(),
        new Stopwatch(),
        trace,
        trace.traceId(),
        payment.shut());
  }

  public PaymentId id() {
    return lease.id();
  }

  int attempt() {
    return stage.history().generation();
  }

  String platformId() {
    return operation.identity() == Operation.Identity.CALLERS
        ? PlatformId.of(id(), stage.history())
        : null;
  }

  /**
   * What stays of the payment when its answer is forgotten: the id to ask the platform under; null
   * where a repeat goes out again.
   */
  public String rememberedId() {
    return operation.doubt() == Operation.Doubt.REPEAT && !isPage() ? null : platformId();
  }

  /**
   * The id under which the caller knows the payment that this one follows on, null without one. The
   * body may name it by a reissued id, the order goes by the caller's.
   */
  String callersOriginal() {
    boolean byRequestId =
        fields.originalTransactionId() == null && fields.originalTransactionRequestId() != null;
    return byRequestId ? RequestRules.originalRequestId(lease.order()) : null;
  }

  public Expected expected() {
    return expected(platformId());
  }

  /** The same in an answer in which the caller finds its own id. */
  public Expected answeredAs() {
    return expected(attempt() == 1 ? platformId() : id().requestId());
  }

  private Expected expected(String requestId) {
    return new Expected(operation, requestId, fields.referenceOrderId(), fields.amount());
  }

  LeasedPayment withStage(Stage next) {
    return new LeasedPayment(
        lease,
        operation,
        fields,
        message,
        next,
        clock,
        begunAtMillis,
        intentAtMillis,
        waitMillis,
        answerSoFar,
        steps,
        upstream,
        trace,
        traceId,
        shut);
  }

  /** A hosted page that has its order; where it takes none, it ends when it is made. */
  public boolean isPage() {
    return operation == Operation.CREATE_SESSION && lease.order() != null;
  }

  PageTimes.Page page() {
    return new PageTimes.Page(intentAtMillis, stage.history(), answerSoFar, shut);
  }

  LeasedPayment shut(ClosedPage known) {
    return new LeasedPayment(
        lease,
        operation,
        fields,
        message,
        stage,
        clock,
        begunAtMillis,
        intentAtMillis,
        waitMillis,
        answerSoFar,
        steps,
        upstream,
        trace,
        traceId,
        known);
  }

  public LeasedPayment withAnswer(Reply answer) {
    return new LeasedPayment(
        lease,
        operation,
        fields,
        message,
        stage,
        clock,
        begunAtMillis,
        intentAtMillis,
        waitMillis,
        answer,
        steps,
        upstream,
        trace,
        traceId,
        shut);
  }

  LeasedPayment withIntent(Lease renewed, Stage next) {
    return new LeasedPayment(
        renewed,
        operation,
        fields,
        message,
        next,
        clock,
        begunAtMillis,
        clock.nowMillis(),
        waitMillis,
        answerSoFar,
        steps,
        upstream,
        trace,
        traceId,
        shut);
  }
}
