package io.payonce.ledger.maintenance;

import java.util.concurrent.TimeUnit;

/**
 * Counts the keys that a server has forgotten for want of memory.
 *
 * @param run of the server's process: another one counts anew
 * @param recent whether it has forgotten some that no operator has confirmed
 * @param seenMillis when the last of them were seen to be missing
 */
public record Evictions(String run, long count, boolean recent, long seenMillis) {
  /**
   * At half, who comes to work the next morning finds nothing; at double, what was mended yesterday
   * still pages.
   */
  private static final long NEWS_MILLIS = TimeUnit.DAYS.toMillis(1);

  /** At the first look: what is gone was never shown by this program. */
  public static Evictions first(RedisDurability is, long nowMillis) {
    return new Evictions(
        is.run(), is.memory().evictedKeys(), is.memory().evictedKeys() > 0, nowMillis);
  }

  /** At each look from then on. */
  public Evictions next(RedisDurability is, long nowMillis) {
    boolean same = run.equals(is.run());
    if (is.memory().evictedKeys() > (same && is.memory().evictedKeys() >= count ? count : 0)) {
      return new Evictions(is.run(), is.memory().evictedKeys(), true, nowMillis);
    }
    // Only an operator sets the count of a running server back.
    boolean confirmed = same && is.memory().evictedKeys() < count;
    return new Evictions(is.run(), is.memory().evictedKeys(), recent && !confirmed, seenMillis);
  }

  /** Whether operators are to know. */
  public boolean isNews(long nowMillis) {
    return recent && nowMillis - seenMillis < NEWS_MILLIS;
  }
}
