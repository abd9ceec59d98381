package io.payonce.limit;

/**
 * Finds a merchant's unknown limit at the platform: down by a good step at each S04, up again
 * little by little with time. The state is in Redis; these are the numbers it moves by.
 */
public final class MerchantRate {
  /** Of what the platform just took. At half, goodput is lost; at double the S04s go on. */
  public static final double CUT = 0.7;

  /**
   * Each second, of the rate after the cut. The limit is met again after some 20 s; at half a
   * merchant whose limit was raised waits twice as long, at double every tenth second ends in S04.
   */
  public static final double GROWTH = 0.02;

  /** Each second at least: a small merchant would else take minutes to recover. */
  public static final double LEAST_GROWTH = 0.2;

  /**
   * Sends a second. Below it an S04 now and then, which is held and sent again, costs less than
   * what a limit would refuse.
   */
  public static final double LEAST = 5;

  /**
   * S04s within this are the same news: sends that were on their way, and pods that do not know of
   * the limit yet (they look once a second).
   */
  public static final long EPISODE_MILLIS = 2000;

  /**
   * Sends may bunch by so much of their pace: callers do. At double, a second's limit is passed.
   */
  public static final long SLACK_MILLIS = 250;

  /**
   * So many S04s in one episode show a rate that is too high. Fewer are bunches of a merchant that
   * is within its limit; they are held and sent again, and no other merchant is slowed for them.
   */
  public static final int WARNINGS = 10;

  /** After so long without holding a send back or another S04 the limit is forgotten. */
  public static final long KEEP_MILLIS = 60_000;

  private MerchantRate() {}
}
