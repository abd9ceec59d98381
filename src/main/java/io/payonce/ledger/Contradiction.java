package io.payonce.ledger;

/** What came of noting that money moved for what was told otherwise. */
public enum Contradiction {
  /** It is written, before a person, or the payment is paid. */
  NOTED,
  /** A person has seen that this very sum moved, and has decided. */
  DECIDED,
  /** It has not ended, so its worker is to learn of it. */
  UNSETTLED
}
