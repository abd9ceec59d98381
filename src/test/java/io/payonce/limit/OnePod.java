package io.payonce.limit;

import io.payonce.model.Operation;
import io.payonce.platform.Platform;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The limits of a pod whose fleet has a budget for sending again, in virtual time. */
public final class OnePod extends Unlimited {
  private final PodLimits pod;
  private final Budget budget;

  /** What a fleet shares: as in Redis, without fresh payments. */
  public static final class Budget {
    private final LongSupplier nowMillis;
    private double balance = RetryBudget.USUAL.burst();
    private long atMillis;

    public Budget(LongSupplier nowMillis) {
      this.nowMillis = nowMillis;
      atMillis = nowMillis.getAsLong();
    }

    boolean draw() {
      long now = nowMillis.getAsLong();
      double earned = RetryBudget.USUAL.floorPerSecond() * (now - atMillis) / 1000;
      balance = Math.min(RetryBudget.USUAL.burst(), balance + earned);
      atMillis = now;
      if (balance < 1) {
        return false;
      }
      balance--;
      return true;
    }
  }

  public OnePod(Budget budget, LongSupplier nowMillis) {
    pod = new PodLimits("platform", 1024, nowMillis);
    this.budget = budget;
  }

  public Platform guarding(Platform platform) {
    return new GuardedPlatform(platform, pod.circuit());
  }

  @Override
  public Future<Admission> acquireResend(String merchantId, Operation operation) {
    return budget.draw()
        ? super.acquireResend(merchantId, operation)
        : Future.succeededFuture(new Admission.Refused(Admission.Reason.SPENT, 200));
  }

  @Override
  public Future<Optional<ConfirmPlace>> acquireConfirm(String merchantId) {
    return Future.succeededFuture(pod.confirm(merchantId));
  }

  @Override
  public int confirms() {
    return pod.confirms();
  }

  @Override
  public boolean asksNow() {
    return pod.circuit().asksNow();
  }

  @Override
  public long putOffMillis(double chance) {
    return pod.putOffMillis(chance);
  }

  @Override
  public void putOff() {
    pod.putOff();
  }

  @Override
  public boolean mayLook() {
    return pod.circuit().mayLook();
  }

  @Override
  public void looked() {
    pod.circuit().looked();
  }
}
