/**
 * Metrics, traces, access log, and the faults that operators must know of. Begin with
 * {@link io.payonce.telemetry.Metrics}.
 *
 * <p>Sees {@code codes}, {@code credentials}, {@code flow.port}, {@code http.server}, {@code json},
 * {@code ledger}, {@code ledger.maintenance}, {@code ledger.redis}, {@code ledger.sealing},
 * {@code limit}, {@code model}, {@code platform}, {@code recovery}, {@code redis},
 * {@code redis.failure}, {@code settings}; nothing else of ours.
 */
package io.payonce.telemetry;
