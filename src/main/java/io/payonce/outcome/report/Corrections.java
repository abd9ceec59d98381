package io.payonce.outcome.report;

import io.payonce.ledger.Outcome;
import io.payonce.model.PaymentId;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeKind;
import java.util.HashMap;
import java.util.Map;

/**
 * Collects what was learnt of payments after their end, in a span that is read twice: first for
 * these few, then for all, so that the many need not be remembered. Of a payment's events that one
 * counts which says what it became; money that has moved stays moved, whatever is decided
 * afterwards.
 *
 * <p>Example: F was answered on Monday, S comes on Tuesday, an operator acknowledges it on
 * Wednesday. Of the three, Tuesday's counts. Had S been answered on Monday, and were Tuesday's
 * another charge under a reissued id, both would count.
 */
public final class Corrections {
  private final Map<PaymentId, OutcomeEntry> last = new HashMap<>();

  /** Called for every event of the span, oldest first. */
  public void note(OutcomeEntry entry) {
    if (entry.isReadable() && entry.facts().kind().corrects() && !isWordOnly(entry)) {
      last.merge(entry.id(), entry, Corrections::later);
    }
  }

  private static OutcomeEntry later(OutcomeEntry before, OutcomeEntry now) {
    return isPaid(before) && !isPaid(now) && isSameLife(before, now) ? before : now;
  }

  /** An operator's word against money that had moved, or one that leaves all as it was. */
  private static boolean isWordOnly(OutcomeEntry entry) {
    OutcomeEntry.Facts facts = entry.facts();
    boolean seen = facts.kind() == OutcomeKind.DECIDED && facts.former() == facts.outcome();
    return seen || facts.former() == Outcome.PAID && !isPaid(entry);
  }

  private static boolean isPaid(OutcomeEntry entry) {
    return entry.facts().outcome() == Outcome.PAID;
  }

  /** Whether another event of the same payment says what it became. */
  public boolean supersede(OutcomeEntry entry) {
    if (entry.facts().kind().corrects() && isWordOnly(entry)) {
      return true;
    }
    OutcomeEntry counts = last.get(entry.id());
    if (counts == null
        || counts.cursor().equals(entry.cursor())
        || !isSameLife(entry, counts)
        || isMoreMoney(entry, counts)) {
      return false;
    }
    OutcomeCursor place = counts.cursor();
    return entry.cursor().compareTo(place) < 0 || entry.facts().kind().corrects();
  }

  /** A second charge is another transaction of what was known to be paid: each of them moved. */
  private static boolean isMoreMoney(OutcomeEntry entry, OutcomeEntry later) {
    String one = entry.facts().names().transactionId();
    String other = later.facts().names().transactionId();
    return isPaid(entry)
        && later.facts().former() == Outcome.PAID
        && one != null
        && other != null
        && !one.equals(other);
  }

  /** An id that was begun again, after a release or long after its end, is another payment. */
  private static boolean isSameLife(OutcomeEntry one, OutcomeEntry other) {
    long begun = one.facts().course().begunAtMillis();
    long otherBegun = other.facts().course().begunAtMillis();
    return begun == 0 || otherBegun == 0 || begun == otherBegun;
  }
}
