package io.payonce.ledger;

/** Tells whether the platform may be asked now if a payment that has paid an order was undone. */
public enum Inquiry {
  ASK,
  /** It was asked lately; or what voids a refund has begun, or is done: then it has paid. */
  KEPT,
  /** A follow-up of it is under way, or was just now: whatever was shown may be older. */
  BUSY,
  /** It was undone: it is not among those that have paid the order any more. */
  GONE
}
