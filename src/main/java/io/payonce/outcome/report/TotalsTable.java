package io.payonce.outcome.report;

import io.payonce.outcome.report.OutcomeTotals.Line;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sums as rows of a table, for programs; and in columns, for operators. */
public final class TotalsTable {
  private static final List<String> HEAD =
      List.of("day", "merchantId", "currency", "operation", "status", "count", "sum", "unsaid");

  private TotalsTable() {}

  public static String csv(List<Line> lines) {
    return Stream.concat(
            Stream.of(OutcomeCsv.head(HEAD)),
            lines.stream()
                .map(line -> OutcomeCsv.row(
                    line.day(),
                    line.merchantId(),
                    line.currency(),
                    line.operation(),
                    line.status(),
                    line.count(),
                    line.sum(),
                    line.unsaid())))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** A dash stands for what is not said. */
  public static String text(List<Line> lines) {
    List<List<String>> rows =
        Stream.concat(Stream.of(HEAD), lines.stream().map(TotalsTable::cells)).toList();
    int[] widths = new int[HEAD.size()];
    rows.forEach(row -> {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    });
    return rows.stream()
        .map(row -> aligned(row, widths))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<String> cells(Line line) {
    boolean noSum = line.unsaid() == line.count();
    return List.of(
        line.day(),
        line.merchantId(),
        line.currency().isEmpty() ? "-" : line.currency(),
        line.operation().isEmpty() ? "-" : line.operation(),
        line.status(),
        Long.toString(line.count()),
        noSum ? "-" : line.sum().toString(),
        line.unsaid() == 0 ? "-" : Long.toString(line.unsaid()));
  }

  /** Words to the left, numbers to the right. */
  private static String aligned(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String pad = " ".repeat(widths[i] - row.get(i).length());
      boolean isNumber = i >= HEAD.indexOf("count");
      line.append(i == 0 ? "" : "  ").append(isNumber ? pad + row.get(i) : row.get(i) + pad);
    }
    return line.toString().stripTrailing();
  }
}
