package io.payonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A whole file that is made from others. {@code -Dreadme.write=true} makes it anew. */
final class Rendered {
  private Rendered() {}

  /** Fails when the file does not say exactly this. */
  static void file(Path path, String rendered) throws IOException {
    if (Boolean.getBoolean("readme.write")) {
      Files.writeString(path, rendered);
      return;
    }
    assertThat(Files.readString(path))
        .as("%s: run with -Dreadme.write=true to render it anew", path)
        .isEqualTo(rendered);
  }
}
