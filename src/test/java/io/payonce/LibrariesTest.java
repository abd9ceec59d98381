package io.payonce;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No library that runs is old without a reason. What is newest only the registry knows, and it
 * knows another thing tomorrow; so the answers are kept in a table ({@code ./mvnw -U -Pnewest
 * validate} asks anew), and here the table is held against what is built in, which needs no network
 * and has the same outcome on every day.
 */
class LibrariesTest {
  private static final Path TABLE = Path.of("src/build/libraries.txt");

  /** Written by Maven before each test. */
  private static final Path RUNTIME = Path.of("target/runtime.txt");

  private record Row(String name, String version, String newest, String day, String why) {
    static Row read(String line) {
      String[] cells = line.split(" +", 5);
      return new Row(
          cells[0],
          cells[1],
          cells[2],
          cells.length > 3 ? cells[3] : "",
          cells.length > 4 ? cells[4] : "");
    }

    boolean isOld() {
      return !version.equals(newest);
    }
  }

  @Test
  void the_table_has_each_library_that_runs_and_no_other() {
    assertThat(table().stream().collect(toMap(Row::name, Row::version)))
        .as("%s; if it is behind: ./mvnw -U -Pnewest validate", TABLE)
        .isEqualTo(runtime());
  }

  @Test
  void what_is_older_than_the_newest_has_a_dated_reason() {
    assertThat(table().stream().filter(Row::isOld)).allSatisfy(row -> {
      assertThat(LocalDate.parse(row.day())).as(row.name()).isAfter("2026-01-01");
      assertThat(row.why()).as(row.name()).isNotEmpty();
    });
    assertThat(table().stream().filter(row -> !row.isOld()))
        .allSatisfy(row -> assertThat(row.day()).as("%s is new", row.name()).isEmpty());
  }

  /** Java classes and the C code that they load are made for each other. */
  @Test
  void netty_is_of_one_version_but_for_what_goes_with_its_native_libraries() {
    Map<String, String> runtime = runtime();
    assertThat(versions(runtime, "netty-transport-(native|classes)-.*")).hasSize(1);
    assertThat(versions(runtime, "netty-tcnative-.*")).hasSize(1);
    assertThat(versions(runtime, "netty-(?!transport-native|transport-classes|tcnative).*"))
        .hasSize(1);
  }

  private static List<String> versions(Map<String, String> runtime, String artifact) {
    return runtime.entrySet().stream()
        .filter(library -> library.getKey().matches("io\\.netty:(" + artifact + ")(:.*)?"))
        .map(Map.Entry::getValue)
        .distinct()
        .toList();
  }

  private static List<Row> table() {
    return lines(TABLE).filter(line -> !line.startsWith("#")).map(Row::read).toList();
  }

  /** Lines are {@code group:artifact:jar[:classifier]:version:scope -- module}. */
  private static Map<String, String> runtime() {
    assumeTrue(
        isOfThisBuild(), RUNTIME + " is older than pom.xml: run ./mvnw process-test-resources");
    return lines(RUNTIME)
        .map(line -> line.strip().split(" ")[0].split(":"))
        .filter(parts -> parts.length >= 5)
        .collect(toMap(LibrariesTest::name, parts -> parts[parts.length - 2]));
  }

  private static boolean isOfThisBuild() {
    return RUNTIME.toFile().lastModified() >= Path.of("pom.xml").toFile().lastModified();
  }

  private static String name(String[] parts) {
    return parts[0] + ":" + parts[1] + (parts.length > 5 ? ":" + parts[3] : "");
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
