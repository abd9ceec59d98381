package io.payonce.flow;

import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;

/**
 * A caller who waits for the answer of a payment.
 *
 * @param fingerprint of its request, null while the ledger has not told it: what the ledger says of
 *     another request under the same id is not for this caller
 */
record Asker(
    PaymentId id,
    Operation operation,
    RequestFields fields,
    String traceId,
    long waitMillis,
    long sinceNanos,
    String fingerprint) {
  /** The same caller, once the ledger has told the fingerprint of its request. */
  Asker of(String print) {
    return new Asker(id, operation, fields, traceId, waitMillis, sinceNanos, print);
  }
}
