package io.payonce.settings;

import io.payonce.settings.Loaded.Entry;
import io.payonce.settings.source.Key;
import io.payonce.settings.source.Secret;
import io.payonce.settings.source.ValueType;
import io.payonce.settings.source.Values;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Effective values as YAML that can be read back, each with its source as a comment. */
public final class EffectiveConfig {
  private static final int COMMENT_COLUMN = 60;
  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z/][A-Za-z0-9._/-]*");

  private EffectiveConfig() {}

  static List<Entry> of(Values values) {
    return Arrays.stream(Key.values())
        .map(key -> new Entry(
            key.path,
            yaml(key, values),
            values.source(key),
            new Secret(values.maybe(key).orElse(""))))
        .toList();
  }

  /** One document with nested sections, in the order of the documented file. */
  public static String yaml(List<Entry> entries) {
    StringBuilder out = new StringBuilder();
    String section = "";
    for (Entry entry : entries) {
      int dot = entry.key().lastIndexOf('.');
      String current = entry.key().substring(0, dot);
      openSections(out, section, current);
      section = current;
      String line =
          "  ".repeat(depth(current)) + entry.key().substring(dot + 1) + ": " + entry.yaml();
      out.append(line.stripTrailing())
          .append(" ".repeat(Math.max(2, COMMENT_COLUMN - line.stripTrailing().length())))
          .append("# ")
          .append(entry.source())
          .append('\n');
    }
    return out.toString();
  }

  private static void openSections(StringBuilder out, String before, String current) {
    String[] names = current.split("\\.");
    String path = "";
    for (int depth = 0; depth < names.length; depth++) {
      path = path.isEmpty() ? names[depth] : path + "." + names[depth];
      if (!before.equals(path) && !before.startsWith(path + ".")) {
        out.append("  ".repeat(depth)).append(names[depth]).append(":\n");
      }
    }
  }

  private static int depth(String section) {
    return section.split("\\.").length;
  }

  private static String yaml(Key key, Values values) {
    String shown = values.shown(key);
    if (shown.isEmpty()) {
      return "";
    }
    return switch (key.kind) {
      case NUMBER, FLAG -> shown;
      case LIST, URI_LIST -> listed(shown);
      case TEXT, FILE, SECRET, SECRET_LIST -> quoted(shown);
    };
  }

  private static String listed(String items) {
    return ValueType.split(items).stream()
        .map(EffectiveConfig::quoted)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    return NEEDS_NO_QUOTES.matcher(text).matches()
        ? text
        : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
