/**
 * What is published of outcomes: the journal and its events, and notifications to callers' hooks.
 * Begin with {@link io.payonce.outcome.OutcomeJournal} and {@link io.payonce.outcome.Notifier}.
 * Knows of no Redis and no HTTP: its adapter is {@code ledger.journal}.
 *
 * <p>Sees {@code dns}, {@code json}, {@code ledger}, {@code model}; nothing else of ours.
 */
package io.payonce.outcome;
