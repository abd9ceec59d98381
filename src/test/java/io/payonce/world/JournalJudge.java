package io.payonce.world;

import io.payonce.ledger.FakeSight;
import io.payonce.ledger.FakeStore;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.OutcomeLine;
import io.payonce.model.PaymentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds the journal of outcomes against what really happened, once all is over. */
final class JournalJudge {
  private final FakeStore store;
  private final FakeSight sight;
  private final Map<PaymentId, Integer> begins = new HashMap<>();

  JournalJudge(FakeStore store, FakeSight sight) {
    this.store = store;
    this.sight = sight;
  }

  /** A payment has begun; once more, where its id was given back or forgotten. */
  void begun(PaymentId id) {
    begins.merge(id, 1, Integer::sum);
  }

  /**
   * Null, or what the journal says too often, too seldom or wrongly of a payment.
   *
   * @param charged whether the platform's books have it, with the amount asked for
   * @param mayBeMissing it was lost with its payment; or released, which of a tip says only that it
   *     may be repeated
   */
  String fault(PaymentId id, boolean charged, boolean mayBeMissing) {
    List<OutcomeLine> lines =
        store.journal().stream().filter(line -> line.id().equals(id)).toList();
    List<String> ends = lines.stream()
        .filter(line -> line.kind().equals("settled"))
        .map(OutcomeLine::outcome)
        .toList();
    boolean paid =
        lines.stream().anyMatch(line -> !line.kind().equals("decided") && isPaid(line.outcome()));
    Outcome stands = sight.outcome(id);
    if (ends.size() > begins.getOrDefault(id, 0)) {
      return id + " has ended more often than it has begun: " + lines;
    }
    if (stands != null
        && stands != Outcome.RELEASED
        && (ends.isEmpty() || !ends.get(ends.size() - 1).equals(stands.word()))) {
      return id + " is " + stands + ", and the journal says: " + lines;
    }
    if (paid && !charged) {
      return id + " is not charged, and the journal says: " + lines;
    }
    if (charged && !paid && !mayBeMissing && !sight.isUnsettled(id)) {
      return id + " is charged, and the journal says: " + lines;
    }
    return null;
  }

  private static boolean isPaid(String outcome) {
    return outcome.equals(Outcome.PAID.word());
  }
}
