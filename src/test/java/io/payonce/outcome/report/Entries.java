package io.payonce.outcome.report;

import io.payonce.ledger.Outcome;
import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeEntry.Course;
import io.payonce.outcome.OutcomeEntry.Facts;
import io.payonce.outcome.OutcomeEntry.Money;
import io.payonce.outcome.OutcomeEntry.Names;
import io.payonce.outcome.OutcomeKind;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Events as a test needs them: a sale of ten dollars that was paid, unless it says otherwise. */
public final class Entries implements Cloneable {
  private final String at;
  private final String requestId;
  private OutcomeKind kind = OutcomeKind.SETTLED;
  private String merchant = "M1";
  private Operation operation = Operation.SALE;
  private Amount asked = new Amount(1000L, "USD");
  private Amount moved;
  private Outcome outcome = Outcome.PAID;
  private Outcome told;
  private long begunAt = 1;
  private String lock = "ORDER-1";
  private String transactionId = "T1";

  private Entries(String at, String requestId) {
    this.at = at;
    this.requestId = requestId;
  }

  public static Entries sale(String at, String requestId) {
    return new Entries(at, requestId);
  }

  public Entries of(String newMerchant) {
    return with(copy -> copy.merchant = newMerchant);
  }

  public Entries as(Operation newOperation, Long amount, String currency) {
    return with(copy -> {
      copy.operation = newOperation;
      copy.asked = new Amount(amount, currency);
    });
  }

  public Entries ended(Outcome newOutcome) {
    return with(copy -> copy.outcome = newOutcome);
  }

  public Entries later(OutcomeKind newKind, Outcome before, Outcome now) {
    return with(copy -> {
      copy.kind = newKind;
      copy.told = before;
      copy.outcome = now;
    });
  }

  public Entries moving(Amount newMoved) {
    return with(copy -> copy.moved = newMoved);
  }

  public Entries begun(long newBegunAt) {
    return with(copy -> copy.begunAt = newBegunAt);
  }

  public Entries locking(String newLock) {
    return with(copy -> copy.lock = newLock);
  }

  public Entries named(String newTransactionId) {
    return with(copy -> copy.transactionId = newTransactionId);
  }

  private Entries with(Consumer<Entries> change) {
    try {
      Entries copy = (Entries) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  public OutcomeEntry entry() {
    return OutcomeEntry.of(
        new OutcomeCursor(Instant.parse(at).toEpochMilli(), 3, 7),
        new PaymentId(merchant, requestId),
        new Facts(
            kind,
            operation,
            outcome,
            told,
            new Names("app-1", lock, List.of(requestId), transactionId),
            new Money(asked, moved),
            new Course(begunAt, 1, null, "status S")));
  }
}
