package io.payonce.outcome.report;

import io.payonce.outcome.OutcomeEntry;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Events as rows of a table (RFC 4180): the members of the JSON form are its columns, lists stand
 * between blanks. What a spreadsheet would take for a formula gets an apostrophe before it.
 */
public final class OutcomeCsv {
  private static final Pattern QUOTED = Pattern.compile("[\",\\r\\n]");
  private static final Pattern FORMULA = Pattern.compile("[=+@\\t\\r-].*", Pattern.DOTALL);

  private OutcomeCsv() {}

  /** The names of the columns. */
  public static String head() {
    return Arrays.stream(OutcomeJson.class.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.joining(","));
  }

  /** One row, without its end. */
  public static String line(OutcomeEntry entry) {
    OutcomeJson json = OutcomeJson.of(entry);
    return row(
        json.version(),
        json.cursor(),
        json.at(),
        json.kind(),
        json.merchantId(),
        json.appId(),
        json.order(),
        json.original(),
        json.transactionRequestId(),
        String.join(" ", json.platformIds()),
        json.transactionId(),
        json.operation(),
        json.status(),
        json.formerStatus(),
        json.amount(),
        json.currency(),
        json.movedAmount(),
        json.movedCurrency(),
        json.rule(),
        json.sends(),
        json.begunAt(),
        json.platform(),
        json.unreadable());
  }

  /** Any row; null is an empty cell. */
  static String row(Object... cells) {
    return Stream.of(cells).map(OutcomeCsv::cell).collect(Collectors.joining(","));
  }

  /** Any head. */
  static String head(List<String> names) {
    return String.join(",", names);
  }

  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    if (!(value instanceof Number) && FORMULA.matcher(text).matches()) {
      text = "'" + text;
    }
    return QUOTED.matcher(text).find() ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }
}
