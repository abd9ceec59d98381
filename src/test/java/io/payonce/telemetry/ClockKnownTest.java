package io.payonce.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.platform.PlatformClock.Bounds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The platform's dates have whole seconds: more is not known, and not shown. */
class ClockKnownTest {
  @ParameterizedTest
  @CsvSource({
    "false, 0, 0, \u2013, no answer yet",
    "true, 0, 0, < 1 s, dates say no more",
    "true, -600, 400, < 1 s, dates say no more",
    "true, -1100, 2010, < 3 s, dates say no more",
    "true, 300, 1400, 0\u20132 s, the platform is ahead",
    "true, 59600, 60650, 59\u201361 s, the platform is ahead",
    "true, -91500, -90400, 90\u201392 s, the platform is behind",
    "true, 5000, 900, ?, its servers disagree",
  })
  void no_more_is_shown_than_dates_say(
      boolean learnt, long atLeast, long atMost, String text, String more) {
    assertThat(ClockKnown.of(learnt, new Bounds(atLeast, atMost)))
        .isEqualTo(new ClockKnown(text, more));
  }
}
