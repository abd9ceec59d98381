package io.payonce.model;

import java.time.Duration;

/**
 * Proof that the ledger durably holds the intent of one send, together with the time at which a pod
 * must look at it. Nothing can be put on the wire without one, and only a ledger, which is a
 * {@link Mint}, can make one.
 */
public final class Intent {
  /**
   * So long after its intent a send can take effect no more: the platform refuses timestamps older
   * than 10 minutes (S02, platform.md#ten-minutes), and a send carries the time of its intent. Half
   * a minute more for the clocks.
   */
  public static final long WINDOW_MILLIS = Duration.ofSeconds(630).toMillis();

  private final Lease lease;
  private final long stampedAtMillis;
  private final long leavesBeforeNanos;

  private Intent(Lease lease, long stampedAtMillis, long leavesBeforeNanos) {
    this.lease = lease;
    this.stampedAtMillis = stampedAtMillis;
    this.leavesBeforeNanos = leavesBeforeNanos;
  }

  public Lease lease() {
    return lease;
  }

  /**
   * Wall time (ms since 1970, this machine's clock) from before the intent was written: the send's
   * timestamp is made from it, so that intent + 10 minutes bounds the send's life.
   */
  public long stampedAtMillis() {
    return stampedAtMillis;
  }

  /** The moment ({@link System#nanoTime}) after which the send must not leave any more. */
  public long leavesBeforeNanos() {
    return leavesBeforeNanos;
  }

  /** Makes intents. Only a ledger extends it; the architecture test says so. */
  public abstract static class Mint {
    /** Called after the ledger has given the payment to whoever shows this token. */
    protected final Lease lease(PaymentRef payment, Account account, String token) {
      return new Lease(payment, account, token);
    }

    /** Called after the ledger has acknowledged the write. */
    protected final Intent intent(Lease lease, long stampedAtMillis, long leavesBeforeNanos) {
      return new Intent(lease, stampedAtMillis, leavesBeforeNanos);
    }
  }
}
