package io.payonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.payonce.outcome.report.OutcomeSince;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command line that a document shows is one that the program takes as it stands there. */
class CommandLinesTest {
  private static final Pattern LINE =
      Pattern.compile("payonce(?:-production)?\\.jar ([a-z][^`|\n]*)");

  /** Their words are read when the command runs. */
  private static final List<String> TIMES = List.of("--since", "--until");

  static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path document : documents()) {
      LINE.matcher(Files.readString(document))
          .results()
          .map(found -> found.group(1).strip())
          .forEach(lines::add);
    }
    assertThat(lines).hasSizeGreaterThan(8);
    return lines;
  }

  private static List<Path> documents() throws IOException {
    List<Path> all = new ArrayList<>(
        List.of(Path.of("README.md"), Path.of("k8s/README.md"), Path.of("conf/payonce.yaml")));
    try (Stream<Path> site = Files.list(Path.of("src/site/markdown"))) {
      site.sorted().forEach(all::add);
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("lines")
  void is_understood(String line) {
    String[] words = line.split(" +");
    assertThatNoException()
        .isThrownBy(() -> Main.commands(Map.of(), Path.of("")).parseArgs(words));
    for (int i = 0; i < words.length - 1; i++) {
      if (TIMES.contains(words[i])) {
        String time = words[i + 1];
        assertThatNoException().isThrownBy(() -> OutcomeSince.parse(time, ZoneOffset.UTC));
      }
    }
  }
}
