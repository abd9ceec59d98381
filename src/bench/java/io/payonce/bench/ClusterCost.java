package io.payonce.bench;

import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.model.Shards;
import io.payonce.redis.RedisCluster;
import io.payonce.redis.RedisSettings.Mode;
import io.payonce.redis.RedisSettings;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a payment costs Redis Clusters of several sizes, by turns, and how evenly their primaries share
 * it: capacity grows with primaries only if none does more than its part. Arguments: payments (20000),
 * at a time (32), rounds (4), primaries (1,3,6), merchants who share the payments evenly (1000), and
 * {@code replicas} for one of each primary.
 */
public final class ClusterCost {
  private final RedisCluster cluster;
  private final RedisSettings settings;
  private double[] least;

  private ClusterCost(int primaries, boolean replicas) {
    cluster = RedisCluster.start(primaries, replicas);
    settings = new RedisSettings(
        Mode.CLUSTER, cluster.uris(), null, Duration.ofSeconds(2), Duration.ofSeconds(1));
  }

  public static void main(String[] args) throws Exception {
    int payments = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    int atATime = args.length > 1 ? Integer.parseInt(args[1]) : 32;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 4;
    String[] sizes = (args.length > 3 ? args[3] : "1,3,6").split(",");
    int merchants = args.length > 4 ? Integer.parseInt(args[4]) : 1000;
    boolean replicas = args.length > 5 && args[5].equals("replicas");
    Vertx vertx = Vertx.vertx();
    List<ClusterCost> all = new ArrayList<>();
    try {
      for (String size : sizes) {
        all.add(new ClusterCost(Integer.parseInt(size), replicas));
      }
      for (int round = 0; round <= rounds; round++) {
        for (ClusterCost each : all) {
          each.round(vertx, payments, atATime, merchants, round > 0);
        }
      }
      all.forEach(each -> each.say(merchants));
    } finally {
      all.forEach(each -> each.cluster.close());
      vertx.close();
    }
    System.exit(0);
  }

  /** The first round only warms up. Of the others the cheapest counts: other work only ever adds. */
  private void round(Vertx vertx, int payments, int atATime, int merchants, boolean counts)
      throws Exception {
    long[] before = cpuMicros();
    LedgerCost.wait(LedgerCost.run(vertx, settings, payments, atATime, merchants));
    long[] after = cpuMicros();
    double[] each = IntStream.range(0, before.length)
        .mapToDouble(i -> (double) (after[i] - before[i]) / payments)
        .toArray();
    if (counts && (least == null || sum(each) < sum(least))) {
      least = each;
    }
  }

  private void say(int merchants) {
    double busiest = Arrays.stream(least).max().orElseThrow();
    System.out.printf(
        "%d primaries: %.1f us a payment together, the busiest %.1f us (%.0f %%): %.2f of 1; each %s;"
            + " of the payments the busiest has %.0f %%, the busiest shard %.1f %%%n",
        least.length,
        sum(least),
        busiest,
        100 * busiest / sum(least),
        busiest / sum(least) * least.length,
        Arrays.stream(least).mapToObj("%.1f"::formatted).collect(Collectors.joining(" / ")),
        share(merchants, shard -> cluster.ownerOf(LedgerKeys.due(shard)), least.length),
        share(merchants, shard -> shard, Shards.COUNT));
  }

  /** How many of a hundred payments are in the fullest of so many parts. */
  private static double share(int merchants, IntUnaryOperator of, int parts) {
    int[] counts = new int[parts];
    IntStream.range(0, merchants)
        .map(merchant -> of.applyAsInt(Shards.of(LedgerCost.merchant(merchant))))
        .forEach(part -> counts[part]++);
    return 100.0 * Arrays.stream(counts).max().orElseThrow() / merchants;
  }

  private static double sum(double[] each) {
    return Arrays.stream(each).sum();
  }

  private long[] cpuMicros() {
    return IntStream.range(0, cluster.primaries())
        .mapToObj(cluster::node)
        .mapToLong(EmbeddedRedis::pid)
        .map(pid -> Usage.of(ProcessHandle.of(pid).orElseThrow()).cpuMicros())
        .toArray();
  }
}
