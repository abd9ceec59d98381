package io.payonce.wiring;

import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.PlatformRetryAfter;
import io.payonce.model.PaymentId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Wakes waiting callers of this process, on whichever event loop they wait. All verticles share
 * one; callers in other pods read the ledger instead.
 */
final class LocalOutcomeSignal implements OutcomeSignal {
  private final Vertx vertx;
  private final Map<PaymentId, Set<Caller>> waiting = new ConcurrentHashMap<>();
  private volatile Consumer<PaymentId> listener = id -> {};
  private volatile OptionalLong endNanos = OptionalLong.empty();
  private final PlatformRetryAfter comeAgain = new PlatformRetryAfter(System::nanoTime);

  LocalOutcomeSignal(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Identity counts, not content: each promise is one waiting caller. */
  private record Caller(Context context, Promise<Void> promise) {
    void wake() {
      context.runOnContext(woken -> promise.tryComplete());
    }
  }

  @Override
  public Future<Void> awaitChange(PaymentId id, long atMostMillis) {
    Caller caller = new Caller(vertx.getOrCreateContext(), Promise.promise());
    enter(id, caller);
    long timer =
        vertx.setTimer(Math.max(1, atMostMillis), fired -> caller.promise().tryComplete());
    return caller.promise().future().onComplete(woken -> {
      vertx.cancelTimer(timer);
      leave(id, caller);
    });
  }

  /** Nobody waits longer than until then: a pod that stops tells its callers how things stand. */
  void endAt(long nanos) {
    endNanos = OptionalLong.of(nanos);
  }

  @Override
  public long leftMillis() {
    OptionalLong end = endNanos;
    return end.isEmpty()
        ? Long.MAX_VALUE
        : TimeUnit.NANOSECONDS.toMillis(end.getAsLong() - System.nanoTime());
  }

  /** Who is also given every change, on whatever thread. */
  void listen(Consumer<PaymentId> to) {
    listener = to;
  }

  @Override
  public void announce(PaymentId id) {
    listener.accept(id);
    if (waiting.isEmpty()) {
      return;
    }
    Set<Caller> callers = waiting.get(id);
    if (callers != null) {
      callers.forEach(Caller::wake);
    }
  }

  @Override
  public PlatformRetryAfter comeAgain() {
    return comeAgain;
  }

  // In one step: a set that the last one has just left is no longer the one on the board.
  private void enter(PaymentId id, Caller caller) {
    waiting.compute(id, (key, callers) -> {
      Set<Caller> present = callers == null ? ConcurrentHashMap.newKeySet() : callers;
      present.add(caller);
      return present;
    });
  }

  private void leave(PaymentId id, Caller caller) {
    waiting.computeIfPresent(id, (key, callers) -> {
      callers.remove(caller);
      return callers.isEmpty() ? null : callers;
    });
  }
}
