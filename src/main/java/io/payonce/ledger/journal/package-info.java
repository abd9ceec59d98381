/**
 * What Redis keeps for others of how payments ended: the streams of the journal, and what callers
 * have not taken yet. Begin with {@link io.payonce.ledger.journal.RedisOutcomeJournal} and
 * {@link io.payonce.ledger.journal.RedisOutbox}.
 *
 * <p>Sees {@code ledger}, {@code ledger.redis}, {@code ledger.sealing}, {@code model},
 * {@code outcome}, {@code recovery}, {@code redis}; nothing else of ours.
 */
package io.payonce.ledger.journal;
