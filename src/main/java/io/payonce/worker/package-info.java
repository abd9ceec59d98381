/**
 * What runs without a caller: recovery, audit, fleet limits, renewal, the ledger's charter. Begin
 * with {@link io.payonce.worker.RetryVerticle}. Sees no caller.
 *
 * <p>Sees {@code flow}, {@code flow.port}, {@code ledger}, {@code ledger.maintenance},
 * {@code ledger.redis}, {@code limit}, {@code model}, {@code platform.http}, {@code recovery},
 * {@code redis}, {@code redis.failure}, {@code renewal}, {@code telemetry}; nothing else of ours.
 */
package io.payonce.worker;
