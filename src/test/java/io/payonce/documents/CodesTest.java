package io.payonce.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ReadmeSection;
import io.payonce.codes.Code;
import io.payonce.codes.Report;
import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** codes.md has one row for each code, made from the table that decides. */
class CodesTest {
  @Test
  void the_document_has_a_row_for_each_code() throws IOException {
    String rows = Stream.of(Code.values()).map(CodesTest::row).collect(Collectors.joining());
    new ReadmeSection(Sources.SITE.resolve("codes.md"), "table")
        .says("| code | on the page | meaning | executed | what Payonce does | what you do |\n"
            + "|---|---|---|---|---|---|\n" + rows);
  }

  private static String row(Code code) {
    return "| %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            code.text(),
            code.isOnPage() ? "yes" : "no",
            code.meaning(),
            executed(code.ofThatSend()),
            code.does(),
            code.yours())
        .replace(System.lineSeparator(), "\n");
  }

  /** Whether the send that was answered so may have moved money. */
  private static String executed(Report report) {
    return switch (report) {
      case DONE -> "see the status";
      case REFUSED, REFUSED_FOR_NOW, BUSY -> "no";
      case ID_IN_USE, ALREADY_PAID -> "no, but an earlier one perhaps";
      default -> "perhaps";
    };
  }

  @Test
  void codes_of_our_own_are_those_that_the_program_says() {
    List<String> spoken = Pattern.compile("\"([SCE]\\d\\d)\"|Code\\.(C0[12])\\b")
        .matcher(Sources.program().replaceAll("(?s)enum Code \\{.*?\\n}", ""))
        .results()
        .map(CodesTest::code)
        .toList();
    List<String> ours = Markdown.rows(Sources.site("codes.md").under("Codes")).stream()
        .filter(row -> row.size() == 2 && row.get(0).matches("\\w\\d\\d(, \\w\\d\\d)*"))
        .flatMap(row -> Stream.of(row.get(0).split(", ")))
        .toList();
    assertThat(ours)
        .doesNotHaveDuplicates()
        .allSatisfy(code -> assertThat(spoken).contains(code));
  }

  private static String code(MatchResult found) {
    return found.group(1) == null ? found.group(2) : found.group(1);
  }
}
