package io.payonce.redis;

import io.payonce.ReadmeSection;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.model.Shards;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How evenly 256 shards, and merchants in them, spread over the primaries of a cluster, as
 * performance.md says: {@code -Dreadme.write=true} writes it anew.
 */
class ShardSpreadTest {
  private static final Path PAGE = Path.of("src/site/markdown/performance.md");
  private static final int[] SLOTS = IntStream.range(0, Shards.COUNT)
      .map(shard -> HashSlot.of(LedgerKeys.due(shard)))
      .toArray();

  private static final int[] PRIMARIES = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32};
  private static final int[] COMPARED = {3, 6, 12};
  private static final int[] MERCHANTS = {1, 3, 10, 30, 100, 1000, 10_000};

  /** In all fleets together that are drawn for one row. */
  private static final int DRAWN = 200_000;

  @Test
  void the_page_says_how_shards_spread_over_primaries() throws IOException {
    String rows = IntStream.of(PRIMARIES)
        .mapToObj(primaries -> {
          int[] shards = counts(primaries, Shards.COUNT, shards());
          return "| %d | %d to %d | %s |"
              .formatted(primaries, least(shards), most(shards), bears(shards, Shards.COUNT));
        })
        .collect(Collectors.joining("\n"));
    new ReadmeSection(PAGE, "shards")
        .says("| primaries | shards on each | together they bear, of what one bears |\n"
            + "|---|---|---|\n" + rows + "\n");
  }

  @Test
  void the_page_says_how_merchants_spread_over_primaries() throws IOException {
    String rows = IntStream.of(MERCHANTS)
        .mapToObj(
            merchants -> String.format(Locale.ROOT, "| %,d | %s |", merchants, row(merchants)))
        .collect(Collectors.joining("\n"));
    String head = IntStream.of(COMPARED)
        .mapToObj("%d primaries"::formatted)
        .collect(Collectors.joining(" | "));
    new ReadmeSection(PAGE, "merchants")
        .says("| merchants of one size | " + head + " |\n|---|---|---|---|\n" + rows + "\n");
  }

  private static String row(int merchants) {
    return IntStream.of(COMPARED)
        .mapToObj(primaries -> String.format(Locale.ROOT, "%.1f", average(merchants, primaries)))
        .collect(Collectors.joining(" | "));
  }

  private static double average(int merchants, int primaries) {
    Random random = new Random(1);
    int fleets = DRAWN / merchants;
    return IntStream.range(0, fleets)
        .map(fleet -> most(counts(primaries, merchants, () -> shardOfSome(random))))
        .mapToDouble(most -> (double) merchants / most)
        .average()
        .orElseThrow();
  }

  private static int shardOfSome(Random random) {
    // The ten digits of "M%010d", which takes ten times as long.
    String digits = Long.toString(10_000_000_000L + random.nextLong(10_000_000_000L));
    return Shards.of("M" + digits.substring(1));
  }

  private static IntSupplier shards() {
    return IntStream.range(0, Shards.COUNT).iterator()::nextInt;
  }

  private static int[] counts(int primaries, int drawn, IntSupplier shards) {
    int[] counts = new int[primaries];
    for (int i = 0; i < drawn; i++) {
      counts[RedisCluster.ownerOf(SLOTS[shards.getAsInt()], primaries)]++;
    }
    return counts;
  }

  private static String bears(int[] counts, int all) {
    return String.format(Locale.ROOT, "%.1f times", (double) all / most(counts));
  }

  private static int most(int[] counts) {
    return Arrays.stream(counts).max().orElseThrow();
  }

  private static int least(int[] counts) {
    return Arrays.stream(counts).min().orElseThrow();
  }
}
