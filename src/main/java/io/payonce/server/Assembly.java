package io.payonce.server;

import io.payonce.flow.Flows;
import io.payonce.ledger.Ledger;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** What one event loop works with: its own connections, its flows on top of them. */
record Assembly(RedisLane lane, Ledger ledger, Flows flows, Supplier<Future<Void>> closing) {
  Future<Void> close() {
    return closing.get();
  }
}
