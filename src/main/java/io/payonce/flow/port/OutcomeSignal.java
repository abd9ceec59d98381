package io.payonce.flow.port;

import io.payonce.model.PaymentId;
import io.vertx.core.Future;

/** Tells callers who wait for a payment in this process that something about it has changed. */
public interface OutcomeSignal {
  /** Succeeds at the next change of the payment, or after that many milliseconds. */
  Future<Void> awaitChange(PaymentId id, long atMostMillis);

  /** How much longer anybody may wait in this process, whatever its own limit is. */
  default long leftMillis() {
    return Long.MAX_VALUE;
  }

  /** The payment has ended, or has an answer to give meanwhile. */
  void announce(PaymentId id);

  /** When the platform wants to see again what it has refused; unknown unless it is kept. */
  default PlatformRetryAfter comeAgain() {
    return PlatformRetryAfter.NONE;
  }
}
