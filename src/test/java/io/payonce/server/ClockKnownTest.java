package io.payonce.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The platform's dates have whole seconds: more is not known, and not shown. */
class ClockKnownTest {
  @ParameterizedTest
  @CsvSource({
    "false, 0, \u2013, no answer yet",
    "true, 0, < 1 s, as near as dates tell",
    "true, -600, < 1 s, as near as dates tell",
    "true, -1000, < 1 s, as near as dates tell",
    "true, -1001, 1 s, 'platform behind, \u00b1 1 s'",
    "true, 300, 1 s, 'platform ahead, \u00b1 1 s'",
    "true, 59600, 60 s, 'platform ahead, \u00b1 1 s'",
    "true, -90500, 90 s, 'platform behind, \u00b1 1 s'",
  })
  void no_more_is_shown_than_dates_tell(boolean learnt, long millis, String text, String more) {
    assertThat(ClockKnown.of(learnt, millis)).isEqualTo(new ClockKnown(text, more));
  }
}
