package io.payonce.server;

import io.payonce.ledger.Survey;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Looks at Redis itself: whenever a server of it is reached anew, once a minute, and every two
 * seconds while it answers errors. At the start the charter's verticle has done so already.
 */
final class SurveyVerticle extends VerticleBase {
  /** At half, what is over is said a second earlier; at double, so much later. */
  private static final long LOOK_MILLIS = 2000;

  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final RedisHealth health;
  private final Supplier<RedisLane> connect;
  private final BooleanSupplier open;
  private RedisLane lane;
  private Survey survey;
  private String reached = "";
  private long lookedNanos = System.nanoTime();
  private boolean stopping;

  SurveyVerticle(RedisHealth health, Supplier<RedisLane> connect, BooleanSupplier open) {
    this.health = health;
    this.connect = connect;
    this.open = open;
  }

  @Override
  public Future<?> start() {
    lane = connect.get();
    survey = health.survey(lane);
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
      vertx.setTimer(LOOK_MILLIS, tick -> look().onComplete(done -> arm()));
    }
  }

  private Future<Void> look() {
    if (!open.getAsBoolean()) {
      return Future.succeededFuture();
    }
    String now = lane.parts().toString();
    boolean anew = !now.equals(reached);
    boolean wrong = health.bulletin().hasAnswers();
    if (!anew && !wrong && System.nanoTime() - lookedNanos < MINUTE_NANOS) {
      return Future.succeededFuture();
    }
    reached = now;
    lookedNanos = System.nanoTime();
    return health.check(survey, anew || wrong);
  }
}
