package io.payonce.ledger.redis;

import io.payonce.ledger.Outcome;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;

/**
 * Hears of each payment that this pod has ended, once: whoever finds it ended already is silent.
 */
public interface EndListener {
  /** Nobody listens. */
  EndListener NONE = (id, end) -> {};

  /**
   * How a payment ended.
   *
   * @param operation null of a record that an operator ended because it could not be read
   * @param sends how many copies had left; 0 where nobody knows
   * @param tookMillis since it began, by the ledger's clock; -1 where nobody knows
   */
  record End(Operation operation, Outcome outcome, int sends, long tookMillis) {
    /**
     * Reads what a script tells of it.
     *
     * @param terms where in its answer they stand; the time is before them
     */
    static End of(Outcome outcome, int sends, ScriptReply<?> reply, int terms) {
      return FixedFields.read(reply.text(terms))
          .map(is ->
              new End(is.operation(), outcome, sends, reply.number(terms - 1) - is.begunAtMillis()))
          .orElseGet(() -> new End(null, outcome, sends, -1));
    }
  }

  void ended(PaymentId id, End end);
}
