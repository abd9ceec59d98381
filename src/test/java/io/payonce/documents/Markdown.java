package io.payonce.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One document: its anchors as GitHub makes them, its links, its tables, its code words. */
record Markdown(Path path, List<String> lines) {
  private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?)\\s*$");
  private static final Pattern NAMED = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^()\\s]+)(?: \"[^\"]*\")?\\)|(?:src|href)=\"([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  static Markdown of(Path path) {
    try {
      return new Markdown(path, Files.readAllLines(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines outside of fences. */
  private List<String> prose() {
    List<String> prose = new ArrayList<>();
    boolean fenced = false;
    for (String line : lines) {
      boolean fence = line.strip().startsWith("```");
      if (!fence && !fenced) {
        prose.add(line);
      }
      fenced = fence != fenced;
    }
    return prose;
  }

  /** Where a link into this document can lead, without the number sign. */
  Set<String> anchors() {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> anchors = new TreeSet<>();
    for (String line : prose()) {
      NAMED.matcher(line).results().forEach(found -> anchors.add(found.group(1)));
      if (HEADING.matcher(line).matches()) {
        String anchor = anchor(HEADING.matcher(line).replaceAll("$1"));
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor : anchor + "-" + before);
      }
    }
    return anchors;
  }

  /** The headings, as they are written. */
  List<String> headings() {
    return prose().stream()
        .filter(line -> HEADING.matcher(line).matches())
        .map(line -> HEADING.matcher(line).replaceAll("$1"))
        .toList();
  }

  /** As GitHub makes it of a heading. */
  static String anchor(String heading) {
    return heading
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  List<String> links() {
    return prose().stream()
        .map(line -> CODE.matcher(line).replaceAll(""))
        .flatMap(line -> LINK.matcher(line).results())
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .toList();
  }

  /** What stands between back quotes. */
  Stream<String> codes() {
    return codes(prose());
  }

  static Stream<String> codes(List<String> lines) {
    return lines.stream()
        .flatMap(line -> CODE.matcher(line.replace("\\|", "\u0000")).results())
        .map(found -> found.group(1).replace('\u0000', '|'));
  }

  /** What stands under a heading, up to the next of its level or a higher one. */
  List<String> under(String heading) {
    int from = 0;
    while (from < lines.size() && !lines.get(from).matches("#+ " + Pattern.quote(heading))) {
      from++;
    }
    if (from == lines.size()) {
      throw new AssertionError(path + " has no heading: " + heading);
    }
    int level = lines.get(from).indexOf(' ');
    int to = from + 1;
    while (to < lines.size() && !lines.get(to).matches("#{1," + level + "} .*")) {
      to++;
    }
    return lines.subList(from + 1, to);
  }

  /** The cells of each row of the tables in these lines, without the heads of the tables. */
  static List<List<String>> rows(List<String> lines) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean head = i + 1 < lines.size() && isRule(lines.get(i + 1));
      if (line.startsWith("|") && !isRule(line) && !head) {
        rows.add(cells(line));
      }
    }
    return rows;
  }

  static List<String> cells(String row) {
    String inside = row.strip().replaceAll("^\\||\\|$", "");
    return Stream.of(inside.split("(?<!\\\\)\\|", -1)).map(String::strip).toList();
  }

  private static boolean isRule(String line) {
    return line.matches("\\|(\\s*:?-+:?\\s*\\|)+");
  }
}
