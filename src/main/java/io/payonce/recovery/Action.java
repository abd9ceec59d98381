package io.payonce.recovery;

/** Names what the recovery machine wants done next with a payment. */
public enum Action {
  /** Settle: the money moved (or the operation is done). */
  SETTLE_PAID("settle_paid"),
  /** Settle: the platform's final word is that no money moved. */
  SETTLE_UNPAID("settle_unpaid"),
  /** Settle: the platform refused the payment for good. */
  SETTLE_REFUSED("settle_refused"),
  /** Give the order back: refused for now, nothing is under way, the same id may come again. */
  RELEASE("release"),
  /** Ask the platform now. */
  CONFIRM("confirm"),
  /** Put the same id on the wire now, after writing the intent. */
  RESEND("resend"),
  /** Put a reissued id on the wire now, after writing the intent. */
  REISSUE("reissue"),
  /** Write the next stage down and look again after a pause. */
  WAIT("wait");

  private final String label;

  Action(String label) {
    this.label = label;
  }

  /** The value of the metric's label. */
  public String label() {
    return label;
  }
}
