package io.payonce.platform.http;

import io.payonce.dns.HostNames;
import io.payonce.platform.PlatformAddress;
import io.payonce.tls.CertificateBundle;
import io.payonce.tls.WatchedFile;
import java.util.List;

/**
 * Says how to reach the platform.
 *
 * @param baseUrl http or https, a host, perhaps a port and a path that goes before every target
 * @param maxConnections for each event loop; as many requests may wait for one
 * @param requestIdHeaders all get the same fresh value; the first is the one that is signed
 * @param route how connections find the platform
 */
public record PlatformSettings(
    String baseUrl,
    Times times,
    int maxConnections,
    List<String> requestIdHeaders,
    Tls tls,
    Route route) {

  /**
   * Limits of time.
   *
   * @param connectMillis for one connection, its TLS handshake included in a second such span
   * @param requestMillis from the first byte of a request to the last of its answer
   * @param keepAliveMillis how long an idle connection is kept; must be shorter than the platform
   *     keeps it, or a send meets a closing connection and is in doubt for nothing
   */
  public record Times(long connectMillis, long requestMillis, long keepAliveMillis) {
    /** Below the 20 s of the shortest common server default; load balancers keep 60 s and more. */
    private static final long KEEP_ALIVE_MILLIS = 15_000;

    public Times(long connectMillis, long requestMillis) {
      this(connectMillis, requestMillis, KEEP_ALIVE_MILLIS);
    }
  }

  /**
   * Offers of a TLS handshake.
   *
   * @param certificates whom to trust, and what to show to a platform that asks
   * @param http2 whether to offer HTTP/2 by ALPN. What it changes: one connection carries many
   *     sends, so when it breaks all of them are in doubt at once; and a send that the platform
   *     says it has not looked at (REFUSED_STREAM, GOAWAY) has left all the same, and counts as
   *     silence
   */
  public record Tls(WatchedFile<CertificateBundle> certificates, boolean http2) {}

  /**
   * The target of connections, and their lifetime.
   *
   * @param connectionMillis how old a kept connection may grow; what stands behind an address can
   *     be changed as well as the address
   * @param names where host names lead
   * @param tunnel through which all connections go; null where the platform is reached directly
   */
  public record Route(long connectionMillis, HostNames names, ConnectTunnel tunnel) {
    /**
     * At half, a busy pod makes twice as many handshakes; at double, a change is followed later.
     */
    private static final long CONNECTION_MILLIS = 60_000;

    public static Route direct() {
      return direct(HostNames.ofThisMachine());
    }

    static Route direct(HostNames names) {
      return new Route(CONNECTION_MILLIS, names, null);
    }

    /** The same, with all connections through a tunnel. */
    public Route through(ConnectTunnel proxy) {
      return new Route(connectionMillis, names, proxy);
    }
  }

  /** The host that connections are made to. */
  String nearestHost() {
    return route.tunnel == null ? PlatformAddress.of(baseUrl).host() : route.tunnel.host();
  }
}
