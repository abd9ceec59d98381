package io.payonce.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Holds what scripts have in common; each gets what it names. Redis makes every function anew each
 * time a script runs, called or not, and sixty of them take longer than two writes. So each stands
 * in the innermost block that has all that name it; one whose first line ends in {@code -- seldom}
 * in each block that names it, for none of these may be reached.
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
    private final Block whole;

    /**
     * What stands at the beginning of a block, in the order of the files: on the earlier ones it
     * builds.
     */
    private final Map<Block, Map<Integer, Placed>> placed = new HashMap<>();

    /** Where a copy stands, by its outermost block. */
    private final Map<Block, Block> around = new HashMap<>();

    /**
     * The outermost blocks of what is called in a loop: what they need is not made in each round.
     */
    private final Set<Block> repeated = new HashSet<>();

    private record Placed(String text, Block block) {}

    Linker(String script) {
      this.script = script;
      this.whole = Block.read(script);
    }

    String link() {
      List<Block> texts = new ArrayList<>(List.of(whole));
      // What a part names stands before it in the files.
      for (int i = parts.size() - 1; i >= 0; i--) {
        Part part = parts.get(i);
        List<Block> uses = new ArrayList<>();
        texts.forEach(text -> collect(text, uses));
        uses.removeIf(block -> !block.names(part.name()));
        for (Block block : places(part, uses)) {
          Placed copy = new Placed(part.text(), Block.read(part.text()));
          placed.computeIfAbsent(block, first -> new TreeMap<>()).put(i, copy);
          around.put(copy.block(), block);
          if (uses.stream().anyMatch(use -> repeats(use, block))) {
            repeated.add(copy.block());
          }
          texts.add(copy.block());
        }
      }
      StringBuilder source = new StringBuilder();
      write(new Placed(script, whole), source);
      return source.toString();
    }

    /** Where the part is to stand: a value has one place, as all must see the same. */
    private Set<Block> places(Part part, List<Block> uses) {
      if (uses.isEmpty() || part.kind() == Kind.VALUE) {
        return uses.isEmpty() ? Set.of() : Set.of(whole);
      }
      boolean seldom = part.kind() == Kind.SELDOM;
      Set<Block> outside = new HashSet<>();
      uses.forEach(use -> outside.add(outOfLoops(use, seldom ? Set.of() : repeated)));
      if (seldom) {
        outside.removeIf(block -> outwards(block).stream().skip(1).anyMatch(outside::contains));
        return outside;
      }
      List<Block> common = outwards(outside.iterator().next());
      outside.forEach(block -> common.retainAll(outwards(block)));
      return Set.of(common.get(0));
    }

    private boolean repeats(Block use, Block from) {
      List<Block> path = outwards(use);
      return path.contains(from) && outwards(outOfLoops(use, repeated)).size() < path.size();
    }

    private Block outOfLoops(Block block, Set<Block> repeated) {
      Block outside = block;
      for (Block each : outwards(block)) {
        if (each.repeats() || repeated.contains(each)) {
          outside = around(each);
        }
      }
      return outside;
    }

    /** The block, the one around it, and so on. */
    private List<Block> outwards(Block block) {
      List<Block> path = new ArrayList<>();
      for (Block each = block; each != null; each = around(each)) {
        path.add(each);
      }
      return path;
    }

    private Block around(Block block) {
      return block.around() == null ? around.get(block) : block.around();
    }

    private void write(Placed copy, StringBuilder source) {
      List<Block> blocks = new ArrayList<>();
      collect(copy.block(), blocks);
      int from = 0;
      for (Block block : blocks) {
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
    private static void collect(Block block, List<Block> all) {
      all.add(block);
      block.within().forEach(inner -> collect(inner, all));
    }
  }

  /** A block of a Lua source: the names that stand in it itself, and the blocks within. */
  private static final class Block {
    /** Strings and comments are skipped whole; of the rest only words are looked at. */
    private static final Pattern TOKEN = Pattern.compile(
        "--[^\n]*|'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|\\.\\.|[.:]\\s*\\w+|[A-Za-z_]\\w*|\\)");

    private final Block around;

    /** Where its first statement is. */
    private final int start;

    /** Whether it may run many times while what is around it runs once. */
    private final boolean repeats;

    private final List<Block> within = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private Block(Block around, int start, boolean repeats) {
      this.around = around;
      this.start = start;
      this.repeats = repeats;
      if (around != null) {
        around.within.add(this);
      }
    }

    static Block read(String source) {
      Block whole = new Block(null, 0, false);
      Reader reader = new Reader(whole);
      TOKEN.matcher(source).results().forEach(reader::take);
      if (reader.block != whole) {
        throw new IllegalArgumentException("a block without its end:\n" + source);
      }
      return whole;
    }

    Block around() {
      return around;
    }

    int start() {
      return start;
    }

    boolean repeats() {
      return repeats;
    }

    List<Block> within() {
      return within;
    }

    boolean names(String name) {
      return names.contains(name);
    }

    /** Follows a source word by word. */
    private static final class Reader {
      private Block block;
      private final Deque<Boolean> heads = new ArrayDeque<>();
      private String before = "";

      Reader(Block whole) {
        block = whole;
      }

      void take(MatchResult token) {
        String word = token.group();
        switch (word) {
          case "function" -> heads.push(!before.equals("local"));
          case ")" -> {
            if (!heads.isEmpty()) {
              open(token.end(), heads.pop());
            }
          }
          case "then", "else" -> {
            if (word.equals("else")) {
              block = block.around;
            }
            open(token.end(), false);
          }
          case "do", "repeat" -> open(token.end(), true);
          case "end", "elseif", "until" -> block = block.around;
          default -> {
            if (Character.isJavaIdentifierStart(word.charAt(0))) {
              block.names.add(word);
            }
          }
        }
        before = word;
      }

      private void open(int start, boolean repeats) {
        block = new Block(block, start, repeats);
      }
    }
  }
}
