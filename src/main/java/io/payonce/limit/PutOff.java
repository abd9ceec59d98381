package io.payonce.limit;

/**
 * Tells how long what cannot be asked about now has to wait. The more there is, the longer: looking
 * at it costs Redis something, and when the platform answers again it all comes back within that
 * time, so the wait is also the pace at which an outage is worked off.
 *
 * <p>Example: a pod that meets 500 such payments waits some 2 to 8 s with each; one that meets
 * 50,000 looks at a thousand a second, and each waits 30 to 60 s.
 *
 * <p>Not thread-safe; time is an argument, in milliseconds that never go back.
 */
final class PutOff {
  static final long LEAST_MILLIS = 2000;

  /**
   * Twice this is the longest wait. At double, an outage of many payments would not be over in
   * three minutes; at half, Redis is asked twice as often for nothing.
   */
  static final long MOST_MILLIS = 30_000;

  /** What was met in such a span shows how much there is. */
  static final long SPAN_MILLIS = 10_000;

  /** One more put off in a span lets all wait longer by so much. */
  private static final int MILLIS_EACH = 5;

  private long sinceMillis = Long.MIN_VALUE;
  private int met;
  private int before;

  /** One more had to wait. */
  void met(long nowMillis) {
    goOn(nowMillis);
    met++;
  }

  /** @param chance at least 0, below 1 */
  long millis(long nowMillis, double chance) {
    goOn(nowMillis);
    long wait = (long) Math.max(met, before) * MILLIS_EACH;
    long usual = Math.max(LEAST_MILLIS, Math.min(MOST_MILLIS, wait));
    return usual + (long) (usual * chance);
  }

  private void goOn(long nowMillis) {
    if (sinceMillis == Long.MIN_VALUE || nowMillis - sinceMillis >= 2 * SPAN_MILLIS) {
      sinceMillis = nowMillis;
      before = 0;
      met = 0;
    } else if (nowMillis - sinceMillis >= SPAN_MILLIS) {
      sinceMillis += SPAN_MILLIS;
      before = met;
      met = 0;
    }
  }
}
