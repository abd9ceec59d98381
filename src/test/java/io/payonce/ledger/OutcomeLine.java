package io.payonce.ledger;

import io.payonce.model.Operation;
import io.payonce.model.PaymentId;

/**
 * One entry of the journal of outcomes, without its times.
 *
 * @param kind {@code settled}, {@code released}, {@code contradicted} or {@code decided}
 * @param operation null where the record was lost
 * @param amount as the record has it
 * @param told what it had ended as before; empty when it had not
 * @param platformId the id under which the platform knows it; empty for the caller's own
 */
public record OutcomeLine(
    String kind,
    PaymentId id,
    Operation operation,
    String order,
    String amount,
    String otherAmount,
    String outcome,
    String told,
    String history,
    String transactionId,
    String platformId,
    String platform,
    String app,
    String why) {}
