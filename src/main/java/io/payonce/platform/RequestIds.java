package io.payonce.platform;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Request ids in the form of random UUIDs (platform.md#request-ids). Each event loop draws its own
 * beginning, 122 random bits, and counts from there: unique over all pods without drawing again for
 * each request.
 */
public final class RequestIds {
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT = 0x8000000000000000L;

  private final long high;
  private long low;

  public RequestIds() {
    SecureRandom random = new SecureRandom();
    high = random.nextLong() & ~0xF000L | VERSION_4;
    low = random.nextLong();
  }

  public String next() {
    return new UUID(high, low++ & ~(3L << 62) | VARIANT).toString();
  }
}
