package io.payonce.settings;

import io.payonce.settings.Loaded.Entry;
import io.payonce.settings.source.Key;
import io.payonce.settings.source.Secret;
import io.payonce.settings.source.Section;
import io.payonce.settings.source.SectionList;
import io.payonce.settings.source.ValueType;
import io.payonce.settings.source.Values;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Effective values as YAML that can be read back, each with its source as a comment. */
public final class EffectiveConfig {
  private static final int COMMENT_COLUMN = 60;
  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z/][A-Za-z0-9._/-]*");

  private EffectiveConfig() {}

  static List<Entry> of(Values values) {
    return Stream.concat(
            Key.SINGLE.stream().map(key -> entry(key.path, key, values)),
            Stream.of(SectionList.values())
                .flatMap(list -> values.sections(list).stream())
                .flatMap(EffectiveConfig::of))
        .toList();
  }

  /** Of what is off in a section, such as its credentials, the defaults are left out. */
  private static Stream<Entry> of(Section section) {
    Set<String> given = section.list().keys().stream()
        .filter(section.values()::isGiven)
        .map(key -> sectionOf(section.path(key)))
        .collect(Collectors.toSet());
    return section.list().keys().stream()
        .filter(key -> given.contains(sectionOf(section.path(key))))
        .map(key -> entry(section.path(key), key, section.values()));
  }

  private static Entry entry(String path, Key key, Values values) {
    return new Entry(
        path,
        key,
        yaml(key, values),
        values.source(key),
        new Secret(values.maybe(key).orElse("")));
  }

  private static String sectionOf(String path) {
    return path.substring(0, path.lastIndexOf('.'));
  }

  /** One document with nested sections, in the order of the documented file. */
  public static String yaml(List<Entry> entries) {
    StringBuilder out = new StringBuilder();
    String section = "";
    for (Entry entry : entries) {
      String current = sectionOf(entry.key());
      openSections(out, section, current);
      boolean begins = current.endsWith("]") && !section.startsWith(current);
      section = current;
      String name = entry.key().substring(current.length() + 1);
      String line = indent(current, begins) + name + ": " + entry.yaml();
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
        out.append(header(path, depth, names[depth]));
      }
    }
  }

  private static String header(String path, int depth, String name) {
    int list = name.indexOf('[');
    if (list < 0) {
      return "  ".repeat(depth + (path.contains("[") ? 1 : 0)) + name + ":\n";
    }
    return name.endsWith("[0]") ? name.substring(0, list) + ":\n" : "";
  }

  private static String indent(String section, boolean begins) {
    int depth = section.split("\\.").length + (section.contains("[") ? 1 : 0);
    return begins ? "  ".repeat(depth - 1) + "- " : "  ".repeat(depth);
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
