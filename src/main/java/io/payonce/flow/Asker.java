package io.payonce.flow;

import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;

/** A caller who waits for the answer of a payment. */
record Asker(
    PaymentId id,
    Operation operation,
    RequestFields fields,
    String traceId,
    long waitMillis,
    long sinceNanos) {}
