package io.payonce.settings;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A place where a key can be set: itself, or, for a secret, the path of a file that holds it. */
record Slot(Key key, boolean file, String path) {
  static final Map<String, Slot> BY_PATH = all(Slot::path);
  static final Map<String, Slot> BY_VARIABLE = all(Slot::variable);

  String variable() {
    return Key.variable(path);
  }

  /** Whether some key lies below this path, so that a map is expected there. */
  static boolean isSection(String path) {
    return BY_PATH.keySet().stream().anyMatch(known -> known.startsWith(path + "."));
  }

  private static Map<String, Slot> all(Function<Slot, String> name) {
    return Arrays.stream(Key.values())
        .flatMap(Slot::of)
        .collect(Collectors.toMap(name, slot -> slot, Slot::clash, LinkedHashMap::new));
  }

  private static Stream<Slot> of(Key key) {
    Slot direct = new Slot(key, false, key.path);
    return key.kind.secret
        ? Stream.of(direct, new Slot(key, true, key.path + "File"))
        : Stream.of(direct);
  }

  private static Slot clash(Slot one, Slot other) {
    throw new IllegalStateException(one + " and " + other + " share a name");
  }
}
