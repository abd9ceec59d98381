package io.payonce.ledger;

import io.payonce.model.Operation;
import io.payonce.model.PaymentId;

/**
 * What a payment begins with.
 *
 * @param order what it locks, null for operations that lock nothing: the caller's order number, or
 *     the original transaction as {@code req:} and its transactionRequestId or as {@code txn:} and
 *     its transactionId (which the ledger turns into {@code req:} once it knows)
 * @param body the caller's bytes
 * @param copy the bytes that go to the platform, nearly always the same
 * @param waitMillis how long its first caller is held
 * @param fingerprint the same for the same request, and only for it
 */
public record NewPayment(
    PaymentId id,
    Operation operation,
    String order,
    byte[] body,
    byte[] copy,
    long waitMillis,
    String fingerprint) {
  @Override
  public String toString() {
    return "NewPayment[" + id + " " + operation.label() + "]";
  }
}
