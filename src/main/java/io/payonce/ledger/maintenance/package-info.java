/**
 * Looks after the ledger as a whole: audit, charter, keys, what the fleet and its Redis can do.
 * Begin with {@link io.payonce.ledger.maintenance.Auditor}. Works on the same Redis as
 * {@code ledger.redis}, and never on one payment for a caller.
 *
 * <p>Sees {@code ledger}, {@code ledger.redis}, {@code ledger.sealing}, {@code model},
 * {@code recovery}, {@code redis}, {@code redis.failure}; nothing else of ours.
 */
package io.payonce.ledger.maintenance;
