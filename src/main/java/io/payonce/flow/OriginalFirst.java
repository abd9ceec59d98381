package io.payonce.flow;

import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.engine.WaitingCaller;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.RetryHint;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.recovery.Mark;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Clears up what a follow-up would be done to, before it begins. What the platform would say of it
 * while its original is unsettled ("does not exist", "not in this status") is not true for long.
 *
 * <p>Example: a refund names a sale that was answered as unpaid. The platform is asked: if it shows
 * the sale paid, that is written and the refund goes on; if not, its caller gets that answer.
 */
final class OriginalFirst {
  private static final long FIRST_LOOK_MILLIS = 20;

  /** Often enough for a caller, seldom enough for Redis. */
  private static final long LAST_LOOK_MILLIS = 500;

  private final Ledger ledger;
  private final OutcomeSignal outcomes;
  private final RetryHint retryHint;
  private final PageExpiry expiry;
  private final PaidAfterAll paidAfterAll;
  private final CallerReplies replies;
  private final long slackMillis;

  /** @param pressSlackMillis how long a press under way may still pay on a page that was closed */
  OriginalFirst(
      Ledger ledger,
      PageExpiry expiry,
      PaidAfterAll paidAfterAll,
      CallerReplies replies,
      OutcomeSignal outcomes,
      RetryHint retryHint,
      long pressSlackMillis) {
    this.ledger = ledger;
    this.expiry = expiry;
    this.paidAfterAll = paidAfterAll;
    this.replies = replies;
    this.outcomes = outcomes;
    this.retryHint = retryHint;
    this.slackMillis = pressSlackMillis + ExpiryFlow.MARGIN_MILLIS;
  }

  /**
   * True when the follow-up may begin as it was looked up; false when that has changed, and must be
   * looked up again; fails with the {@link EarlyReply} of one that may not.
   */
  Future<Boolean> isClear(
      OriginalLookup.Followed followed, WaitingCaller caller, NewPayment payment) {
    Payment original = followed.original();
    if (followed.stranger() != null) {
      return knownOr(caller, payment, () -> elsewhere(followed, caller, payment));
    }
    if (original == null || isDone(original)) {
      return Future.succeededFuture(true);
    }
    // Money that is known to have moved, though not the amount asked for, may be given back.
    if (original.otherAmount() != null && caller.operation() == Operation.VOID) {
      return Future.succeededFuture(true);
    }
    return knownOr(caller, payment, () -> isClear(original, caller, payment));
  }

  /**
   * Paid; or given back as if it had never been, or under another's id: the platform knows best.
   */
  private static boolean isDone(Payment original) {
    return original.outcome() == Outcome.PAID
        || original.outcome() == Outcome.RELEASED
        || StoredReply.isPaidSince(original)
        || original.outcome() == Outcome.REFUSED && original.history().has(Mark.ID_IN_USE);
  }

  /** What has begun before is answered as it stands, whatever has become of its original since. */
  private Future<Boolean> knownOr(
      WaitingCaller caller, NewPayment payment, Supplier<Future<Boolean>> unknown) {
    return ledger
        .recall(payment)
        .compose(known -> known
            .map(begin ->
                replies.replyToExisting(begin, caller, payment).compose(EarlyReply::<Boolean>with))
            .orElseGet(unknown))
        .recover(failure -> EarlyReply.notBegun(failure, caller.traceId()));
  }

  /** It cannot be queried from here, and this platform would know it for another, or for none. */
  private Future<Boolean> elsewhere(
      OriginalLookup.Followed followed, WaitingCaller caller, NewPayment payment) {
    Payment original = followed.original();
    boolean unpaid = original != null && original.isEnded() && !isDone(original);
    boolean stops = original != null && !original.isEnded() && caller.operation() == Operation.VOID;
    Outbound outbound = unpaid
        ? InTheWay.notFollowed(original, caller)
        : InTheWay.elsewhere(followed.stranger(), original, caller);
    return (stops ? ledger.abort(original.id()) : Future.succeededFuture())
        .compose(noted -> replies.unlessBegun(outbound, caller, payment).compose(EarlyReply::with));
  }

  private Future<Boolean> isClear(Payment original, WaitingCaller caller, NewPayment payment) {
    if (original.isEnded()) {
      return paidAfterAll
          .shows(original, caller.fields().appId())
          .compose(paid ->
              paid ? Future.succeededFuture(false) : notFollowed(original, caller, payment));
    }
    return clearUp(original, caller, replies.leftMillis(caller))
        .compose(now -> now.isEmpty() || isDone(now.get())
            ? Future.succeededFuture(false)
            : notFollowed(now.get(), caller, payment));
  }

  private Future<Boolean> notFollowed(Payment original, WaitingCaller caller, NewPayment payment) {
    return replies
        .unlessBegun(InTheWay.notFollowed(original, caller), caller, payment)
        .compose(EarlyReply::with);
  }

  /**
   * The original as it stands when it has ended, has been asked about in vain, or the time is over;
   * empty when it is gone.
   */
  private Future<Optional<Payment>> clearUp(Payment original, WaitingCaller caller, long millis) {
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
