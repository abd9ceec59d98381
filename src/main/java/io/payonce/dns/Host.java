package io.payonce.dns;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One host and its addresses, for all event loops. Answers are kept as long as DNS says; what was
 * known before is used on while no server answers, or says that there is no such name: an address
 * that works is worth more than the news that it has none. One address is used while it works, and
 * those that failed lately come last.
 */
public final class Host {
  private static final long LONGEST_MILLIS = 300_000;

  /** In shortest lives, while no server answers. At half, twice the waiting below. */
  private static final int RETRY = 5;

  /** Who knows an address waits no longer for a newer one; a resolver nearby answers in 1. */
  private static final long PATIENCE_MILLIS = 500;

  /** Who knows none waits longer, but not as long as his caller. */
  private static final long FIRST_PATIENCE_MILLIS = 4000;

  /** An address that failed is tried last for so long. */
  private static final long AVOIDED_MILLIS = 30_000;

  private final String name;
  private final long shortestMillis;
  private final Map<AddressFamily, Part> parts = new EnumMap<>(AddressFamily.class);
  private final Map<InetAddress, Long> avoidedUntil = new ConcurrentHashMap<>();
  private volatile InetAddress used;

  /**
   * @param shortestMillis whatever DNS says: an answer is used for so long at least, and a failed
   *     connect asks no earlier
   */
  Host(String name, Function<AddressFamily, AddressLookup> lookups, long shortestMillis) {
    this.name = name;
    this.shortestMillis = shortestMillis;
    for (AddressFamily family : AddressFamily.values()) {
      parts.put(family, new Part(lookups.apply(family)));
    }
  }

  /** What is written as an address stays what it is. */
  Host(String name, List<InetAddress> addresses) {
    this.name = name;
    this.shortestMillis = LONGEST_MILLIS;
    parts.put(AddressFamily.IPV4, new Part(addresses));
  }

  /**
   * The address to try next: one that was not tried and has not failed lately, if there is such a
   * one. Fails with an {@link UnknownHostException} when none is known.
   *
   * @param tried by the same request
   */
  public Future<InetAddress> next(Vertx vertx, Collection<InetAddress> tried) {
    return isFresh() ? pick(tried) : wait(vertx).transform(looked -> pick(tried));
  }

  /** All that it leads to now: none before the first {@link #next}. */
  public List<InetAddress> addresses() {
    List<InetAddress> known = known();
    return known.stream().filter(address -> !isDenied(address)).toList();
  }

  /** How many are known; at least 1. */
  public int size() {
    int known = 0;
    for (Part part : parts.values()) { // for each payment: no list
      known += part.addresses.size();
    }
    return Math.max(1, known);
  }

  /** A connection there could not be had: others come first now, and DNS is asked again. */
  public void failed(InetAddress address) {
    avoidedUntil.put(address, System.nanoTime() + nanos(AVOIDED_MILLIS));
    parts.values().forEach(Part::doubt);
  }

  /** True when DNS has named others, but not this one, last; asks again when it is time. */
  public boolean hasLeft(InetAddress address) {
    if (!isFresh()) {
      look();
    }
    return isDenied(address);
  }

  private Future<InetAddress> pick(Collection<InetAddress> tried) {
    InetAddress last = used;
    if (last != null
        && isKnown(last)
        && !tried.contains(last)
        && !isAvoided(last)
        && !isDenied(last)) {
      return Future.succeededFuture(last);
    }
    List<InetAddress> known = known();
    if (known.isEmpty()) {
      return Future.failedFuture(new UnknownHostException(name));
    }
    InetAddress next = best(known, tried);
    used = next;
    return Future.succeededFuture(next);
  }

  // Pods begin at different addresses, so that not all load goes to the first.
  private InetAddress best(List<InetAddress> known, Collection<InetAddress> tried) {
    List<InetAddress> fresh =
        known.stream().filter(address -> !tried.contains(address)).toList();
    List<InetAddress> candidates = fresh.isEmpty() ? known : fresh;
    List<InetAddress> good =
        candidates.stream().filter(address -> !isAvoided(address)).toList();
    if (good.isEmpty()) {
      return candidates.get(0);
    }
    List<InetAddress> alike = good.stream()
        .filter(address -> address.getClass() == good.get(0).getClass())
        .toList();
    return alike.get(ThreadLocalRandom.current().nextInt(alike.size()));
  }

  private boolean isAvoided(InetAddress address) {
    Long until = avoidedUntil.get(address);
    if (until != null && System.nanoTime() - until > 0) {
      avoidedUntil.remove(address, until);
      return false;
    }
    return until != null;
  }

  // First what DNS names, then what it said nothing about, last what it named before.
  private List<InetAddress> known() {
    List<InetAddress> known = new ArrayList<>();
    for (Standing standing : Standing.values()) {
      for (Part part : parts.values()) {
        if (part.standing == standing) {
          known.addAll(part.addresses);
        }
      }
    }
    return known;
  }

  private boolean isKnown(InetAddress address) {
    for (Part part : parts.values()) {
      if (part.addresses.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private boolean isConfirmed() {
    for (Part part : parts.values()) { // for each payment: no stream
      if (part.standing == Standing.NAMED && !part.addresses.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private boolean isDenied(InetAddress address) {
    if (!isConfirmed()) {
      return false;
    }
    for (Part part : parts.values()) {
      if (part.standing != Standing.DENIED && part.addresses.contains(address)) {
        return false;
      }
    }
    return true;
  }

  private boolean isFresh() {
    for (Part part : parts.values()) {
      if (!part.isFresh()) {
        return false;
      }
    }
    return true;
  }

  private Future<Void> look() {
    Promise<Void> enough = Promise.promise();
    List<Future<Void>> asked = parts.values().stream().map(Part::look).toList();
    Future.join(asked).onComplete(all -> enough.tryComplete());
    asked.get(0).onComplete(first -> {
      if (!parts.get(AddressFamily.IPV4).addresses.isEmpty()) {
        enough.tryComplete();
      }
    });
    return enough.future();
  }

  private Future<Void> wait(Vertx vertx) {
    Promise<Void> over = ((ContextInternal) vertx.getOrCreateContext()).promise();
    long leftMillis = known().isEmpty() ? FIRST_PATIENCE_MILLIS : PATIENCE_MILLIS;
    Future<Void> looking = look();
    long left = leftMillis - parts.get(AddressFamily.IPV4).sinceAskedMillis();
    long timer = vertx.setTimer(Math.max(1, left), late -> over.tryComplete());
    looking.onComplete(looked -> {
      vertx.cancelTimer(timer);
      over.tryComplete();
    });
    return over.future();
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Override
  public String toString() {
    return name;
  }

  /** The last answer of DNS for a family: its addresses, nothing, or that it has none. */
  private enum Standing {
    NAMED,
    UNSAID,
    DENIED
  }

  /** The addresses of one family. */
  private final class Part {
    private final AddressLookup lookup;
    private volatile List<InetAddress> addresses = List.of();
    private volatile Standing standing = Standing.UNSAID;
    private volatile long untilNanos = System.nanoTime();
    private volatile long askedNanos = System.nanoTime();
    private Future<Void> running;

    Part(AddressLookup lookup) {
      this.lookup = lookup;
    }

    Part(List<InetAddress> addresses) {
      this.lookup = null;
      this.addresses = addresses;
      this.standing = Standing.NAMED;
    }

    boolean isFresh() {
      return lookup == null || untilNanos - System.nanoTime() > 0;
    }

    long sinceAskedMillis() {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - askedNanos);
    }

    void doubt() {
      if (lookup != null && System.nanoTime() - askedNanos > nanos(shortestMillis)) {
        untilNanos = System.nanoTime();
      }
    }

    /** Never fails. */
    synchronized Future<Void> look() {
      if (isFresh()) {
        return Future.succeededFuture();
      }
      if (running != null) {
        return running;
      }
      Promise<Void> done = Promise.promise();
      running = done.future();
      askedNanos = System.nanoTime();
      lookup.ask(name).onComplete(this::found, this::notFound).onComplete(looked -> {
        end();
        done.complete();
      });
      // The answer may be here already.
      return done.future();
    }

    private synchronized void end() {
      running = null;
    }

    private void found(FoundAddresses found) {
      standing = found.addresses().isEmpty() ? Standing.DENIED : Standing.NAMED;
      addresses = found.addresses().isEmpty() ? addresses : found.addresses();
      long millis = Math.max(shortestMillis, Math.min(LONGEST_MILLIS, found.lifeMillis()));
      untilNanos = System.nanoTime() + nanos(millis);
    }

    private void notFound(Throwable why) {
      standing = Standing.UNSAID;
      int pauses = known().isEmpty() ? 1 : RETRY;
      untilNanos = System.nanoTime() + nanos(pauses * shortestMillis);
    }
  }
}
