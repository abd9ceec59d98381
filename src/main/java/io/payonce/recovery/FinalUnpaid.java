package io.payonce.recovery;

import io.payonce.codes.Report;

/**
 * Proves that the current platform id of a payment ended unpaid for good. Only the recovery machine
 * makes one, and without it there is no reissued id.
 */
final class FinalUnpaid {
  private FinalUnpaid() {}

  /** Null when F is not (yet) the last word. */
  static FinalUnpaid of(History history, Report report, Deadlines moment) {
    return report == Report.FAILED && history.isFinal(moment) ? new FinalUnpaid() : null;
  }
}
