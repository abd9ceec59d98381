package io.payonce.settings.source;

import java.io.IOException;
import java.nio.file.Path;

/** Names the file that a secret came from; when it changes, load the settings again. */
public record SecretFile(String key, Path path) {
  /**
   * What it holds by now. A file that is just being written may be empty, or hold half of it.
   *
   * @param expect of the key; the start has asked the same
   * @throws IOException naming the key and never quoting the content
   */
  public String read(ValueCheck expect) throws IOException {
    try {
      String content = SecretText.content(path).trim();
      if (!expect.holds().test(content)) {
        throw new IOException("it does not hold " + expect.text());
      }
      return content;
    } catch (IOException e) {
      throw new IOException(key + "File: " + e.getMessage(), e);
    }
  }
}
