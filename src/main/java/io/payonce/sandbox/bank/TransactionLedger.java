package io.payonce.sandbox.bank;

import io.payonce.sandbox.request.SimOperation;
import io.payonce.sandbox.script.SimStage;
import io.payonce.sandbox.script.SimStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The life of transactions: a final status never changes, and money moves in the moment in which a
 * transaction becomes S, never before and never twice.
 */
final class TransactionLedger {

  private static final long DAY_MILLIS = 86_400_000;

  /** About 150 MB when full: the ledger is what a long soak is compared with. */
  private static final int CHARGES = 1_000_000;

  final Transactions transactions = new Transactions();
  final RecentLog<Charge> charges = new RecentLog<>(CHARGES);
  final ScheduledEvents agenda = new ScheduledEvents();
  final Pages pages = new Pages(this);
  private final Map<String, Transaction> open = new HashMap<>();
  private final Consumer<EndedTransaction> hearer;

  /** @param hearer gets each end of a transaction that names a notifyUrl */
  TransactionLedger(Consumer<EndedTransaction> hearer) {
    this.hearer = hearer;
  }

  /** Whether an unfinished transaction holds this lock. */
  boolean isOpen(String lockKey) {
    return open.containsKey(lockKey);
  }

  void clear() {
    transactions.clear();
    charges.clear();
    agenda.clear();
    open.clear();
  }

  void play(Transaction made, List<SimStage> stages, long now) {
    for (SimStage stage : stages) {
      if (stage.afterMillis() == 0) {
        become(made, stage.status(), stage.resultCode(), now);
      } else {
        agenda.at(
            now + stage.afterMillis(),
            due -> become(made, stage.status(), stage.resultCode(), due));
      }
    }
  }

  void closeInTime(Transaction made, Long expiresAt, long now) {
    if (made.status().isFinal()) {
      return;
    }
    if (made.session != null) {
      agenda.at(made.session.expiresAtMillis, due -> pages.close(made, due));
      return;
    }
    long until = expiresAt == null ? now + DAY_MILLIS : expiresAt;
    agenda.at(until, due -> become(made, SimStatus.C, null, due));
  }

  void become(Transaction made, SimStatus status, String resultCode, long atMillis) {
    if (!made.status().isFinal()) {
      change(made, status, resultCode, atMillis);
    }
  }

  /** On a hosted page F is no end, and a press may outlast the page: only S stays. */
  void shopped(Transaction made, SimStatus status, String resultCode, long atMillis) {
    if (!made.is(SimStatus.S)) {
      change(made, status, resultCode, atMillis);
    }
  }

  private void change(Transaction made, SimStatus status, String resultCode, long atMillis) {
    made.become(status, resultCode, atMillis);
    if (!status.isFinal()) {
      // An unpaid hosted page does not lock its order: the customer may pay in another way.
      if (made.session == null) {
        open.put(made.lockKey, made);
      }
      return;
    }
    open.remove(made.lockKey, made);
    if (status == SimStatus.S) {
      succeed(made, atMillis);
    }
    if (made.call.text("notifyUrl") != null) {
      hearer.accept(EndedTransaction.of(made));
    }
  }

  void charge(Transaction about, String type, String requestId, long amount, long atMillis) {
    charges.add(new Charge(
        type,
        about.merchantId(),
        about.order(),
        requestId,
        about.id,
        amount,
        about.amount.currency(),
        atMillis));
  }

  private void succeed(Transaction made, long atMillis) {
    charge(made, made.type(), made.requestId(), made.amount.total(), atMillis);
    if (made.original != null) {
      FollowUps.applyTo(made.original, made);
    } else if (made.call.operation() != SimOperation.REFUND) {
      transactions.markPaid(made);
    }
  }
}
