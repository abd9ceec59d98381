package io.payonce.flow.engine;

import io.payonce.flow.port.Time;

/**
 * Tells the ledger's time: the last one it returned, carried on by the monotonic clock of this
 * process.
 */
public final class LedgerClock {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Time time;
  private final long readMillis;
  private final long readNanos;
  private final Long platformAheadMillis;

  private final long doubtedSinceMillis;

  LedgerClock(Time time, long readMillis) {
    this(time, readMillis, 0, null);
  }

  /**
   * @param doubtedSinceMillis as in the payment that was read
   * @param platformAheadMillis how far the platform's clock was ahead when a send got its intent;
   *     null when that is not known
   */
  public LedgerClock(
      Time time, long readMillis, long doubtedSinceMillis, Long platformAheadMillis) {
    this.doubtedSinceMillis = doubtedSinceMillis;
    this.time = time;
    this.readMillis = readMillis;
    this.readNanos = time.nanos();
    this.platformAheadMillis = platformAheadMillis;
  }

  /** How far the platform's was ahead of it at the last intent; null when it is not known. */
  Long platformAheadMillis() {
    return platformAheadMillis;
  }

  /** When the ledger was found to have gone back, if that concerns the payment; else 0. */
  long doubtedSinceMillis() {
    return doubtedSinceMillis;
  }

  long nowMillis() {
    return readMillis + (time.nanos() - readNanos) / NANOS_PER_MILLI;
  }
}
