package io.payonce.outcome.report;

import io.payonce.ledger.Outcome;
import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeEntry.Facts;
import io.payonce.outcome.OutcomeKind;
import java.time.Instant;
import java.util.List;

/** Events as a test needs them: a sale of ten dollars that was paid, unless it says otherwise. */
public record Entries(
    String at,
    OutcomeKind kind,
    String merchant,
    String requestId,
    Operation operation,
    Amount asked,
    Amount moved,
    Outcome outcome,
    Outcome told,
    long begunAt,
    String lock,
    String transactionId) {
  public static Entries sale(String at, String requestId) {
    return new Entries(
        at,
        OutcomeKind.SETTLED,
        "M1",
        requestId,
        Operation.SALE,
        new Amount(1000L, "USD"),
        null,
        Outcome.PAID,
        null,
        1,
        "ORDER-1",
        "T1");
  }

  public Entries of(String newMerchant) {
    return new Entries(
        at,
        kind,
        newMerchant,
        requestId,
        operation,
        asked,
        moved,
        outcome,
        told,
        begunAt,
        lock,
        transactionId);
  }

  public Entries as(Operation newOperation, Long amount, String currency) {
    return new Entries(
        at,
        kind,
        merchant,
        requestId,
        newOperation,
        new Amount(amount, currency),
        moved,
        outcome,
        told,
        begunAt,
        lock,
        transactionId);
  }

  public Entries ended(Outcome newOutcome) {
    return new Entries(
        at,
        kind,
        merchant,
        requestId,
        operation,
        asked,
        moved,
        newOutcome,
        told,
        begunAt,
        lock,
        transactionId);
  }

  public Entries later(OutcomeKind newKind, Outcome before, Outcome now) {
    return new Entries(
        at,
        newKind,
        merchant,
        requestId,
        operation,
        asked,
        moved,
        now,
        before,
        begunAt,
        lock,
        transactionId);
  }

  public Entries moving(Amount newMoved) {
    return new Entries(
        at,
        kind,
        merchant,
        requestId,
        operation,
        asked,
        newMoved,
        outcome,
        told,
        begunAt,
        lock,
        transactionId);
  }

  public Entries begun(long newBegunAt) {
    return new Entries(
        at,
        kind,
        merchant,
        requestId,
        operation,
        asked,
        moved,
        outcome,
        told,
        newBegunAt,
        lock,
        transactionId);
  }

  public Entries locking(String newLock) {
    return new Entries(
        at,
        kind,
        merchant,
        requestId,
        operation,
        asked,
        moved,
        outcome,
        told,
        begunAt,
        newLock,
        transactionId);
  }

  public Entries named(String newTransactionId) {
    return new Entries(
        at,
        kind,
        merchant,
        requestId,
        operation,
        asked,
        moved,
        outcome,
        told,
        begunAt,
        lock,
        newTransactionId);
  }

  public OutcomeEntry entry() {
    return OutcomeEntry.of(
        new OutcomeCursor(Instant.parse(at).toEpochMilli(), 3, 7),
        new PaymentId(merchant, requestId),
        new Facts(
            kind,
            "app-1",
            operation,
            lock,
            List.of(requestId),
            transactionId,
            asked,
            moved,
            outcome,
            told,
            begunAt,
            1,
            null,
            "status S"));
  }
}
