package io.payonce.renewal;

import io.vertx.core.json.Json;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSON text with {@code ${names}} in its strings, for which values are put, escaped. */
record JsonTemplate(String text) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  /** @param values by name; null is written as nothing */
  String fill(UnaryOperator<String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(escaped(values.apply(found.group(1)))));
  }

  private static String escaped(String value) {
    String quoted = Json.encode(value == null ? "" : value);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** It may hold a password. */
  @Override
  public String toString() {
    return "JsonTemplate[***]";
  }
}
