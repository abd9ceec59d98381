package io.payonce.flow;

import io.payonce.ledger.Ledger;
import io.payonce.ledger.Payment;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Clears up how an unsettled original stands before anything is done to it: what the platform would
 * say of a follow-up now ("does not exist", "not in this status") is not true for long.
 */
final class OriginalFirst {
  private static final long FIRST_LOOK_MILLIS = 20;

  /** Often enough for a caller, seldom enough for Redis. */
  private static final long LAST_LOOK_MILLIS = 500;

  private final Ledger ledger;
  private final Outcomes outcomes;
  private final Nudge nudge;

  OriginalFirst(Ledger ledger, Outcomes outcomes, Nudge nudge) {
    this.ledger = ledger;
    this.outcomes = outcomes;
    this.nudge = nudge;
  }

  /**
   * The original as it stands when it has ended, has been asked about in vain, or the time is over;
   * empty when it is gone.
   */
  Future<Optional<Payment>> clearUp(Payment original, Operation followUp, long millis) {
    return stop(original, followUp)
        .compose(
            stopped -> ledger.hurry(original.id(), "a " + followUp.label() + " of it is asked for"))
        .compose(hurried -> {
          nudge.in(0, original.id());
          return wait(new Wait(original.id(), original.steps(), millis), FIRST_LOOK_MILLIS);
        });
  }

  /** Who wants to void a payment does not want another copy of it to leave. */
  private Future<?> stop(Payment original, Operation followUp) {
    return followUp == Operation.VOID ? ledger.abort(original.id()) : Future.succeededFuture();
  }

  private record Wait(PaymentId id, int steps, long leftMillis) {}

  private Future<Optional<Payment>> wait(Wait wait, long lookMillis) {
    long look = Math.max(1, Math.min(lookMillis, wait.leftMillis()));
    return outcomes
        .change(wait.id(), look)
        .compose(woken -> ledger.find(wait.id()))
        .compose(found -> isOver(found, wait, look)
            ? Future.succeededFuture(found)
            : wait(
                new Wait(wait.id(), wait.steps(), wait.leftMillis() - look),
                Math.min(2 * lookMillis, LAST_LOOK_MILLIS)));
  }

  /** What is open, or before people, is not settled by asking more often. */
  private static boolean isOver(Optional<Payment> found, Wait wait, long look) {
    if (found.isEmpty() || found.get().isEnded() || wait.leftMillis() <= look) {
      return true;
    }
    String stage = found.get().stage().word();
    return found.get().steps() > wait.steps()
        && (stage.equals("OPEN") || stage.equals("ATTENTION"));
  }
}
