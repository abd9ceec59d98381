package io.payonce.platform;

import java.util.Arrays;

/**
 * Knows how far the platform's clock is from ours, learnt from the dates of its answers; shared by
 * all event loops. An answer that came in at {@code t} with date {@code D} was written at {@code D}
 * or up to a second later, and not after {@code t}: so {@code D - t} is never more than the true
 * offset, and nor is the median of such values. A timestamp made with it is never in the platform's
 * future, and seldom more than a second in its past.
 */
public final class PlatformClock {
  /** Half of them outvote one server of several with a wrong clock; all pass within seconds. */
  private static final int SAMPLES = 15;

  /**
   * Far beyond what slow answers can feign (10 s), far below what the platform refuses (10 min).
   */
  private static final long JUMP_MILLIS = 60_000;

  /**
   * Within it no correction is needed: the platform allows ten minutes, and we follow its clock.
   */
  private static final long FAR_MILLIS = 120_000;

  /** Its dates have whole seconds: it was written then, or up to so much later. */
  private static final long DATE_MILLIS = 1000;

  private final long[] samples = new long[SAMPLES];
  private final long[] ceilings = new long[SAMPLES];
  private final long[] sorted = new long[SAMPLES];
  private int count;
  private volatile boolean learnt;
  private volatile long offsetMillis;
  private volatile long jumpedAtMillis = Long.MIN_VALUE;

  /** The platform's clock minus ours, at least; 0 until the first answer. */
  public long offsetMillis() {
    return offsetMillis;
  }

  public boolean isLearnt() {
    return learnt;
  }

  /** Whether an operator should look at this machine's clock; payments do not suffer. */
  public boolean isFarOff() {
    return Math.abs(offsetMillis) > FAR_MILLIS;
  }

  /** The platform's time at that time of ours, never too late. */
  public long at(long ourMillis) {
    return ourMillis + offsetMillis;
  }

  /**
   * Between what the platform's clock minus ours must be.
   *
   * @param atMostMillis below {@code atLeastMillis} when its servers disagree
   */
  public record Bounds(long atLeastMillis, long atMostMillis) {}

  /** For operators; zeros until the first answer. */
  public synchronized Bounds bounds() {
    int known = Math.min(count, SAMPLES);
    return new Bounds(
        Arrays.stream(samples, 0, known).max().orElse(0),
        Arrays.stream(ceilings, 0, known).min().orElse(0));
  }

  /** An answer with this date came in at that time of ours; its request had been sent before. */
  public synchronized void learn(long dateMillis, long sentMillis, long ourMillis) {
    ceilings[count % SAMPLES] = dateMillis + DATE_MILLIS - sentMillis;
    samples[count++ % SAMPLES] = dateMillis - ourMillis;
    adopt(median(), ourMillis);
  }

  /**
   * The platform refused our time, so one of the clocks was set: what was learnt before is void.
   */
  public synchronized void learnAnew(long dateMillis, long sentMillis, long ourMillis) {
    count = 0;
    learn(dateMillis, sentMillis, ourMillis);
  }

  /** True when a timestamp made then would now be made differently, by more than a minute. */
  public boolean hasJumpedSince(long ourMillis) {
    return jumpedAtMillis >= ourMillis;
  }

  private long median() {
    int known = Math.min(count, SAMPLES);
    System.arraycopy(samples, 0, sorted, 0, known);
    Arrays.sort(sorted, 0, known);
    return sorted[(known - 1) / 2];
  }

  private void adopt(long newOffsetMillis, long ourMillis) {
    if (Math.abs(newOffsetMillis - offsetMillis) > JUMP_MILLIS) {
      jumpedAtMillis = ourMillis;
    }
    offsetMillis = newOffsetMillis;
    learnt = true;
  }
}
