package io.payonce.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of this repository, as documents speak of them. */
final class Sources {
  static final Path SITE = Path.of("src/site/markdown");

  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|record|enum|interface) ([A-Z]\\w*)");

  /** Of what is built, fetched or kept by git. */
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules", ".idea");

  private static final List<Path> ALL = walk(Path.of(""));
  private static final Map<String, String> TYPES = types();

  private Sources() {}

  /** Every file of the repository, in the order of their names. */
  static List<Path> all() {
    return ALL;
  }

  static List<Path> ending(String... suffixes) {
    return ALL.stream()
        .filter(path -> Stream.of(suffixes).anyMatch(suffix -> path.toString().endsWith(suffix)))
        .toList();
  }

  static List<Markdown> documents() {
    return ending(".md").stream().map(Markdown::of).toList();
  }

  /** Those that make up the site. */
  static List<Markdown> site() {
    return documents().stream().filter(each -> each.path().startsWith(SITE)).toList();
  }

  static Markdown site(String name) {
    return Markdown.of(SITE.resolve(name));
  }

  /** Null where there is no text in it. */
  static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (MalformedInputException binary) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of the file that declares this type, by its simple name; null when there is none. */
  static String declaring(String type) {
    return TYPES.get(type);
  }

  /** All that runs, with its scripts, pages and settings, as one text. */
  static String program() {
    return ALL.stream()
        .filter(path -> path.startsWith("src/main") || path.startsWith("conf"))
        .filter(path -> path.toString().matches(".*\\.(java|lua|yaml|html|js|xml)"))
        .map(Sources::text)
        .collect(Collectors.joining("\n"));
  }

  private static Map<String, String> types() {
    Map<String, String> types = new TreeMap<>();
    for (Path path : ending(".java")) {
      String text = text(path);
      TYPE.matcher(text)
          .results()
          .forEach(found -> types.merge(
              found.group(1), text, (one, other) -> one.equals(other) ? one : one + other));
    }
    return types;
  }

  private static List<Path> walk(Path folder) {
    Set<Path> found = new TreeSet<>();
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path path : inside.toList()) {
        if (NOT_OURS.contains(path.getFileName().toString())) {
          continue;
        }
        if (Files.isDirectory(path)) {
          found.addAll(walk(path));
        } else {
          found.add(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(found);
  }
}
