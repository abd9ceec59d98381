package io.payonce.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.payonce.flow.port.CallOutcome;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentStatsTest {
  private static final long MILLI = 1_000_000;
  private final AtomicLong now = new AtomicLong(1_000_000_000_000L);
  private final RecentStats recent = new RecentStats(now::get);

  @Test
  void each_ten_seconds_are_counted_apart() {
    recent.answered(CallOutcome.PAID, MILLI);
    recent.platformSaid("0");
    now.addAndGet(10_000);
    recent.answered(CallOutcome.PAID, MILLI);
    recent.answered(CallOutcome.REFUSED, MILLI);
    assertThat(recent.slots()).extracting(RecentStats.Slot::answered).containsExactly(1L, 2L);
    assertThat(recent.slots().get(0).codes()).containsOnlyKeys("0");
  }

  @Test
  void what_is_ten_minutes_old_is_forgotten() {
    recent.answered(CallOutcome.PAID, MILLI);
    now.addAndGet(RecentStats.SLOTS * 10_000L - 10_000);
    assertThat(recent.slots()).hasSize(1);
    now.addAndGet(10_000);
    assertThat(recent.slots()).isEmpty();
    recent.answered(CallOutcome.PAID, MILLI);
    assertThat(recent.slots()).extracting(RecentStats.Slot::answered).containsExactly(1L);
  }

  @Test
  void the_rate_is_taken_over_ten_to_twenty_seconds() {
    for (int i = 0; i < 100; i++) {
      recent.answered(CallOutcome.PAID, MILLI);
    }
    assertThat(recent.perSecond()).isEqualTo(10);
    now.addAndGet(5_000);
    assertThat(recent.perSecond()).isCloseTo(6.67, within(0.01));
  }

  @Test
  void quantiles_are_right_to_within_a_tenth() {
    LatencyHistogram spread = new LatencyHistogram();
    for (int i = 1; i <= 1000; i++) {
      spread.add(i * MILLI);
    }
    assertThat(spread.millis(0.5)).isCloseTo(500, within(50.0));
    assertThat(spread.millis(0.99)).isCloseTo(990, within(99.0));
    assertThat(new LatencyHistogram().millis(0.5)).isZero();
  }

  @Test
  void times_beyond_all_bins_are_kept_in_the_last() {
    LatencyHistogram spread = new LatencyHistogram();
    spread.add(0);
    spread.add(Long.MAX_VALUE);
    assertThat(spread.count()).isEqualTo(2);
  }
}
