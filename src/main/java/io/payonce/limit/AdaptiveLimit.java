package io.payonce.limit;

import io.payonce.codes.Health;

/**
 * Limits how many sends this pod may have in flight to the platform. Guarantee: a platform that
 * answers more slowly because of what we pile up on it gets less; one that is slow by nature does
 * not.
 *
 * <p>Example: 200 sales are in flight, and the quickest answer of a window takes 400 ms where that
 * of the last minutes took 100 ms. That is a queue: the limit falls to 160, and again with each
 * window that shows one. A customer who looks for a card slows one answer, not the quickest. Of
 * several operations the best-off decides, so a change in what callers ask for shrinks nothing.
 * When even few sends take 400 ms, that is how the platform is now, and becomes the measure.
 *
 * <p>Not thread-safe; time is an argument, in milliseconds that never go back.
 */
public final class AdaptiveLimit {
  /** So many are always let out: at half, one slow terminal shop could fill it. */
  public static final int FLOOR = 32;

  /** Shortest window; a longer one reacts later, a shorter one counts the same sends twice. */
  static final long WINDOW_MILLIS = 250;

  /**
   * Answers a window needs. With half as many the quickest of a random few customers would often
   * look like a queue; with double a pod of few payments reacts late.
   */
  static final int LEAST_ANSWERS = 50;

  /** A window of fewer answers is closed after this, and judged by its silence alone. */
  static final long LONGEST_WINDOW_MILLIS = 5000;

  /** Of one operation, before its quickest answer means anything. */
  static final int LEAST_OF_KIND = 40;

  /** Slower than this many times the quickest there was, and by this much, is a queue. */
  static final int HEADROOM = 2;

  /** A platform that answers in 5 ms may hiccup by this much. */
  static final long SLACK_MILLIS = 50;

  /** Gentle, as it may come once a window: five windows make a third. */
  static final double CUT = 0.8;

  private final int floor;
  private final int most;
  private final int step;
  private final Quickest[] quickest;
  private int limit;
  private int inFlight;
  private int peak;
  private int answers;
  private int sick;
  private long since = Long.MIN_VALUE;
  private long lastCutMillis = Long.MIN_VALUE;

  /**
   * Begins with {@code most}: a new pod refuses nothing before it has learnt something.
   *
   * @param kinds how many operations are distinguished
   */
  public AdaptiveLimit(int most, int kinds) {
    this(Math.min(FLOOR, most), most, 1, kinds);
    limit = most;
  }

  /**
   * The same, but begins with {@code floor}, and needs to learn before it grows.
   *
   * @param step by how much at least, each time
   */
  AdaptiveLimit(int floor, int most, int step, int kinds) {
    this.floor = floor;
    this.step = step;
    this.most = most;
    this.limit = floor;
    this.quickest = new Quickest[kinds];
    for (int kind = 0; kind < kinds; kind++) {
      quickest[kind] = new Quickest();
    }
  }

  public int limit() {
    return limit;
  }

  public int inFlight() {
    return inFlight;
  }

  /** Lets one more out, or says that the limit is reached. */
  public boolean enter() {
    if (inFlight >= limit) {
      peak = Math.max(peak, inFlight);
      return false;
    }
    enterUnlimited();
    return true;
  }

  /** Lets one out that other limits have let pass. */
  public void enterUnlimited() {
    peak = Math.max(peak, ++inFlight);
  }

  /** One that was let out did not leave. */
  public void leave() {
    inFlight--;
  }

  /**
   * One has its answer.
   *
   * @param kind which operation, from 0
   * @param quick whether it is a whole answer, whose time shows something: refusals come too soon
   */
  public void observed(int kind, Health health, boolean quick, long tookMillis, long nowMillis) {
    inFlight--;
    if (since == Long.MIN_VALUE) {
      since = nowMillis;
    }
    answers++;
    if (health == Health.UNHEALTHY) {
      sick++;
    }
    if (quick) {
      quickest[kind].add(tookMillis);
    }
    if (isWindowOver(nowMillis)) {
      judge(nowMillis);
    }
  }

  private boolean isWindowOver(long nowMillis) {
    long passed = nowMillis - since;
    return passed >= WINDOW_MILLIS && answers >= LEAST_ANSWERS || passed >= LONGEST_WINDOW_MILLIS;
  }

  private void judge(long nowMillis) {
    boolean queue = isQueueing();
    boolean ill = 2 * sick >= answers && answers >= floor / 2;
    if ((queue || ill) && peak > floor) {
      cut(nowMillis);
    } else if (!queue && !ill && 2 * peak >= limit) {
      limit = Math.min(most, limit + Math.max(step, limit / 10));
    }
    boolean slowByNature = queue && peak <= floor;
    for (Quickest each : quickest) {
      each.next(slowByNature, nowMillis);
    }
    since = nowMillis;
    peak = inFlight;
    answers = 0;
    sick = 0;
  }

  /** Not again before the sends that were in flight at the last cut have shown its effect. */
  private void cut(long nowMillis) {
    if (lastCutMillis == Long.MIN_VALUE || nowMillis - lastCutMillis >= slowestOfQuickest()) {
      limit = Math.max(floor, (int) (CUT * Math.min(limit, peak)));
      lastCutMillis = nowMillis;
    }
  }

  private long slowestOfQuickest() {
    long slowest = 0;
    for (Quickest each : quickest) {
      slowest = Math.max(slowest, each.ofWindow());
    }
    return slowest;
  }

  private boolean isQueueing() {
    boolean any = false;
    for (Quickest each : quickest) {
      if (each.isTelling()) {
        if (!each.isSlow()) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  /** The quickest answers of one operation: in this window, and in the last minute or two. */
  private static final class Quickest {
    /** What is longer ago than two of these is forgotten. */
    private static final long GENERATION_MILLIS = 60_000;

    private static final long NONE = Long.MAX_VALUE;

    private long window = NONE;
    private int count;
    private long present = NONE;
    private long former = NONE;
    private long since = Long.MIN_VALUE;

    void add(long millis) {
      window = Math.min(window, millis);
      count++;
    }

    long ofWindow() {
      return window == NONE ? 0 : window;
    }

    boolean isTelling() {
      return count >= LEAST_OF_KIND;
    }

    boolean isSlow() {
      long usual = Math.min(present, former);
      return usual != NONE && window > HEADROOM * usual + SLACK_MILLIS;
    }

    void next(boolean slowByNature, long nowMillis) {
      if (since == Long.MIN_VALUE) {
        since = nowMillis;
      } else if (nowMillis - since >= GENERATION_MILLIS) {
        former = present;
        present = NONE;
        since = nowMillis;
      }
      if (isTelling()) {
        boolean adopt = slowByNature && isSlow();
        present = adopt ? window : Math.min(present, window);
        former = adopt ? NONE : former;
      }
      window = NONE;
      count = 0;
    }
  }
}
