package io.payonce.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.settings.source.KeyPath;
import io.payonce.settings.source.SectionList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What operators are to look for, to set or to call exists, wherever it is written: in documents,
 * manifests, alerts and pages.
 */
class OperatorWordsTest {
  private static final String PROGRAM = Sources.program();

  private static final Path API = Path.of("src/site/resources/admin-api.yaml");

  /** Words that Redis says to a consumer of the journal, and what builds and benchmarks take. */
  private static final Set<String> OTHERS =
      Set.of("NOGROUP", "XREADGROUP", "JAVA_HOME", "BENCH_FORMER", "BENCH_PACKAGES");

  /** Stands for any variable's name. */
  private static final String ANY_FILE = "PAYONCE_X_FILE";

  @Test
  void words_that_alerts_and_panels_select_are_the_programs() {
    Set<String> words = new TreeSet<>();
    found(OperatorWordsTest::isAsked, "\\w+[=!][=~]?\\\\?\"(\\w+(?:\\|\\w+)*)\\\\?\"")
        .forEach(found -> words.addAll(List.of(found.text().split("\\|"))));
    assertThat(words).hasSizeGreaterThan(10).allMatch(word -> PROGRAM.contains('"' + word + '"'));
  }

  private static boolean isAsked(Path path) {
    return path.startsWith("k8s/monitoring") && !path.endsWith("alerts_test.yaml");
  }

  @Test
  void states_and_reasons_are_the_programs() {
    Set<String> said = Pattern.compile("\\b[A-Z][A-Z_]+\\b")
        .matcher(PROGRAM)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
    List<Found> words = found(path -> path.toString().endsWith(".md"), "`([A-Z][A-Z_]+[A-Z])`");
    assertThat(words)
        .hasSizeGreaterThan(50)
        .filteredOn(word -> !OTHERS.contains(word.text()))
        .filteredOn(word ->
            !Pattern.compile("\\b" + word.text() + "\\b").matcher(PROGRAM).find())
        .isEmpty();
  }

  @Test
  void variables_are_those_of_keys() {
    Set<String> known = new TreeSet<>(KeyPath.BY_VARIABLE.keySet());
    SectionList.BY_PATH.keySet().forEach(list -> known.add(variable(list)));
    assertThat(found(OperatorWordsTest::isRead, "\\b(PAYONCE_[A-Z_]+)\\b"))
        .hasSizeGreaterThan(40)
        .filteredOn(name -> !name.text().equals(ANY_FILE))
        .filteredOn(name -> !known.contains(name.text()))
        .isEmpty();
  }

  private static String variable(String list) {
    return "PAYONCE_" + list.toUpperCase(Locale.ROOT);
  }

  @Test
  void settings_are_those_of_the_table() {
    String sections = KeyPath.BY_PATH.keySet().stream()
        .map(path -> path.split("\\.")[0])
        .distinct()
        .collect(Collectors.joining("|"));
    List<Found> settings =
        found(OperatorWordsTest::isRead, "`((?:" + sections + ")\\.[\\w.]+)[^`]*`");
    assertThat(settings)
        .hasSizeGreaterThan(200)
        .filteredOn(setting -> !isSetting(setting.text()) && !isPackage(setting.text()))
        .isEmpty();
  }

  /** A key, or what begins several: {@code upstream.tls.*}. */
  private static boolean isSetting(String word) {
    return KeyPath.BY_PATH.containsKey(word)
        || KeyPath.BY_PATH.keySet().stream()
            .anyMatch(path -> path.startsWith(word.replaceAll("\\.$", "") + "."));
  }

  private static boolean isPackage(String word) {
    return PROGRAM.contains("package io.payonce." + word + ";");
  }

  @Test
  void paths_of_the_admin_port_are_those_of_its_description() {
    Set<String> described = Pattern.compile("(?m)^  (/\\S+):$")
        .matcher(Sources.text(API))
        .results()
        .map(path -> path.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found(OperatorWordsTest::isRead, "(?<![\\w.-])(/(?:admin|health)/[\\w/{}-]+)"))
        .hasSizeGreaterThan(40)
        .filteredOn(path -> described.stream().noneMatch(known -> known.startsWith(path.text())))
        .isEmpty();
  }

  /** Documents, manifests, settings, and what is built into the jar for operators. */
  private static boolean isRead(Path path) {
    return path.toString().matches(".*\\.(md|ya?ml|html|js|template)|k8s/image/\\w+")
        && !path.startsWith("src/test")
        && !path.startsWith("src/bench");
  }

  /** A word, and the file that it stands in. */
  private record Found(String text, Path in) {}

  private static List<Found> found(Predicate<Path> in, String pattern) {
    List<Found> all = new ArrayList<>();
    for (Path path : Sources.all().stream().filter(in).toList()) {
      Pattern.compile(pattern)
          .matcher(Sources.text(path))
          .results()
          .map((MatchResult found) -> new Found(found.group(1), path))
          .forEach(all::add);
    }
    return all;
  }
}
