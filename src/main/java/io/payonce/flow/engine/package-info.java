/**
 * Does what the recovery machine decides, for one payment under its lease. Begin with
 * {@link io.payonce.flow.engine.PaymentEngine}.
 *
 * <p>Sees {@code codes}, {@code flow.port}, {@code json}, {@code ledger}, {@code limit},
 * {@code model}, {@code platform}, {@code recovery}, {@code validation}; nothing else of ours.
 */
package io.payonce.flow.engine;
