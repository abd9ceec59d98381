package io.payonce.world;

import io.payonce.limit.Limits;
import io.payonce.limit.Permit;
import io.payonce.limit.Turn;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.vertx.core.Future;

/** Lets everything through: how much leaves is no question of safety. */
enum NoLimits implements Limits, Permit {
  FREE;

  @Override
  public Future<Turn> fresh(String merchantId, Operation operation) {
    return Future.succeededFuture(new Turn.Go(this));
  }

  @Override
  public Future<Turn> again(String merchantId, Operation operation) {
    return Future.succeededFuture(new Turn.Go(this));
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

  @Override
  public void heard(Answer answer, long tookNanos) {}

  @Override
  public void unused() {}
}
