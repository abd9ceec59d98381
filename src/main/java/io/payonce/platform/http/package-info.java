/**
 * The platform over HTTP: signs, sends, reads, never sends twice. Begin with
 * {@link io.payonce.platform.http.HttpPlatform}. Sees no ledger: what was sent is remembered by who
 * calls it.
 *
 * <p>Sees {@code codes}, {@code credentials}, {@code dns}, {@code model}, {@code platform},
 * {@code signing}, {@code tls}; nothing else of ours.
 */
package io.payonce.platform.http;
