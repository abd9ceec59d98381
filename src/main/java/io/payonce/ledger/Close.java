package io.payonce.ledger;

/** What became of a wish to end a payment. */
public sealed interface Close {
  /** It ended as asked. */
  record Closed() implements Close {}

  /** It had ended before, perhaps otherwise. */
  record Already(Payment payment) implements Close {}

  /** The lease is lost: nothing was changed. */
  record Stale() implements Close {}
}
