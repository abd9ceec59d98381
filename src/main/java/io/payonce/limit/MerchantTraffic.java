package io.payonce.limit;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts this pod's traffic by merchant: which ones have a rate in Redis, and how many sends of
 * each the platform took lately. It remembers two seconds, so its size is bounded by two seconds'
 * traffic.
 */
final class MerchantTraffic {
  private volatile Set<String> limited = Set.of();
  private volatile Map<String, LongAdder> present = new ConcurrentHashMap<>();
  private volatile Map<String, LongAdder> former = Map.of();
  private final LongAdder fresh = new LongAdder();

  boolean isLimited(String merchantId) {
    return limited.contains(merchantId);
  }

  Set<String> limited() {
    return limited;
  }

  synchronized void limited(Collection<String> all) {
    limited = Set.copyOf(all);
  }

  /** Known here before the next look at Redis. */
  synchronized void limit(String merchantId) {
    if (!limited.contains(merchantId)) {
      Set<String> more = new java.util.HashSet<>(limited);
      more.add(merchantId);
      limited = Set.copyOf(more);
    }
  }

  /** A fresh payment went out. */
  void sent() {
    fresh.increment();
  }

  /** The platform took a send of this merchant. */
  void taken(String merchantId) {
    present.computeIfAbsent(merchantId, first -> new LongAdder()).increment();
  }

  /** Sends of a merchant that the platform took in the last full second, or in this one. */
  long takenPerSecond(String merchantId) {
    return Math.max(count(present, merchantId), count(former, merchantId));
  }

  /** A second is over; returns how many fresh payments went out in it. */
  long second() {
    former = present;
    present = new ConcurrentHashMap<>();
    return fresh.sumThenReset();
  }

  private static long count(Map<String, LongAdder> counts, String merchantId) {
    LongAdder count = counts.get(merchantId);
    return count == null ? 0 : count.sum();
  }
}
