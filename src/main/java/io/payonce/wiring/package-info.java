/**
 * Builds one pod from its settings: adapters, flows, verticles, watchers. Begin with
 * {@link io.payonce.wiring.PodWiring}. Seen by commands alone; nothing below knows how it is built.
 *
 * <p>Sees {@code admin}, {@code codes}, {@code credentials}, {@code flow}, {@code flow.operator},
 * {@code flow.port}, {@code http}, {@code http.server}, {@code json}, {@code ledger.journal},
 * {@code ledger.maintenance}, {@code ledger.redis}, {@code ledger.sealing}, {@code limit},
 * {@code model}, {@code outcome}, {@code platform}, {@code platform.http}, {@code recovery},
 * {@code redis}, {@code redis.failure}, {@code renewal}, {@code settings}, {@code settings.source},
 * {@code signing}, {@code telemetry}, {@code tls}, {@code webhook}, {@code worker}; nothing else of
 * ours.
 */
package io.payonce.wiring;
