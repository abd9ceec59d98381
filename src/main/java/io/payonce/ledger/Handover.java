package io.payonce.ledger;

import io.payonce.model.PaymentId;

/**
 * Lets a payment begin although a hosted page has its order: that page is closed, and the order
 * changes hands if the page still is as it was when this was found.
 *
 * @param page whose order it is
 * @param history of the page, as encoded
 * @param lookAtMillis when the page is looked at next, by the ledger's clock: it stays due until it
 *     is final
 */
public record Handover(PaymentId page, String history, long lookAtMillis) {}
