package io.payonce.admin;

import io.payonce.flow.operator.AskFlow;
import io.payonce.flow.operator.FindFlow;
import io.payonce.flow.operator.InspectFlow;
import io.payonce.flow.operator.ResolveFlow;
import io.payonce.ledger.LedgerAdmin;
import io.payonce.model.PaymentId;
import io.payonce.model.Scope;
import io.payonce.outcome.Outbox;
import io.payonce.outcome.OutcomeJournal;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Holds what the admin port works with: its own connections, and what operators do on top of them.
 */
public record AdminComponents(
    RedisLane lane,
    LedgerAdmin ledgerAdmin,
    Scope scope,
    Decisions decisions,
    FindFlow finds,
    Reports reports,
    Supplier<Future<Void>> closing) {
  /** The flows of operators, with the limits of the moment. */
  public record Decisions(
      Supplier<InspectFlow> inspections,
      Supplier<ResolveFlow> resolutions,
      Supplier<AskFlow> questions) {}

  /**
   * Reads how payments ended, and who was notified.
   *
   * @param changed is given each payment about which this process has to do something now
   */
  public record Reports(OutcomeJournal journal, Outbox outbox, Consumer<PaymentId> changed) {}

  Future<Void> close() {
    return closing.get();
  }
}
