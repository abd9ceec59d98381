package io.payonce.ledger;

import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import java.util.function.Supplier;

/** Is called for each payment that this pod has ended, once. */
public interface EndListener {
  /** For ledgers whose ends are not counted. */
  EndListener NONE = (id, end) -> {};

  /**
   * The end of a payment.
   *
   * @param operation null of a record that an operator ended because it could not be read
   * @param sends how many requests had left; 0 where it is not known
   * @param tookMillis since it began, by the ledger's clock; -1 where it is not known
   */
  record End(Operation operation, Outcome outcome, int sends, long tookMillis) {}

  /** @param end is made only for who asks: mostly none does */
  void ended(PaymentId id, Supplier<End> end);
}
