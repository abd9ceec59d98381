package io.payonce.rule;

/** What to do next with a payment. */
public enum Act {
  /** Settle: the money moved (or the operation is done). */
  SETTLE_PAID,
  /** Settle: the platform's final word is that no money moved. */
  SETTLE_UNPAID,
  /** Settle: the platform refused the payment for good. */
  SETTLE_REFUSED,
  /** Give the order back: refused for now, nothing is under way, the same id may come again. */
  RELEASE,
  /** Ask the platform now. */
  CONFIRM,
  /** Put the same id on the wire now, after writing the intent. */
  RESEND,
  /** Put a derived id on the wire now, after writing the intent. */
  REISSUE,
  /** Write the next stage down and look again after a pause. */
  WAIT
}
