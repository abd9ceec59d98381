package io.payonce.outcome.report;

import io.payonce.ledger.Outcome;
import io.payonce.model.Operation;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeEntry.Facts;
import java.util.HashSet;
import java.util.Set;

/** Finds the payments that the journal itself says were voided or refunded. */
public final class Undoings {
  private final Set<String> originals = new HashSet<>();

  /** Called for every event of the span. */
  public void note(OutcomeEntry entry) {
    if (entry.isReadable() && undoes(entry.facts()) && entry.facts().names().original() != null) {
      originals.add(entry.id().owner() + "/" + entry.facts().names().original());
    }
  }

  private static boolean undoes(Facts facts) {
    return facts.outcome() == Outcome.PAID
        && facts.operation() != null
        && (facts.operation() == Operation.VOID || facts.operation().refunds());
  }

  /** Follow-ups name their original by the caller's id, or by the platform's. */
  public boolean has(OutcomeEntry entry) {
    String owner = entry.id().owner();
    return originals.contains(owner + "/req:" + entry.id().requestId())
        || originals.contains(owner + "/txn:" + entry.facts().names().transactionId());
  }
}
