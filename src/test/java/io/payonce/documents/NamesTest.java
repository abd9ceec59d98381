package io.payonce.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What architecture.md names exists: types and their members, scripts, tests, keys, fields. */
class NamesTest {
  private static final Markdown ARCHITECTURE = Sources.site("architecture.md");
  private static final String PROGRAM = Sources.program();

  private static final int INVARIANTS = 5;

  /** Words for which the glossary has plainer ones. */
  private static final Pattern OLD_WORD =
      Pattern.compile("(?<![a-z])(copys?|copies|derived|desk|wish|a_person)(?![a-z])");

  private static final Pattern SENTENCE = Pattern.compile("\\b[a-z0-9]+(_[a-zA-Z0-9]+){2,}(?=\\()");

  private static List<List<String>> glossary() {
    return Markdown.rows(ARCHITECTURE.under("Glossary"));
  }

  /** The headings of the invariants, which are numbered. */
  private static List<String> invariants() {
    return ARCHITECTURE.under("Invariants").stream()
        .filter(line -> line.matches("### \\d\\. .*"))
        .map(line -> line.substring("### ".length()))
        .toList();
  }

  private static List<String> named(String invariant, String what) {
    return ARCHITECTURE.under(invariant).stream()
        .filter(line -> line.startsWith("* " + what + ": "))
        .flatMap(line -> words(line).stream())
        .toList();
  }

  @Test
  void what_the_glossary_says_a_term_shows_as_exists() {
    assertThat(glossary())
        .hasSizeGreaterThan(30)
        .allSatisfy(row -> assertThat(row.get(2)).as(row.get(0)).contains("`"));
    assertThat(unknown(glossary().stream().map(row -> row.get(2)))).isEmpty();
  }

  @Test
  void every_invariant_names_a_type_a_script_and_a_test_that_are_there() {
    assertThat(invariants()).hasSize(INVARIANTS);
    for (String invariant : invariants()) {
      assertThat(named(invariant, "Types")).isNotEmpty().allMatch(NamesTest::isDeclared);
      assertThat(named(invariant, "Scripts")).isNotEmpty().allMatch(NamesTest::isScript);
      assertThat(named(invariant, "Tests"))
          .isNotEmpty()
          .allMatch(word -> word.matches("\\w+(Test|IT|Contract)(\\.\\w+)?"))
          .allMatch(NamesTest::isDeclared);
    }
  }

  @Test
  void what_the_other_tables_name_exists() {
    List<String> lines = new ArrayList<>(ARCHITECTURE.under("The path of a payment"));
    lines.addAll(ARCHITECTURE.under("Packages"));
    lines.addAll(ARCHITECTURE.under("Response headers"));
    assertThat(unknown(lines.stream().filter(line -> !line.contains("```")))).isEmpty();
  }

  @Test
  void tests_and_metrics_that_any_document_names_exist() {
    List<String> unknown = new ArrayList<>();
    for (Markdown document : Sources.site()) {
      document
          .codes()
          .filter(word -> !word.contains(" ") && !isThere(word))
          .forEach(word -> unknown.add(document.path() + ": " + word));
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void types_that_the_guide_to_the_tests_names_exist() {
    assertThat(Markdown.of(Path.of("src/test/README.md")).codes())
        .filteredOn(word -> word.matches("[A-Z]\\w*[a-z][A-Z]\\w*"))
        .hasSizeGreaterThan(100)
        .allMatch(NamesTest::isDeclared);
  }

  @Test
  void no_test_is_named_with_a_word_that_the_glossary_replaces() {
    assertThat(Sources.ending("Test.java", "IT.java", "Contract.java").stream()
            .flatMap(path -> SENTENCE.matcher(Sources.text(path)).results().map(MatchResult::group))
            .filter(name -> OLD_WORD.matcher(name).find()))
        .isEmpty();
  }

  private static boolean isThere(String word) {
    if (word.matches("[A-Z]\\w*[a-z](Test|IT)([.]\\w+)?")) {
      return isDeclared(word);
    }
    if (word.startsWith("payonce_")) {
      String name = word.replaceAll("\\{.*", "").replaceAll("_(total|seconds)$", "");
      return PROGRAM.contains('"' + name);
    }
    return true;
  }

  private static List<String> unknown(Stream<String> texts) {
    return texts
        .flatMap(text -> words(text).stream().filter(word -> !exists(text, word)))
        .toList();
  }

  private static List<String> words(String text) {
    return Markdown.codes(List.of(text)).toList();
  }

  private static boolean exists(String text, String word) {
    if (isScript(word) || isDeclared(word) || word.matches("[\\w-]+\\.(ya?ml|md)|k8s/.*|\\{sN}")) {
      return true;
    }
    if (text.contains("field `" + word + "`")) {
      return PROGRAM.contains("'" + word + "'");
    }
    return PROGRAM.contains(word.replaceAll("^([A-Z][\\w-]+): .*", "$1"));
  }

  /** A script by its file's name. */
  private static boolean isScript(String word) {
    return word.endsWith(".lua")
        && Sources.ending(".lua").stream().anyMatch(path -> path.endsWith(word));
  }

  /** A type by its simple name, perhaps with a member. */
  private static boolean isDeclared(String word) {
    String[] parts = word.split("\\.", 2);
    String text = Sources.declaring(parts[0]);
    return text != null && (parts.length == 1 || text.matches("(?s).*\\b" + parts[1] + "\\b.*"));
  }
}
