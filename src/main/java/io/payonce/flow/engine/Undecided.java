package io.payonce.flow.engine;

import io.payonce.flow.port.Outbound;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.model.PaymentId;
import io.vertx.core.Future;

/**
 * Keeps "not paid" from callers while an operator has not judged money that moved for a payment
 * without a record, whatever the platform says by then.
 */
public final class Undecided {
  private final Ledger ledger;

  public Undecided(Ledger ledger) {
    this.ledger = ledger;
  }

  /** {@code pending} while that is undecided; fails when the ledger is unavailable. */
  public Future<Outbound> unless(PaymentId id, Outbound no, Outbound pending) {
    return ledger.isUndecided(id).map(undecided -> undecided ? pending : no);
  }

  /** The same for who repeats a payment, which is known to have been: pending also then. */
  public Future<Outbound> unlessRepeated(PaymentId id, Outbound no, Outbound pending) {
    return unless(id, no, pending).recover(LedgerUnavailable.otherwise(pending));
  }
}
