package io.payonce.ledger.redis;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Keeps a timeline short: what nearly all lines say is one byte of it. Only the ledger sees that;
 * what it reads is spelled out again. No other text has these bytes, for what is written into a
 * timeline has no control characters but the tab.
 *
 * <p>Example: {@code "\theard\tstatus=S\tis=PAID"} is kept in 4 bytes.
 */
public final class BriefTimeline {
  /** Each is stored under its place: new ones are added at the end only, 29 at most. */
  private static final List<String> WORDS = List.of(
      "\tbegun",
      "\tclient=",
      "\tterminal=",
      "\theard",
      "\tstatus=S",
      "\tstatus=",
      "\tis=PAID",
      "\tis=",
      "\ttransaction=",
      "\ttrace=",
      "\trule=the platform says it is done",
      "\trule=",
      "\tcode=",
      "\tby=query",
      "\tby=notification",
      "\tby=",
      "\tsilent",
      "\twhy=",
      "\tdue",
      "\tsent=1",
      "\trule=the platform's final status is unpaid");

  private static final char LAST = 0x1f;

  /** The words of each letter that follows the tab. */
  private static final int[][] OF_LETTER = IntStream.range(0, 128)
      .mapToObj(letter -> IntStream.range(0, WORDS.size())
          .filter(word -> WORDS.get(word).charAt(1) == letter)
          .toArray())
      .toArray(int[][]::new);

  private BriefTimeline() {}

  /** Of a line that is kept as fields. */
  public static String brief(String line) {
    StringBuilder brief = new StringBuilder(line.length());
    int at = 0;
    while (at < line.length()) {
      int word = line.charAt(at) == '\t' ? longest(line, at) : -1;
      if (word < 0) {
        brief.append(line.charAt(at++));
      } else {
        brief.append(code(word));
        at += WORDS.get(word).length();
      }
    }
    return brief.toString();
  }

  /** The whole timeline as it was written. */
  public static String full(String timeline) {
    int at = 0;
    while (at < timeline.length() && !isCode(timeline.charAt(at))) {
      at++;
    }
    if (at == timeline.length()) {
      return timeline;
    }
    StringBuilder full = new StringBuilder(4 * timeline.length()).append(timeline, 0, at);
    for (; at < timeline.length(); at++) {
      char next = timeline.charAt(at);
      if (isCode(next) && word(next) < WORDS.size()) {
        full.append(WORDS.get(word(next)));
      } else {
        full.append(next);
      }
    }
    return full.toString();
  }

  private static int longest(String line, int at) {
    int found = -1;
    char letter = at + 1 < line.length() ? line.charAt(at + 1) : 0;
    for (int word : OF_LETTER[letter < OF_LETTER.length ? letter : 0]) {
      if (line.startsWith(WORDS.get(word), at)
          && (found < 0 || WORDS.get(word).length() > WORDS.get(found).length())) {
        found = word;
      }
    }
    return found;
  }

  private static boolean isCode(char given) {
    return given > 0 && given <= LAST && given != '\t' && given != '\n' && given != '\r';
  }

  /** From 1 on, past tab, line feed and carriage return. */
  private static char code(int word) {
    int code = word + 1;
    code += code >= '\t' ? 2 : 0;
    return (char) (code >= '\r' ? code + 1 : code);
  }

  private static int word(char code) {
    int word = code > '\r' ? code - 1 : code;
    return (word > '\n' ? word - 2 : word) - 1;
  }
}
