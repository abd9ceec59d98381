package io.payonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Report;
import io.payonce.flow.port.CallOutcome;
import io.payonce.ledger.Outcome;
import io.payonce.model.SendFailure;
import io.payonce.model.StageName;
import io.payonce.recovery.Action;
import io.payonce.recovery.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever adds a report, an outcome, a stage or an act is shown every place that must know it: the
 * compiler finds them, where no switch has a default.
 */
class SwitchesTest {
  private static final Path MAIN = Path.of("src/main/java/io/payonce");

  private static final List<Set<String>> COMPLETE = Stream.of(
          Report.values(),
          Outcome.values(),
          StageName.values(),
          Action.values(),
          Mark.values(),
          CallOutcome.values(),
          SendFailure.values())
      .map(values -> Arrays.stream(values).map(Enum::name).collect(Collectors.toSet()))
      .toList();

  private static final Pattern STAGE_TEXT =
      Pattern.compile("\"(SENDING|HELD|IN_DOUBT|OPEN|ATTENTION)\"");

  private static final Pattern SWITCH = Pattern.compile("\\bswitch \\(");
  private static final Pattern CASE = Pattern.compile("\\bcase ([\\w\\s,\".]+?)(?:->|:)");
  private static final Pattern DEFAULT = Pattern.compile("\\bdefault\\s*(?:->|:)");

  @Test
  void no_switch_over_what_the_machine_says_has_a_default() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path file : sources()) {
      withDefault(Files.readString(file)).forEach(labels -> found.add(file + ": " + labels));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void stages_are_distinguished_by_their_names_not_by_their_words() throws IOException {
    for (Path file : sources()) {
      if (!file.endsWith("StageName.java")) {
        assertThat(STAGE_TEXT.matcher(Files.readString(file)).find())
            .as(file + "")
            .isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "switch (report) { case PAID -> 1; default -> 2; }",
        "switch (a(b)) {\n case UNPAID, RELEASED ->\n 1;\n default ->\n 2; }",
        "switch (x) { case \"a\" -> switch (y) { case OPEN -> 1; default -> 2; }; default -> 3; }"
      })
  void such_a_default_is_seen(String code) {
    assertThat(withDefault(code)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "switch (report) { case PAID -> 1; }",
        "switch (code) { case C01, PAID -> 1; default -> 2; }",
        "switch (x) { case \"a\" -> switch (y) { case PAID -> 1; }; default -> 3; }"
      })
  void others_are_not(String code) {
    assertThat(withDefault(code)).isEmpty();
  }

  /** The labels of each switch that has a default although its constants are known. */
  private static List<Set<String>> withDefault(String code) {
    return SWITCH
        .matcher(code)
        .results()
        .map(found -> ownPart(code, code.indexOf('{', found.end())))
        .filter(part -> DEFAULT.matcher(part).find())
        .map(SwitchesTest::labels)
        .filter(labels -> !labels.isEmpty())
        .filter(labels -> COMPLETE.stream().anyMatch(known -> known.containsAll(labels)))
        .toList();
  }

  /** What stands between the braces that open here, without what stands in inner ones. */
  private static String ownPart(String code, int from) {
    StringBuilder own = new StringBuilder();
    int depth = 0;
    for (int i = from; i < code.length(); i++) {
      depth += code.charAt(i) == '{' ? 1 : 0;
      if (depth == 1) {
        own.append(code.charAt(i));
      }
      depth -= code.charAt(i) == '}' ? 1 : 0;
      if (depth == 0) {
        break;
      }
    }
    return own.toString();
  }

  private static Set<String> labels(String part) {
    Set<String> labels = new TreeSet<>();
    Matcher found = CASE.matcher(part);
    while (found.find()) {
      Stream.of(found.group(1).split(",")).map(String::strip).forEach(labels::add);
    }
    return labels;
  }

  /** The simulated platform has words of its own. */
  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("sandbox"))
          .toList();
    }
  }
}
