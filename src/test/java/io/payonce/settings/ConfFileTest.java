package io.payonce.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.settings.source.Key;
import io.payonce.settings.source.KeyPath;
import io.payonce.settings.source.SectionList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code conf/payonce.yaml} is the manual of the keys, so it must say what the table says. */
class ConfFileTest {
  private static final Path FILE = Path.of("conf/payonce.yaml");

  private record Line(String path, String value, String comment) {}

  @Test
  void it_lists_every_key_in_the_order_of_the_table_and_no_other() throws IOException {
    assertThat(lines().keySet())
        .filteredOn(path -> !SectionList.BY_PATH.containsKey(path))
        .containsExactlyElementsOf(Key.SINGLE.stream().map(key -> key.path).toList());
  }

  /** Members that are keys elsewhere are explained there. */
  @TestFactory
  List<DynamicTest> each_list_of_sections_stands_there_with_its_meaning_and_its_members()
      throws IOException {
    Map<String, Line> lines = lines();
    return Stream.of(SectionList.values())
        .map(list -> DynamicTest.dynamicTest(list.path, () -> {
          String comment = lines.get(list.path).comment.replaceAll("\\s+", " ");
          assertThat(comment).contains(list.meaning).contains("PAYONCE_");
          assertThat(list.keys()).allSatisfy(key -> {
            assertThat(comment).contains(list.name(key).split("\\.")[0]);
            if (key.path.contains("[]")) {
              assertThat(comment)
                  .contains(list.name(key) + ": " + key.meaning + " [" + key.expect.text() + "]");
            }
          });
        }))
        .toList();
  }

  @TestFactory
  List<DynamicTest> each_key_stands_there_with_its_default_its_meaning_and_what_is_accepted()
      throws IOException {
    Map<String, Line> lines = lines();
    return Key.SINGLE.stream()
        .map(key -> DynamicTest.dynamicTest(key.path, () -> agrees(lines.get(key.path), key)))
        .toList();
  }

  private static void agrees(Line line, Key key) {
    assertThat(line.value).isEqualTo(key.fallback == null ? "" : key.fallback);
    assertThat(line.comment).contains(key.meaning).contains("[" + key.expect.text() + "]");
    if (key.kind.secret) {
      assertThat(line.comment).contains("Secret");
    }
  }

  @Test
  void loading_it_gives_exactly_the_defaults() {
    Settings from = Settings.load(Optional.of(FILE), Map.of(), Profile.SANDBOX).orThrow();
    Settings defaults =
        Settings.load(Optional.empty(), Map.of(), Profile.SANDBOX).orThrow();
    assertThat(from).isEqualTo(defaults);
  }

  @Test
  void the_jar_carries_the_same_logging_configuration_as_conf() throws IOException {
    assertThat(Path.of("src/main/resources/logback.xml"))
        .hasSameTextualContentAs(Path.of("conf/logback.xml"));
  }

  /** Reads the lines as an operator does: sections by indent, the comment above each key. */
  private static Map<String, Line> lines() throws IOException {
    Map<String, Line> lines = new LinkedHashMap<>();
    String[] sections = new String[3];
    StringBuilder comment = new StringBuilder();
    for (String line : Files.readAllLines(FILE)) {
      String text = line.strip();
      int depth = (line.length() - line.stripLeading().length()) / 2;
      if (text.startsWith("#")) {
        comment.append(text.substring(1).strip()).append(' ');
      } else if (!text.isEmpty()) {
        int colon = text.indexOf(':');
        sections[depth] = text.substring(0, colon);
        String path = String.join(".", Arrays.asList(sections).subList(0, depth + 1));
        if (!KeyPath.isSection(path)) {
          lines.put(path, new Line(path, text.substring(colon + 1).strip(), comment.toString()));
        }
        comment.setLength(0);
      }
    }
    return lines;
  }
}
