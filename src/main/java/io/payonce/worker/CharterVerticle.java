package io.payonce.worker;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.maintenance.Charter;
import io.payonce.ledger.maintenance.KeyAgreement;
import io.payonce.limit.Tried;
import io.payonce.redis.RedisLane;
import io.payonce.telemetry.LedgerState;
import io.payonce.telemetry.RedisHealth;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the ledger to this pod: before its charter was read, nothing of it is read or written. A
 * pod whose Redis is unavailable starts all the same, and is not ready until it has read it.
 */
public final class CharterVerticle extends VerticleBase {
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
  private final Function<RedisLane, KeyAgreement> keys;
  private final LedgerState state;
  private final RedisHealth redis;
  private RedisLane lane;
  private Charter charter;
  private KeyAgreement seals;
  private boolean stopping;

  public CharterVerticle(
      Supplier<RedisLane> connect,
      Function<RedisLane, Charter> build,
      Function<RedisLane, KeyAgreement> keys,
      LedgerState state,
      RedisHealth redis) {
    this.connect = connect;
    this.build = build;
    this.keys = keys;
    this.state = state;
    this.redis = redis;
  }

  /**
   * Fails when the ledger and the settings do not fit; complete when open, or Redis is unavailable.
   */
  @Override
  public Future<?> start() {
    lane = connect.get();
    charter = build.apply(lane);
    seals = keys.apply(lane);
    Rounds rounds = new Rounds(context, VOUCH_MILLIS, () -> stopping, this::vouch);
    return soon(System.nanoTime()).onSuccess(opened -> rounds.begin());
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    return lane.close();
  }

  private Future<?> vouch() {
    return (state.chartered() ? charter.vouch(redis.runs()) : Future.succeededFuture())
        .onFailure(this::shut)
        .eventually(() -> state.chartered() ? checkKeys() : Future.succeededFuture());
  }

  /** A pod that cannot open what is there would take every payment for broken. */
  private Future<Void> checkKeys() {
    return seals.check().onSuccess(opened -> state.keysOpen(seals)).recover(failure -> {
      if (failure instanceof KeyAgreement.Unopened) {
        state.keysDoNot(failure.getMessage());
        return Future.succeededFuture();
      }
      return Future.failedFuture(failure);
    });
  }

  /** What this pod writes from now on, others would not find. */
  private void shut(Throwable failure) {
    if (failure instanceof Charter.Refused && state.chartered()) {
      state.chartered(false);
      stays(failure);
      later();
    }
  }

  private Future<Void> soon(long sinceNanos) {
    // What is only just being dialled is to be looked at too; what is away is not waited for.
    if (!lane.connected() && millisSince(sinceNanos) < PATIENCE_MILLIS) {
      return vertx.timer(SOON_MILLIS).compose(rested -> soon(sinceNanos));
    }
    return read().recover(failure -> {
      if (failure instanceof Charter.Refused) {
        return Future.failedFuture(failure);
      }
      long leftMillis = lane.connected() && !isAnswer(failure) ? LONGEST_MILLIS : PATIENCE_MILLIS;
      if (millisSince(sinceNanos) > leftMillis) {
        redis.stays(failure);
        later();
        return Future.succeededFuture();
      }
      return vertx.timer(SOON_MILLIS).compose(rested -> soon(sinceNanos));
    });
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  /** What Redis says does not change by asking it again at once. */
  private static boolean isAnswer(Throwable failure) {
    return failure instanceof LedgerUnavailable unavailable
        && !unavailable.mayHaveRun()
        && !unavailable.word().isEmpty();
  }

  private void later() {
    if (!stopping) {
      vertx.setTimer(
          LATER_MILLIS,
          tick -> Tried.of(this::read).onFailure(failure -> {
            stays(failure);
            later();
          }));
    }
  }

  /** What only an operator can change is said once. */
  private void stays(Throwable why) {
    if (redis.stays(why) && why instanceof Charter.Refused) {
      LOG.error("pod does no work: {}", why.getMessage());
    }
  }

  private Future<Void> read() {
    return redis
        .admit(redis.survey(lane))
        .compose(fit -> charter.open())
        .compose(fits -> checkKeys())
        .onSuccess(fits -> {
          state.chartered(true);
          charter.survey().onSuccess(strangers -> {
            if (!strangers.isEmpty()) {
              LOG.warn("unsettled payments of other platforms: {}", Charter.words(strangers));
            }
          });
        });
  }
}
