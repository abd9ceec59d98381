/**
 * What Redis keeps for others of how payments ended: the streams of the journal. Begin with
 * {@link io.payonce.ledger.journal.RedisOutcomeJournal}.
 *
 * <p>Sees {@code ledger}, {@code ledger.redis}, {@code ledger.sealing}, {@code model},
 * {@code outcome}, {@code recovery}, {@code redis}; nothing else of ours.
 */
package io.payonce.ledger.journal;
