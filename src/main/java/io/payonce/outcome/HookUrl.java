package io.payonce.outcome;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
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

  /** The one name that leads to this machine wherever it is asked. */
  static final String LOCALHOST = "localhost";

  private static final Pattern SHAPE = Pattern.compile("(?i)(https?)://(?:\\[([0-9a-f:.]+)]"
      + "|([a-z0-9_.-]+))(?::(\\d{1,5}))?([/?][!-~&&[^#\\\\\"<>^`{|}]]*)?");

  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";

  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  /**
   * What the URL standard reads as an IPv4 address, in whatever form: its last part is a number.
   */
  private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

  private static final String OCTET = "(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";

  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

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
        : host(parts.group(2), parts.group(3))
            .map(host -> new HookUrl(
                tls,
                host.name,
                host.address,
                port,
                target.startsWith("/") ? target : "/" + target));
  }

  /** @param address null for a name */
  record Named(String name, InetAddress address) {
    boolean isLoopback() {
      return address == null ? name.equals(LOCALHOST) : address.isLoopbackAddress();
    }
  }

  /** The same of a host alone, which is an IPv6 address or something else. */
  static Optional<Named> host(String ipv6, String other) {
    if (ipv6 != null) {
      return address(ipv6);
    }
    String name = other.toLowerCase(Locale.ROOT);
    if (NUMERIC.matcher(name).matches()) {
      return IPV4.matcher(name).matches() ? address(name) : Optional.empty();
    }
    return name.length() <= 253 && NAME.matcher(name).matches()
        ? Optional.of(new Named(name, null))
        : Optional.empty();
  }

  // Only what is written as an address comes here, so nothing is looked up.
  private static Optional<Named> address(String literal) {
    try {
      return literal.matches("[0-9a-fA-F.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")
          ? Optional.of(named(InetAddress.getByName(literal)))
          : Optional.empty();
    } catch (UnknownHostException none) {
      return Optional.empty();
    }
  }

  private static Named named(InetAddress address) {
    return new Named(address.getHostAddress(), address);
  }

  boolean isLoopback() {
    return new Named(host, address).isLoopback();
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
