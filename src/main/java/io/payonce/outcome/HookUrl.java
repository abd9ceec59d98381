package io.payonce.outcome;

import io.payonce.dns.HostText;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A caller's notifyUrl in the one form that all programs read alike. What two of them could read
 * differently is none: a user before the host, a backslash, an escape or a strange letter in the
 * host, an address in another form than its usual one.
 *
 * @param host lower case; IPv6 without brackets
 * @param address null for a name
 * @param target path and query
 */
public record HookUrl(boolean tls, String host, InetAddress address, int port, String target) {
  /** Nothing longer is kept in a record: no real hook comes near it. */
  static final int MOST_CHARS = 1024;

  private static final Pattern SHAPE = Pattern.compile("(?i)(https?)://(?:\\[([0-9a-f:.]+)]"
      + "|([a-z0-9_.-]+))(?::(\\d{1,5}))?([/?][!-~&&[^#\\\\\"<>^`{|}]]*)?");

  /** Empty for what is none. */
  static Optional<HookUrl> read(String url) {
    Matcher parts = SHAPE.matcher(url == null ? "" : url);
    if (url == null || url.length() > MOST_CHARS || !parts.matches()) {
      return Optional.empty();
    }
    boolean tls = parts.group(1).length() == "https".length();
    int port = parts.group(4) == null ? tls ? 443 : 80 : Integer.parseInt(parts.group(4));
    String target = parts.group(5) == null ? "/" : parts.group(5);
    return port < 1 || port > 65535
        ? Optional.empty()
        : HostText.read(parts.group(2), parts.group(3))
            .map(host -> new HookUrl(
                tls,
                host.name(),
                host.address(),
                port,
                target.startsWith("/") ? target : "/" + target));
  }

  boolean isLoopback() {
    return new HostText(host, address).isLoopback();
  }

  /** What shares one fate: a host and a port of it. */
  String place() {
    return host + ":" + port;
  }

  /** Where requests go, without what may be secret. */
  @Override
  public String toString() {
    return host;
  }
}
