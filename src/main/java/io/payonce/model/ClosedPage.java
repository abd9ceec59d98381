package io.payonce.model;

/**
 * A hosted page that is known to be closed.
 *
 * @param sinceMillis when that was written, by the ledger's clock: no press began later
 * @param successor the payment that has its order now, by its request id; null while the page keeps
 *     it
 */
public record ClosedPage(long sinceMillis, String successor) {}
