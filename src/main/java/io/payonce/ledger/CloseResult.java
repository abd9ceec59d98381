package io.payonce.ledger;

/** Tells how the ledger answered a settle or a release. */
public sealed interface CloseResult {
  /** It ended as asked. */
  record Closed() implements CloseResult {}

  /** It had ended before, perhaps otherwise. */
  record Already(Payment payment) implements CloseResult {}

  /** The lease is lost: nothing was changed. */
  record Stale() implements CloseResult {}
}
