package io.payonce.recovery;

import java.time.Duration;

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
  /**
   * After this long a send can take effect no more: the platform refuses timestamps older than 10
   * minutes (platform.md#ten-minutes), and a send carries the time of its intent. Half a minute
   * more for the clocks.
   */
  public static final long MILLIS = Duration.ofSeconds(630).toMillis();

  /** No send sent so far can take effect any more. */
  public boolean isOver() {
    return ledgerMillis >= MILLIS && othersMillis() >= MILLIS;
  }

  /** By what is gone by beside the ledger's clock: the platform's, if it is known. */
  public long othersMillis() {
    return platformMillis == null ? seenMillis : platformMillis;
  }
}
