package io.payonce.flow.port;

import io.payonce.model.PaymentId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Remembers when the platform wants to see those payments again that it has refused for now. The
 * ledger keeps the refusal without this: whoever waits for it in the process that got it gets both.
 * One for all event loops.
 */
public final class PlatformRetryAfter {
  /** Knows of none, and never will. */
  public static final PlatformRetryAfter NONE = new PlatformRetryAfter(() -> 0);

  /** More callers than this seldom wait for refusals at once; who is forgotten gets "soon". */
  private static final int MOST = 10_000;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final LongSupplier nanos;
  private final Map<PaymentId, Long> untilNanos = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<PaymentId, Long> eldest) {
      return size() > MOST;
    }
  };

  public PlatformRetryAfter(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The platform has named such a pause with the refusal that ended a payment for now. */
  public synchronized void learned(PaymentId id, int seconds) {
    if (seconds > 0 && this != NONE) {
      untilNanos.remove(id);
      untilNanos.put(id, nanos.getAsLong() + seconds * NANOS_PER_SECOND);
    }
  }

  /** What is left of the pause, rounded up; 0 when none is known, or it is over. */
  public synchronized int seconds(PaymentId id) {
    Long until = untilNanos.get(id);
    long left = until == null ? 0 : until - nanos.getAsLong();
    if (left <= 0) {
      untilNanos.remove(id);
      return 0;
    }
    return (int) ((left + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND);
  }
}
