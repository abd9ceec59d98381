package io.payonce.ledger.redis;

import io.payonce.model.Intent;
import io.payonce.model.Shards;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the ledger has gone back in time: a restored snapshot, a failover that lost the last
 * writes. Each shard counts its moves, in Redis, and every pod remembers how far it has seen the
 * count; an answer that shows less than was known when the question left is proof. One a pod;
 * thread-safe.
 *
 * <p>What the ledger has forgotten may be a send on the wire, or a "no" that was answered. So after
 * a lapse what the ledger does not know is asked about before its first send, until no send of
 * before can take effect any more; and nothing is sent again of what began before that is over.
 */
public final class LedgerEpochs {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerEpochs.class);

  /** Lapses are counted in the upper half of the number, moves in the lower one. */
  private static final long LAPSE = 1L << 40;

  /** Noticed, but when exactly is still to be learnt. */
  private static final long NOW = -1;

  private final AtomicLongArray seen = new AtomicLongArray(Shards.COUNT);
  private final AtomicLongArray latest = new AtomicLongArray(Shards.COUNT);
  private final AtomicLongArray lapsedAt = new AtomicLongArray(Shards.COUNT);
  private final AtomicInteger lapses = new AtomicInteger();
  private final AtomicInteger known = new AtomicInteger();

  /** 1 where a lapse was noticed and not written to Redis: whoever notices it next writes it. */
  private final AtomicIntegerArray unwritten = new AtomicIntegerArray(Shards.COUNT);

  /** How far this pod has seen the shard's count: to be read before a question leaves. */
  public long seen(int shard) {
    return seen.get(shard);
  }

  /**
   * Notes the ledger's time, of which the latest counts: a server that is promoted may be behind.
   */
  public void saw(int shard, long nowMillis) {
    latest.accumulateAndGet(shard, nowMillis, Math::max);
  }

  /** The latest time that any answer has shown; 0 for none. */
  long latest(int shard) {
    return latest.get(shard);
  }

  /**
   * Notes how far an answer shows the count.
   *
   * @param before what was known when the question left
   * @param counted the question was a move that raised the count itself, so it must show more
   * @return true when it must be learnt since when the ledger can be trusted
   */
  public boolean heard(int shard, long before, long shows, boolean counted) {
    if (shows < before || counted && shows == before) {
      return noticed(shard) ? reported(shard, before, shows) : unwritten.compareAndSet(shard, 1, 0);
    }
    seen.accumulateAndGet(shard, shows, Math::max);
    if (before > 0 && unwritten.compareAndSet(shard, 1, 0)) {
      return true;
    }
    // Another pod has noticed it, and raised the count for all.
    return before > 0 && shows / LAPSE > before / LAPSE && noticed(shard);
  }

  /** False where it was known, and not yet when. */
  private boolean noticed(int shard) {
    boolean isNew = lapsedAt.getAndSet(shard, NOW) != NOW;
    if (isNew) {
      known.incrementAndGet();
    }
    return isNew;
  }

  private boolean reported(int shard, long before, long shows) {
    lapses.incrementAndGet();
    LOG.error(
        "the ledger has gone back in time (shard {}: {} moves, {} were seen): nothing is sent"
            + " again, and unknown payments are asked about first, for {} minutes",
        shard,
        shows % LAPSE,
        before % LAPSE,
        Intent.WINDOW_MILLIS / 60_000);
    return true;
  }

  /** A lapse was not written to Redis, which did not say when it was: to be tried again. */
  public void unlearnt(int shard) {
    unwritten.set(shard, 1);
  }

  /** Whether it has gone back is unknown: it counts as if it had. */
  public void unsure(int shard) {
    lapses.incrementAndGet();
    known.incrementAndGet();
    lapsedAt.set(shard, NOW);
  }

  /** Learns since when the ledger can be trusted; 0: it never lapsed. */
  public void learn(int shard, long shows, long atMillis) {
    seen.set(shard, shows);
    lapsedAt.set(shard, atMillis);
  }

  /**
   * Since when a payment must be trusted less, that began so; 0 when it can be trusted. What began
   * after the lapse may have begun before it, too, and whoever takes it over must know that.
   */
  long doubtedSince(int shard, long begunAtMillis, long nowMillis) {
    long at = lapsedAt.get(shard);
    long since = at == NOW ? Math.max(nowMillis, latest(shard)) : at;
    return concerns(since, begunAtMillis) ? since : 0;
  }

  /** Whether a lapse, 0 for none, may have lost something of a payment that began then. */
  public static boolean concerns(long lapsedAtMillis, long begunAtMillis) {
    return lapsedAtMillis > 0 && begunAtMillis < lapsedAtMillis + Intent.WINDOW_MILLIS;
  }

  /** Whether what the ledger does not know may have been sent before it forgot. */
  public boolean asksFirst(int shard, long nowMillis) {
    long at = lapsedAt.get(shard);
    return at == NOW || at > 0 && nowMillis < at + Intent.WINDOW_MILLIS;
  }

  /** How often this pod was the one that noticed it. */
  public int lapses() {
    return lapses.get();
  }

  /** How often this pod has learnt of one, whoever noticed it. */
  public int known() {
    return known.get();
  }

  /** In how many shards unknown payments are asked about first. */
  public long asking(long nowMillis) {
    return IntStream.range(0, Shards.COUNT)
        .filter(shard -> asksFirst(shard, nowMillis))
        .count();
  }
}
