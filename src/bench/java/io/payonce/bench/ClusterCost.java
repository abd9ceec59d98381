package io.payonce.bench;

import io.payonce.redis.RedisCluster;
import io.payonce.redis.RedisSettings.Mode;
import io.payonce.redis.RedisSettings;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a payment costs a Redis Cluster, and how evenly its three primaries (each with a replica)
 * share it: capacity grows with primaries only if none does more than its part. Arguments: payments
 * (20000), at a time (32), rounds (4).
 */
public final class ClusterCost {
  private static final int PRIMARIES = 3;

  private ClusterCost() {}

  public static void main(String[] args) throws Exception {
    int payments = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    int atATime = args.length > 1 ? Integer.parseInt(args[1]) : 32;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 4;
    Vertx vertx = Vertx.vertx();
    try (RedisCluster cluster = RedisCluster.start()) {
      RedisSettings settings = new RedisSettings(
          Mode.CLUSTER, cluster.uris(), null, Duration.ofSeconds(2), Duration.ofSeconds(1));
      for (int round = 0; round < rounds; round++) {
        long[] before = cpuMicros(cluster);
        LedgerCost.wait(LedgerCost.run(vertx, settings, payments, atATime, 0));
        long[] after = cpuMicros(cluster);
        double[] each = IntStream.range(0, PRIMARIES)
            .mapToDouble(i -> (double) (after[i] - before[i]) / payments)
            .toArray();
        System.out.printf(
            "primaries together %.1f us a payment; each %s%n",
            Arrays.stream(each).sum(),
            Arrays.stream(each).mapToObj("%.1f"::formatted).collect(Collectors.joining(" / ")));
      }
    } finally {
      vertx.close();
    }
    System.exit(0);
  }

  private static long[] cpuMicros(RedisCluster cluster) {
    return IntStream.range(0, PRIMARIES)
        .mapToObj(cluster::node)
        .mapToLong(EmbeddedRedis::pid)
        .map(pid -> Usage.of(ProcessHandle.of(pid).orElseThrow()).cpuMicros())
        .toArray();
  }
}
