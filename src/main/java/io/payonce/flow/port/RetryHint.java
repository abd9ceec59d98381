package io.payonce.flow.port;

import io.payonce.model.PaymentId;

/**
 * Reminds this process's retry verticle of a payment, so that it need not find it in the due set.
 * Losing a reminder loses nothing: the due set is what counts.
 */
public interface RetryHint {
  void schedule(long millis, PaymentId id);
}
