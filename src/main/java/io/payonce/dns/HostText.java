package io.payonce.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host in the one form that all programs read alike. What two of them could read differently is
 * none: an address in another form than its usual one, or a label that no name has.
 *
 * @param name lower case; of an address its usual form, IPv6 without brackets
 * @param address null for a name
 */
public record HostText(String name, InetAddress address) {
  /** The one name that leads to this machine wherever it is asked. */
  public static final String LOCALHOST = "localhost";

  private static final int LONGEST = 253;
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";

  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  /**
   * What the URL standard reads as an IPv4 address, in whatever form: its last part is a number.
   */
  private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

  private static final String OCTET = "(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";

  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  private static final Pattern LITERAL =
      Pattern.compile("[0-9a-fA-F.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /**
   * Empty for what is none.
   *
   * @param ipv6 what stands in brackets; null when something else is there
   */
  public static Optional<HostText> read(String ipv6, String other) {
    if (ipv6 != null) {
      return address(ipv6);
    }
    String name = other.toLowerCase(Locale.ROOT);
    if (NUMERIC.matcher(name).matches()) {
      return IPV4.matcher(name).matches() ? address(name) : Optional.empty();
    }
    return name.length() <= LONGEST && NAME.matcher(name).matches()
        ? Optional.of(new HostText(name, null))
        : Optional.empty();
  }

  // Only what is written as an address comes here, so nothing is looked up.
  private static Optional<HostText> address(String literal) {
    try {
      return LITERAL.matcher(literal).matches()
          ? Optional.of(of(InetAddress.getByName(literal)))
          : Optional.empty();
    } catch (UnknownHostException none) {
      return Optional.empty();
    }
  }

  private static HostText of(InetAddress address) {
    return new HostText(address.getHostAddress(), address);
  }

  public boolean isLoopback() {
    return address == null ? name.equals(LOCALHOST) : address.isLoopbackAddress();
  }
}
