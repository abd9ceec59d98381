package io.payonce.platform;

import java.nio.file.Path;
import java.util.List;

/**
 * How to reach the platform.
 *
 * @param baseUrl http or https, a host, perhaps a port and a path that goes before every target
 * @param connectTimeoutMillis for one connection, its TLS handshake included in a second such span
 * @param requestTimeoutMillis from the first byte of a request to the last of its answer
 * @param keepAliveMillis how long an idle connection is kept; must be shorter than the platform
 *     keeps it, or a copy meets a closing connection and is in doubt for nothing
 * @param maxConnections for each event loop; as many requests may wait for one
 * @param requestIdHeaders all get the same fresh value; the first is the one that is signed
 * @param trustedCaFile PEM of the only authorities to trust; null: those of the Java runtime
 */
public record PlatformSettings(
    String baseUrl,
    long connectTimeoutMillis,
    long requestTimeoutMillis,
    long keepAliveMillis,
    int maxConnections,
    List<String> requestIdHeaders,
    Path trustedCaFile) {
  /** Below the 20 s of the shortest common server default; load balancers keep 60 s and more. */
  public static final long KEEP_ALIVE_MILLIS = 15_000;
}
