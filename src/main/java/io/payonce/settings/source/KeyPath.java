package io.payonce.settings.source;

import java.util.Arrays;
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
    return BY_PATH.keySet().stream().anyMatch(known -> known.startsWith(path + "."));
  }

  private static Map<String, KeyPath> all(Function<KeyPath, String> name) {
    return Arrays.stream(Key.values())
        .flatMap(KeyPath::of)
        .collect(Collectors.toMap(name, slot -> slot, KeyPath::clash, LinkedHashMap::new));
  }

  private static Stream<KeyPath> of(Key key) {
    KeyPath direct = new KeyPath(key, false, key.path);
    return key.kind.secret
        ? Stream.of(direct, new KeyPath(key, true, key.path + "File"))
        : Stream.of(direct);
  }

  private static KeyPath clash(KeyPath one, KeyPath other) {
    throw new IllegalStateException(one + " and " + other + " share a name");
  }
}
