package io.payonce.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A value as somebody wrote it.
 *
 * @param text the value, or the path of the file that holds it; empty takes a value away
 * @param source where it stands, for messages
 * @param indirect whether {@code text} is still the path of a secret file
 * @param file the secret file the text was read from
 */
record Given(String text, String source, boolean indirect, Optional<Path> file) {
  static Given of(Slot slot, String text, String source) {
    return new Given(text.trim(), source, slot.file(), Optional.empty());
  }

  Given read(String content, Path path) {
    return new Given(content.trim(), source + " -> " + path, false, Optional.of(path));
  }

  /** Secrets would otherwise show up wherever a record of ours is printed. */
  @Override
  public String toString() {
    return "Given[" + source + "]";
  }
}
