package io.payonce.outcome;

import io.payonce.model.Shards;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/**
 * Counts what this pod has sent, and keeps what it has last seen of all shards; for metrics.
 * Thread-safe.
 */
public final class NotificationFigures {
  /** Results of notifications, and of tries. */
  public enum Result {
    DELIVERED,
    FAILED,
    GIVEN_UP,
    /** Not sent: nothing may go where it should go. */
    REFUSED;

    /** The word in metrics. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final AtomicLongArray counts = new AtomicLongArray(Result.values().length);
  private final AtomicLongArray pending = new AtomicLongArray(Shards.COUNT);
  private final AtomicLongArray undelivered = new AtomicLongArray(Shards.COUNT);
  private final AtomicLongArray waitedMillis = new AtomicLongArray(Shards.COUNT);

  void count(Result result) {
    counts.incrementAndGet(result.ordinal());
  }

  public long of(Result result) {
    return counts.get(result.ordinal());
  }

  /** How a shard stands. */
  public void seen(int shard, Outbox.Shard how) {
    pending.set(shard, how.pending());
    undelivered.set(shard, how.undelivered());
    waitedMillis.set(shard, how.waitedMillis());
  }

  /** Payments with a notification that no caller has taken yet. */
  public long pending() {
    return all(pending).sum();
  }

  public long undelivered() {
    return all(undelivered).sum();
  }

  /** How long the oldest waits that failed, or that was not tried. */
  public long waitedMillis() {
    return all(waitedMillis).max().orElse(0);
  }

  private static LongStream all(AtomicLongArray shards) {
    return LongStream.range(0, shards.length()).map(shard -> shards.get((int) shard));
  }
}
