package io.payonce.limit;

import io.payonce.model.Operation;
import io.vertx.core.Future;

/** Admits sends and confirms to the platform. None of its futures fail. */
public interface Limits {
  /**
   * A payment's first send. Complete already when nothing stands in the way; else it may wait a
   * little for room.
   */
  Future<Admission> acquireFirstSend(String merchantId, Operation operation);

  /** One more send of a payment: draws on the fleet's budget. Without Redis there is none. */
  Future<Admission> acquireResend(String merchantId, Operation operation);

  /** One more send of a call that is no payment. */
  Future<Boolean> acquireCallRetry();

  /**
   * A confirm; {@link #releaseConfirm} must follow a true. It counts in a slowed merchant's rate.
   */
  Future<Boolean> acquireConfirm(String merchantId);

  void releaseConfirm();

  /** The platform said that this merchant calls too often. */
  void slowDown(String merchantId);
}
