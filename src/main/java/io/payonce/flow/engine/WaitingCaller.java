package io.payonce.flow.engine;

import io.payonce.codes.Classification.Expected;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;

/**
 * Holds a caller that waits for the outcome of a payment.
 *
 * @param fingerprint of its request, null while the ledger has not given it: what the ledger says
 *     of another request under the same id is not for this caller
 */
public record WaitingCaller(
    PaymentId id,
    Operation operation,
    RequestFields fields,
    String traceId,
    long waitMillis,
    long sinceNanos,
    String fingerprint) {
  /** Whose answer it waits for, by the id it knows. */
  public Expected expected() {
    boolean known = operation.identity() == Operation.Identity.CALLERS && operation.isReissued();
    String callers = known ? id.requestId() : null;
    return new Expected(operation, callers, fields.referenceOrderId(), fields.amount());
  }

  /** The same caller, once the ledger has given the fingerprint of its request. */
  public WaitingCaller of(String print) {
    return new WaitingCaller(id, operation, fields, traceId, waitMillis, sinceNanos, print);
  }
}
