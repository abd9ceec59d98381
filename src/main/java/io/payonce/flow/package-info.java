/**
 * The order of steps of every call of a checkout service; ports only, of Vert.x only Future. Begin
 * with {@link io.payonce.flow.PaymentFlow}. Sees the ledger and the platform only as ports.
 *
 * <p>Sees {@code codes}, {@code flow.engine}, {@code flow.port}, {@code json}, {@code ledger},
 * {@code limit}, {@code model}, {@code platform}, {@code recovery}, {@code validation}; nothing
 * else of ours.
 */
package io.payonce.flow;
