/**
 * The keys in use toward the platform. Begin with {@link io.payonce.credentials.PlatformKeys}.
 *
 * <p>Sees {@code codes}, {@code signing}; nothing else of ours.
 */
package io.payonce.credentials;
