package io.payonce.ledger.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * Reads this machine's clocks, which only stamp requests and bound waits; what the ledger decides
 * by is Redis' clock.
 *
 * @param wallMillis ms since 1970
 * @param platformAt what a send stamped at that wall time carries as its time: the platform's clock
 * @param nanos monotonic, {@link System#nanoTime}
 * @param pause completes after so many ms, on the event loop
 */
public record LocalClock(
    LongSupplier wallMillis,
    LongUnaryOperator platformAt,
    LongSupplier nanos,
    LongFunction<Future<Void>> pause) {
  /** Takes the platform's clock for the same as this machine's. */
  public LocalClock(LongSupplier wallMillis, LongSupplier nanos, LongFunction<Future<Void>> pause) {
    this(wallMillis, LongUnaryOperator.identity(), nanos, pause);
  }

  public static LocalClock of(Vertx vertx) {
    return of(vertx, LongUnaryOperator.identity());
  }

  /** {@code platformAt}: see the record. */
  public static LocalClock of(Vertx vertx, LongUnaryOperator platformAt) {
    return new LocalClock(System::currentTimeMillis, platformAt, System::nanoTime, vertx::timer);
  }
}
