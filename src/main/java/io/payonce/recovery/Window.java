package io.payonce.recovery;

import io.payonce.model.Intent;

/**
 * Measures how long the last send of a payment has been able to take effect, by clocks that are
 * independent of each other: one that jumps ahead (a failover to a host whose clock is wrong) ends
 * no window.
 *
 * @param ledgerMillis since its intent, by the ledger's clock
 * @param platformMillis since the timestamp of the send, by the platform's clock at the very answer
 *     that is judged; null when the answer has no date, or the record no timestamp
 * @param seenMillis since the process that judges first saw the intent, by its monotonic clock
 */
public record Window(long ledgerMillis, Long platformMillis, long seenMillis) {
  /** So long after its intent a send can take effect no more. */
  public static final long MILLIS = Intent.WINDOW_MILLIS;

  /** No send sent so far can take effect any more. */
  public boolean isOver() {
    return ledgerMillis >= MILLIS && othersMillis() >= MILLIS;
  }

  /** By what is gone by beside the ledger's clock: the platform's, if it is known. */
  public long othersMillis() {
    return platformMillis == null ? seenMillis : platformMillis;
  }
}
