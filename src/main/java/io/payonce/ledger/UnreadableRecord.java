package io.payonce.ledger;

import io.payonce.model.PaymentId;

/**
 * What the ledger holds of a payment cannot be understood: another key, a newer version, or a hand
 * that changed it. It is never guessed at: a caller hears what it would hear from a silent ledger.
 */
public final class UnreadableRecord extends LedgerUnavailable {
  public UnreadableRecord(PaymentId id, String why) {
    super("payment " + id + " cannot be read: " + why, true);
  }
}
