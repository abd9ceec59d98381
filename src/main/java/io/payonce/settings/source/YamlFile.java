package io.payonce.settings.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the configuration file into a layer; whatever stands in it, the worst result is faults. */
public final class YamlFile {
  /** The full file is about 10 KiB; a hundred times that is a mistake, or an attack. */
  private static final long MAX_BYTES = 1_048_576;

  /** Ours needs three levels. Composing is recursive, so depth is bounded before it starts. */
  private static final int MAX_DEPTH = 16;

  private final Path path;
  private final LoadSettings yaml;
  private final ConfigLayer layer = new ConfigLayer();

  private YamlFile(Path path) {
    this.path = path;
    this.yaml = LoadSettings.builder().setLabel(path.toString()).build();
  }

  public static ConfigLayer read(Path path) {
    YamlFile file = new YamlFile(path);
    file.read();
    return file.layer;
  }

  private void read() {
    try {
      if (Files.size(path) > MAX_BYTES) {
        fault("a file of at most " + MAX_BYTES + " bytes");
        return;
      }
      String text = Files.readString(path);
      if (isHarmless(text)) {
        root(text).ifPresent(node -> new YamlTree(path, layer).walk(node));
      }
    } catch (MarkedYamlEngineException e) {
      // Only the problem's words: the exception's own message quotes the line, secrets included.
      fault(e.getProblemMark(), "valid YAML, but " + e.getProblem());
    } catch (YamlEngineException e) {
      fault("valid YAML");
    } catch (IOException e) {
      fault("a readable file in UTF-8 (" + e.getClass().getSimpleName() + ")");
    }
  }

  private Optional<Node> root(String text) {
    return new Compose(yaml).composeString(text);
  }

  private boolean isHarmless(String text) {
    int depth = 0;
    for (Event event : new Parse(yaml).parseString(text)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        case Alias -> {
          fault(event.getStartMark(), "no YAML aliases: write the value out");
          return false;
        }
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        fault(event.getStartMark(), "at most " + MAX_DEPTH + " levels");
        return false;
      }
    }
    return true;
  }

  private void fault(String expected) {
    fault(Optional.empty(), expected);
  }

  private void fault(Optional<Mark> mark, String expected) {
    String line = mark.map(at -> ":" + (at.getLine() + 1)).orElse("");
    layer.fault("configuration file", path + line, expected);
  }
}
