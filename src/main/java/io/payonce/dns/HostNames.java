package io.payonce.dns;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The host names that this process calls, each looked up once for all event loops. What is asked of
 * the DNS servers, and the files about them, are read on a thread of its own, which is started for
 * the first name; an address needs none.
 */
public final class HostNames {
  /** More often would be a query a call, more seldom would not follow a name that moves. */
  private static final long SHORTEST_MILLIS = 1000;

  private static final HostNames OF_THIS_MACHINE =
      new HostNames(DnsServerAddressStreamProviders::platformDefault, SHORTEST_MILLIS);

  private final Supplier<DnsServerAddressStreamProvider> servers;
  private final Map<String, Host> hosts = new ConcurrentHashMap<>();
  private final long shortestMillis;
  private CompletableFuture<EventLoop> loop;

  private HostNames(Supplier<DnsServerAddressStreamProvider> servers, long shortestMillis) {
    this.servers = servers;
    this.shortestMillis = shortestMillis;
  }

  /** As the machine's hosts file and resolver settings say. */
  public static HostNames ofThisMachine() {
    return OF_THIS_MACHINE;
  }

  /**
   * Asks that server.
   *
   * @param shortestMillis how long an answer is used at least, whatever it says
   */
  public static HostNames from(InetSocketAddress server, long shortestMillis) {
    return new HostNames(() -> new SingletonDnsServerAddressStreamProvider(server), shortestMillis);
  }

  /** @param host a name or an address; an IPv6 address may be in brackets and may have a zone */
  public Host host(String host) {
    return hosts.computeIfAbsent(host, this::open);
  }

  /** Nothing more is known of it: for names that callers choose. */
  public void forget(String host) {
    hosts.remove(host);
  }

  private Host open(String host) {
    String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    if (!NetUtil.isValidIpV4Address(plain) && !NetUtil.isValidIpV6Address(plain)) {
      return new Host(
          plain, family -> new AddressLookup(family, this::loop, servers), shortestMillis);
    }
    try {
      return new Host(plain, List.of(InetAddress.getByName(plain)));
    } catch (UnknownHostException noSuchZone) {
      return new Host(plain, List.of());
    }
  }

  // Its threads and selectors are not to be made on an event loop.
  private synchronized CompletableFuture<EventLoop> loop() {
    if (loop == null) {
      loop = CompletableFuture.supplyAsync(() -> new MultiThreadIoEventLoopGroup(
              1, new DefaultThreadFactory("payonce-dns", true), NioIoHandler.newFactory())
          .next());
    }
    return loop;
  }
}
