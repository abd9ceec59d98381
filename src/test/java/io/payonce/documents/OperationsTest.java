package io.payonce.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.Outcome;
import io.payonce.recovery.History;
import io.payonce.recovery.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What wakes an operator, and every state that he can meet, has its place in operations.md. */
class OperationsTest {
  private static final Markdown OPERATIONS = Sources.site("operations.md");
  private static final Path ALERTS = Path.of("k8s/monitoring/alerts.yaml");
  private static final String PAGE =
      "runbook_url: https://payonce.example/" + OPERATIONS.path() + "#";

  private static final List<String> STAGES =
      List.of("SENDING", "HELD", "IN_DOUBT", "OPEN", "ATTENTION");

  /** What each section says. */
  private static final List<String> PARTS =
      List.of("**Happened:**", "**Callers:**", "**Do:**", "**Call:**");

  private static Stream<String> alerts() {
    return Sources.text(ALERTS)
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("- alert: "))
        .map(line -> line.substring("- alert: ".length()));
  }

  @Test
  void every_alert_leads_to_its_heading_and_no_heading_is_of_an_alert_that_is_gone() {
    List<String> links = Sources.text(ALERTS)
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("runbook_url:"))
        .toList();
    assertThat(links)
        .containsExactlyElementsOf(
            alerts().map(name -> PAGE + name.toLowerCase(Locale.ROOT)).toList());
    assertThat(OPERATIONS.headings().stream()
            .filter(name -> name.startsWith("Payonce"))
            .filter(name -> !name.contains(" ")))
        .containsExactlyInAnyOrderElementsOf(alerts().toList());
  }

  @Test
  void every_stage_and_every_outcome_has_its_section() {
    assertThat(STAGES)
        .hasSize(Stage.class.getPermittedSubclasses().length - 1) // another amount has ATTENTION's
        .allSatisfy(word ->
            assertThat(Stage.read(word, History.FIRST.encode()).word()).isEqualTo(word));
    List<String> words = Stream.concat(
            STAGES.stream(), Stream.of(Outcome.values()).map(Outcome::word))
        .toList();
    assertThat(OPERATIONS.headings()).containsAll(words);
    assertThat(Stream.concat(words.stream(), alerts()))
        .allSatisfy(heading ->
            assertThat(String.join("\n", OPERATIONS.under(heading))).as(heading).contains(PARTS));
  }

  @Test
  void every_metric_of_our_own_is_explained_and_every_explained_one_is_there() {
    Pattern metric = Pattern.compile("\"(payonce_[a-z_]+)\"");
    Set<String> known = metric
        .matcher(Sources.program())
        .results()
        .map(found -> found.group(1))
        .filter(name -> !name.equals("payonce_clock_offset_ms")) // goes with the next release
        .map(name -> name.replaceAll("_seconds$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
    Set<String> explained = Markdown.codes(OPERATIONS.under("Metrics"))
        .map(code -> code.replaceAll("\\{.*", "").replaceAll("_(total|seconds)$", ""))
        .filter(code -> code.startsWith("payonce_"))
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(explained).isEqualTo(known);
  }
}
