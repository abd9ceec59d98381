package io.payonce.ledger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * This machine's clocks, which only stamp copies and bound waits; what the ledger decides by is
 * Redis' clock.
 *
 * @param wallMillis ms since 1970
 * @param platformAt what a copy stamped at that wall time carries as its time: the platform's clock
 * @param nanos monotonic, {@link System#nanoTime}
 * @param pause completes after so many ms, on the event loop
 */
public record Timing(
    LongSupplier wallMillis,
    LongUnaryOperator platformAt,
    LongSupplier nanos,
    LongFunction<Future<Void>> pause) {
  /** Takes the platform's clock for the same as this machine's. */
  public Timing(LongSupplier wallMillis, LongSupplier nanos, LongFunction<Future<Void>> pause) {
    this(wallMillis, LongUnaryOperator.identity(), nanos, pause);
  }

  public static Timing of(Vertx vertx) {
    return of(vertx, LongUnaryOperator.identity());
  }

  /** {@code platformAt}: see the record. */
  public static Timing of(Vertx vertx, LongUnaryOperator platformAt) {
    return new Timing(System::currentTimeMillis, platformAt, System::nanoTime, vertx::timer);
  }
}
