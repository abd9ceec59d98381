package io.payonce.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/** Does one thing so many times, some of them at a time. All on one event loop. */
final class AtATime {
  private final Supplier<Future<?>> one;
  private final Promise<Void> done = Promise.promise();
  private long left;
  private long open;

  private AtATime(long times, Supplier<Future<?>> one) {
    this.left = times;
    this.one = one;
  }

  /** Fails with the first that fails. */
  static Future<Void> run(long times, int atATime, Supplier<Future<?>> one) {
    AtATime all = new AtATime(times, one);
    for (int i = 0; i < atATime; i++) {
      all.next();
    }
    return all.done.future();
  }

  private void next() {
    if (left-- <= 0) {
      if (open == 0) {
        done.tryComplete();
      }
      return;
    }
    open++;
    one.get().onFailure(done::tryFail).onComplete(end -> {
      open--;
      next();
    });
  }
}
