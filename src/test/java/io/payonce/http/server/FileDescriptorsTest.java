package io.payonce.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileDescriptorsTest {
  @ParameterizedTest
  @CsvSource({
    // most, open, callers, platform: callers, platform
    "1048576, 100, 10000, 1024, 10000, 1024",
    "20000, 100, 10000, 1024, 10000, 1024",
    "5000, 100, 10000, 1024, 3820, 1024",
    "1024, 100, 10000, 1024, 434, 434",
    "220, 100, 10000, 1024, 32, 32",
    "220, 100, 10, 1024, 10, 54",
    "220, 100, 10000, 8, 56, 8",
    "100, 100, 10000, 1024, 4, 4"
  })
  void what_there_is_serves_both_sides_of_a_call(
      long most, long open, int callers, int platform, int forCallers, int forPlatform) {
    assertThat(FileDescriptors.share(most, open, callers, platform, 0))
        .isEqualTo(new FileDescriptors(forCallers, forPlatform));
  }
}
