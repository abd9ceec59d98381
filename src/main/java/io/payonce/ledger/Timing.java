package io.payonce.ledger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * This machine's clocks, which only stamp copies and bound waits; what the ledger decides by is
 * Redis' clock.
 *
 * @param wallMillis ms since 1970
 * @param nanos monotonic, {@link System#nanoTime}
 * @param pause completes after so many ms, on the event loop
 */
public record Timing(
    LongSupplier wallMillis, LongSupplier nanos, LongFunction<Future<Void>> pause) {
  public static Timing of(Vertx vertx) {
    return new Timing(System::currentTimeMillis, System::nanoTime, vertx::timer);
  }
}
