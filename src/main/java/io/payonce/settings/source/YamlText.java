package io.payonce.settings.source;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Text written by hand, parsed with care; whatever it is, the worst is a fault. */
final class YamlText {
  /** Ours needs four levels. Composing is recursive, so depth is bounded before it starts. */
  private static final int MAX_DEPTH = 16;

  /** What some of its words end with stands in the text, and can be part of a secret. */
  private static final Pattern QUOTED =
      Pattern.compile("(?<=found: |tag handle |escape character |UTF-8: ).+$");

  private final String label;
  private final BiConsumer<String, String> fault;
  private final LoadSettings yaml;

  /** @param fault takes where it is and what was expected there */
  YamlText(String label, BiConsumer<String, String> fault) {
    this.label = label;
    this.fault = fault;
    this.yaml = LoadSettings.builder().setLabel(label).build();
  }

  /** Empty when there is nothing in it, and when it has a fault. */
  Optional<Node> root(String text) {
    try {
      return isHarmless(text) ? new Compose(yaml).composeString(text) : Optional.empty();
    } catch (MarkedYamlEngineException e) {
      // Only the problem's words: the exception's own message quotes the line, secrets included.
      fault(
          e.getProblemMark(),
          "valid YAML, but " + QUOTED.matcher(e.getProblem()).replaceFirst("…"));
    } catch (YamlEngineException e) {
      fault(Optional.empty(), "valid YAML");
    }
    return Optional.empty();
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

  private void fault(Optional<Mark> mark, String expected) {
    fault.accept(label + mark.map(at -> ":" + (at.getLine() + 1)).orElse(""), expected);
  }
}
