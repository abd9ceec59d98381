package io.payonce.server;

import io.payonce.flow.AskFlow;
import io.payonce.flow.FindFlow;
import io.payonce.flow.InspectFlow;
import io.payonce.flow.ResolveFlow;
import io.payonce.ledger.Desk;
import io.payonce.model.Scope;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * What the admin port works with: its own connections, and the flows of people on top of them,
 * built with the limits of the moment.
 */
record DeskAssembly(
    RedisLane lane,
    Desk desk,
    Scope scope,
    Supplier<InspectFlow> inspections,
    Supplier<ResolveFlow> resolutions,
    FindFlow finds,
    Supplier<AskFlow> questions,
    Supplier<Future<Void>> closing) {
  Future<Void> close() {
    return closing.get();
  }
}
