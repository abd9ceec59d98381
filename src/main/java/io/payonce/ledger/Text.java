package io.payonce.ledger;

/** Texts as the scripts want them. */
final class Text {
  /**
   * A person's note of 200 characters and what leads up to it; a timeline keeps 1 KB of its
   * beginning, so four lines at the very least.
   */
  private static final int LINE_CHARS = 220;

  private Text() {}

  /** Lua has no null in its arguments. */
  static String orNone(String text) {
    return text == null ? "" : text;
  }

  /** One line of a timeline. */
  static String line(String event) {
    String line = event.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LINE_CHARS ? line : line.substring(0, LINE_CHARS);
  }
}
