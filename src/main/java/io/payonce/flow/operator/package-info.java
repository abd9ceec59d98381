/**
 * What operators ask about a payment and decide. Begin with
 * {@link io.payonce.flow.operator.ResolveFlow}.
 *
 * <p>Sees {@code codes}, {@code flow}, {@code flow.engine}, {@code flow.port}, {@code json},
 * {@code ledger}, {@code model}, {@code outcome}, {@code outcome.report}, {@code platform},
 * {@code recovery}, {@code validation}; nothing else of ours.
 */
package io.payonce.flow.operator;
