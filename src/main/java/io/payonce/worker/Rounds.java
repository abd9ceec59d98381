package io.payonce.worker;

import io.payonce.redis.RedisLane;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a verticle's work again and again on its loop's beat, never twice at once. Whatever ends a
 * round, a bug too, the next one comes: a pod that lives on and is silent would count as gone.
 *
 * @param isOver asked before each round
 */
record Rounds(
    Context loop, long millis, BooleanSupplier isOver, Supplier<? extends Future<?>> work) {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /** From the next beat on. */
  void begin() {
    RedisLane.atBeat(loop, millis, () -> {
      if (!isOver.getAsBoolean()) {
        round().onComplete(done -> begin());
      }
    });
  }

  private Future<?> round() {
    try {
      return work.get();
    } catch (RuntimeException bug) {
      LOG.error("round failed: the next one begins all the same", bug);
      return Future.failedFuture(bug);
    }
  }
}
