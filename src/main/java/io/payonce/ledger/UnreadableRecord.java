package io.payonce.ledger;

import io.payonce.model.PaymentId;

/**
 * Reports that a record cannot be understood: another key, a newer version, or a change by hand. It
 * is never guessed at: a caller gets the same answer as from an unavailable ledger.
 */
public final class UnreadableRecord extends LedgerUnavailable {
  public UnreadableRecord(PaymentId id, String why) {
    super("payment " + id + " cannot be read: " + why, true);
  }

  /** One that only the version which wrote it understands. */
  public static UnreadableRecord newer(PaymentId id) {
    return new UnreadableRecord(id, "a newer version wrote it");
  }
}
