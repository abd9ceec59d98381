package io.payonce.settings;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The winning value of each key. Keys whose value was refused read as their default, so that rules
 * over other keys can still run; {@link #sound} tells whether a rule may judge.
 */
final class Values {
  private final Map<Key, Given> given;
  private final Set<Key> refused;

  Values(Map<Key, Given> given, Set<Key> refused) {
    this.given = given.isEmpty() ? new EnumMap<>(Key.class) : new EnumMap<>(given);
    this.refused = refused.isEmpty() ? EnumSet.noneOf(Key.class) : EnumSet.copyOf(refused);
  }

  boolean sound(Set<Key> keys) {
    return keys.stream().noneMatch(refused::contains);
  }

  boolean has(Key key) {
    return maybe(key).isPresent();
  }

  Optional<String> maybe(Key key) {
    Given found = given.get(key);
    String text = found == null ? key.fallback : found.text();
    return Optional.ofNullable(text).filter(value -> !value.isEmpty());
  }

  String text(Key key) {
    return maybe(key).orElseThrow();
  }

  long number(Key key) {
    return Long.parseLong(text(key));
  }

  int count(Key key) {
    return Math.toIntExact(number(key));
  }

  boolean flag(Key key) {
    return Boolean.parseBoolean(text(key));
  }

  List<String> list(Key key) {
    return maybe(key).map(Kind::split).orElse(List.of());
  }

  Optional<Path> path(Key key) {
    return maybe(key).map(Path::of);
  }

  Optional<Secret> secret(Key key) {
    return maybe(key).map(Secret::new);
  }

  String source(Key key) {
    Given found = given.get(key);
    if (found != null) {
      return found.source();
    }
    return key.fallback == null ? "not set" : "default";
  }

  String shown(Key key) {
    return maybe(key).map(key.kind::shown).orElse("");
  }

  List<SecretFile> secretFiles() {
    return Arrays.stream(Key.values())
        .filter(given::containsKey)
        .flatMap(key -> given.get(key).file().map(path -> new SecretFile(key.path, path)).stream())
        .toList();
  }
}
