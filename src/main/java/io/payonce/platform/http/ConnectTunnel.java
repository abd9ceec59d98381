package io.payonce.platform.http;

import io.netty.handler.proxy.ProxyConnectException;
import io.payonce.tls.WatchedFile;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP proxy that all connections to the platform go through (CONNECT, RFC 9110 section 9.3.6).
 * It learns the platform's name and ours, and nothing of what is sent: TLS begins behind it. What
 * it does not let through has not left. One for all event loops.
 */
public final class ConnectTunnel {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectTunnel.class);

  /** The same is not said again for so long: each payment would say it. */
  private static final long QUIET_NANOS = Duration.ofMinutes(5).toNanos();

  private static final int MOST_CHARS = 100;

  /**
   * Within that time. The proxies behind one name may each say something else by turns, and one may
   * never say the same twice. At half, two proxies in trouble can hide a third; at double, the log
   * gets twice as much from one whom we do not know.
   */
  static final int MOST_SAID = 8;

  private final String host;
  private final int port;
  private final WatchedFile<String> login;
  private final Duration connectTimeout;
  private final Map<String, Long> saidNanos = new HashMap<>();

  /**
   * @param host of the proxy
   * @param login {@code user:password}; empty where the proxy asks for none
   * @param connectTimeoutMillis how long it may take until it lets us through
   */
  public ConnectTunnel(
      String host, int port, WatchedFile<String> login, long connectTimeoutMillis) {
    this.host = host;
    this.port = port;
    this.login = login;
    this.connectTimeout = Duration.ofMillis(connectTimeoutMillis);
  }

  String host() {
    return host;
  }

  /** Through the proxy at this address of its. */
  ProxyOptions at(InetAddress address) {
    ProxyOptions proxy = new ProxyOptions()
        .setType(ProxyType.HTTP)
        .setHost(address.getHostAddress())
        .setPort(port)
        .setConnectTimeout(connectTimeout);
    String now = login.current();
    int colon = now.indexOf(':');
    return colon < 0
        ? proxy
        : proxy.setUsername(now.substring(0, colon)).setPassword(now.substring(colon + 1));
  }

  /** No connection was had: where that is the proxy's doing, operators must know its words. */
  void failed(Throwable cause) {
    if (cause instanceof ProxyConnectException) {
      warn(words(String.valueOf(cause.getMessage())));
    }
  }

  // Netty puts the way in front: "http, none, address => address, status: 407 …".
  private static String words(String message) {
    String last = message.substring(message.lastIndexOf(", ") + 1).strip();
    String plain = last.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.substring(0, Math.min(MOST_CHARS, plain.length()));
  }

  private synchronized void warn(String words) {
    long now = System.nanoTime();
    saidNanos.values().removeIf(then -> now - then > QUIET_NANOS);
    if (saidNanos.size() < MOST_SAID && saidNanos.putIfAbsent(words, now) == null) {
      LOG.warn("proxy refused: {}:{}, {}", host, port, words);
    }
  }

  @Override
  public String toString() {
    return "Tunnel[" + host + ":" + port + "]";
  }
}
