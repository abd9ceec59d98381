package io.payonce.worker;

import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Function;
import java.util.function.Supplier;

/** Repeats one task over a lane of its own, never twice at once. */
public final class PeriodicVerticle extends VerticleBase {
  private final long pauseMillis;
  private final Supplier<RedisLane> open;
  private final Function<RedisLane, Supplier<? extends Future<?>>> build;
  private RedisLane lane;
  private boolean stopping;

  /** @param build what is done each time; how it ends is its own affair */
  public PeriodicVerticle(
      long pauseMillis,
      Supplier<RedisLane> open,
      Function<RedisLane, Supplier<? extends Future<?>>> build) {
    this.pauseMillis = pauseMillis;
    this.open = open;
    this.build = build;
  }

  @Override
  public Future<?> start() {
    lane = open.get();
    new Rounds(context, pauseMillis, () -> stopping, build.apply(lane)).begin();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    return lane.close();
  }
}
