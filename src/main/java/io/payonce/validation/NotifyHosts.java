package io.payonce.validation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * To which addresses Payonce may report in the platform's place. Whoever calls Payonce names them,
 * so that without this list any caller could have it send requests into any network.
 *
 * <p>A pattern is a host name, {@code *.} and a domain for all hosts below it, an address (IPv6 in
 * brackets), or {@code *}; each perhaps with a port, without one it means 443. Only https, but for
 * a loopback address that is named itself: that may be http, and on any port.
 */
public final class NotifyHosts {
  /** Nothing longer is kept in a record: no real hook comes near it. */
  static final int MOST_SIGNS = 1024;

  private static final int HTTPS_PORT = 443;
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  /** @param port 0 where it says none */
  private record HostPattern(String host, int port) {
    static HostPattern parse(String text) {
      int colon = text.lastIndexOf(':');
      boolean hasPort = colon > text.lastIndexOf(']');
      String host = hasPort ? text.substring(0, colon) : text;
      return new HostPattern(
          host.toLowerCase(Locale.ROOT), hasPort ? Integer.parseInt(text.substring(colon + 1)) : 0);
    }

    boolean covers(String name, int itsPort, boolean encrypted) {
      boolean named = host.equals(name);
      boolean loopback = named && LOOPBACK.matcher(name).matches();
      boolean below = host.equals("*")
          || host.startsWith("*.")
              && name.length() >= host.length()
              && name.endsWith(host.substring(1));
      boolean portFits = port == 0 ? loopback || itsPort == HTTPS_PORT : port == itsPort;
      return (named || below) && portFits && (encrypted || loopback);
    }
  }

  private final List<HostPattern> patterns;

  private NotifyHosts(List<HostPattern> patterns) {
    this.patterns = patterns;
  }

  /** @param patterns as {@code notify.allowHosts} lists them */
  public static NotifyHosts of(List<String> patterns) {
    return new NotifyHosts(patterns.stream().map(HostPattern::parse).toList());
  }

  /** Whether that is an address, and one that is allowed: what cannot be told is not. */
  public boolean allow(String url) {
    if (url.length() > MOST_SIGNS) {
      return false;
    }
    try {
      return allow(new URI(url));
    } catch (URISyntaxException unreadable) {
      return false;
    }
  }

  private boolean allow(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean encrypted = scheme.equals("https");
    boolean other = !encrypted && !scheme.equals("http");
    if (other
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawFragment() != null
        || url.getPort() == 0
        || url.getPort() > 65535) {
      return false;
    }
    String host = url.getHost().toLowerCase(Locale.ROOT);
    int port = url.getPort() > 0 ? url.getPort() : encrypted ? HTTPS_PORT : 80;
    return patterns.stream().anyMatch(pattern -> pattern.covers(host, port, encrypted));
  }
}
