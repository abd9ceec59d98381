/**
 * Verifies signatures as the platform would. Begin with
 * {@link io.payonce.sandbox.signature.Verifier}.
 *
 * <p>Sees {@code signing}, {@code tls}; nothing else of ours.
 */
package io.payonce.sandbox.signature;
