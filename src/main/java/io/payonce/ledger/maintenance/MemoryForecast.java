package io.payonce.ledger.maintenance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Tells how long the memory of one server lasts if it grows on as it did in the last hour. Where
 * days are as busy as each other it stops growing once as much expires as comes in.
 *
 * <p>Example: 4 of 16 GB are used, and there were 3.9 an hour ago: 12 GB last for 5 days.
 *
 * <p>Not thread-safe; time is an argument, in milliseconds that never go back.
 */
public final class MemoryForecast {
  /** At half, a busy quarter of an hour looks like the whole day; at double, it is seen late. */
  private static final long WINDOW_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** What is shown after less is mostly what Redis keeps for itself. */
  private static final long LEAST_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private record Look(long atMillis, long used) {}

  private final Deque<Look> looks = new ArrayDeque<>();
  private String run = "";
  private long limit;

  /** To be called once a minute; a server that was started anew counts anew. */
  public void saw(RedisDurability is, long nowMillis) {
    if (!is.run().equals(run)) {
      looks.clear();
      run = is.run();
    }
    limit = is.memory().max();
    looks.addLast(new Look(nowMillis, is.memory().used()));
    while (nowMillis - looks.getFirst().atMillis() > WINDOW_MILLIS) {
      looks.removeFirst();
    }
  }

  /**
   * For so many days from the last look; infinite while it does not grow, NaN without a limit or
   * before enough was seen.
   */
  public double days() {
    if (limit == 0 || looks.isEmpty()) {
      return Double.NaN;
    }
    Look first = looks.getFirst();
    Look last = looks.getLast();
    long millis = last.atMillis() - first.atMillis();
    if (millis < LEAST_MILLIS) {
      return Double.NaN;
    }
    double grown = last.used() - first.used();
    double left = Math.max(0, limit - last.used());
    return grown <= 0
        ? Double.POSITIVE_INFINITY
        : left / grown * millis / TimeUnit.DAYS.toMillis(1);
  }
}
