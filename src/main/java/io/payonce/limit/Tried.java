package io.payonce.limit;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Makes what throws fail like what fails, so that whoever waits for its end goes on. */
public final class Tried {
  private Tried() {}

  public static <T> Future<T> of(Supplier<Future<T>> step) {
    try {
      return step.get();
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
  }
}
