package io.payonce.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The codes as people read them: in the README, in a terminal, and as JSON for programs. */
public final class CodeTable {
  private static final String IN_DOUBT =
      "While an earlier copy of the same payment is in doubt, every refusal reads \"in doubt\".";

  private CodeTable() {}

  /** Codes for which Payonce does the same. */
  private record Row(List<Code> codes) {
    String cell() {
      return each(" ", Code::text);
    }

    String meaning() {
      return each(" · ", Code::meaning);
    }

    /** Many historic codes share a row and no remedy: the command {@code codes} has each. */
    String yours() {
      boolean historic = !codes.get(0).isOnPage();
      return historic && codes.size() > 3
          ? "`java -jar target/payonce.jar codes` has each one's remedy"
          : each(" · ", Code::yours);
    }

    private String each(String between, Function<Code, String> text) {
      return codes.stream().map(text).distinct().collect(Collectors.joining(between));
    }
  }

  /**
   * A code for programs.
   *
   * @param documented it is on the platform's page of error codes
   * @param payonce what Payonce does
   * @param you what a caller or an operator does
   */
  public record Entry(String code, boolean documented, String meaning, String payonce, String you) {
    private static Entry of(Code code) {
      return new Entry(code.text(), code.isOnPage(), code.meaning(), code.does(), code.yours());
    }
  }

  /**
   * A Markdown table; neighbours that differ in nothing but their meaning share a row. The historic
   * codes come last.
   */
  public static String markdown() {
    StringBuilder text =
        new StringBuilder("| code | meaning | what Payonce does | what you do |\n");
    text.append("|---|---|---|---|\n");
    for (Row row : rows()) {
      Code first = row.codes().get(0);
      text.append("| %s | %s | %s | %s |\n"
          .formatted(row.cell(), row.meaning(), first.does(), row.yours()));
    }
    return text.append('\n').append(IN_DOUBT).append('\n').toString();
  }

  /** Three lines a code, for a terminal. */
  public static String text() {
    return Stream.of(Code.values())
        .map(code -> "%-12s%s%n%14s%s%n%14s%s%n"
            .formatted(
                code.text(), code.meaning(), "Payonce: ", code.does(), "you: ", code.yours()))
        .collect(Collectors.joining("", "", "\n" + IN_DOUBT + "\n"));
  }

  /** One entry a code, for programs. */
  public static List<Entry> entries() {
    return Stream.of(Code.values()).map(Entry::of).toList();
  }

  private static List<Row> rows() {
    Map<String, List<Code>> alike = new LinkedHashMap<>();
    Stream.of(Code.values())
        .sorted(Comparator.comparing(CodeTable::kind))
        .forEach(code -> alike
            .computeIfAbsent(kind(code) + code.does(), absent -> new ArrayList<>())
            .add(code));
    return alike.values().stream().map(Row::new).toList();
  }

  /** Documented codes come first, then historic ones, then the rows for all others. */
  private static int kind(Code code) {
    return code.isOnPage() ? 0 : code.isCatchAll() ? 2 : 1;
  }
}
