/**
 * The journal for operators and other programs: as JSON, as rows, added up, and held against what
 * the platform says. Pure. Begin with {@link io.payonce.outcome.report.OutcomeJson}.
 *
 * <p>Sees {@code codes}, {@code json}, {@code ledger}, {@code model}, {@code outcome}; nothing else
 * of ours.
 */
package io.payonce.outcome.report;
