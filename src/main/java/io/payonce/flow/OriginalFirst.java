package io.payonce.flow;

import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.RetryHint;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.Payment;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Confirms an unsettled original before a follow-up is sent. What the platform would say of the
 * follow-up now ("does not exist", "not in this status") is not true for long.
 */
final class OriginalFirst {
  private static final long FIRST_LOOK_MILLIS = 20;

  /** Often enough for a caller, seldom enough for Redis. */
  private static final long LAST_LOOK_MILLIS = 500;

  private final Ledger ledger;
  private final OutcomeSignal outcomes;
  private final RetryHint retryHint;
  private final PageExpiry expiry;
  private final long slackMillis;

  /** @param pressSlackMillis how long a press under way may still pay on a page that was closed */
  OriginalFirst(
      Ledger ledger,
      PageExpiry expiry,
      OutcomeSignal outcomes,
      RetryHint retryHint,
      long pressSlackMillis) {
    this.ledger = ledger;
    this.expiry = expiry;
    this.outcomes = outcomes;
    this.retryHint = retryHint;
    this.slackMillis = pressSlackMillis + ExpiryFlow.MARGIN_MILLIS;
  }

  /**
   * The original as it stands when it has ended, has been asked about in vain, or the time is over;
   * empty when it is gone.
   */
  Future<Optional<Payment>> clearUp(Payment original, WaitingCaller caller, long millis) {
    String why = "a " + caller.operation().label() + " of it is asked for";
    return stop(original, caller)
        .compose(stopped -> ledger.expedite(original.id(), why))
        .compose(expedited -> {
          retryHint.schedule(0, original.id());
          return wait(new Wait(original.id(), original.steps(), millis), FIRST_LOOK_MILLIS);
        });
  }

  /** Who wants to void a payment does not want another send of it to leave. */
  private Future<?> stop(Payment original, WaitingCaller caller) {
    return caller.operation() == Operation.VOID
        ? ledger.abort(original.id()).compose(noted -> close(noted.orElse(original), caller))
        : Future.succeededFuture();
  }

  /**
   * No send of a page need leave for its shopper to press: the page itself must go, also where a
   * late send has opened it anew since it was closed.
   */
  private Future<?> close(Payment page, WaitingCaller caller) {
    if (!page.isPage() || page.isEnded()) {
      return Future.succeededFuture();
    }
    return expiry
        .close(page, caller.fields().appId())
        .compose(expired -> expired
            ? ledger.shut(page.id(), slackMillis, "EXPIRED, for a void of it")
            : Future.succeededFuture());
  }

  private record Wait(PaymentId id, int steps, long leftMillis) {}

  private Future<Optional<Payment>> wait(Wait wait, long lookMillis) {
    long look = Math.max(1, Math.min(lookMillis, wait.leftMillis()));
    return outcomes
        .awaitChange(wait.id(), look)
        .compose(woken -> ledger.find(wait.id()))
        .compose(found -> isOver(found, wait, look)
            ? Future.succeededFuture(found)
            : wait(
                new Wait(wait.id(), wait.steps(), wait.leftMillis() - look),
                Math.min(2 * lookMillis, LAST_LOOK_MILLIS)));
  }

  /** What is open, or listed for review, is not settled by asking more often. */
  private static boolean isOver(Optional<Payment> found, Wait wait, long look) {
    if (found.isEmpty() || found.get().isEnded() || wait.leftMillis() <= look) {
      return true;
    }
    if (found.get().shut() != null && !found.get().isSucceeded()) {
      return false; // a page that is closed ends once no press can be under way
    }
    return found.get().steps() > wait.steps() && !found.get().stage().name().maySend();
  }
}
