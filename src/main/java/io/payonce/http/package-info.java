/**
 * The proxy port: admits, reads and answers the calls of checkout services. Begin with
 * {@link io.payonce.http.ProxyVerticle}. Decides nothing about money.
 *
 * <p>Sees {@code flow}, {@code flow.port}, {@code http.server}, {@code json}, {@code model},
 * {@code redis}, {@code settings}, {@code settings.source}, {@code telemetry}, {@code tls},
 * {@code worker}; nothing else of ours.
 */
package io.payonce.http;
