/**
 * The port to the payment store: its moves, their results, the records. Begin with
 * {@link io.payonce.ledger.Ledger}. Sees no Redis: its adapter is {@code ledger.redis}.
 *
 * <p>Sees {@code model}, {@code recovery}; nothing else of ours.
 */
package io.payonce.ledger;
