package io.payonce.settings.source;

import java.io.IOException;
import java.nio.file.Path;

/** Names the file that a secret came from; when it changes, load the settings again. */
public record SecretFile(String key, Path path) {
  /**
   * What it holds by now. A file that is just being written may be empty, or hold half of it.
   *
   * @throws IOException naming the key and never quoting the content
   */
  public String text() throws IOException {
    try {
      return SecretText.content(path).trim();
    } catch (IOException e) {
      throw new IOException(key + "File: " + e.getMessage(), e);
    }
  }

  /**
   * The same, if it is what it was at the start.
   *
   * @param expect of the key; the start has asked the same
   */
  public String read(ValueCheck expect) throws IOException {
    String text = text();
    if (!expect.holds().test(text)) {
      throw new IOException(key + "File: it does not hold " + expect.text());
    }
    return text;
  }
}
