package io.payonce.recovery;

/**
 * Decides how soon an open payment is confirmed: it ends when a customer does something, and the
 * platform reports that by itself where reports come to us. Then asking only makes up for lost
 * reports.
 */
public final class OpenPace {
  /**
   * Reports that came so lately still come. At half, a quiet shop is polled between two customers;
   * at double, what breaks on the way goes unnoticed for as long again.
   */
  static final long FRESH_MILLIS = 600_000;

  /**
   * Within it nearly all customers at a terminal have paid. At half, every second payment is asked
   * about for nothing; at double, a lost report is made up for that much later.
   */
  private static final long SOONEST_MILLIS = 30_000;

  private OpenPace() {}

  /** Whether a report can be relied on to come, as far as the last one shows. */
  public static boolean reportsArrive(long sinceLastMillis) {
    return sinceLastMillis <= FRESH_MILLIS;
  }

  /**
   * The pause while reports arrive: about as long again as it has been under way, so that a lost
   * report is noticed late only where the customer was late too.
   *
   * @param ageMillis since it began
   * @param mostMillis the longest pause
   * @param chance at least 0, below 1
   * @return between half of the longest and the longest that fits, so that pods never ask in step
   */
  public static long pauseMillis(long ageMillis, long mostMillis, double chance) {
    long ceiling = Math.min(mostMillis, 2 * Math.max(SOONEST_MILLIS, ageMillis));
    return Math.max(1, ceiling / 2 + (long) (ceiling / 2 * chance));
  }
}
