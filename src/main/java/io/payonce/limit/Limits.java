package io.payonce.limit;

import io.payonce.model.Operation;
import io.vertx.core.Future;

/** Who may leave for the platform now. None of its futures fail. */
public interface Limits {
  /**
   * A payment's first copy. Complete already when nothing stands in the way; else it may wait a
   * little for room.
   */
  Future<Turn> fresh(String merchantId, Operation operation);

  /** One more copy of a payment: draws on the fleet's budget. Without Redis there is none. */
  Future<Turn> again(String merchantId, Operation operation);

  /** One more copy of a call that is no payment. */
  Future<Boolean> repeat();

  /** A confirm; {@link #confirmed} must follow a true. */
  boolean confirm();

  void confirmed();

  /** The platform said that this merchant calls too often. */
  void slowDown(String merchantId);
}
