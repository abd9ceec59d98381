package io.payonce.sandbox.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;

/** Lets so many calls in at once; the others wait in line. Used on one event loop only. */
final class CapacityLimit {

  private final IntSupplier capacity;
  private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
  private int inside;

  /** A capacity of 0 lets every call in. */
  CapacityLimit(IntSupplier capacity) {
    this.capacity = capacity;
  }

  Future<Void> enter() {
    if (hasRoom()) {
      inside++;
      return Future.succeededFuture();
    }
    Promise<Void> turn = Promise.promise();
    waiting.add(turn);
    return turn.future();
  }

  void leave() {
    inside--;
    while (!waiting.isEmpty() && hasRoom()) {
      inside++;
      waiting.poll().complete();
    }
  }

  private boolean hasRoom() {
    int limit = capacity.getAsInt();
    return limit == 0 || inside < limit;
  }
}
