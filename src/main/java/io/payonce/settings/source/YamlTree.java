package io.payonce.settings.source;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.StringJoiner;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Walks the sections of a parsed file. It reads nodes, not Java values, so a key keeps its line and
 * a secret like 0123 its zero.
 */
final class YamlTree {
  private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

  private final Path file;
  private final ConfigLayer layer;
  private final Set<String> seen = new HashSet<>();

  YamlTree(Path file, ConfigLayer layer) {
    this.file = file;
    this.layer = layer;
  }

  void walk(Node root) {
    if (root instanceof MappingNode sections) {
      section("", sections);
    } else if (!isNull(root)) {
      layer.fault("configuration file", at(root), "a map of sections such as server: and redis:");
    }
  }

  private void section(String prefix, MappingNode section) {
    for (NodeTuple entry : section.getValue()) {
      Node name = entry.getKeyNode();
      if (name instanceof ScalarNode scalar) {
        entry(prefix + scalar.getValue(), name, entry.getValueNode());
      } else {
        layer.fault("configuration file", at(name), "plain names as keys");
      }
    }
  }

  private void entry(String path, Node name, Node value) {
    KeyPath slot = KeyPath.BY_PATH.get(path);
    if (!seen.add(path)) {
      layer.fault(path, at(name), "each key once");
    } else if (slot != null) {
      value(slot, value);
    } else if (!KeyPath.isSection(path)) {
      layer.unknown(path, at(name), Suggestion.of(path, KeyPath.BY_PATH.keySet()));
    } else if (value instanceof MappingNode section) {
      section(path + ".", section);
    } else if (!isNull(value)) {
      layer.fault(path, at(value), "a section with keys below it");
    }
  }

  private void value(KeyPath slot, Node value) {
    if (isNull(value)) {
      return;
    }
    if (value instanceof ScalarNode scalar && PLAIN.contains(scalar.getTag())) {
      layer.put(slot, scalar.getValue(), at(value));
    } else if (value instanceof SequenceNode items && slot.key().kind.isList() && !slot.file()) {
      list(slot, items);
    } else {
      layer.fault(slot.path(), at(value), wanted(slot));
    }
  }

  private void list(KeyPath slot, SequenceNode items) {
    StringJoiner text = new StringJoiner(",");
    for (Node item : items.getValue()) {
      if (item instanceof ScalarNode scalar && PLAIN.contains(item.getTag()) && !isNull(item)) {
        text.add(scalar.getValue());
      } else {
        layer.fault(slot.path(), at(item), wanted(slot));
        return;
      }
    }
    layer.put(slot, text.toString(), at(items));
  }

  private static String wanted(KeyPath slot) {
    return slot.file() ? "the path of a file" : slot.key().expect.text();
  }

  private static boolean isNull(Node node) {
    return Tag.NULL.equals(node.getTag());
  }

  private String at(Node node) {
    return file + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
  }
}
