/**
 * Encrypts what the ledger stores, with a ring of keys: one seals, all open. Begin with
 * {@link io.payonce.ledger.sealing.Sealer}.
 *
 * <p>Sees {@code ledger}, {@code model}; nothing else of ours.
 */
package io.payonce.ledger.sealing;
