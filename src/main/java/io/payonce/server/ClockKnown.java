package io.payonce.server;

import io.vertx.core.json.JsonObject;

/**
 * What is known of the platform's clock. Its dates have whole seconds, so what is learnt from them
 * is never too high, and up to a second too low.
 *
 * @param text short enough for a tile
 */
record ClockKnown(String text, String more) {
  private static final long SECOND = 1000;

  static ClockKnown of(boolean learnt, long atLeastMillis) {
    if (!learnt) {
      return new ClockKnown("\u2013", "no answer yet");
    }
    if (atLeastMillis <= 0 && atLeastMillis + SECOND >= 0) {
      return new ClockKnown("< 1 s", "as near as dates tell");
    }
    long seconds = Math.round((atLeastMillis + SECOND / 2.0) / SECOND);
    return new ClockKnown(
        Math.abs(seconds) + " s",
        seconds > 0 ? "platform ahead, \u00b1 1 s" : "platform behind, \u00b1 1 s");
  }

  JsonObject json() {
    return new JsonObject().put("text", text).put("more", more);
  }
}
