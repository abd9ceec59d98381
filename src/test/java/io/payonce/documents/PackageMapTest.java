package io.payonce.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ReadmeSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map of the packages in architecture.md is the one that the code has. */
class PackageMapTest {
  private static final Path JAVA = Path.of("src/main/java");
  private static final String ROOT = "io.payonce";

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?(io\\.payonce(?:\\.[a-z]+)*)\\.[A-Z]");
  private static final Pattern PURPOSE = Pattern.compile("(?s)/\\*\\*(.*?)\\*/\\s*package ");

  private static Map<String, List<Path>> packages() {
    return Sources.ending(".java").stream()
        .filter(path -> path.startsWith(JAVA))
        .collect(Collectors.groupingBy(PackageMapTest::name, TreeMap::new, Collectors.toList()));
  }

  private static String name(Path file) {
    return JAVA.relativize(file.getParent()).toString().replace('/', '.');
  }

  private static String shortened(String name) {
    return name.equals(ROOT) ? ROOT : name.substring(ROOT.length() + 1);
  }

  private static String purpose(List<Path> files) {
    String text = files.stream()
        .filter(path -> path.endsWith("package-info.java"))
        .map(Sources::text)
        .findFirst()
        .orElseThrow();
    String comment = PURPOSE.matcher(text).results().findFirst().orElseThrow().group(1);
    String plain = comment
        .replaceAll("(?m)^\\s*\\* ?", "")
        .replaceAll("\\{@(?:code|link) (?:[a-z]+\\.)*([^}]+)}", "`$1`")
        .replaceAll("\\s+", " ")
        .strip();
    return plain.replaceAll("(?<=[.])\\s.*", "");
  }

  /** What its files import. */
  private static Set<String> sees(String name, List<Path> files) {
    Set<String> seen = new TreeSet<>();
    for (Path file : files) {
      IMPORT.matcher(Sources.text(file)).results().forEach(found -> seen.add(found.group(1)));
    }
    seen.remove(name);
    return seen.stream()
        .map(PackageMapTest::shortened)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the document says; it may say more, for what is there and not used. */
  private static Set<String> described(String name) {
    return Markdown.rows(Sources.site("architecture.md").under("Packages")).stream()
        .filter(row -> row.get(0).equals("`" + shortened(name) + "`"))
        .flatMap(row -> Stream.of(row.get(2).split(", ")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void the_map_is_as_the_code_is() throws IOException {
    StringBuilder map = new StringBuilder("| package | purpose | sees |\n|---|---|---|\n");
    packages().forEach((name, files) -> {
      Set<String> sees = sees(name, files);
      Set<String> described = Boolean.getBoolean("readme.write") ? sees : described(name);
      assertThat(described).as(name + ": run with -Dreadme.write=true").containsAll(sees);
      map.append("| `%s` | %s | %s |\n"
          .formatted(
              shortened(name),
              purpose(files),
              described.isEmpty() ? "nothing of ours" : String.join(", ", described)));
    });
    new ReadmeSection(Sources.SITE.resolve("architecture.md"), "map").says(map.toString());
  }
}
