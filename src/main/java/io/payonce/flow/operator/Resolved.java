package io.payonce.flow.operator;

import io.payonce.ledger.Outcome;

/** Says what came of an operator's decision. */
public sealed interface Resolved {
  /** The payment has ended so. */
  record Done(Outcome outcome, String because) implements Resolved {}

  /**
   * Nothing was changed, or not what was asked for.
   *
   * @param outcome how the payment has ended, null when it has not
   * @param retryAtMillis when the same may be granted (the ledger's clock, ms since 1970), 0 when
   *     time alone changes nothing
   */
  record Refused(Outcome outcome, String because, long retryAtMillis) implements Resolved {}

  /** The ledger has no such payment. */
  record Unknown() implements Resolved {}
}
