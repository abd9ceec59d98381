package io.payonce.ledger.redis;

import io.payonce.redis.LuaScript;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a script starts with: those of the common functions that it uses, and what those use. Redis
 * makes each of them anew whenever the script runs, used or not, which costs as much as a command.
 */
public final class ScriptPrelude {
  private static final Pattern FUNCTION =
      Pattern.compile("(?ms)^local function (\\w+)\\(.*?^end$\n");

  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");

  /** A part of the common scripts. */
  private record Part(String name, String text, Set<String> words) {}

  private static final List<Part> PARTS = List.of("packed.lua", "common.lua").stream()
      .flatMap(file -> parts(file).stream())
      .toList();

  private ScriptPrelude() {}

  /** @param own the script that needs it */
  public static String of(String own) {
    Set<String> used = new LinkedHashSet<>(words(own));
    List<Part> needed = new ArrayList<>();
    // Each uses only what stands before it.
    for (int i = PARTS.size() - 1; i >= 0; i--) {
      Part part = PARTS.get(i);
      if (used.contains(part.name)) {
        needed.add(0, part);
        used.addAll(part.words);
      }
    }
    return needed.stream().map(Part::text).collect(Collectors.joining("\n"));
  }

  private static List<Part> parts(String file) {
    return FUNCTION
        .matcher(LuaScript.load(ScriptPrelude.class, file).source())
        .results()
        .map(found -> new Part(found.group(1), found.group(), words(found.group())))
        .toList();
  }

  private static Set<String> words(String text) {
    return WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }
}
