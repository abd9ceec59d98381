package io.payonce.ledger;

/** Tells how the ledger answered the report that money moved for a payment answered otherwise. */
public enum Contradiction {
  /** It is written, listed for review, or the payment is paid. */
  NOTED,
  /** An operator has seen that this very sum moved, and has decided. */
  DECIDED,
  /** It has not ended, so its worker is to learn of it. */
  UNSETTLED
}
