package io.payonce.outcome.report;

import io.payonce.ledger.Outcome;
import io.payonce.model.Operation;
import io.payonce.outcome.OutcomeEntry;
import java.util.HashMap;
import java.util.Map;

/**
 * Collects what the voids of a span have undone, for a void itself names no sum. The span is read
 * twice: only payments that a void names are remembered.
 */
final class VoidedPayments {
  private final Map<String, OutcomeEntry> originals = new HashMap<>();

  /** Called for every event of the first reading. */
  void note(OutcomeEntry entry) {
    if (isVoid(entry)) {
      originals.putIfAbsent(entry.id().owner() + "/" + entry.facts().names().original(), null);
    }
  }

  private static boolean isVoid(OutcomeEntry entry) {
    return entry.isReadable()
        && entry.facts().operation() == Operation.VOID
        && entry.facts().outcome() == Outcome.PAID
        && entry.facts().names().original() != null;
  }

  /**
   * Called for every event of the second reading that counts; an original comes before its void.
   */
  void see(OutcomeEntry entry) {
    if (entry.facts().outcome() == Outcome.PAID && !isVoid(entry)) {
      String owner = entry.id().owner();
      originals.replace(owner + "/req:" + entry.id().requestId(), entry);
      originals.replace(owner + "/txn:" + entry.facts().names().transactionId(), entry);
    }
  }

  /** What this void has undone; null where it is no void, or the span does not have it. */
  OutcomeEntry originalOf(OutcomeEntry entry) {
    return isVoid(entry)
        ? originals.get(entry.id().owner() + "/" + entry.facts().names().original())
        : null;
  }
}
