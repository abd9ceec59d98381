package io.payonce.flow;

/** The ledger's time since it last told us, carried on by our own monotonic clock. */
final class LedgerClock {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Time time;
  private final long readMillis;
  private final long readNanos;

  private final long doubtedSinceMillis;

  LedgerClock(Time time, long readMillis) {
    this(time, readMillis, 0);
  }

  /** @param doubtedSinceMillis as in the payment that was read */
  LedgerClock(Time time, long readMillis, long doubtedSinceMillis) {
    this.doubtedSinceMillis = doubtedSinceMillis;
    this.time = time;
    this.readMillis = readMillis;
    this.readNanos = time.nanos();
  }

  /** When the ledger was found to have gone back, if that concerns the payment; else 0. */
  long doubtedSinceMillis() {
    return doubtedSinceMillis;
  }

  long nowMillis() {
    return readMillis + (time.nanos() - readNanos) / NANOS_PER_MILLI;
  }
}
