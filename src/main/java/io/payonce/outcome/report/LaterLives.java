package io.payonce.outcome.report;

import io.payonce.ledger.Outcome;
import io.payonce.model.PaymentId;
import io.payonce.outcome.OutcomeEntry;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds payments that were given back and then begun again under their id: what the platform has
 * under it is the later one's.
 */
public final class LaterLives {
  private final Set<PaymentId> released = new HashSet<>();
  private final Set<PaymentId> begunAgain = new HashSet<>();

  /** Called for every event of the span, oldest first. */
  public void note(OutcomeEntry entry) {
    if (!entry.isReadable() || entry.facts().kind().corrects()) {
      return;
    }
    if (isReleased(entry)) {
      released.add(entry.id());
    } else if (released.contains(entry.id())) {
      begunAgain.add(entry.id());
    }
  }

  private static boolean isReleased(OutcomeEntry entry) {
    return entry.facts().outcome() == Outcome.RELEASED;
  }

  public boolean follow(OutcomeEntry entry) {
    return isReleased(entry) && begunAgain.contains(entry.id());
  }
}
