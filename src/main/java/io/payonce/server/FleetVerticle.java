package io.payonce.server;

import io.payonce.limit.FleetLimits;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells the fleet once a second what this pod sends, and learns which merchants are slowed. */
final class FleetVerticle extends VerticleBase {
  /**
   * At half, idle pods ask Redis twice as much; at double, a slowed merchant hits on for longer.
   */
  private static final long TICK_MILLIS = 1000;

  private final Supplier<RedisLane> open;
  private final Function<RedisLane, FleetLimits> build;
  private RedisLane lane;
  private FleetLimits limits;
  private boolean stopping;

  FleetVerticle(Supplier<RedisLane> open, Function<RedisLane, FleetLimits> build) {
    this.open = open;
    this.build = build;
  }

  @Override
  public Future<?> start() {
    lane = open.get();
    limits = build.apply(lane);
    arm();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    return lane.close();
  }

  private void arm() {
    if (!stopping) {
      vertx.setTimer(TICK_MILLIS, tick -> limits.exchange().onComplete(done -> arm()));
    }
  }
}
