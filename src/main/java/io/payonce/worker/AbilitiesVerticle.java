package io.payonce.worker;

import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Announces to the fleet once a second what this pod can read, and learns what all pods can. */
public final class AbilitiesVerticle extends VerticleBase {
  /** At half, idle pods ask Redis twice as much; at double, what is announced is known later. */
  private static final long TICK_MILLIS = 1000;

  /** A lane needs a moment to connect; a pod whose Redis is unavailable starts all the same. */
  private static final long FIRST_WORD_MILLIS = 1000;

  private static final long LOOK_MILLIS = 20;

  /** Announces to the fleet, and learns of it, over one lane. */
  public record Fleet(
      Supplier<Future<Void>> announce,
      Supplier<Future<Void>> lookAround,
      Supplier<Future<Void>> leave) {}

  private final Supplier<RedisLane> open;
  private final Function<RedisLane, Fleet> join;
  private final BooleanSupplier opened;
  private RedisLane lane;
  private Fleet fleet;
  private boolean around;
  private boolean stopping;

  /** @param opened false while no pod's lane may be used: then there is nothing to wait for */
  public AbilitiesVerticle(
      Supplier<RedisLane> open, Function<RedisLane, Fleet> join, BooleanSupplier opened) {
    this.open = open;
    this.join = join;
    this.opened = opened;
  }

  /** Complete when the fleet is known, or cannot be for now. */
  @Override
  public Future<?> start() {
    lane = open.get();
    fleet = join.apply(lane);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FIRST_WORD_MILLIS);
    Rounds rounds = new Rounds(context, TICK_MILLIS, () -> stopping, this::announce);
    return firstWord(until).andThen((known, failure) -> rounds.begin());
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    return fleet.leave().get().otherwiseEmpty().compose(left -> lane.close());
  }

  private Future<Void> firstWord(long untilNanos) {
    return announce()
        .recover(failure -> System.nanoTime() - untilNanos > 0 || stopping || !opened.getAsBoolean()
            ? Future.succeededFuture()
            : vertx.timer(LOOK_MILLIS).compose(rested -> firstWord(untilNanos)));
  }

  private Future<Void> announce() {
    return fleet.announce().get().compose(announced -> around ? done() : lookAround());
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  private Future<Void> lookAround() {
    return fleet.lookAround().get().onSuccess(done -> around = true);
  }
}
