package io.payonce.ledger.redis;

import io.payonce.model.Account;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * Reads this machine's clocks, which only stamp requests and bound waits; what the ledger decides
 * by is Redis' clock.
 *
 * @param wallMillis ms since 1970
 * @param platformTime the platform's clock
 * @param nanos monotonic, {@link System#nanoTime}
 * @param pause completes after so many ms, on the event loop
 */
public record LocalClock(
    LongSupplier wallMillis,
    PlatformTime platformTime,
    LongSupplier nanos,
    LongFunction<Future<Void>> pause) {
  /** Gives the time that a send stamped at that wall time carries: its account's clock. */
  public interface PlatformTime {
    long at(Account account, long wallMillis);
  }

  /** Takes the platform's clock for the same as this machine's. */
  public LocalClock(LongSupplier wallMillis, LongSupplier nanos, LongFunction<Future<Void>> pause) {
    this(wallMillis, (account, millis) -> millis, nanos, pause);
  }

  public static LocalClock of(Vertx vertx) {
    return of(vertx, (account, millis) -> millis);
  }

  /** {@code platformTime}: see the record. */
  public static LocalClock of(Vertx vertx, PlatformTime platformTime) {
    return new LocalClock(System::currentTimeMillis, platformTime, System::nanoTime, vertx::timer);
  }

  long platformAt(Account account, long wallMillis) {
    return platformTime.at(account, wallMillis);
  }
}
