package io.payonce.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ReadmeSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What people do about a payment: on the page, on the pod, and in the operators' README. */
class RunbookTest {
  @Test
  void the_operators_readme_has_every_paragraph() throws IOException {
    String rendered = Arrays.stream(Runbook.values())
        .map(step -> "#### " + step.title() + "\n" + wrapped(step.paragraph()) + "\n")
        .collect(Collectors.joining("\n"));
    new ReadmeSection(Path.of("k8s/README.md"), "runbook").says(rendered);
  }

  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int width = 0;
    for (String word : text.split(" ")) {
      boolean fits = width + word.length() < 120;
      lines.append(width == 0 ? "" : fits ? " " : "\n").append(word);
      width = fits ? width + word.length() + 1 : word.length();
    }
    return lines.toString();
  }

  @Test
  void anchors_are_those_of_the_titles() {
    assertThat(Runbook.values()).allSatisfy(step -> {
      String title = step.title().toLowerCase(java.util.Locale.ROOT);
      assertThat(step.anchor()).isEqualTo(title.replace(",", "").replace(' ', '-'));
      assertThat(step.step()).endsWith(".");
    });
  }

  @Test
  void the_page_on_the_pod_has_every_paragraph() {
    String page = new OpsPage(true).file(OpsPage.RUNBOOK).body().toString();
    assertThat(Runbook.values())
        .allSatisfy(step -> assertThat(page)
            .contains("id=\"" + step.anchor() + "\"")
            .contains("<h2>" + step.title() + "</h2>"));
    assertThat(page)
        .doesNotContain("`", "<!-- paragraphs -->")
        .contains("<code>/health/ready</code>");
  }
}
