package io.payonce.ledger;

/**
 * Names what a void of a refund, or of a void, would bring back.
 *
 * @param payer by its request id: what it has paid counts again when the void succeeds
 * @param refund by its request id; the payer itself where none is voided, and its own success is
 *     what the order remembers
 */
public record Voided(String payer, String refund) {}
