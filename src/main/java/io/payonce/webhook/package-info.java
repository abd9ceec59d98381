/**
 * The port of the platform's notifications: who signed them, and when; what they say is evidence
 * for the flows. Begin with {@link io.payonce.webhook.WebhookVerticle}. Nothing that is unsigned
 * changes anything.
 *
 * <p>Sees {@code flow}, {@code flow.port}, {@code http}, {@code http.server}, {@code json},
 * {@code ledger}, {@code model}, {@code telemetry}, {@code worker}; nothing else of ours.
 */
package io.payonce.webhook;
