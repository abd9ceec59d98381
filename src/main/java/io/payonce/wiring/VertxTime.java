package io.payonce.wiring;

import io.payonce.flow.port.Sightings;
import io.payonce.flow.port.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Takes time from the machine and pauses from Vert.x. */
record VertxTime(Vertx vertx, Sightings sightings) implements Time {
  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  @Override
  public Future<Void> pause(long millis) {
    return vertx.timer(Math.max(1, millis), TimeUnit.MILLISECONDS).mapEmpty();
  }
}
