package io.payonce.settings.source;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The winning value of each key. Keys whose value was refused read as their default, so that rules
 * over other keys can still run; {@link #sound} tells whether a rule may judge.
 */
public final class Values {
  private final Map<Key, RawValue> given;
  private final Set<Key> refused;
  private final Map<SectionList, List<Section>> sections;

  Values(Map<Key, RawValue> given, Set<Key> refused, Map<SectionList, List<Section>> sections) {
    this.sections = sections;
    this.given = given.isEmpty() ? new EnumMap<>(Key.class) : new EnumMap<>(given);
    this.refused = refused.isEmpty() ? EnumSet.noneOf(Key.class) : EnumSet.copyOf(refused);
  }

  public boolean sound(Set<Key> keys) {
    return keys.stream().noneMatch(refused::contains);
  }

  /** The sections of a list; empty without any. */
  public List<Section> sections(SectionList list) {
    return sections.getOrDefault(list, List.of());
  }

  /** Whether it was written somewhere, even to its default. */
  public boolean isGiven(Key key) {
    return given.containsKey(key);
  }

  public boolean has(Key key) {
    return maybe(key).isPresent();
  }

  public Optional<String> maybe(Key key) {
    RawValue found = given.get(key);
    String text = found == null ? key.fallback : found.text();
    return Optional.ofNullable(text).filter(value -> !value.isEmpty());
  }

  public String text(Key key) {
    return maybe(key).orElseThrow();
  }

  public long number(Key key) {
    return Long.parseLong(text(key));
  }

  public int count(Key key) {
    return Math.toIntExact(number(key));
  }

  public boolean flag(Key key) {
    return Boolean.parseBoolean(text(key));
  }

  public List<String> list(Key key) {
    return maybe(key).map(ValueType::split).orElse(List.of());
  }

  public Optional<Path> path(Key key) {
    return maybe(key).map(Path::of);
  }

  public Optional<Secret> secret(Key key) {
    return maybe(key).map(Secret::new);
  }

  public String source(Key key) {
    RawValue found = given.get(key);
    if (found != null) {
      return found.source();
    }
    return key.fallback == null ? "not set" : "default";
  }

  public String shown(Key key) {
    return maybe(key).map(key.kind::shown).orElse("");
  }

  public List<SecretFile> secretFiles() {
    return Stream.concat(
            files(key -> key.path),
            sections.values().stream()
                .flatMap(List::stream)
                .flatMap(section -> section.values().files(section::path)))
        .toList();
  }

  private Stream<SecretFile> files(Function<Key, String> names) {
    return given.entrySet().stream()
        .flatMap(entry -> entry.getValue().file().stream()
            .map(path -> new SecretFile(names.apply(entry.getKey()), path)));
  }
}
