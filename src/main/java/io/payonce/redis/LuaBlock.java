package io.payonce.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A block of a Lua source: the names that stand in it itself, and the blocks within. */
final class LuaBlock {
  /** Strings and comments are skipped whole; of the rest only words are looked at. */
  private static final Pattern TOKEN = Pattern.compile(
      "--[^\n]*|'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|\\.\\.|[.:]\\s*\\w+|[A-Za-z_]\\w*|\\)");

  private final LuaBlock around;

  /** Where its first statement is. */
  private final int start;

  /** Whether it may run many times while what is around it runs once. */
  private final boolean repeats;

  private final List<LuaBlock> within = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private LuaBlock(LuaBlock around, int start, boolean repeats) {
    this.around = around;
    this.start = start;
    this.repeats = repeats;
    if (around != null) {
      around.within.add(this);
    }
  }

  static LuaBlock read(String source) {
    LuaBlock whole = new LuaBlock(null, 0, false);
    Reader reader = new Reader(whole);
    TOKEN.matcher(source).results().forEach(reader::take);
    if (reader.block != whole) {
      throw new IllegalArgumentException("a block without its end:\n" + source);
    }
    return whole;
  }

  LuaBlock around() {
    return around;
  }

  int start() {
    return start;
  }

  boolean repeats() {
    return repeats;
  }

  List<LuaBlock> within() {
    return within;
  }

  boolean names(String name) {
    return names.contains(name);
  }

  /** Follows a source word by word. */
  private static final class Reader {
    private LuaBlock block;
    private final Deque<Boolean> heads = new ArrayDeque<>();
    private String before = "";

    Reader(LuaBlock whole) {
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
      block = new LuaBlock(block, start, repeats);
    }
  }
}
