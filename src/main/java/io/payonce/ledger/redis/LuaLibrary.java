package io.payonce.ledger.redis;

import io.payonce.redis.LuaScript;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What scripts have in common, of which each gets what it names: Redis makes every function anew
 * each time a script runs, needed or not, and sixty of them take longer than two writes.
 */
final class LuaLibrary {
  private static final List<Part> PARTS = Stream.of("packed", "archive", "archiving", "common")
      .map(name -> LuaScript.load(LedgerScript.class, name + ".lua").source())
      .flatMap(LuaLibrary::parts)
      .toList();

  /** One function, or one value, at the top of a file. */
  private record Part(String name, String text) {
    boolean isIn(String source) {
      return Pattern.compile("(?<![\\w.])" + name + "\\b").matcher(source).find();
    }
  }

  private LuaLibrary() {}

  private static Stream<Part> parts(String file) {
    return Pattern.compile("(?m)^(?=local )")
        .splitAsStream(Pattern.compile("(?m)^--.*\n").matcher(file).replaceAll(""))
        .filter(text -> text.startsWith("local "))
        .map(text -> new Part(text.split("[ (\n]")[text.startsWith("local function ") ? 2 : 1], text));
  }

  /** All that a script names, and what that names, in the order of the files. */
  static String of(String script) {
    List<Part> taken = new ArrayList<>();
    Deque<String> sources = new ArrayDeque<>(List.of(script));
    while (!sources.isEmpty()) {
      String source = sources.pop();
      PARTS.stream().filter(part -> !taken.contains(part) && part.isIn(source)).forEach(part -> {
        taken.add(part);
        sources.push(part.text());
      });
    }
    return PARTS.stream().filter(taken::contains).map(Part::text).collect(Collectors.joining());
  }
}
