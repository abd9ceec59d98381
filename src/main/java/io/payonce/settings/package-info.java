/**
 * The checked configuration as immutable records, or every fault in it. Begin with
 * {@link io.payonce.settings.Settings}. Nothing here opens a socket; the only files read are those
 * named.
 *
 * <p>Sees {@code model}, {@code settings.source}, {@code tls}; nothing else of ours.
 */
package io.payonce.settings;
