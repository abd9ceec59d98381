package io.payonce.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.platform.http.HttpDate;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformClockTest {
  private static final long NOON = 1_763_899_200_000L;
  private static final long MINUTE = 60_000;

  private final PlatformClock clock = new PlatformClock();

  @Test
  void before_the_first_answer_our_own_clock_is_used() {
    assertThat(clock.isLearnt()).isFalse();
    assertThat(clock.at(NOON)).isEqualTo(NOON);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 700, -700, 123_456, -123_456, 900_000, -900_000, 3_600_000})
  void a_timestamp_is_never_in_the_platforms_future_and_little_in_its_past(long offset) {
    Random random = new Random(offset);
    long ours = NOON;
    for (int i = 0; i < 500; i++) {
      ours += random.nextInt(2000);
      long travel = random.nextInt(300);
      long dated = (ours + offset) / 1000 * 1000;
      clock.learn(dated, ours + travel, ours + travel);
      assertThat(clock.offsetMillis()).isLessThanOrEqualTo(offset);
    }
    assertThat(clock.offsetMillis()).isBetween(offset - 1300, offset);
  }

  @Test
  void a_minority_of_servers_with_a_wrong_clock_is_outvoted() {
    IntStream.range(0, 8).forEach(i -> clock.learn(NOON, NOON, NOON));
    IntStream.range(0, 7).forEach(i -> clock.learn(NOON + 10 * MINUTE, NOON, NOON));
    assertThat(clock.offsetMillis()).isZero();
    IntStream.range(0, 7).forEach(i -> clock.learn(NOON, NOON, NOON));
    IntStream.range(0, 7).forEach(i -> clock.learn(NOON - 10 * MINUTE, NOON, NOON));
    assertThat(clock.offsetMillis()).isZero();
    assertThat(clock.hasJumpedSince(NOON)).isFalse();
  }

  @Test
  void an_answer_that_refuses_our_time_counts_alone() {
    IntStream.range(0, 15).forEach(i -> clock.learn(NOON, NOON, NOON));
    clock.learnAnew(NOON - 20 * MINUTE, NOON, NOON);
    assertThat(clock.offsetMillis()).isEqualTo(-20 * MINUTE);
    assertThat(clock.hasJumpedSince(NOON - 1)).isTrue();
    assertThat(clock.hasJumpedSince(NOON + 1)).isFalse();
  }

  @Test
  void a_change_of_less_than_a_minute_is_no_jump() {
    clock.learn(NOON + MINUTE, NOON, NOON);
    assertThat(clock.hasJumpedSince(0)).isFalse();
    clock.learnAnew(NOON, NOON, NOON);
    assertThat(clock.hasJumpedSince(0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "Mon, 23 Nov 2026", "2026-11-23T12:00:00Z", "0"})
  void what_is_no_date_teaches_nothing(String text) {
    assertThat(new HttpDate().millis(text)).isEqualTo(HttpDate.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void the_obsolete_forms_of_dates_are_read_too(String text) {
    assertThat(new HttpDate().millis(text)).isEqualTo(784_111_777_000L);
  }

  @Test
  void dates_are_read_and_the_last_one_is_kept() {
    HttpDate dates = new HttpDate();
    assertThat(dates.millis(null)).isEqualTo(HttpDate.NONE);
    assertThat(dates.millis("Sun, 06 Nov 1994 08:49:37 GMT")).isEqualTo(784_111_777_000L);
    assertThat(dates.millis("Sun, 06 Nov 1994 08:49:38 GMT")).isEqualTo(784_111_778_000L);
    assertThat(dates.millis("rubbish")).isEqualTo(HttpDate.NONE);
  }

  @Test
  void the_true_offset_lies_within_the_bounds_however_slow_the_answers_are() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      PlatformClock clock = new PlatformClock();
      assertThat(clock.bounds()).isEqualTo(new PlatformClock.Bounds(0, 0));
      long offset = random.nextInt(200_000) - 100_000;
      for (int i = 0; i < 40; i++) {
        long sent = NOON + i * 700L;
        long there = sent + random.nextInt(3000);
        long dated = Math.floorDiv(there + offset, 1000L) * 1000;
        clock.learn(dated, sent, there + random.nextInt(3000));
        PlatformClock.Bounds bounds = clock.bounds();
        assertThat(offset).isBetween(bounds.atLeastMillis(), bounds.atMostMillis());
      }
    }
  }
}
