package io.payonce.world;

import io.payonce.flow.port.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Time that passes as an agenda is gone through; chance is that of the world. */
interface VirtualTime extends Time {
  Agenda agenda();

  Chance dice();

  /** Lets something happen later, if whoever waits for it is still there. */
  default void in(long millis, Runnable deed) {
    agenda().in(millis, deed);
  }

  @Override
  default long nanos() {
    return agenda().nowMillis() * 1_000_000;
  }

  @Override
  default double chance() {
    return dice().below(1000) / 1000.0;
  }

  @Override
  default Future<Void> pause(long millis) {
    Promise<Void> promise = Promise.promise();
    in(Math.max(1, millis), promise::tryComplete);
    return promise.future();
  }
}
