package io.payonce.platform;

import java.net.URI;
import java.util.Locale;

/**
 * The platform's address, taken apart once.
 *
 * @param host where to connect to: a name, or an address without brackets
 * @param name as the platform is given it and as its certificate must have it; a zone, which only
 *     this machine understands, and the dot that ends a full name are no part of it
 * @param authority as in the Host header: without the scheme's own port
 * @param prefix the base URL's path without a closing slash; mostly empty
 */
public record PlatformAddress(
    boolean tls, String host, String name, int port, String authority, String prefix) {
  /** @throws IllegalArgumentException when it is not an http or https URL with a host */
  public static PlatformAddress of(String baseUrl) {
    URI uri = URI.create(baseUrl);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.matches("https?") || uri.getHost() == null || uri.getRawQuery() != null) {
      throw new IllegalArgumentException("not the address of a platform: " + baseUrl);
    }
    boolean tls = scheme.equals("https");
    int ownPort = tls ? 443 : 80;
    int port = uri.getPort() < 0 ? ownPort : uri.getPort();
    String name = name(uri.getHost());
    String authority = port == ownPort ? name : name + ":" + port;
    return new PlatformAddress(
        tls, plain(uri.getHost()), name, port, authority, prefix(uri.getRawPath()));
  }

  public String scheme() {
    return tls ? "https" : "http";
  }

  // In a URL the sign before a zone is written %25 (RFC 6874); many write it plainly.
  private static String plain(String host) {
    return host.startsWith("[")
        ? host.substring(1, host.length() - 1).replaceFirst("%25(?=.)", "%")
        : host;
  }

  private static String name(String host) {
    return host.startsWith("[") ? host.replaceFirst("%.*]", "]") : host.replaceFirst("\\.$", "");
  }

  private static String prefix(String path) {
    return path == null ? "" : path.replaceFirst("/+$", "");
  }
}
