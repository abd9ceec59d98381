/**
 * Callers' hooks over HTTP: where they really are, one exchange with each, its signature. Begin
 * with {@link io.payonce.outcome.http.HttpHooks}.
 *
 * <p>Sees {@code dns}, {@code outcome}, {@code tls}; nothing else of ours.
 */
package io.payonce.outcome.http;
