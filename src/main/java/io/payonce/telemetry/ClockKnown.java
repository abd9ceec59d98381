package io.payonce.telemetry;

import io.payonce.platform.PlatformClock.Bounds;

/**
 * Says what is known of the platform's clock. Its dates have whole seconds, and its answers take
 * their time: so no more is shown than between what it must be.
 *
 * @param text short enough for a tile
 */
public record ClockKnown(String text, String more) {
  private static final double SECOND = 1000;

  static ClockKnown of(boolean learnt, Bounds bounds) {
    if (!learnt) {
      return new ClockKnown("\u2013", "no answer yet");
    }
    if (bounds.atMostMillis() < bounds.atLeastMillis()) {
      return new ClockKnown("?", "its servers disagree");
    }
    if (bounds.atLeastMillis() > 0) {
      return between(bounds.atLeastMillis(), bounds.atMostMillis(), "the platform is ahead");
    }
    if (bounds.atMostMillis() < 0) {
      return between(-bounds.atMostMillis(), -bounds.atLeastMillis(), "the platform is behind");
    }
    long apart = Math.max(-bounds.atLeastMillis(), bounds.atMostMillis());
    return new ClockKnown("< " + Math.max(1, up(apart)) + " s", "dates say no more");
  }

  private static ClockKnown between(long least, long most, String more) {
    long from = (long) (least / SECOND);
    return new ClockKnown(from + "\u2013" + Math.max(from + 1, up(most)) + " s", more);
  }

  private static long up(long millis) {
    return (long) Math.ceil(millis / SECOND);
  }
}
