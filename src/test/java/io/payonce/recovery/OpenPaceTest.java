package io.payonce.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenPaceTest {
  @ParameterizedTest
  @CsvSource({"0, true", "599999, true", "600000, true", "600001, false"})
  void reports_arrive_while_the_last_one_is_no_older_than_ten_minutes(long since, boolean arrive) {
    assertThat(OpenPace.reportsArrive(since)).isEqualTo(arrive);
    assertThat(OpenPace.reportsArrive(Long.MAX_VALUE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // age, most, shortest pause, longest pause
    "0, 300000, 30000, 60000",
    "29999, 300000, 30000, 60000",
    "45000, 300000, 45000, 90000",
    "120000, 300000, 120000, 240000",
    "150000, 300000, 150000, 300000",
    "86400000, 300000, 150000, 300000",
    "86400000, 100, 50, 100",
    "0, 1, 1, 1"
  })
  void the_pause_is_about_as_long_as_the_payment_is_old(
      long age, long most, long shortest, long longest) {
    assertThat(OpenPace.pauseMillis(age, most, 0)).isEqualTo(shortest);
    assertThat(OpenPace.pauseMillis(age, most, 0.999_999)).isBetween(longest - 1, longest);
    for (double chance = 0; chance < 1; chance += 0.01) {
      assertThat(OpenPace.pauseMillis(age, most, chance)).isBetween(shortest, longest);
    }
  }
}
