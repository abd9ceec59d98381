package io.payonce.settings.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the configuration file into a layer; whatever stands in it, the worst result is faults. */
public final class YamlFile {
  /** The full file is about 10 KiB; a hundred times that is a mistake, or an attack. */
  private static final long MAX_BYTES = 1_048_576;

  private final Path path;
  private final ConfigLayer layer = new ConfigLayer();

  private YamlFile(Path path) {
    this.path = path;
  }

  public static ConfigLayer read(Path path) {
    YamlFile file = new YamlFile(path);
    file.read();
    return file.layer;
  }

  private void read() {
    try {
      if (Files.size(path) > MAX_BYTES) {
        fault(path.toString(), "a file of at most " + MAX_BYTES + " bytes");
        return;
      }
      new YamlText(path.toString(), this::fault)
          .root(Files.readString(path))
          .ifPresent(node -> YamlTree.file(path.toString(), layer, node));
    } catch (IOException e) {
      fault(path.toString(), "a readable file in UTF-8 (" + e.getClass().getSimpleName() + ")");
    }
  }

  private void fault(String where, String expected) {
    layer.fault("configuration file", where, expected);
  }
}
