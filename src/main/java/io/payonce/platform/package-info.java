/**
 * The port to the payment platform. Begin with {@link io.payonce.platform.Platform}. Sees no HTTP:
 * its adapter is {@code platform.http}.
 *
 * <p>Sees {@code codes}, {@code model}; nothing else of ours.
 */
package io.payonce.platform;
