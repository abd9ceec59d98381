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
 * What the admin port works with: its own connections, and the flows of operators on top of them,
 * built with the limits of the moment.
 *
 * @param changed told of a payment about which this process has to do something now
 */
public record AdminComponents(
    RedisLane lane,
    LedgerAdmin ledgerAdmin,
    Scope scope,
    Supplier<InspectFlow> inspections,
    Supplier<ResolveFlow> resolutions,
    FindFlow finds,
    OutcomeJournal journal,
    Outbox outbox,
    Consumer<PaymentId> changed,
    Supplier<AskFlow> questions,
    Supplier<Future<Void>> closing) {
  Future<Void> close() {
    return closing.get();
  }
}
