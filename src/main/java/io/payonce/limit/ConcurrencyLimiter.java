package io.payonce.limit;

import io.payonce.codes.Code;
import io.payonce.codes.Health;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/** Counts the sends in flight, and queues first sends for room in the order they came. */
final class ConcurrencyLimiter {
  /**
   * A queue moves by one place an answer: who would wait longer than this is better refused at
   * once, as the caller can come again. At half a short burst is refused that would have been
   * served.
   */
  static final long LONGEST_WAIT_MILLIS = 300;

  private final AdaptiveLimit concurrency;
  private final LongSupplier nowMillis;
  private final Deque<Waiter> waiting = new ArrayDeque<>();

  ConcurrencyLimiter(int most, LongSupplier nowMillis) {
    this.concurrency = new AdaptiveLimit(most, Operation.SLOTS);
    this.nowMillis = nowMillis;
  }

  /** Identity counts. */
  private record Waiter(Context context, Promise<Boolean> granted) {
    void wake() {
      context.runOnContext(woken -> granted.tryComplete(true));
    }
  }

  /** True when there is room now, or was in time. */
  Future<Boolean> enter(Vertx vertx) {
    Waiter waiter;
    synchronized (this) {
      if (waiting.isEmpty() && concurrency.enter()) {
        return Future.succeededFuture(true);
      }
      // A queue as long as what is in flight is served within one answer's time.
      if (waiting.size() >= concurrency.limit()) {
        return Future.succeededFuture(false);
      }
      waiter = new Waiter(vertx.getOrCreateContext(), Promise.promise());
      waiting.add(waiter);
    }
    long timer = vertx.setTimer(LONGEST_WAIT_MILLIS, late -> giveUp(waiter));
    return waiter.granted().future().onComplete(turn -> vertx.cancelTimer(timer));
  }

  synchronized void enterUnlimited() {
    concurrency.enterUnlimited();
  }

  void leave() {
    List<Waiter> next;
    synchronized (this) {
      concurrency.leave();
      next = admitted();
    }
    next.forEach(Waiter::wake);
  }

  void observed(Operation operation, Answer answer, long tookNanos) {
    List<Waiter> next;
    synchronized (this) {
      concurrency.observed(
          operation.slot(),
          Health.of(answer),
          isWhole(answer),
          tookNanos / 1_000_000,
          nowMillis.getAsLong());
      next = admitted();
    }
    next.forEach(Waiter::wake);
  }

  synchronized int limit() {
    return concurrency.limit();
  }

  synchronized int inFlight() {
    return concurrency.inFlight();
  }

  synchronized int waiting() {
    return waiting.size();
  }

  private List<Waiter> admitted() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Waiter> next = new ArrayList<>(1);
    while (!waiting.isEmpty() && concurrency.enter()) {
      next.add(waiting.poll());
    }
    return next;
  }

  private void giveUp(Waiter waiter) {
    boolean waited;
    synchronized (this) {
      waited = waiting.remove(waiter);
    }
    if (waited) {
      waiter.granted().tryComplete(false);
    }
  }

  private static boolean isWhole(Answer answer) {
    return answer instanceof Answer.Spoken spoken && Code.of(spoken.envelope().code()) == Code.OK;
  }
}
