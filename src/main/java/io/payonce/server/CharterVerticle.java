package io.payonce.server;

import io.payonce.ledger.Charter;
import io.payonce.ledger.LedgerAway;
import io.payonce.ledger.Survey;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the ledger to this pod: before its charter was read, nothing of it is read or written. A
 * pod whose Redis is away starts all the same, and is not ready until it has read it.
 */
final class CharterVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(CharterVerticle.class);

  /** A lane needs a moment to connect. */
  private static final long PATIENCE_MILLIS = 1500;

  /** A Redis that is there and slow gives its answer in the end: to a pod that does not fit, no. */
  private static final long LONGEST_MILLIS = 15_000;

  /** At half, idle pods ask twice as much; at double, starting pods wait longer for a word. */
  private static final long VOUCH_MILLIS = 2000;

  private static final long SOON_MILLIS = 20;
  private static final long LATER_MILLIS = 1000;

  private final Supplier<RedisLane> connect;
  private final Function<RedisLane, Charter> build;
  private final RedisHealth redis;
  private RedisLane lane;
  private Charter charter;
  private boolean stopping;

  CharterVerticle(
      Supplier<RedisLane> connect, Function<RedisLane, Charter> build, RedisHealth redis) {
    this.connect = connect;
    this.build = build;
    this.redis = redis;
  }

  /** Fails when the ledger and the settings do not fit; complete when open, or Redis is away. */
  @Override
  public Future<?> start() {
    lane = connect.get();
    charter = build.apply(lane);
    return soon(System.nanoTime()).onSuccess(opened -> vouch());
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    return lane.close();
  }

  private void vouch() {
    if (!stopping) {
      vertx.setTimer(
          VOUCH_MILLIS,
          tick -> (redis.isOpen() ? charter.vouch() : Future.succeededFuture())
              .onComplete(done -> vouch()));
    }
  }

  private Future<Void> soon(long sinceNanos) {
    return read().recover(failure -> {
      if (failure instanceof Charter.Refused) {
        return Future.failedFuture(failure);
      }
      long patience = lane.connected() && !isAnswer(failure) ? LONGEST_MILLIS : PATIENCE_MILLIS;
      if (System.nanoTime() - sinceNanos > TimeUnit.MILLISECONDS.toNanos(patience)) {
        redis.stays(failure);
        later();
        return Future.succeededFuture();
      }
      return vertx.timer(SOON_MILLIS).compose(rested -> soon(sinceNanos));
    });
  }

  /** What Redis says does not change by asking it again at once. */
  private static boolean isAnswer(Throwable failure) {
    return failure instanceof LedgerAway away
        && !away.mayHaveRun()
        && !away.word().isEmpty();
  }

  private void later() {
    if (!stopping) {
      vertx.setTimer(
          LATER_MILLIS,
          tick -> read().onFailure(failure -> {
            if (redis.stays(failure) && failure instanceof Charter.Refused) {
              LOG.error("this pod does no work: {}", failure.getMessage());
            }
            later();
          }));
    }
  }

  private Future<Void> read() {
    return redis.admit(new Survey(lane)).compose(fit -> charter.open()).onSuccess(fits -> {
      redis.open();
      charter.survey().onSuccess(strangers -> {
        if (!strangers.isEmpty()) {
          LOG.warn("unsettled payments of other platforms: {}", Charter.words(strangers));
        }
      });
    });
  }
}
