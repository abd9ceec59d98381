package io.payonce.ledger;

import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import java.util.Optional;

/** The admin port of a fake ledger: what an operator's decision needs of it. */
public class FakeLedgerAdmin implements LedgerAdmin {
  private final FakeLedger ledger;

  public FakeLedgerAdmin(FakeLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Future<Optional<Dossier>> inspect(PaymentId id) {
    return Future.succeededFuture(ledger.look(id));
  }

  @Override
  public Future<BrokenRecord> salvage(PaymentId id) {
    throw new UnsupportedOperationException("all these records can be read");
  }

  @Override
  public Future<Buried> bury(
      BrokenRecord wreck, Outcome outcome, String platformId, boolean pays, String event) {
    throw new UnsupportedOperationException("all these records can be read");
  }

  @Override
  public boolean canBury() {
    return true;
  }

  @Override
  public Future<Optional<PaymentId>> holder(PaymentId of, String order) {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<Boolean> acknowledge(PaymentId id, String event) {
    return Future.succeededFuture(ledger.acknowledge(id, null, event));
  }

  @Override
  public Future<Boolean> disown(PaymentId id, String order, String event) {
    return Future.succeededFuture(ledger.acknowledge(id, order, event));
  }

  @Override
  public Future<Page> page(Listing listing, Cursor from, int most) {
    throw new UnsupportedOperationException("these people read no lists");
  }

  @Override
  public Future<Totals> totals() {
    throw new UnsupportedOperationException("these people read no lists");
  }
}
