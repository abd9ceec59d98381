package io.payonce.ledger.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryForecastTest {
  private static final long GB = 1_000_000_000;
  private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

  private final MemoryForecast forecast = new MemoryForecast();

  @Test
  void what_is_free_lasts_as_long_as_the_last_hour_says() {
    for (int minute = 0; minute <= 60; minute++) {
      saw("a", 3_900_000_000L + minute * 100_000_000L / 60, 16 * GB, minute);
    }
    assertThat(forecast.days()).isEqualTo(5, within(0.01));
  }

  @Test
  void growth_of_earlier_hours_is_forgotten() {
    for (int minute = 0; minute <= 180; minute++) {
      saw("a", Math.min(minute, 60) * GB / 10, 16 * GB, minute);
    }
    assertThat(forecast.days()).isInfinite();
  }

  @Test
  void a_full_server_lasts_no_more() {
    saw("a", 15 * GB, 16 * GB, 0);
    saw("a", 17 * GB, 16 * GB, 20);
    assertThat(forecast.days()).isZero();
  }

  @Test
  void nothing_is_said_of_a_few_minutes_without_a_limit_or_across_a_restart() {
    assertThat(forecast.days()).isNaN();
    saw("a", GB, 16 * GB, 0);
    saw("a", 2 * GB, 16 * GB, 9);
    assertThat(forecast.days()).as("nine minutes").isNaN();
    saw("b", 3 * GB, 16 * GB, 20);
    assertThat(forecast.days()).as("another process").isNaN();
    saw("b", 4 * GB, 0, 40);
    assertThat(forecast.days()).as("no limit").isNaN();
  }

  private void saw(String run, long used, long limit, long minute) {
    forecast.saw(
        RedisDurabilityTest.of(run, new RedisDurability.Memory(used, limit, "noeviction", 0)),
        minute * MINUTE);
  }
}
