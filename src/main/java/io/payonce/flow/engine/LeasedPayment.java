package io.payonce.flow.engine;

import io.payonce.flow.port.Stopwatch;
import io.payonce.flow.port.Time;
import io.payonce.flow.port.Trace;
import io.payonce.ledger.Claim.Claimed;
import io.payonce.ledger.Payment;
import io.payonce.model.ClosedPage;
import io.payonce.model.Lease;
import io.payonce.model.PaymentRef;
import io.payonce.model.Reply;
import io.payonce.recovery.Stage;

/** A payment together with the lease that allows working on it. */
public record LeasedPayment(
    Lease lease, Request request, Progress progress, Times times, Worker worker)
    implements UnsettledPayment {
  /**
   * The call, or the look, that works on a payment.
   *
   * @param upstream how long the platform took for it
   */
  public record Worker(Stopwatch upstream, Trace trace, String traceId) {
    public Worker(Trace trace, String traceId) {
      this(new Stopwatch(), trace, traceId);
    }
  }

  /** What a call has begun just now. */
  public static LeasedPayment begun(Lease lease, Request request, Times times, Worker worker) {
    return new LeasedPayment(lease, request, Progress.BEGUN, times, worker);
  }

  /** What a worker knows of a payment it has just taken over. */
  public static LeasedPayment ofClaim(Claimed claimed, Time time, Trace trace) {
    Payment payment = claimed.payment();
    return new LeasedPayment(
        claimed.lease(),
        Request.of(payment),
        Progress.of(payment),
        Times.of(payment, time),
        new Worker(trace, trace.traceId()));
  }

  @Override
  public PaymentRef ref() {
    return lease.payment();
  }

  @Override
  public String traceId() {
    return worker.traceId();
  }

  public Stopwatch upstream() {
    return worker.upstream();
  }

  Trace trace() {
    return worker.trace();
  }

  LeasedPayment withStage(Stage next) {
    return with(progress.at(next));
  }

  LeasedPayment withSteps(int steps) {
    return with(progress.after(steps));
  }

  public LeasedPayment withAnswer(Reply answer) {
    return with(progress.answered(answer));
  }

  LeasedPayment shut(ClosedPage known) {
    return with(progress.shut(known));
  }

  private LeasedPayment with(Progress now) {
    return new LeasedPayment(lease, request, now, times, worker);
  }

  LeasedPayment withIntent(Lease renewed, Stage next) {
    return new LeasedPayment(renewed, request, progress.at(next), times.intendedNow(), worker);
  }
}
