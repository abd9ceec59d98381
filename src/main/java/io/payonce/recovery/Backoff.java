package io.payonce.recovery;

/** Computes the pause before the next confirm or send. */
public final class Backoff {
  /** Doubling beyond this adds nothing: 2^20 × any first delay exceeds every ceiling. */
  private static final int MOST_DOUBLINGS = 20;

  private Backoff() {}

  /**
   * Exponential with full jitter, so that many pods never ask in step.
   *
   * @param step 0 for the first pause
   * @param chance at least 0, below 1
   * @return milliseconds, at least 1 and at most {@code maxMillis}
   */
  public static long pauseMillis(int step, long firstMillis, long maxMillis, double chance) {
    long ceiling = Math.min(maxMillis, firstMillis << Math.min(step, MOST_DOUBLINGS));
    return Math.max(1, (long) (ceiling * chance));
  }
}
