package io.payonce.platform;

import java.net.URI;
import java.util.Locale;

/**
 * The platform's address, taken apart once.
 *
 * @param authority as in the Host header: without the scheme's own port
 * @param prefix the base URL's path without a closing slash; mostly empty
 */
record Endpoint(boolean tls, String host, int port, String authority, String prefix) {
  /** @throws IllegalArgumentException when it is not an http or https URL with a host */
  static Endpoint of(String baseUrl) {
    URI uri = URI.create(baseUrl);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.matches("https?") || uri.getHost() == null || uri.getRawQuery() != null) {
      throw new IllegalArgumentException("not the address of a platform: " + baseUrl);
    }
    boolean tls = scheme.equals("https");
    int ownPort = tls ? 443 : 80;
    int port = uri.getPort() < 0 ? ownPort : uri.getPort();
    String authority = port == ownPort ? uri.getHost() : uri.getHost() + ":" + port;
    return new Endpoint(tls, plain(uri.getHost()), port, authority, prefix(uri.getRawPath()));
  }

  String scheme() {
    return tls ? "https" : "http";
  }

  private static String plain(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String prefix(String path) {
    return path == null ? "" : path.replaceFirst("/+$", "");
  }
}
