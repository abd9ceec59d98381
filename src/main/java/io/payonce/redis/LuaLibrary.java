package io.payonce.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What scripts have in common, of which each gets what it names. Redis makes every function anew
 * each time a script runs, called or not, and sixty of them take longer than two writes. So each
 * stands in the innermost block that has all that name it; one whose first line ends in {@code --
 * seldom} in each block that names it, for none of these may be reached.
 */
public final class LuaLibrary {
  private static final Pattern BEGIN = Pattern.compile("(?m)^(?=local )");
  private static final Pattern COMMENT = Pattern.compile("(?m)^--.*\n");
  private static final String FUNCTION = "local function ";
  private static final String SELDOM = ") -- seldom";

  private final List<Part> parts;

  /** A value; a function; one that is seldom called, and so may stand at several places. */
  private enum Kind {
    VALUE,
    FUNCTION,
    SELDOM
  }

  /** One function, or one value, at the top of a file. */
  private record Part(String name, String text, Kind kind) {
    static Part read(String text) {
      boolean function = text.startsWith(FUNCTION);
      boolean seldom = function && text.lines().findFirst().orElse("").endsWith(SELDOM);
      Kind kind = seldom ? Kind.SELDOM : function ? Kind.FUNCTION : Kind.VALUE;
      return new Part(text.split("[ (\n]")[function ? 2 : 1], text, kind);
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

  /** The script with all that it names, and what that names. */
  public String with(String script) {
    return new Linker(script).link();
  }

  /** Puts what a script needs to where it needs it. */
  private final class Linker {
    private final String script;
    private final LuaBlock whole;

    /**
     * What stands at the beginning of a block, in the order of the files: on the earlier ones it
     * builds.
     */
    private final Map<LuaBlock, Map<Integer, Copy>> placed = new HashMap<>();

    /** Where a copy stands, by its outermost block. */
    private final Map<LuaBlock, LuaBlock> around = new HashMap<>();

    /**
     * The outermost blocks of what is called in a loop: what they need is not made in each round.
     */
    private final Set<LuaBlock> repeated = new HashSet<>();

    private record Copy(String text, LuaBlock block) {}

    Linker(String script) {
      this.script = script;
      this.whole = LuaBlock.read(script);
    }

    String link() {
      List<LuaBlock> texts = new ArrayList<>(List.of(whole));
      // What a part names stands before it in the files.
      for (int i = parts.size() - 1; i >= 0; i--) {
        Part part = parts.get(i);
        List<LuaBlock> uses = new ArrayList<>();
        texts.forEach(text -> collect(text, uses));
        uses.removeIf(block -> !block.names(part.name()));
        for (LuaBlock block : places(part, uses)) {
          Copy copy = new Copy(part.text(), LuaBlock.read(part.text()));
          placed.computeIfAbsent(block, first -> new TreeMap<>()).put(i, copy);
          around.put(copy.block(), block);
          if (uses.stream().anyMatch(use -> repeats(use, block))) {
            repeated.add(copy.block());
          }
          texts.add(copy.block());
        }
      }
      StringBuilder source = new StringBuilder();
      write(new Copy(script, whole), source);
      return source.toString();
    }

    /** Where the part is to stand: a value has one place, as all must see the same. */
    private Set<LuaBlock> places(Part part, List<LuaBlock> uses) {
      if (uses.isEmpty() || part.kind() == Kind.VALUE) {
        return uses.isEmpty() ? Set.of() : Set.of(whole);
      }
      boolean seldom = part.kind() == Kind.SELDOM;
      Set<LuaBlock> outside = new HashSet<>();
      uses.forEach(use -> outside.add(outOfLoops(use, seldom ? Set.of() : repeated)));
      if (seldom) {
        outside.removeIf(block -> outwards(block).stream().skip(1).anyMatch(outside::contains));
        return outside;
      }
      List<LuaBlock> common = outwards(outside.iterator().next());
      outside.forEach(block -> common.retainAll(outwards(block)));
      return Set.of(common.get(0));
    }

    private boolean repeats(LuaBlock use, LuaBlock from) {
      List<LuaBlock> path = outwards(use);
      return path.contains(from) && outwards(outOfLoops(use, repeated)).size() < path.size();
    }

    private LuaBlock outOfLoops(LuaBlock block, Set<LuaBlock> repeated) {
      LuaBlock outside = block;
      for (LuaBlock each : outwards(block)) {
        if (each.repeats() || repeated.contains(each)) {
          outside = around(each);
        }
      }
      return outside;
    }

    /** The block, the one around it, and so on. */
    private List<LuaBlock> outwards(LuaBlock block) {
      List<LuaBlock> path = new ArrayList<>();
      for (LuaBlock each = block; each != null; each = around(each)) {
        path.add(each);
      }
      return path;
    }

    private LuaBlock around(LuaBlock block) {
      return block.around() == null ? around.get(block) : block.around();
    }

    private void write(Copy copy, StringBuilder source) {
      List<LuaBlock> blocks = new ArrayList<>();
      collect(copy.block(), blocks);
      int from = 0;
      for (LuaBlock block : blocks) {
        source.append(copy.text(), from, block.start());
        from = block.start();
        if (placed.containsKey(block)) {
          source.append(from == 0 ? "" : "\n");
          placed.get(block).values().forEach(needed -> write(needed, source));
        }
      }
      source.append(copy.text(), from, copy.text().length());
    }

    /** In the order of the text. */
    private static void collect(LuaBlock block, List<LuaBlock> all) {
      all.add(block);
      block.within().forEach(inner -> collect(inner, all));
    }
  }
}
