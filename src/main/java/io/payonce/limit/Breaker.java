package io.payonce.limit;

import io.payonce.codes.Health;

/**
 * Refuses new payments while the platform cannot take them, and finds out by few, quiet calls when
 * it can again. Guarantee: immutable, with time as an argument; an answer to a call from before the
 * present state changes nothing, or the timeouts of an outage would outlast it.
 *
 * <p>Example: half of the answers of a few seconds are unhealthy, so the breaker opens: payments
 * are refused, nothing is sent. After a pause it is half open and lets single probes through. One
 * healthy answer after another closes it; an unhealthy one opens it again.
 */
public sealed interface Breaker {
  /** Kinds of calls that want to leave. */
  enum Call {
    /**
     * A payment's first send: no caller is worse off when it is refused at once. It alone judges.
     */
    FRESH,
    /**
     * A resend, or a question while questions are not answered well: it brings a payment in doubt
     * to its end. A resend's answer judges nothing, for its payment has been counted.
     */
    QUIET
  }

  /**
   * The share of sick answers is taken over one to two such spans. At half, a hiccup opens it; at
   * double, a dead platform is called twice as long.
   */
  long SPAN_MILLIS = 5000;

  /** Fewer answers than this prove nothing: at half, one bad minute of a quiet night opens it. */
  int LEAST_ANSWERS = 20;

  /** The first pause; each probe that fails doubles it. */
  long FIRST_PAUSE_MILLIS = 1000;

  /** At double, payments might be refused for 10 s after the platform's return. */
  long LAST_PAUSE_MILLIS = 4000;

  /** Five quiet calls a second from each pod: enough to notice a return, too few to hinder it. */
  long QUIET_GAP_MILLIS = 200;

  /** In a row; one alone may be the luck of one server of several. */
  int PROBES = 3;

  /** Most answers come in a tenth of it: a probe that is out for longer hangs. */
  long HANGS_MILLIS = 1000;

  /** A probe without a report is forgotten; longer than any exchange with the platform. */
  long PROBE_MILLIS = 15_000;

  /** Where it begins: closed. */
  static Breaker first(long nowMillis) {
    return new Closed(nowMillis, nowMillis, 0, 0, 0, 0);
  }

  /** The same after time has passed. */
  Breaker at(long nowMillis);

  boolean admits(Call call, long nowMillis);

  /** The same after an admitted call has gone out. */
  Breaker gone(Call call, long nowMillis);

  /** The same after an admitted call turned out not to be needed. */
  Breaker unused(Call call);

  /** The same after an answer to a fresh call that went out at {@code askedAtMillis}. */
  Breaker observed(Health health, long askedAtMillis, long nowMillis);

  /**
   * The same when other calls are answered, the last of which went out at {@code wellMillis}: a
   * probe that has hung since before is not waited for, but another one may go. Only once: a
   * platform that answers questions alone must not get one payment more after another.
   */
  default Breaker encouraged(long wellMillis) {
    return this;
  }

  /** When a refused caller should come back. */
  long pauseMillis(long nowMillis);

  /** For the gauge: 0 closed, 1 open, 2 half-open. */
  int figure();

  /**
   * Everything passes, and answers are counted.
   *
   * @param spanMillis when the present span began; {@code former*} count the one before
   */
  record Closed(
      long sinceMillis, long spanMillis, int well, int sick, int formerWell, int formerSick)
      implements Breaker {
    @Override
    public Breaker at(long nowMillis) {
      long passed = nowMillis - spanMillis;
      if (passed < SPAN_MILLIS) {
        return this;
      }
      return passed < 2 * SPAN_MILLIS
          ? new Closed(sinceMillis, spanMillis + SPAN_MILLIS, 0, 0, well, sick)
          : new Closed(sinceMillis, nowMillis, 0, 0, 0, 0);
    }

    @Override
    public boolean admits(Call call, long nowMillis) {
      return true;
    }

    @Override
    public Breaker gone(Call call, long nowMillis) {
      return this;
    }

    @Override
    public Breaker unused(Call call) {
      return this;
    }

    @Override
    public Breaker observed(Health health, long askedAtMillis, long nowMillis) {
      if (health == Health.UNKNOWN || askedAtMillis < sinceMillis) {
        return this;
      }
      Closed more = health == Health.HEALTHY
          ? new Closed(sinceMillis, spanMillis, well + 1, sick, formerWell, formerSick)
          : new Closed(sinceMillis, spanMillis, well, sick + 1, formerWell, formerSick);
      return more.isTooSick() ? Open.after(FIRST_PAUSE_MILLIS, nowMillis) : more;
    }

    /** Half of the answers: below it more payments are served than would be refused for nothing. */
    private boolean isTooSick() {
      int allSick = sick + formerSick;
      int all = allSick + well + formerWell;
      return all >= LEAST_ANSWERS && 2 * allSick >= all;
    }

    @Override
    public long pauseMillis(long nowMillis) {
      return 0;
    }

    @Override
    public int figure() {
      return 0;
    }
  }

  /** No new payment leaves; quiet calls do, one at a time with a gap. */
  record Open(long pauseMillis, long untilMillis, long quietMillis) implements Breaker {
    static Open after(long pauseMillis, long nowMillis) {
      return new Open(pauseMillis, nowMillis + pauseMillis, nowMillis + QUIET_GAP_MILLIS);
    }

    @Override
    public Breaker at(long nowMillis) {
      return nowMillis < untilMillis
          ? this
          : new HalfOpen(pauseMillis, untilMillis, 0, 0, quietMillis, false);
    }

    @Override
    public boolean admits(Call call, long nowMillis) {
      return call == Call.QUIET && nowMillis >= quietMillis;
    }

    @Override
    public Breaker gone(Call call, long nowMillis) {
      return new Open(pauseMillis, untilMillis, nowMillis + QUIET_GAP_MILLIS);
    }

    @Override
    public Breaker unused(Call call) {
      return this;
    }

    @Override
    public Breaker observed(Health health, long askedAtMillis, long nowMillis) {
      return this;
    }

    @Override
    public long pauseMillis(long nowMillis) {
      return Math.max(1, untilMillis - nowMillis);
    }

    @Override
    public int figure() {
      return 1;
    }
  }

  /**
   * One fresh payment at a time, until enough of them went well: quiet calls go on slowly and take
   * no other's place.
   *
   * @param probeUntilMillis while it lies ahead, a probe is out
   * @param isEncouraged whether a probe has been given up already
   */
  record HalfOpen(
      long pauseMillis,
      long sinceMillis,
      int well,
      long probeUntilMillis,
      long quietMillis,
      boolean isEncouraged)
      implements Breaker {
    @Override
    public Breaker at(long nowMillis) {
      return this;
    }

    @Override
    public boolean admits(Call call, long nowMillis) {
      return nowMillis >= (call == Call.FRESH ? probeUntilMillis : quietMillis);
    }

    @Override
    public Breaker gone(Call call, long nowMillis) {
      return call == Call.FRESH
          ? probing(well, nowMillis + PROBE_MILLIS)
          : new HalfOpen(
              pauseMillis,
              sinceMillis,
              well,
              probeUntilMillis,
              nowMillis + QUIET_GAP_MILLIS,
              isEncouraged);
    }

    private HalfOpen probing(int well, long untilMillis) {
      return new HalfOpen(pauseMillis, sinceMillis, well, untilMillis, quietMillis, isEncouraged);
    }

    @Override
    public Breaker encouraged(long wellMillis) {
      long outMillis = probeUntilMillis - PROBE_MILLIS;
      boolean hangs = probeUntilMillis > 0 && wellMillis >= outMillis + HANGS_MILLIS;
      // Its silence, noticed at last, is of before.
      return hangs && !isEncouraged
          ? new HalfOpen(pauseMillis, wellMillis, 0, 0, quietMillis, true)
          : this;
    }

    @Override
    public Breaker unused(Call call) {
      return call == Call.FRESH ? probing(well, 0) : this;
    }

    @Override
    public Breaker observed(Health health, long askedAtMillis, long nowMillis) {
      if (askedAtMillis < sinceMillis) {
        return this;
      }
      return switch (health) {
        case UNKNOWN -> probing(well, 0);
        case UNHEALTHY -> Open.after(Math.min(2 * pauseMillis, LAST_PAUSE_MILLIS), nowMillis);
        case HEALTHY -> well + 1 >= PROBES ? first(nowMillis) : probing(well + 1, 0);
      };
    }

    @Override
    public long pauseMillis(long nowMillis) {
      return FIRST_PAUSE_MILLIS;
    }

    @Override
    public int figure() {
      return 2;
    }
  }
}
