package io.payonce.limit;

import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.vertx.core.Future;

/** Nothing stands in anybody's way: for tests that are about something else. */
public final class Unlimited implements Limits {
  private static final Permit PERMIT = new Permit() {
    @Override
    public void heard(Answer answer, long tookNanos) {}

    @Override
    public void unused() {}
  };

  @Override
  public Future<Turn> fresh(String merchantId, Operation operation) {
    return Future.succeededFuture(new Turn.Go(PERMIT));
  }

  @Override
  public Future<Turn> again(String merchantId, Operation operation) {
    return Future.succeededFuture(new Turn.Go(PERMIT));
  }

  @Override
  public Future<Boolean> repeat() {
    return Future.succeededFuture(true);
  }

  @Override
  public boolean confirm() {
    return true;
  }

  @Override
  public void confirmed() {}

  @Override
  public void slowDown(String merchantId) {}
}
