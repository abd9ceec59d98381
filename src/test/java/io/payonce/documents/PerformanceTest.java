package io.payonce.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.payonce.ReadmeSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What performance.md says of cost are the newest results of the benchmark, and its commands are
 * there.
 */
class PerformanceTest {
  private static final Path RESULTS = Path.of("src/bench/results");

  private static Path newest(String suffix) {
    return Sources.ending(suffix).stream()
        .filter(path -> path.startsWith(RESULTS))
        .max(Comparator.comparing(path -> path.getFileName().toString()))
        .orElseThrow();
  }

  @Test
  void the_table_is_that_of_the_newest_results() throws IOException {
    List<String> table = Files.readAllLines(newest(".md")).stream()
        .filter(line -> line.startsWith("|"))
        .toList();
    JsonNode machine = new ObjectMapper().readTree(newest(".json").toFile()).get("machine");
    String on = "%s, %d shared cores of an %s, Java %s (`%s`), Redis %s, load %s when it began."
        .formatted(
            text(machine, "date"),
            machine.get("cores").asInt(),
            text(machine, "cpu"),
            text(machine, "java"),
            text(machine, "jvmFlags"),
            text(machine, "redis"),
            text(machine, "load"));
    new ReadmeSection(Sources.SITE.resolve("performance.md"), "costs")
        .says(String.join("\n", table) + "\n\n" + on + "\n");
  }

  private static String text(JsonNode node, String name) {
    return node.get(name).asText();
  }

  @Test
  void programs_that_are_named_are_there() {
    List<String> mains = Pattern.compile("io\\.payonce\\.bench\\.(\\w+)")
        .matcher(String.join("\n", Sources.site("performance.md").lines()))
        .results()
        .map(found -> found.group(1))
        .toList();
    assertThat(mains)
        .isNotEmpty()
        .allSatisfy(
            main -> assertThat(Sources.declaring(main)).as(main).contains("static void main("));
  }
}
