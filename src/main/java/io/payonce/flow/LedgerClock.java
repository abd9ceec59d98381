package io.payonce.flow;

/** The ledger's time since it last told us, carried on by our own monotonic clock. */
final class LedgerClock {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Time time;
  private final long readMillis;
  private final long readNanos;

  LedgerClock(Time time, long readMillis) {
    this.time = time;
    this.readMillis = readMillis;
    this.readNanos = time.nanos();
  }

  long nowMillis() {
    return readMillis + (time.nanos() - readNanos) / NANOS_PER_MILLI;
  }
}
