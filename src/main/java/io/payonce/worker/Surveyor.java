package io.payonce.worker;

import io.payonce.ledger.maintenance.ServerSurvey;
import io.payonce.redis.RedisLane;
import io.payonce.telemetry.RedisHealth;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Checks Redis itself: whenever a server of it is reached anew, once a minute, and every two
 * seconds while it answers errors. At the start the charter's verticle has done so already.
 */
public final class Surveyor {
  /** At half, what is over is said a second earlier; at double, so much later. */
  public static final long PAUSE_MILLIS = 2000;

  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final RedisHealth health;
  private final RedisLane lane;
  private final BooleanSupplier open;
  private final LongSupplier nanos;
  private final ServerSurvey survey;
  private String reached = "";
  private long lookedNanos;

  public Surveyor(RedisHealth health, RedisLane lane, BooleanSupplier open) {
    this(health, lane, open, System::nanoTime);
  }

  Surveyor(RedisHealth health, RedisLane lane, BooleanSupplier open, LongSupplier nanos) {
    this.health = health;
    this.lane = lane;
    this.open = open;
    this.nanos = nanos;
    this.survey = health.survey(lane);
    this.lookedNanos = nanos.getAsLong();
  }

  /** To be called once a pause; most of its looks are short. */
  public Future<Void> look() {
    if (!open.getAsBoolean()) {
      return Future.succeededFuture();
    }
    String now = lane.parts().toString();
    boolean anew = !now.equals(reached);
    boolean wrong = health.bulletin().hasAnswers();
    if (!anew && !wrong && nanos.getAsLong() - lookedNanos < MINUTE_NANOS) {
      return Future.succeededFuture();
    }
    reached = now;
    lookedNanos = nanos.getAsLong();
    return health.check(survey, anew || wrong);
  }
}
