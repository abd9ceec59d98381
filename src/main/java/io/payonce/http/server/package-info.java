/**
 * What every port of ours does: limits of connections and bodies, one exchange, draining. Begin
 * with {@link io.payonce.http.server.Exchange}.
 *
 * <p>Sees {@code flow.port}, {@code json}, {@code model}; nothing else of ours.
 */
package io.payonce.http.server;
