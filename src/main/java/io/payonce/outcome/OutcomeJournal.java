package io.payonce.outcome;

import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import java.util.List;

/** Reads how payments ended, those of all merchants in one order of time. */
public interface OutcomeJournal {
  /** At double, the answers of one call may take a hundred megabytes. */
  int MOST = 5000;

  /**
   * The events after {@code after}, at most {@code most} of them: all there are, or a failure with
   * {@link io.payonce.ledger.LedgerUnavailable}. An event that cannot be read is given as such.
   *
   * @param most from 1 to {@link #MOST}
   */
  Future<OutcomeBatch> read(OutcomeCursor after, int most);

  /**
   * Which payments of this order have ended, the latest first: of the latest events of its shard, a
   * few thousand.
   *
   * @param any of the same owner's: whose id it is does not matter
   */
  Future<List<String>> ofOrder(PaymentId any, String order);
}
