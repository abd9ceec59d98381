package io.payonce.ledger.redis;

import io.payonce.model.Shards;
import io.payonce.redis.RawRedis;

/** A ledger that no pod of the first version has looked after for a long time. */
public final class LongQuiet {
  private LongQuiet() {}

  /** Puts canaries up that have stood since long ago: new pods write new forms at once. */
  public static void in(int redisPort) {
    try (RawRedis redis = new RawRedis(redisPort)) {
      for (int shard = 0; shard < Shards.COUNT; shard++) {
        redis.call("ZADD", LedgerKeys.due(shard), "-1", Canary.of(shard));
      }
    }
  }
}
