package io.payonce.dns;

import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.resolver.ResolvedAddressTypes;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * The two kinds of addresses; each is asked for by itself, so that one never waits for the other.
 */
enum AddressFamily {
  IPV4(ResolvedAddressTypes.IPV4_ONLY) {
    @Override
    Map<String, List<InetAddress>> in(HostsFileEntriesProvider file) {
      return file.ipv4Entries();
    }
  },
  IPV6(ResolvedAddressTypes.IPV6_ONLY) {
    @Override
    Map<String, List<InetAddress>> in(HostsFileEntriesProvider file) {
      return file.ipv6Entries();
    }
  };

  final ResolvedAddressTypes types;

  AddressFamily(ResolvedAddressTypes types) {
    this.types = types;
  }

  abstract Map<String, List<InetAddress>> in(HostsFileEntriesProvider file);
}
