package io.payonce.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The codes as people read them: in the README, in a terminal, and as JSON for programs. */
public final class CodeTable {
  private static final String IN_DOUBT =
      "While an earlier copy of the same payment is in doubt, every refusal reads \"in doubt\".";

  private CodeTable() {}

  /** Rows that differ in the code and its meaning only. */
  private record Row(List<Code> codes) {
    boolean takes(Code code) {
      Code first = codes.get(0);
      return first.does().equals(code.does())
          && (isHistoric(first) ? isHistoric(code) : first.yours().equals(code.yours()));
    }

    private static boolean isHistoric(Code code) {
      return !code.isOnPage() && !code.isCatchAll();
    }

    /** Historic codes share what is to be done about them: the command {@code codes} has each. */
    String yours() {
      boolean mixed = codes.stream().map(Code::yours).distinct().count() > 1;
      return mixed ? "read the message" : codes.get(0).yours();
    }

    String cell() {
      return codes.stream().map(Code::text).collect(Collectors.joining(" "));
    }

    String meaning() {
      return codes.stream().map(Code::meaning).distinct().collect(Collectors.joining(" · "));
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

  /** An array with one object a code. */
  public static String json() {
    return Stream.of(Code.values())
        .map(code -> "  {\"code\":%s,\"documented\":%s,\"meaning\":%s,\"payonce\":%s,\"you\":%s}"
            .formatted(
                quoted(code.text()),
                code.isOnPage(),
                quoted(code.meaning()),
                quoted(code.does()),
                quoted(code.yours())))
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    Stream.of(Code.values()).filter(Code::isOnPage).forEach(code -> add(rows, code));
    Stream.of(Code.values()).filter(code -> !code.isOnPage()).forEach(code -> add(rows, code));
    return rows;
  }

  private static void add(List<Row> rows, Code code) {
    if (rows.isEmpty() || !rows.get(rows.size() - 1).takes(code)) {
      rows.add(new Row(new ArrayList<>()));
    }
    rows.get(rows.size() - 1).codes().add(code);
  }
}
