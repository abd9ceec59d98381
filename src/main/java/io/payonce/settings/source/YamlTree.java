package io.payonce.settings.source;

import io.payonce.settings.source.ConfigLayer.ListedSection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  private final String label;
  private final ConfigLayer layer;
  private final Map<String, KeyPath> known;
  private final Map<String, SectionList> lists;
  private final Set<String> seen = new HashSet<>();

  private YamlTree(
      String label, ConfigLayer layer, Map<String, KeyPath> known, Map<String, SectionList> lists) {
    this.label = label;
    this.layer = layer;
    this.known = known;
    this.lists = lists;
  }

  /** Takes a whole file, from its root. */
  static void file(String label, ConfigLayer layer, Node root) {
    YamlTree tree = new YamlTree(label, layer, KeyPath.BY_PATH, SectionList.BY_PATH);
    if (root instanceof MappingNode sections) {
      tree.section("", sections);
    } else if (!isNull(root)) {
      layer.fault(
          "configuration file", tree.at(root), "a map of sections such as server: and redis:");
    }
  }

  /** Takes a list alone, as an environment variable holds it; an empty text takes it away. */
  static void list(SectionList list, String label, String text, ConfigLayer layer) {
    YamlTree tree = new YamlTree(label, layer, KeyPath.BY_PATH, SectionList.BY_PATH);
    layer.put(list, List.of());
    new YamlText(label, (where, expected) -> layer.fault(list.path, where, expected))
        .root(text)
        .ifPresent(root -> tree.list(list, root));
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
    KeyPath slot = known.get(path);
    if (!seen.add(path)) {
      layer.fault(path, at(name), "each key once");
    } else if (slot != null) {
      value(slot, value);
    } else if (lists.containsKey(path)) {
      list(lists.get(path), value);
    } else if (!KeyPath.isSection(path, known)) {
      layer.unknown(path, at(name), Suggestion.of(path, names()));
    } else if (value instanceof MappingNode section) {
      section(path + ".", section);
    } else if (!isNull(value)) {
      layer.fault(path, at(value), "a section with keys below it");
    }
  }

  private Set<String> names() {
    Set<String> names = new HashSet<>(known.keySet());
    names.addAll(lists.keySet());
    return names;
  }

  private void list(SectionList list, Node value) {
    if (isNull(value)) {
      return;
    }
    if (value instanceof SequenceNode items) {
      layer.put(list, items.getValue().stream().map(item -> section(list, item)).toList());
    } else {
      layer.fault(list.path, at(value), "a list of sections");
    }
  }

  private ListedSection section(SectionList list, Node item) {
    ConfigLayer listed = new ConfigLayer();
    if (item instanceof MappingNode section) {
      new YamlTree(label, listed, list.members, Map.of()).section("", section);
    } else {
      listed.fault("", at(item), "a section with keys, such as " + list.name(list.required.get(0)));
    }
    return new ListedSection(at(item), listed);
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
    return label + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
  }
}
