package io.payonce.settings.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A place where a key can be set: itself, or, for a secret, the path of a file that holds it. */
public record KeyPath(Key key, boolean file, String path) {
  public static final Map<String, KeyPath> BY_PATH = all(KeyPath::path);
  public static final Map<String, KeyPath> BY_VARIABLE = all(KeyPath::variable);

  String variable() {
    return Key.variable(path);
  }

  /** Whether some key lies below this path, so that a map is expected there. */
  public static boolean isSection(String path) {
    return isSection(path, BY_PATH);
  }

  static boolean isSection(String path, Map<String, KeyPath> known) {
    return known.keySet().stream().anyMatch(each -> each.startsWith(path + "."));
  }

  private static Map<String, KeyPath> all(Function<KeyPath, String> name) {
    return Key.SINGLE.stream()
        .flatMap(key -> of(key, key.path))
        .collect(Collectors.toMap(name, slot -> slot, KeyPath::clash, LinkedHashMap::new));
  }

  static Stream<KeyPath> of(Key key, String path) {
    KeyPath direct = new KeyPath(key, false, path);
    return key.kind.secret
        ? Stream.of(direct, new KeyPath(key, true, path + "File"))
        : Stream.of(direct);
  }

  static KeyPath clash(KeyPath one, KeyPath other) {
    throw new IllegalStateException(one + " and " + other + " share a name");
  }
}
