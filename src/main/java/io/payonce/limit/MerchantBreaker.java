package io.payonce.limit;

import io.payonce.codes.Health;

/**
 * Stops one merchant's payments while they hang for a reason of its own: its acquirer, its
 * terminals. It also says how much of that is news to the platform's breaker. Not thread-safe.
 */
final class MerchantBreaker {
  /**
   * So many well and so many sick answers of one merchant reach the platform's breaker in one of
   * its spans, and it looks at two: it takes several merchants to open it. With one more, a sick
   * merchant and a well one would do.
   */
  private static final int HEARD_OF_ONE = Breaker.LEAST_ANSWERS / 5;

  private Breaker own;
  private long spanMillis;
  private int well;
  private int sick;

  MerchantBreaker(long nowMillis) {
    own = Breaker.first(nowMillis);
    spanMillis = nowMillis;
  }

  /** @param wellMillis when the last question went out that the platform has answered well */
  boolean ask(Breaker.Call call, long wellMillis, long nowMillis) {
    own = own.at(nowMillis).encouraged(wellMillis);
    boolean isAdmitted = own.admits(call, nowMillis);
    if (isAdmitted) {
      own = own.gone(call, nowMillis);
    }
    return isAdmitted;
  }

  void unused(Breaker.Call call) {
    own = own.unused(call);
  }

  long pauseMillis(long nowMillis) {
    return own.at(nowMillis).pauseMillis(nowMillis);
  }

  int figure(long nowMillis) {
    return own.at(nowMillis).figure();
  }

  /** True when the platform's breaker should count it as well. */
  boolean observed(Health health, long askedAtMillis, long nowMillis) {
    own = own.at(nowMillis).observed(health, askedAtMillis, nowMillis);
    if (nowMillis - spanMillis >= Breaker.SPAN_MILLIS) {
      spanMillis = nowMillis;
      well = 0;
      sick = 0;
    }
    return switch (health) {
      case HEALTHY -> well++ < HEARD_OF_ONE;
      case UNHEALTHY -> sick++ < HEARD_OF_ONE;
      case UNKNOWN -> true;
    };
  }

  /** Nothing is remembered that a new one would not know. */
  boolean isAtRest(long nowMillis) {
    return own.at(nowMillis).figure() == 0 && nowMillis - spanMillis >= 2 * Breaker.SPAN_MILLIS;
  }
}
