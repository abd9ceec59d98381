package io.payonce.worker;

import io.payonce.ledger.maintenance.RedisAbilities;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.RedisLedger;
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
  private static final long PATIENCE_MILLIS = 1000;

  private static final long LOOK_MILLIS = 20;

  private final RedisAbilities abilities;
  private final LedgerSettings settings;
  private final Supplier<RedisLane> open;
  private final Function<RedisLane, RedisLedger> build;
  private final BooleanSupplier opened;
  private RedisLane lane;
  private RedisLedger ledger;
  private boolean around;
  private boolean stopping;

  /** @param opened false while no pod's lane may be used: then there is nothing to wait for */
  public AbilitiesVerticle(
      RedisAbilities abilities,
      LedgerSettings settings,
      Supplier<RedisLane> open,
      Function<RedisLane, RedisLedger> build,
      BooleanSupplier opened) {
    this.opened = opened;
    this.abilities = abilities;
    this.settings = settings;
    this.open = open;
    this.build = build;
  }

  /** Complete when the fleet is known, or cannot be for now. */
  @Override
  public Future<?> start() {
    lane = open.get();
    ledger = build.apply(lane);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    return firstWord(until).andThen((known, failure) -> arm());
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    return abilities.leave(lane, settings).otherwiseEmpty().compose(left -> lane.close());
  }

  private Future<Void> firstWord(long untilNanos) {
    return announce()
        .recover(failure -> System.nanoTime() - untilNanos > 0 || stopping || !opened.getAsBoolean()
            ? Future.succeededFuture()
            : vertx.timer(LOOK_MILLIS).compose(rested -> firstWord(untilNanos)));
  }

  private Future<Void> announce() {
    return abilities.announce(lane, settings).compose(told -> around ? announced() : lookAround());
  }

  private static Future<Void> announced() {
    return Future.succeededFuture();
  }

  private Future<Void> lookAround() {
    return abilities.lookAround(ledger).onSuccess(done -> around = true);
  }

  private void arm() {
    if (!stopping) {
      vertx.setTimer(TICK_MILLIS, tick -> announce().onComplete(done -> arm()));
    }
  }
}
