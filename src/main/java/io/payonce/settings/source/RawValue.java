package io.payonce.settings.source;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A value as it was written.
 *
 * @param text the value, or the path of the file that holds it; empty takes a value away
 * @param source where it stands, for messages
 * @param indirect whether {@code text} is still the path of a secret file
 * @param file the secret file the text was read from
 */
record RawValue(String text, String source, boolean indirect, Optional<Path> file) {
  static RawValue of(KeyPath slot, String text, String source) {
    return new RawValue(text.trim(), source, slot.file(), Optional.empty());
  }

  RawValue read(String content, Path path) {
    return new RawValue(content.trim(), source + " -> " + path, false, Optional.of(path));
  }

  /** Secrets would otherwise show up wherever a record of ours is printed. */
  @Override
  public String toString() {
    return "Given[" + source + "]";
  }
}
