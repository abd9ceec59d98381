package io.payonce.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

  private static final Set<String> EXPECTED = Set.of(
      "architecture.md",
      "data-model.md",
      "codes.md",
      "operations.md",
      "sandbox.md",
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
}
