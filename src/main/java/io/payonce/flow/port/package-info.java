/**
 * What flows take and give, and what they ask of their surroundings. Begin with
 * {@link io.payonce.flow.port.Inbound}.
 *
 * <p>Sees {@code codes}, {@code json}, {@code ledger}, {@code limit}, {@code model},
 * {@code platform}, {@code recovery}; nothing else of ours.
 */
package io.payonce.flow.port;
