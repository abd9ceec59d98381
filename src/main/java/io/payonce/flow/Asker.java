package io.payonce.flow;

import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;
import io.payonce.rule.Classification.Expected;

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
  /** Whose answer it waits for, by the id it knows. */
  Expected expected() {
    String callers = operation.identity() == Operation.Identity.CALLERS ? id.requestId() : null;
    return new Expected(operation, callers, fields.referenceOrderId(), fields.amount());
  }

  /** The same caller, once the ledger has told the fingerprint of its request. */
  Asker of(String print) {
    return new Asker(id, operation, fields, traceId, waitMillis, sinceNanos, print);
  }
}
