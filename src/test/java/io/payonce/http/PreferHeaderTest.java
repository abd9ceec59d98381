package io.payonce.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long callers are held by what they prefer; our own limit here is 20 s. */
class PreferHeaderTest {
  private static final long OURS = 20_000;

  private static long held(String... headers) {
    return PreferHeader.waitMillis(List.of(headers), OURS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait=5 | 5000",
        "Wait = \"5\" | 5000",
        "wait=0 | 0",
        "respond-async | 0",
        "Respond-Async | 0",
        "wait=100 | 20000",
        "handling=lenient | 20000",
        "handling=lenient, wait=5 | 5000",
      })
  void one_preference_says_it(String header, long millis) {
    assertThat(held(header)).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "respond-async, wait=10 | 10000",
        "wait=10, respond-async | 10000",
        "respond-async, wait=0 | 0",
        "respond-async, wait=100 | 20000",
        "respond-async, wait=soon | 0",
      })
  void asynchronously_if_it_takes_longer_than_the_wait(String header, long millis) {
    assertThat(held(header)).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "respond-async;x=y | 0",
        "respond-async ; x | 0",
        "wait=5; x | 5000",
        "respond-async; foo=\"a\", wait=5;bar | 5000",
      })
  void parameters_mean_nothing(String header, long millis) {
    assertThat(held(header)).isEqualTo(millis);
  }

  @Test
  void of_a_repeated_preference_the_first_counts() {
    assertThat(held("wait=5, wait=1")).isEqualTo(5000);
    assertThat(held("wait=1", "wait=5")).isEqualTo(1000);
    assertThat(held("wait=soon, wait=5")).isEqualTo(OURS);
    assertThat(held("respond-async", "wait=5", "respond-async, wait=7")).isEqualTo(5000);
  }

  @ParameterizedTest
  @CsvSource({"wait", "wait=", "wait=x", "wait=-1", "wait=1s", "waiting=1", "wait=12345678"})
  void what_is_not_understood_is_ignored(String header) {
    assertThat(held(header)).isEqualTo(OURS);
    assertThat(held()).isEqualTo(OURS);
  }
}
