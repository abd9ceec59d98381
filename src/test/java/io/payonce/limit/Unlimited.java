package io.payonce.limit;

import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.vertx.core.Future;

/** Nothing stands in anybody's way: for tests that are about something else. */
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
  public Future<Boolean> acquireConfirm(String merchantId) {
    return Future.succeededFuture(true);
  }

  @Override
  public void releaseConfirm() {}

  @Override
  public void slowDown(String merchantId) {}

  @Override
  public void answered(Answer answer, long tookNanos) {}

  @Override
  public void release() {}
}
