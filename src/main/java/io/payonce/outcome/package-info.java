/**
 * What others hear of outcomes: the journal and its events. Begin with
 * {@link io.payonce.outcome.OutcomeJournal}. Knows of no Redis: its adapter is
 * {@code ledger.journal}.
 *
 * <p>Sees {@code ledger}, {@code model}; nothing else of ours.
 */
package io.payonce.outcome;
