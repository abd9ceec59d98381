package io.payonce.ledger.redis;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes tokens that are unique over all time: a counter behind 64 random bits of this process. A
 * counter in the record would repeat itself when a failover loses a claim.
 */
public final class FencingToken {
  private static final String PROCESS =
      Long.toUnsignedString(new SecureRandom().nextLong(), Character.MAX_RADIX);
  private static final AtomicLong COUNTER = new AtomicLong();

  private FencingToken() {}

  public static String next() {
    return PROCESS + "." + Long.toString(COUNTER.incrementAndGet(), Character.MAX_RADIX);
  }
}
