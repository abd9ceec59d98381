package io.payonce.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ReadmeSection;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StageDiagramTest {
  @Test
  void the_document_shows_the_machine_as_it_runs() throws IOException {
    new ReadmeSection(Path.of("src/site/markdown/architecture.md"), "machine")
        .says(StageDiagram.mermaid());
  }

  @Test
  void the_drawn_machine_sends_from_nowhere_but_sending_held_and_in_doubt() {
    assertThat(StageDiagram.mermaid())
        .contains("HELD --> SENDING", "IN_DOUBT --> SENDING")
        .doesNotContain("OPEN --> SENDING", "ATTENTION --> SENDING", "OPEN --> IN_DOUBT");
  }
}
