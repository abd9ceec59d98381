package io.payonce.ledger;

import io.payonce.model.Intent;

/** Tells how the ledger answered a begin. */
public sealed interface BeginResult {
  /**
   * It has begun, and its first send may leave.
   *
   * @param atMillis the ledger's clock
   * @param confirmsFirst the ledger has gone back in time: it may have known this payment before,
   *     so the platform is asked before a send leaves
   */
  record Begun(Intent intent, long atMillis, String fingerprint, boolean confirmsFirst)
      implements BeginResult {}

  /** The same request came before: running, open, released-and-being-retried or settled. */
  record Known(Payment payment) implements BeginResult {}

  /** The same request came long ago; only its outcome is remembered. */
  record Expired(Tombstone tombstone) implements BeginResult {}

  /**
   * The same id came before with another request.
   *
   * @param first that one; null when only its tombstone is left, or it cannot be read
   * @param tombstone what is left of it; null when it is all there
   */
  record OtherBody(Payment first, Tombstone tombstone) implements BeginResult {}

  /** Its original is unsettled, and was not when that was looked up. */
  record OriginalOpen() implements BeginResult {}

  /** Another payment of the order is unsettled. */
  record OrderTaken(String holder) implements BeginResult {}

  /** Another payment has paid the order. */
  record OrderPaid(String payer) implements BeginResult {}
}
