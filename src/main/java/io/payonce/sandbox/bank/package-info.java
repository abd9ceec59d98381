/**
 * Executes the simulated calls and keeps the books of what was really charged. Begin with
 * {@link io.payonce.sandbox.bank.Bank}. Knows nothing of the proxy it is called by.
 *
 * <p>Sees {@code sandbox.request}, {@code sandbox.script}; nothing else of ours.
 */
package io.payonce.sandbox.bank;
