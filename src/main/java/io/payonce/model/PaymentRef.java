package io.payonce.model;

/**
 * Names one request of a payment and the order that it takes; says nothing of who works on it.
 *
 * @param order null when it takes none
 * @param fingerprint of the request: a ledger that has lost the payment may have begun another one
 *     under the same id, and what is known of this one is not true of that one. Null: not known
 */
public record PaymentRef(PaymentId id, String order, String fingerprint) {}
