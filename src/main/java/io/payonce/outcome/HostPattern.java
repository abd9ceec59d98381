package io.payonce.outcome;

import io.payonce.dns.HostText;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of {@code notify.allowHosts}: a host, all hosts below a domain ({@code *.example.com}),
 * all of the internet ({@code *}), or an address; each for one port. This machine without a port
 * means all of its ports.
 *
 * @param suffix what a name must end with; null for one host
 * @param name null where all below a suffix are meant
 * @param address null unless it is one
 * @param port 0 for all
 */
record HostPattern(String suffix, String name, InetAddress address, int port) {
  private static final Pattern SHAPE = Pattern.compile(
      "(?:(\\*|\\*\\.[A-Za-z0-9_.-]+)|\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9_.-]+))(?::(\\d{1,5}))?");

  private static final int HTTPS = 443;
  private static final int ALL = 0;

  /** Empty when it is none. */
  static Optional<HostPattern> read(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int port = parts.group(4) == null ? HTTPS : Integer.parseInt(parts.group(4));
    if (parts.group(1) != null) {
      String suffix = parts.group(1).substring(1).toLowerCase(Locale.ROOT);
      return Optional.of(new HostPattern(suffix, null, null, port));
    }
    return HostText.read(parts.group(2), parts.group(3))
        .map(host -> new HostPattern(
            null,
            host.name(),
            host.address(),
            parts.group(4) == null && host.isLoopback() ? ALL : port));
  }

  /** What is wide means names only: an address is meant by itself or not at all. */
  boolean covers(HookUrl url) {
    if (!isFor(url.port())) {
      return false;
    }
    return suffix == null
        ? url.host().equals(name)
        : url.address() == null && !url.isLoopback() && isBelow(url.host());
  }

  private boolean isBelow(String host) {
    return host.length() > suffix.length() && host.endsWith(suffix);
  }

  /** Whether connections to that address are meant, whatever name led there. */
  boolean means(InetAddress to, int toPort) {
    return isFor(toPort)
        && (to.equals(address) || HostText.LOCALHOST.equals(name) && to.isLoopbackAddress());
  }

  private boolean isFor(int itsPort) {
    return port == ALL || port == itsPort;
  }
}
