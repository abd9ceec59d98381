package io.payonce.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Notices when a payment has become dearer, measured against the bare pass-through in the same run:
 * absolute figures say more about the machine than about us. Only in the profile {@code bench}.
 */
class CpuRatio {
  /** 2.7 to 3.8 were measured, the less the quieter the machine; the target is 1.6. Lower it as we get there. */
  private static final double MOST = Double.parseDouble(System.getProperty("bench.ratio", "4.5"));

  private static final int ROUNDS = 4;

  @Test
  void a_payment_costs_not_much_more_than_passing_it_on() throws Exception {
    assumeTrue(Tools.has("wrk") && Tools.has("nginx"), "wrk and nginx are needed");
    List<Peer> peers = Peer.all(Path.of("")).stream()
        .filter(peer -> peer.name().equals(Peer.BARE) || peer.name().equals(Peer.PAYONCE))
        .toList();
    Results results = new Results();
    try (Arena arena = new Arena(peers, 0, Peer.JVM)) {
      for (Peer peer : peers) {
        Arena.warm(24, () -> arena.load(peer, new Load(32, 5, 0)));
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (Peer peer : peers) {
          results.saturated(arena.load(peer, new Load(32, 4, 0)));
        }
      }
    }
    double ratio = results.cpu(Peer.PAYONCE) / results.cpu(Peer.BARE);
    System.out.printf("CPU a payment: %.2f x the bare pass-through%n", ratio);
    assertThat(ratio).isLessThan(MOST);
  }
}
