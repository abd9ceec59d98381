/**
 * Host names and all their addresses, looked up again in time and after a failed connect. Begin
 * with {@link io.payonce.dns.Host}.
 *
 * <p>Sees nothing else of ours.
 */
package io.payonce.dns;
