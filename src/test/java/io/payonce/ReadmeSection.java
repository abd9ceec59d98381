package io.payonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a README that is rendered from code, between {@code <!-- name -->} and {@code <!--
 * /name -->}. {@code -Dreadme.write=true} renders it anew.
 */
public record ReadmeSection(Path readme, String name) {
  /** Reads one section of the README. */
  public ReadmeSection(String name) {
    this(Path.of("README.md"), name);
  }

  /** Fails when the README, if there is one, does not say exactly this between the markers. */
  public void says(String rendered) throws IOException {
    assumeTrue(Files.exists(readme), "there is no README.md yet");
    String text = Files.readString(readme);
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- /" + name + " -->";
    assertThat(text).as("markers of the rendered section").contains(begin, end);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end, from);
    if (Boolean.getBoolean("readme.write")) {
      Files.writeString(readme, text.substring(0, from) + rendered + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to))
        .as("run with -Dreadme.write=true to render it anew")
        .isEqualTo(rendered);
  }
}
