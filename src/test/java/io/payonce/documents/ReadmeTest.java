package io.payonce.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ReadmeSection;
import io.payonce.codes.Code;
import io.payonce.codes.Report;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README names exists, and what it counts was measured. */
class ReadmeTest {
  private static final Markdown README = Markdown.of(Path.of("README.md"));
  private static final Path RESULTS = Path.of("src/bench/results");

  /** What the head of the README promises, and .ci/run runs. */
  private static final String TRY = "./mvnw -q compile exec:java ";

  private static final String VERIFY = "./mvnw verify ";

  private static final int WIDTH = 140;

  @Test
  void its_lines_can_be_read_without_scrolling() {
    assertThat(README.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(WIDTH + 1));
  }

  @Test
  void its_first_commands_try_it_and_test_it() {
    assertThat(README.lines().stream().filter(line -> line.startsWith("./mvnw")).limit(2))
        .satisfiesExactly(
            first -> assertThat(first).startsWith(TRY),
            second -> assertThat(second).startsWith(VERIFY));
    assertThat(Sources.text(Path.of(".ci/run"))).contains("./mvnw -B verify");
  }

  @Test
  void keys_commands_and_headers_are_those_of_the_program() {
    String program = Sources.program();
    List<String> named = README.codes().filter(ReadmeTest::isOurs).toList();
    assertThat(named)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            word -> assertThat(program).contains(word.replaceAll(": .*|=.*|\\?.*| \\w+$", "")));
    assertThat(named)
        .filteredOn(word -> word.startsWith("PAYONCE_"))
        .allSatisfy(word -> assertThat(README.codes().map(ReadmeTest::variable)).contains(word));
  }

  /** A key, a variable, a header of ours or an admin path. */
  private static boolean isOurs(String word) {
    return word.matches(
        "(server|client|admin|redis|upstream|signing|credentials|ledger|orders|recovery|log|webhook|notify|outcomes|telemetry)\\.[a-z]\\w+.*"
            + "|PAYONCE_\\w+|Payonce-.*|/admin/.*");
  }

  private static String variable(String key) {
    return "PAYONCE_" + key.replaceAll("([A-Z])", "_$1").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  @Test
  void codes_are_grouped_by_what_payonce_does() throws IOException {
    String rows = Stream.of(Group.values()).map(Group::row).collect(Collectors.joining());
    new ReadmeSection(Sources.SITE.resolve("codes.md"), "groups")
        .says("| codes | what Payonce does |\n|---|---|\n" + rows);
    assertThat(Stream.of(Code.values()))
        .allSatisfy(
            code -> assertThat(Stream.of(Group.values()).filter(group -> group.takes.test(code)))
                .hasSize(1));
  }

  /** The short form of codes.md: which codes are treated alike. */
  private enum Group {
    ACCEPTED(
        of(Report.DONE),
        "reads the status: S is paid, F and C are not paid, I and P are asked about until they are final"),
    UNKNOWN(
        of(Report.UNKNOWN),
        "asks for the status, sends again only what never arrived, answers when it knows"),
    TAKEN(
        of(Report.ID_IN_USE).or(of(Report.ALREADY_PAID)),
        "asks which payment that was: if it was yours you get its status, else the code"),
    BUSY(
        of(Report.BUSY),
        "keeps the order and sends again after a pause while you wait, else passes the code on"),
    CORRECTED(
        of(Report.REFUSED_FOR_NOW).and(code -> code.remedy().isOurs()),
        "corrects its clock, key or session, sends once more, else passes the code on"),
    SET_UP(
        of(Report.REFUSED_FOR_NOW).and(code -> !code.remedy().isOurs()),
        "passes it on; once corrected, the same request can pay"),
    REFUSED(of(Report.REFUSED), "passes it on and frees the order");

    private final Predicate<Code> takes;
    private final String does;

    Group(Predicate<Code> takes, String does) {
      this.takes = takes;
      this.does = does;
    }

    private static Predicate<Code> of(Report report) {
      return code -> code.ofThatSend() == report;
    }

    private String row() {
      String codes = Stream.of(Code.values())
          .filter(takes)
          .map(code -> code.isCatchAll() ? "and " + code.meaning() : code.text())
          .collect(Collectors.joining(" "));
      return "| %s | %s |\n".formatted(codes, does);
    }
  }

  @Test
  void what_it_says_of_the_cost_was_measured() throws IOException {
    Path newest = Sources.ending(".md").stream()
        .filter(path -> path.startsWith(RESULTS))
        .max(Comparator.naturalOrder())
        .orElseThrow();
    Markdown results = Markdown.of(newest);
    List<String> heads = Markdown.cells(results.lines().get(0));
    List<String> payonce = Markdown.rows(results.lines()).stream()
        .filter(row -> row.get(0).equals("Payonce"))
        .findFirst()
        .orElseThrow();
    JsonObject machine = new JsonObject(results.lines().stream()
        .filter(line -> line.startsWith("On {"))
        .findFirst()
        .orElseThrow()
        .substring("On ".length()));
    new ReadmeSection("cost").says("""
        A payment costs %s µs of CPU, %s times a bare Vert.x pass-through at the same pace, and %s µs of Redis' CPU; one core
        carries at most %s payments a second (%s, %d shared cores of an %s, Java %s, Redis %s;
        [more](src/site/markdown/performance.md)).
        """.formatted(
            payonce.get(heads.indexOf("CPU µs a payment, same pace")),
            payonce.get(heads.indexOf("× bare Vert.x")),
            payonce.get(heads.indexOf("Redis µs a payment")),
            payonce.get(heads.indexOf("payments/s at most")),
            machine.getString("date"),
            machine.getInteger("cores"),
            machine.getString("cpu"),
            machine.getString("java").replaceAll("\\+.*", ""),
            machine.getString("redis")));
  }
}
