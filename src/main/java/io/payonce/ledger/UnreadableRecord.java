package io.payonce.ledger;

import io.payonce.model.PaymentId;

/**
 * Reports that a record cannot be understood: another key, a newer version, or a change by hand. It
 * is never guessed at: a caller gets the same answer as from an unavailable ledger.
 */
public final class UnreadableRecord extends LedgerUnavailable {
  private final boolean forOthers;

  public UnreadableRecord(PaymentId id, String why) {
    this(id, why, false);
  }

  private UnreadableRecord(PaymentId id, String why, boolean forOthers) {
    super("payment " + id + " cannot be read: " + why, true);
    this.forOthers = forOthers;
  }

  /** One that only the version which wrote it understands. */
  public static UnreadableRecord newer(PaymentId id) {
    return forOthers(id, "a newer version wrote it");
  }

  /** One that other pods may understand, as they have what this one lacks. */
  public static UnreadableRecord forOthers(PaymentId id, String why) {
    return new UnreadableRecord(id, why, true);
  }

  /** False: as far as this pod knows, no version understands it. */
  public boolean isForOthers() {
    return forOthers;
  }
}
