/**
 * The admin port: health, metrics, ops page, review and resolution of payments. Begin with
 * {@link io.payonce.admin.AdminVerticle}.
 *
 * <p>Sees {@code codes}, {@code flow.operator}, {@code flow.port}, {@code http.server},
 * {@code json}, {@code ledger}, {@code model}, {@code outcome}, {@code outcome.report},
 * {@code recovery}, {@code redis}, {@code redis.failure}, {@code settings},
 * {@code settings.source}, {@code telemetry}; nothing else of ours.
 */
package io.payonce.admin;
