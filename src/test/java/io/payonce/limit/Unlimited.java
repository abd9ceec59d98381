package io.payonce.limit;

import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/** No limit at all: for tests that are about something else. */
public class Unlimited implements Limits, Permit {
  @Override
  public Future<Admission> acquireFirstSend(String merchantId, Operation operation) {
    return Future.succeededFuture(new Admission.Granted(this));
  }

  @Override
  public Future<Admission> acquireResend(String merchantId, Operation operation) {
    return Future.succeededFuture(new Admission.Granted(this));
  }

  @Override
  public Future<Boolean> acquireCallRetry() {
    return Future.succeededFuture(true);
  }

  @Override
  public Future<Optional<ConfirmPlace>> acquireConfirm(String merchantId) {
    return Future.succeededFuture(Optional.of(Supplier::get));
  }

  @Override
  public int confirms() {
    return 1000;
  }

  @Override
  public boolean asksNow() {
    return true;
  }

  @Override
  public long putOffMillis(double chance) {
    return 0;
  }

  @Override
  public void putOff() {}

  @Override
  public boolean mayLook() {
    return true;
  }

  @Override
  public void looked() {}

  @Override
  public void slowDown(String merchantId) {}

  @Override
  public void answered(Answer answer, long tookNanos) {}

  @Override
  public void release() {}
}
