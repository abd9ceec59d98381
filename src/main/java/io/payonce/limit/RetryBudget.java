package io.payonce.limit;

/**
 * Limits the resends of the whole fleet to a tenth of the first sends, and a little in quiet times.
 * A sick platform gets at most a tenth more than its callers ask for, however many of them fail.
 */
public record RetryBudget(double floorPerSecond) {
  /** At half, one fault in ten payments takes twice as long to mend; at double, a storm hurts. */
  public static final double SHARE_OF_FRESH = 0.1;

  /** What busy times save up fades within this: an hour's calm must not pay for a storm. */
  public static final double MEMORY_SECONDS = 10;

  /**
   * Without fresh traffic a payment in doubt must not wait for some. Five a second from a whole
   * fleet trouble no platform; at a fifth, a shop's last payments of the day queue up.
   */
  public static final RetryBudget USUAL = new RetryBudget(5);

  /** What quiet times save up: the payments of one pod that was killed, not of a whole fleet. */
  public double burst() {
    return MEMORY_SECONDS * floorPerSecond;
  }

  /** What so many fresh payments add. */
  public static double credit(long fresh) {
    return SHARE_OF_FRESH * fresh;
  }
}
