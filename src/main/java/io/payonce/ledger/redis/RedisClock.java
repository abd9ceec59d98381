package io.payonce.ledger.redis;

import io.payonce.model.Shards;
import java.util.function.LongSupplier;

/**
 * Tells Redis' time as learned from its replies, a little late at most: shard by shard, because the
 * nodes of a cluster have a clock each.
 */
final class RedisClock {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final LongSupplier nanos;
  private final long[] aheadMillis = new long[Shards.COUNT];

  RedisClock(LongSupplier nanos) {
    this.nanos = nanos;
    java.util.Arrays.fill(aheadMillis, UNKNOWN);
  }

  boolean knows(int shard) {
    return aheadMillis[shard] != UNKNOWN;
  }

  long nowMillis(int shard) {
    return ownMillis() + aheadMillis[shard];
  }

  void learn(int shard, long redisMillis) {
    aheadMillis[shard] = redisMillis - ownMillis();
  }

  private long ownMillis() {
    return nanos.getAsLong() / 1_000_000;
  }
}
