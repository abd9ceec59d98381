package io.payonce.ledger;

import io.payonce.model.PaymentId;

/**
 * What the ledger holds of a payment cannot be understood: another key, a newer version, or a hand
 * that changed it. It is never guessed at.
 */
public final class UnreadableRecord extends RuntimeException {
  public UnreadableRecord(PaymentId id, String why) {
    super("payment " + id + " cannot be read: " + why, null, false, false);
  }
}
