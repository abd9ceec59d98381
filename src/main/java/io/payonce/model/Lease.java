package io.payonce.model;

/**
 * The right to work on a payment until somebody takes it over. The fence is unique over all time:
 * whoever shows an old one changes nothing.
 */
public record Lease(PaymentId id, String order, String fence) {}
