package io.payonce.ledger;

import io.payonce.model.PaymentId;
import io.payonce.model.Reply;

/**
 * Names the original whose state a follow-up was refused for.
 *
 * @param original whose state it was refused for
 * @param otherwise to its callers, should the original be unsettled
 * @param stops no more sends of the original are sent then
 */
public record Dependence(PaymentId original, Reply otherwise, boolean stops) {}
