package io.payonce.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.payonce.sandbox.script.FaultScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every script that sandbox.md shows is one. */
class SandboxPageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`/]+)` \\|");

  @Test
  void every_script_of_the_page_can_be_read() throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/sandbox.md"));
    List<String> scripts =
        ROW.matcher(page).results().map(found -> found.group(1)).toList();
    assertThat(scripts)
        .hasSizeGreaterThan(10)
        .allSatisfy(script ->
            assertThatCode(() -> FaultScript.parse(script)).as(script).doesNotThrowAnyException());
  }
}
