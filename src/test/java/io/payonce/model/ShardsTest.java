package io.payonce.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Numbers on which several parts of the program must agree stand in one place. */
class ShardsTest {
  private static final Path MAIN = Path.of("src/main");

  /** However it is written. */
  private static final Pattern WINDOW =
      Pattern.compile("\\b630(_?000)?L?\\b|\\b37_?800_?000\\b|PT10M30S");

  private static final Pattern SHARDS =
      Pattern.compile("(?i)\\bshards\\s*=\\s*\\d|% 256\\b|\\bCOUNT = 256\\b");

  @Test
  void a_merchant_keeps_its_shard_for_ever() {
    assertThat(Shards.COUNT).isEqualTo(256);
    assertThat(Shards.of("M1")).isEqualTo(141);
    assertThat(Shards.of("M10001")).isEqualTo(223);
    assertThat(Shards.of("händler")).isEqualTo(71);
  }

  @Test
  void the_window_is_the_platforms_ten_minutes_and_half_a_minute_for_the_clocks() {
    assertThat(Intent.WINDOW_MILLIS)
        .isEqualTo(Duration.ofMinutes(10).plusSeconds(30).toMillis());
  }

  @Test
  void neither_number_stands_anywhere_else() throws IOException {
    assertThat(holding(WINDOW)).containsExactly("Intent.java");
    assertThat(holding(SHARDS)).containsExactly("Shards.java");
  }

  private static List<String> holding(Pattern number) throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(java|lua|js)"))
          .filter(file -> holds(file, number))
          .map(file -> file.getFileName().toString())
          .toList();
    }
  }

  private static boolean holds(Path file, Pattern number) {
    try {
      return number.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
