package io.payonce.ledger;

/**
 * What stays of a payment after its answer is forgotten.
 *
 * @param platformId the id under which the platform knows its last attempt
 */
public record Tombstone(Outcome outcome, String platformId) {}
