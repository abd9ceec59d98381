package io.payonce.outcome;

/** Decides when a notification that was not taken is sent again. Pure. */
final class NotificationPace {
  /** At half, a hook that is being restarted sees twice as many; at double, it waits as long. */
  private static final long FIRST_MILLIS = 2000;

  /** A hook that is repaired is notified within it. */
  private static final long LONGEST_MILLIS = 3_600_000;

  private NotificationPace() {}

  /**
   * @param failed tries so far, this one included
   * @param chance from 0 to 1: what failed together is not tried together
   */
  static long pauseMillis(int failed, double chance) {
    long whole = FIRST_MILLIS << Math.min(20, Math.max(0, failed - 1));
    return spread(Math.min(LONGEST_MILLIS, whole), chance);
  }

  /** At least half of it. */
  static long spread(long millis, double chance) {
    return Math.max(1, (long) (millis * (0.5 + chance / 2)));
  }
}
