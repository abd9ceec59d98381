package io.payonce.worker;

import io.payonce.flow.Flows;
import io.payonce.ledger.Ledger;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Holds the parts of one event loop: its own connections, and its flows on top of them. */
public record LoopComponents(
    RedisLane lane, Ledger ledger, Supplier<Flows> live, Supplier<Future<Void>> closing) {
  /** With the limits of this moment; a payment keeps to the flows that it began with. */
  public Flows flows() {
    return live.get();
  }

  public Future<Void> close() {
    return closing.get();
  }
}
