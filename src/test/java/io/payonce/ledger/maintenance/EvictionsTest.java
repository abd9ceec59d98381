package io.payonce.ledger.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EvictionsTest {
  private static final long DAY = TimeUnit.DAYS.toMillis(1);

  @Test
  void a_server_that_has_forgotten_nothing_is_no_news() {
    assertThat(Evictions.first(count("a", 0), 5).isNews(5)).isFalse();
    assertThat(Evictions.first(count("a", 0), 5).next(count("a", 0), 6).isNews(6))
        .isFalse();
  }

  @Test
  void what_was_gone_before_the_first_look_is_said_too() {
    assertThat(Evictions.first(count("a", 7), 5).isNews(6)).isTrue();
  }

  @Test
  void it_ends_a_day_after_the_last_growth() {
    Evictions grown = Evictions.first(count("a", 0), 5).next(count("a", 2), 10);
    assertThat(grown.isNews(10)).isTrue();
    Evictions same = grown.next(count("a", 2), 20);
    assertThat(same.isNews(9 + DAY)).isTrue();
    assertThat(same.isNews(10 + DAY)).isFalse();
    assertThat(same.next(count("a", 3), 11 + DAY).isNews(11 + DAY)).isTrue();
  }

  @Test
  void an_operator_who_sets_the_count_back_ends_it_at_once() {
    Evictions confirmed = Evictions.first(count("a", 7), 5).next(count("a", 0), 6);
    assertThat(confirmed.isNews(6)).isFalse();
    assertThat(confirmed.next(count("a", 1), 7).isNews(7)).isTrue();
    assertThat(Evictions.first(count("a", 7), 5).next(count("a", 1), 6).isNews(6))
        .isTrue();
  }

  /** After a restart or a failover; what is lost stays lost, though the count is another one. */
  @Test
  void another_run_counts_anew_and_confirms_nothing() {
    Evictions failedOver = Evictions.first(count("a", 7), 5).next(count("b", 0), 6);
    assertThat(failedOver.isNews(6)).isTrue();
    assertThat(failedOver.isNews(5 + DAY)).isFalse();
    Evictions quiet = Evictions.first(count("a", 9), 5).next(count("a", 0), 6);
    assertThat(quiet.next(count("b", 3), 7).isNews(7)).isTrue();
  }

  private static RedisDurability count(String run, long evicted) {
    return RedisDurabilityTest.of(
        run, new RedisDurability.Memory(100, 1000, "noeviction", evicted));
  }
}
