package io.payonce.limit;

import io.payonce.model.Operation;
import io.vertx.core.Future;
import java.util.Optional;

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

  /** A question about a payment, if it may be asked now. It counts in a slowed merchant's rate. */
  Future<Optional<ConfirmPlace>> acquireConfirm(String merchantId);

  /** How many such questions there may be at once, as things are now. */
  int confirms();

  /** Whether questions are answered: else they are few. */
  boolean asksNow();

  /**
   * How long what can only be asked about is to wait, as confirms are paused; 0: one of it may be
   * looked at.
   */
  long putOffMillis(double chance);

  /** One has had to wait so: the more there are, the longer all wait. */
  void putOff();

  /** Whether it is this one that is looked at: {@link #looked} must follow. */
  boolean mayLook();

  /** It has been asked about, if it was to be. */
  void looked();

  /** The platform said that this merchant calls too often. */
  void slowDown(String merchantId);
}
