package io.payonce.platform.http;

import io.payonce.dns.Host;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;

/**
 * The addresses that one request tries: each once, before any is tried again. It is not to be said
 * that nothing could be sent while an address is left that would have taken it. With a tunnel they
 * are the proxy's: where the platform's name leads, only the proxy need know.
 */
final class AddressAttempts {
  /** A refused connection is mostly one instance of several, or one being replaced. */
  private static final int LEAST_TRIES = 3;

  /** More addresses than that share a fate. */
  private static final int MOST_TRIES = 8;

  private final Vertx vertx;
  private final Host host;
  private final int port;
  private final ConnectTunnel tunnel;
  private final Set<InetAddress> tried = new HashSet<>(4);
  private InetAddress now;
  private int tries;

  AddressAttempts(Vertx vertx, Host host, int port) {
    this(vertx, host, port, null);
  }

  /** @param tunnel null without one, else {@code host} is the proxy's */
  AddressAttempts(Vertx vertx, Host host, int port, ConnectTunnel tunnel) {
    this.vertx = vertx;
    this.host = host;
    this.port = port;
    this.tunnel = tunnel;
  }

  /**
   * The request, to go where it was not tried yet within so much time in all. Fails when the host
   * has no known address.
   */
  Future<RequestOptions> next(RequestOptions request, long millis) {
    tries++;
    return host.next(vertx, tried).map(address -> {
      now = address;
      long share = share(millis);
      return lead(request, address).setConnectTimeout(share);
    });
  }

  private RequestOptions lead(RequestOptions request, InetAddress address) {
    return tunnel == null
        ? request.setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
        : request.setProxyOptions(tunnel.at(address));
  }

  /** No connection could be had where {@link #next} led. */
  void failed() {
    if (now != null) {
      host.failed(now);
      tried.add(now);
    }
  }

  /** Why no connection was had, or no answer: what a proxy says is for operators. */
  void missed(Throwable cause) {
    if (tunnel != null) {
      tunnel.failed(cause);
    }
  }

  boolean isAtItsEnd() {
    return tries >= Math.min(MOST_TRIES, Math.max(LEAST_TRIES, host.size()));
  }

  /** Of so much time, what the next address may take without leaving the others none. */
  private long share(long millis) {
    return Math.max(1, millis / Math.max(1, host.size() - tried.size()));
  }

  /** Between two addresses there is nothing to wait for. */
  boolean hasUntried() {
    return tried.size() < host.size();
  }
}
