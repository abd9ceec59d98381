package io.payonce.redis;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What scripts have in common, of which each gets what it names: Redis makes every function anew
 * each time a script runs, needed or not, and sixty of them take longer than two writes.
 */
public final class LuaLibrary {
  /** What is not a member of something else. */
  private static final Pattern WORD = Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*");

  private static final Pattern BEGIN = Pattern.compile("(?m)^(?=local )");
  private static final Pattern COMMENT = Pattern.compile("(?m)^--.*\n");
  private static final String FUNCTION = "local function ";

  private final List<Part> parts;

  /** One function, or one value, at the top of a file. */
  private record Part(String name, String text, Set<String> words) {
    static Part read(String text) {
      return new Part(
          text.split("[ (\n]")[text.startsWith(FUNCTION) ? 2 : 1], text, LuaLibrary.words(text));
    }
  }

  /**
   * Reads files beside the class {@code near}.
   *
   * @param names in the order in which they build on each other, without the ending
   */
  public LuaLibrary(Class<?> near, String... names) {
    parts = Stream.of(names)
        .map(name -> LuaScript.load(near, name + ".lua").source())
        .flatMap(file -> BEGIN.splitAsStream(COMMENT.matcher(file).replaceAll("")))
        .filter(text -> text.startsWith("local "))
        .map(Part::read)
        .toList();
  }

  private static Set<String> words(String text) {
    return WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  /** All that a script names, and what that names, in the order of the files. */
  public String needed(String script) {
    Set<String> named = new HashSet<>(words(script));
    Set<Part> taken = new HashSet<>();
    // What a part names stands before it.
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (named.contains(parts.get(i).name())) {
        taken.add(parts.get(i));
        named.addAll(parts.get(i).words());
      }
    }
    return parts.stream().filter(taken::contains).map(Part::text).collect(Collectors.joining());
  }
}
