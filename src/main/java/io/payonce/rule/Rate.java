package io.payonce.rule;

/**
 * How the fleet finds a merchant's unknown limit at the platform: down by a good step at each S04,
 * up again little by little with time. The state is in Redis; these are the numbers it moves by.
 */
public final class Rate {
  /** Of what the platform just took. At half, goodput is lost; at double the S04s go on. */
  public static final double CUT = 0.7;

  /**
   * Each second, of the rate after the cut. The limit is met again after some 20 s; at half a
   * merchant whose limit was raised waits twice as long, at double every tenth second ends in S04.
   */
  public static final double GROWTH = 0.02;

  /** Copies a second: lower, and a merchant could be shut out by one S04 of another cause. */
  public static final double LEAST = 0.5;

  /** S04s within this are the same news: what was on its way when the first one came. */
  public static final long EPISODE_MILLIS = 1000;

  /** After so long without holding anybody back or another S04 the limit is forgotten. */
  public static final long KEEP_MILLIS = 60_000;

  private Rate() {}
}
