package io.payonce.model;

/**
 * The right to work on a payment until somebody takes it over. The fence is unique over all time:
 * whoever shows an old one changes nothing.
 *
 * @param fingerprint of the request it is for: a ledger that has lost the payment may have begun
 *     another request under the same id, and what is known of this one is not true of that one
 */
public record Lease(PaymentId id, String order, String fence, String fingerprint) {}
