package io.payonce.ledger;

import java.util.regex.Pattern;

/** Texts as the scripts want them. */
final class Text {
  /**
   * A person's note of 200 characters and what leads up to it; a timeline keeps 1 KB of its
   * beginning, so four lines at the very least.
   */
  private static final int LINE_CHARS = 220;

  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

  private Text() {}

  /** Lua has no null in its arguments. */
  static String orNone(String text) {
    return text == null ? "" : text;
  }

  /** One line of a timeline. */
  static String line(String event) {
    String line = event.length() <= LINE_CHARS ? event : event.substring(0, LINE_CHARS);
    return isPlain(line) ? line : CONTROLS.matcher(line).replaceAll(" ");
  }

  /** Our own words nearly always are, and then no pattern need be tried. */
  private static boolean isPlain(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) < ' ' || line.charAt(i) == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
