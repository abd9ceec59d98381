package io.payonce.outcome;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Distinguishes the internet's addresses. All others lead to this machine, its neighbours, the
 * cloud's metadata or nowhere: no caller has business there (IANA's special-purpose address
 * registries).
 */
final class AddressRanges {
  private static final List<Range> SPECIAL = Stream.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10", // between a carrier and its customers
          "127.0.0.0/8",
          "169.254.0.0/16", // link-local, and the metadata of clouds
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3", // multicast, reserved, broadcast
          "2001::/23", // Teredo among them, which has an IPv4 address inside
          "2001:db8::/32",
          "2002::/16", // 6to4, the same
          "3fff::/20")
      .map(Range::read)
      .toList();

  /** Beside it nothing of IPv6 is global: mapped, NAT64, unique local, link-local, multicast. */
  private static final Range GLOBAL_UNICAST = Range.read("2000::/3");

  private AddressRanges() {}

  static boolean isPublic(InetAddress address) {
    return (address instanceof Inet4Address || GLOBAL_UNICAST.has(address))
        && SPECIAL.stream().noneMatch(range -> range.has(address));
  }

  private record Range(byte[] from, int bits) {
    static Range read(String text) {
      int slash = text.indexOf('/');
      try {
        // Written as an address, so that nothing is looked up.
        return new Range(
            InetAddress.getByName(text.substring(0, slash)).getAddress(),
            Integer.parseInt(text.substring(slash + 1)));
      } catch (UnknownHostException e) {
        throw new AssertionError(text, e);
      }
    }

    boolean has(InetAddress address) {
      byte[] bytes = address.getAddress();
      int whole = bits / 8;
      int mask = 0xff00 >> bits % 8 & 0xff;
      return bytes.length == from.length
          && Arrays.equals(bytes, 0, whole, from, 0, whole)
          && (mask == 0 || (bytes[whole] & mask) == (from[whole] & mask));
    }
  }
}
