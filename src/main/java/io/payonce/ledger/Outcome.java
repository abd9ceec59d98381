package io.payonce.ledger;

/** How a payment ended. */
public enum Outcome {
  PAID,
  UNPAID,
  REFUSED,
  /** Refused for the moment and given back: the same id may begin again. */
  RELEASED
}
