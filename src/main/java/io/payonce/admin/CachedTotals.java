package io.payonce.admin;

import io.payonce.ledger.LedgerAdmin;
import io.payonce.ledger.LedgerAdmin.Totals;
import io.vertx.core.Future;
import java.util.function.LongSupplier;

/** Counts the unresolved payments, no more often than every two seconds. */
final class CachedTotals {
  /** At half, twice the 512 commands of a count for no use; at double, the page looks stuck. */
  private static final long FRESH_NANOS = 2_000_000_000L;

  private final LedgerAdmin admin;
  private final LongSupplier nanos;
  private Future<Totals> counting = Future.failedFuture("not counted yet");
  private long countedAt;
  private volatile Totals last;

  CachedTotals(LedgerAdmin admin, LongSupplier nanos) {
    this.admin = admin;
    this.nanos = nanos;
  }

  /** Never waits for more than one count; call it on one event loop only. */
  Future<Totals> count() {
    boolean stale = nanos.getAsLong() - countedAt > FRESH_NANOS || counting.failed();
    if (counting.isComplete() && stale) {
      countedAt = nanos.getAsLong();
      counting =
          admin.totals().onSuccess(totals -> last = totals).onFailure(failure -> last = null);
    }
    return counting;
  }

  /** Not a number while the ledger is unavailable: better no figure than a wrong one. */
  double unresolved() {
    Totals totals = last;
    return totals == null ? Double.NaN : totals.unresolved();
  }

  double attention() {
    Totals totals = last;
    return totals == null ? Double.NaN : totals.attention();
  }

  double inDoubt() {
    Totals totals = last;
    return totals == null ? Double.NaN : totals.inDoubt();
  }
}
