package io.payonce.dns;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import io.netty.resolver.dns.DnsCnameCache;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.util.concurrent.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Asks for the addresses of one name and one family: the hosts file first, then DNS. It remembers
 * nothing, so that an answer is as old as its question.
 */
final class AddressLookup {
  /** At half, a resolver that asks others itself is given up; at double, so is the caller. */
  private static final long ANSWER_MILLIS = 2000;

  /** Files say nothing about how long they hold. */
  private static final long FILE_MILLIS = 60_000;

  /** Most names have addresses of one family only, and get none of the other soon. */
  private static final long NONE_MILLIS = 30_000;

  private final AddressFamily family;
  private final Supplier<CompletableFuture<EventLoop>> loop;
  private final Supplier<DnsServerAddressStreamProvider> servers;
  private final Lives lives = new Lives();
  private DnsNameResolver resolver;

  AddressLookup(
      AddressFamily family,
      Supplier<CompletableFuture<EventLoop>> loop,
      Supplier<DnsServerAddressStreamProvider> servers) {
    this.family = family;
    this.loop = loop;
    this.servers = servers;
  }

  /** One question at a time. Completes on a thread of no event loop of ours. */
  io.vertx.core.Future<FoundAddresses> ask(String name) {
    Promise<FoundAddresses> found = Promise.promise();
    loop.get()
        .thenAccept(on -> on.execute(() -> {
          try {
            ask(on, name, found);
          } catch (Exception fault) {
            found.tryFail(fault);
          }
        }));
    return found.future();
  }

  private void ask(EventLoop on, String name, Promise<FoundAddresses> found)
      throws UnknownHostException {
    HostsFileEntriesProvider file = HostsFileEntriesProvider.parser().parseSilently();
    String key = name.toLowerCase(Locale.ROOT);
    if (file.ipv4Entries().containsKey(key) || file.ipv6Entries().containsKey(key)) {
      found.complete(
          new FoundAddresses(plain(family.in(file).getOrDefault(key, List.of())), FILE_MILLIS));
      return;
    }
    if (resolver == null) {
      resolver = open(on);
    }
    lives.shortestSeconds = Integer.MAX_VALUE;
    resolver
        .resolveAll(key)
        .addListener((Future<List<InetAddress>> answered) -> answer(answered, found));
  }

  private void answer(Future<List<InetAddress>> answered, Promise<FoundAddresses> found)
      throws UnknownHostException {
    if (!answered.isSuccess() && hasNone(answered.cause())) {
      found.complete(new FoundAddresses(List.of(), NONE_MILLIS));
      return;
    }
    if (!answered.isSuccess()) {
      found.fail(answered.cause());
      return;
    }
    found.complete(new FoundAddresses(plain(answered.getNow()), lives.shortestSeconds * 1000));
  }

  // A server that fails, denies the name or is silent is named as the cause; one that answers that
  // the name has other records, but none of these, is not.
  private static boolean hasNone(Throwable why) {
    return why instanceof UnknownHostException
        && (why.getCause() == null || hasNone(why.getCause()));
  }

  // An address that carries its name is taken for any other of that name, by pools for instance.
  private static List<InetAddress> plain(List<InetAddress> named) throws UnknownHostException {
    List<InetAddress> addresses = new ArrayList<>();
    for (InetAddress address : named) {
      addresses.add(InetAddress.getByAddress(address.getAddress()));
    }
    return List.copyOf(addresses);
  }

  // A socket for each question: its port is one thing more that a forged answer has to guess.
  private DnsNameResolver open(EventLoop on) {
    return new DnsNameResolverBuilder(on)
        .datagramChannelType(NioDatagramChannel.class)
        .socketChannelType(NioSocketChannel.class)
        .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
        .nameServerProvider(servers.get())
        .resolvedAddressTypes(family.types)
        .hostsFileEntriesResolver((name, types) -> null)
        .resolveCache(lives)
        .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
        .cnameCache(lives)
        .queryTimeoutMillis(ANSWER_MILLIS)
        .build();
  }

  /** Keeps nothing of an answer but for how long its shortest part holds. */
  private static final class Lives implements DnsCache, DnsCnameCache {
    private long shortestSeconds;

    @Override
    public DnsCacheEntry cache(
        String name, DnsRecord[] more, InetAddress address, long seconds, EventLoop on) {
      shortestSeconds = Math.min(shortestSeconds, seconds);
      return new Nothing(address, null);
    }

    @Override
    public DnsCacheEntry cache(String name, DnsRecord[] more, Throwable cause, EventLoop on) {
      return new Nothing(null, cause);
    }

    @Override
    public void cache(String name, String alias, long seconds, EventLoop on) {
      shortestSeconds = Math.min(shortestSeconds, seconds);
    }

    @Override
    public List<? extends DnsCacheEntry> get(String name, DnsRecord[] more) {
      return List.of();
    }

    @Override
    public String get(String name) {
      return null;
    }

    @Override
    public void clear() {}

    @Override
    public boolean clear(String name) {
      return false;
    }
  }

  private record Nothing(InetAddress address, Throwable cause) implements DnsCacheEntry {}
}
