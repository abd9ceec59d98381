package io.payonce.outcome;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits how much this pod sends to each host at a time. Each host has places of its own, fewer as
 * the pod's get scarce, so that slow hosts leave some to all others; a host that fails again and
 * again is asked one at a time, and more and more seldom, whichever path of it failed. Not
 * thread-safe; pure.
 */
final class HookLoad {
  /** Each takes a connection and 15 s at most. At half, slow hosts hold up others sooner. */
  static final int MOST = 128;

  /** At 100 ms each, 160 a second. At double, a small host is asked more than it can take. */
  static final int MOST_A_HOST = 16;

  /** Of what is left, a host gets no more than this part. */
  private static final int SHARE = 4;

  /** Of whom that is expected, the last places are kept free. */
  private static final long SLOW_MILLIS = 1000;

  private static final int KEPT = MOST / 4;

  /** A host that fails so often in a row is taken to be down. */
  static final int DOWN = 3;

  private static final long FIRST_PAUSE_MILLIS = 1000;

  /** A host that is back is notified within it. */
  static final long LONGEST_PAUSE_MILLIS = 60_000;

  /** Of those that wait for a host that is down, a hundred a second come by to see. */
  private static final long APART_MILLIS = 10;

  private static final long LONGEST_TURN_MILLIS = 3_600_000;

  /** What is known of a host unused for long is worth nothing. */
  private static final int MOST_HOSTS = 1000;

  /** What an unknown host is expected to take. */
  private static final long USUAL_MILLIS = 100;

  private final Map<String, Host> hosts = new LinkedHashMap<>(16, 0.75f, true);
  private int inFlight;

  private static final class Host {
    private int inFlight;
    private int failures;
    private long restsUntilMillis = Long.MIN_VALUE;
    private long tookMillis = USUAL_MILLIS;
    private long turnedBack;
  }

  /** 0: one more may leave, and {@link #ended} must follow; else when to come again, in ms. */
  long admit(String name, long nowMillis) {
    Host host = hosts.computeIfAbsent(name, first -> new Host());
    forgetIdle();
    if (nowMillis < host.restsUntilMillis) {
      return turnBack(host, host.restsUntilMillis - nowMillis, APART_MILLIS);
    }
    if (host.inFlight >= places(host)) {
      // Those turned back before it go first: so many rounds of its places it has to wait.
      return turnBack(host, Math.max(USUAL_MILLIS, host.tookMillis), host.tookMillis / MOST_A_HOST);
    }
    host.inFlight++;
    inFlight++;
    return 0;
  }

  /** The more wait for a host the later each comes again: their asking must not cost Redis much. */
  private static long turnBack(Host host, long millis, long apartMillis) {
    return millis + Math.min(LONGEST_TURN_MILLIS, host.turnedBack++ * apartMillis);
  }

  private int places(Host host) {
    int left = MOST - inFlight - (host.tookMillis < SLOW_MILLIS ? 0 : KEPT);
    if (left <= 0) {
      return 0;
    }
    return host.failures >= DOWN ? 1 : Math.max(1, Math.min(MOST_A_HOST, left / SHARE));
  }

  /**
   * @param works false when the host could not be reached, or says itself that it does not work
   * @param chance from 0 to 1
   */
  void ended(String name, boolean works, long tookMillis, long nowMillis, double chance) {
    Host host = hosts.get(name);
    host.inFlight--;
    inFlight--;
    host.tookMillis = (3 * host.tookMillis + tookMillis) / 4;
    if (works) {
      host.turnedBack = host.inFlight == 0 ? 0 : Math.max(0, host.turnedBack - 1);
      host.failures = 0;
      host.restsUntilMillis = Long.MIN_VALUE;
      return;
    }
    host.failures++;
    if (host.failures >= DOWN) {
      long pause = FIRST_PAUSE_MILLIS << Math.min(10, host.failures - DOWN);
      host.restsUntilMillis =
          nowMillis + NotificationPace.spread(Math.min(LONGEST_PAUSE_MILLIS, pause), chance);
    }
  }

  int inFlight() {
    return inFlight;
  }

  int hosts() {
    return hosts.size();
  }

  private void forgetIdle() {
    Iterator<Host> eldest = hosts.values().iterator();
    while (hosts.size() > MOST_HOSTS && eldest.hasNext()) {
      if (eldest.next().inFlight == 0) {
        eldest.remove();
      }
    }
  }
}
