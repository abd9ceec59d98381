package io.payonce.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link of a document and every reference of a comment leads to something that is there. */
class DocumentsTest {
  /** Stands for the address where operators read these pages. */
  private static final String PUBLISHED = "https://payonce.example/";

  private static final Pattern REFERENCE =
      Pattern.compile("((?:[\\w.-]+/)*[\\w-]+\\.md)\\b(?:#([\\w-]+))?");

  /**
   * Names of papers that were agreed on before the program was written; no file of this project.
   */
  private static final Pattern PAPER =
      Pattern.compile("\\b(PROTOCOL|CONTRACT|DESIGN|STYLE|HOUSE)\\b(?!_)");

  private static final Set<String> EXPECTED = Set.of(
      "architecture.md",
      "data-model.md",
      "platform.md",
      "codes.md",
      "operations.md",
      "outcomes.md",
      "sandbox.md",
      "performance.md",
      "security.md",
      "faq.md",
      "CHANGELOG.md");

  @Test
  void all_documents_are_there_and_the_readme_leads_to_each() {
    assertThat(Sources.site())
        .extracting(each -> each.path().getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(EXPECTED);
    List<String> links = Markdown.of(Path.of("README.md")).links();
    assertThat(links)
        .containsAll(EXPECTED.stream().map(name -> "src/site/markdown/" + name).toList());
  }

  @Test
  void links_lead_somewhere() {
    List<String> broken = new ArrayList<>();
    for (Markdown document : Sources.documents()) {
      for (String link : document.links()) {
        if (!link.matches("(https?|mailto):.*") && !leads(document, link)) {
          broken.add(document.path() + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leads(Markdown from, String link) {
    String[] parts = link.split("#", 2);
    Path parent = from.path().getParent() == null ? Path.of("") : from.path().getParent();
    Path target = parts[0].isEmpty() ? from.path() : parent.resolve(parts[0]).normalize();
    return Files.exists(target) && (parts.length == 1 || hasAnchor(target, parts[1]));
  }

  private static boolean hasAnchor(Path document, String anchor) {
    return document.toString().endsWith(".md")
        && Markdown.of(document).anchors().contains(anchor);
  }

  @Test
  void references_of_comments_and_settings_lead_somewhere() {
    List<String> broken = new ArrayList<>();
    for (Path path : commented()) {
      REFERENCE
          .matcher(Sources.text(path).replace(PUBLISHED, ""))
          .results()
          .filter(reference -> !leads(path, reference))
          .forEach(reference -> broken.add(path + ": " + reference.group()));
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leads(Path from, MatchResult reference) {
    Path near = from.getParent() == null ? Path.of("") : from.getParent();
    return Stream.of(Path.of(""), Sources.SITE, near, near.resolve(".."))
        .map(folder -> folder.resolve(reference.group(1)).normalize())
        .filter(Files::exists)
        .anyMatch(found -> reference.group(2) == null || hasAnchor(found, reference.group(2)));
  }

  @Test
  void every_fact_of_the_platform_is_named_where_the_code_rests_on_it() {
    Set<String> named = new TreeSet<>();
    for (Path path : Sources.ending(".java")) {
      REFERENCE
          .matcher(Sources.text(path))
          .results()
          .filter(reference -> reference.group(1).equals("platform.md"))
          .filter(reference -> reference.group(2) != null)
          .forEach(reference -> named.add(reference.group(2)));
    }
    Markdown platform = Sources.site("platform.md");
    List<String> facts = platform.under("Facts").stream()
        .filter(line -> line.startsWith("### "))
        .map(line -> Markdown.anchor(line.substring("### ".length())))
        .toList();
    assertThat(named).containsExactlyInAnyOrderElementsOf(facts);
    for (String fact : facts) {
      assertThat(String.join("\n", platform.under(heading(platform, fact))))
          .as(fact)
          .matches("(?s).*\\n(Source: .*|\\* .*)");
    }
  }

  private static String heading(Markdown document, String anchor) {
    return document.headings().stream()
        .filter(heading -> Markdown.anchor(heading).equals(anchor))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void comments_name_no_paper_that_is_not_here() {
    List<String> strange = new ArrayList<>();
    for (Path path : commented()) {
      Sources.text(path)
          .lines()
          .filter(line -> line.strip().matches("(/?\\*|//|--|#).*"))
          .filter(line -> PAPER.matcher(line).find())
          .forEach(line -> strange.add(path + ": " + line.strip()));
    }
    assertThat(strange).isEmpty();
  }

  /** All but documents, which have links, and what is fetched or recorded. */
  private static List<Path> commented() {
    return Sources.all().stream()
        .filter(
            path -> path.toString()
                .matches(
                    ".*(\\.(java|lua|ya?ml|xml|template|txt|html|js|conf)|Dockerfile|\\.ci/run|image/\\w+)"))
        .filter(path -> !path.endsWith("DocumentsTest.java"))
        .toList();
  }

  @Test
  void this_version_has_its_section_in_the_changelog() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String version = pom.split("<version>", 2)[1].split("<", 2)[0];
    assertThat(Sources.site("CHANGELOG.md").headings())
        .anyMatch(heading -> heading.equals(version) || heading.startsWith(version + " "));
  }

  @Test
  void the_workflow_runs_what_every_developer_can_run() throws IOException {
    assertThat(Files.readString(Path.of(".github/workflows/verify.yml")))
        .contains("- run: .ci/run\n", "java: [\"17\", \"25\"]");
    assertThat(Files.readString(Path.of(".ci/run")))
        .contains("\nset -euo pipefail\n")
        .containsPattern(
            "\n\\./mvnw -B verify .*\n\n#.*\n\\./mvnw -B -q -Pbench test-compile .*\n$");
    assertThat(Files.readString(Path.of("README.md"))).contains("./mvnw verify");
  }
}
