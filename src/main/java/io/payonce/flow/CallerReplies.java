package io.payonce.flow;

import io.payonce.codes.Code;
import io.payonce.codes.Report;
import io.payonce.flow.engine.EngineResult;
import io.payonce.flow.engine.ResultReply;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.engine.Undecided;
import io.payonce.flow.engine.WaitingCaller;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.flow.port.Outbound.Source;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.Time;
import io.payonce.json.EnvelopeScan;
import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.model.Account;
import io.payonce.model.Envelope;
import io.payonce.model.PaymentId;
import io.payonce.model.TransactionStatus;
import io.payonce.model.Whose;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Builds every reply to a caller: for an existing payment, after a send, and {@code pending} when
 * the wait budget ends. Until then the caller waits while the outcome is confirmed.
 */
public final class CallerReplies {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * The ledger is asked again this soon at first; what this process brings about is answered at
   * once.
   */
  private static final long FIRST_LOOK_MILLIS = 50;

  /** Often enough for an operator, seldom enough for Redis with thousands of callers waiting. */
  private static final long LAST_LOOK_MILLIS = 1000;

  /**
   * A look that took longer says how things stood, not how they stand: a payment is begun and paid
   * in less than a second, and a look takes a few milliseconds.
   */
  private static final long FRESH_MILLIS = 100;

  /** A ledger as slow as that, so many times in a row, is as good as unavailable. */
  private static final int LOOKS = 3;

  private final Ledger ledger;
  private final OutcomeSignal outcomes;
  private final Time time;
  private final TombstoneReply tombstones;
  private final Undecided undecided;

  public CallerReplies(
      Ledger ledger, OutcomeSignal outcomes, Time time, TombstoneReply tombstones) {
    this.ledger = ledger;
    this.outcomes = outcomes;
    this.time = time;
    this.tombstones = tombstones;
    this.undecided = new Undecided(ledger);
  }

  /** How much longer this caller will be held. */
  long leftMillis(WaitingCaller caller) {
    long own = caller.waitMillis() - (time.nanos() - caller.sinceNanos()) / NANOS_PER_MILLI;
    return own <= 0 ? 0 : Math.min(own, outcomes.leftMillis());
  }

  /**
   * The answer when the payment could not begin because the ledger knew something.
   *
   * @param payment that could not
   */
  public Future<Outbound> replyToExisting(
      BeginResult begin, WaitingCaller caller, NewPayment payment) {
    return another(begin)
        .map(requestId -> caller.id().other(requestId))
        .map(id -> ledger
            .find(id)
            .compose(found -> status(begin, id, found)
                .map(status -> InTheWay.refused(begin, id, found.orElse(null), status, caller)))
            .recover(failure -> Future.succeededFuture(
                InTheWay.refused(begin, id, null, TransactionStatus.PROCESSING, caller)))
            .compose(refusal -> unlessBegun(refusal, caller, payment)))
        .orElseGet(() -> replyToExisting(begin, caller));
  }

  /** The same, of what the ledger knew of this very payment. */
  private Future<Outbound> replyToExisting(BeginResult begin, WaitingCaller caller) {
    if (begin instanceof BeginResult.Known known) {
      if (replied(known.payment(), caller)) {
        return Future.succeededFuture(of(known.payment(), caller, true));
      }
      return isMovedSince(known.payment())
          ? Future.succeededFuture(pending(caller, known.payment()))
          : await(caller.of(known.payment().fingerprint()), true, FIRST_LOOK_MILLIS);
    }
    return begin instanceof BeginResult.Expired tombstone
        ? tombstones.answer(tombstone.tombstone(), caller)
        : otherBody((BeginResult.OtherBody) begin, caller);
  }

  /** The answer where all that is known of a payment is that it has paid its order. */
  Future<Outbound> replyToPayer(WaitingCaller caller, Account account) {
    return tombstones.ofPayer(caller, Whose.of(account));
  }

  /**
   * How a payment stands that is in the way. An order is taken from others, too, once a payment of
   * it has moved another amount than asked for: that is not paid until an operator says so.
   */
  private Future<TransactionStatus> status(
      BeginResult begin, PaymentId id, Optional<Payment> found) {
    if (!(begin instanceof BeginResult.OrderPaid)) {
      return Future.succeededFuture(TransactionStatus.PROCESSING);
    }
    return found.isPresent()
        ? Future.succeededFuture(
            paidUnless(found.get().outcome() != Outcome.PAID && found.get().otherAmount() != null))
        : ledger
            .tombstone(id)
            .compose(left -> left.isPresent()
                ? Future.succeededFuture(left.get().outcome() != Outcome.PAID)
                : ledger.isUndecided(id))
            .map(CallerReplies::paidUnless);
  }

  private static TransactionStatus paidUnless(boolean moved) {
    return moved ? TransactionStatus.PROCESSING : TransactionStatus.SUCCESS;
  }

  private static Optional<String> another(BeginResult begin) {
    return begin instanceof BeginResult.OrderPaid paid
        ? Optional.of(paid.payer())
        : begin instanceof BeginResult.OrderTaken taken
            ? Optional.of(taken.holder())
            : Optional.empty();
  }

  /**
   * The answer where another payment keeps the order; it makes sense to call again after so long.
   */
  Future<Outbound> taken(
      BeginResult.OrderTaken taken, WaitingCaller caller, NewPayment payment, long afterMillis) {
    int seconds = (int) Math.max(1, Math.min(3600, (afterMillis + 999) / 1000));
    return replyToExisting(taken, caller, payment)
        .map(out -> out.outcome() == CallOutcome.ORDER_TAKEN ? out.retryAfter(seconds) : out);
  }

  /** The answer to the caller whose request was just sent. */
  public Future<Outbound> replyAfterSend(EngineResult result, WaitingCaller caller) {
    if (result instanceof EngineResult.Ended ended) {
      Outbound out = unlessForgotten(of(ended), caller);
      return out.sent() == Sent.NO
          ? unlessSent(out.ofThisCall(), caller)
          : Future.succeededFuture(out);
    }
    if (result instanceof EngineResult.Open opened) {
      Source source = opened.verbatim() ? Source.PLATFORM : Source.LEDGER;
      return Future.succeededFuture(Outbound.of(
          opened.answer(), source, Sent.YES, opened.history().sends(), CallOutcome.OPEN));
    }
    return await(caller, false, FIRST_LOOK_MILLIS);
  }

  /** The answer when the ledger is unavailable: "nothing was sent" only if that is certain. */
  Outbound replyLedgerUnavailable(LedgerUnavailable unavailable, WaitingCaller caller) {
    if (unavailable.mayHaveRun()) {
      return pending(caller, 0);
    }
    return Outbound.notBegun(unavailable, caller.traceId());
  }

  private Future<Outbound> await(WaitingCaller caller, boolean replayed, long lookMillis) {
    long left = leftMillis(caller);
    if (left <= 0) {
      return pendingNow(caller, replayed);
    }
    return outcomes
        .awaitChange(caller.id(), Math.min(lookMillis, left))
        .compose(woken -> look(caller, replayed, lookMillis));
  }

  private Future<Outbound> look(WaitingCaller caller, boolean replayed, long lookMillis) {
    long next = Math.min(lookMillis * 2, LAST_LOOK_MILLIS);
    return ledger
        .find(caller.id())
        .compose(found -> {
          if (found.isPresent() && replied(found.get(), caller)) {
            return Future.succeededFuture(of(found.get(), caller, replayed));
          }
          return found.isPresent() && needsReview(found.get())
              ? Future.succeededFuture(pending(caller, found.get()))
              : await(caller, replayed, next);
        })
        .recover(failure -> failure instanceof LedgerUnavailable
            ? await(caller, replayed, next)
            : Future.failedFuture(failure));
  }

  /** Its money moved; what that means takes an operator, and no caller waits for one. */
  private static boolean needsReview(Payment payment) {
    return isMovedSince(payment) || !payment.isEnded() && payment.stage().isOtherAmount();
  }

  /** It was given back, and then seen to have moved another amount than asked for. */
  private static boolean isMovedSince(Payment payment) {
    return payment.outcome() == Outcome.RELEASED && payment.otherAmount() != null;
  }

  private Future<Outbound> pendingNow(WaitingCaller caller, boolean replayed) {
    return ledger
        .find(caller.id())
        .map(found -> {
          if (found.isPresent() && replied(found.get(), caller)) {
            return of(found.get(), caller, replayed);
          }
          return found.map(payment -> pending(caller, payment)).orElseGet(() -> pending(caller, 0));
        })
        .recover(failure -> Future.succeededFuture(pending(caller, 0)));
  }

  /**
   * Whether the record has an answer for this caller. A released payment may have begun again with
   * another body under the same id: what comes of that one is not for the first one's caller.
   */
  private static boolean replied(Payment payment, WaitingCaller caller) {
    if (!isOf(payment, caller)) {
      return false;
    }
    return payment.isEnded()
        ? payment.answer() != null && !isMovedSince(payment)
        : payment.isPage()
            ? payment.isSucceeded() || StoredReply.isAnswerable(payment)
            : StoredReply.isAnswerable(payment.stage(), payment.answer(), caller.expected());
  }

  private static boolean isOf(Payment payment, WaitingCaller caller) {
    return caller.fingerprint() == null || caller.fingerprint().equals(payment.fingerprint());
  }

  private static Outbound of(EngineResult.Ended ended) {
    if (ended.callersFault()) {
      return Outbound.refusal(ended.answer(), CallOutcome.INVALID).neverSent();
    }
    boolean ours = !ended.verbatim()
        && ended.outcome() == Outcome.RELEASED
        && ended.history().sends() == 0;
    Source source = ended.verbatim() ? Source.PLATFORM : ours ? Source.PROXY : Source.LEDGER;
    Sent sent = sent(ended.history().sends(), ended.outcome());
    return Outbound.of(
            ended.answer(), source, sent, ended.history().sends(), CallOutcome.of(ended.outcome()))
        .retryAfter(ours ? 1 : ended.retryAfterSeconds());
  }

  private Outbound of(Payment payment, WaitingCaller caller, boolean replayed) {
    int sends = StoredReply.sends(payment);
    CallOutcome outcome = payment.isEnded() ? CallOutcome.of(payment.outcome()) : CallOutcome.OPEN;
    boolean closed = !payment.isEnded() && payment.isSucceeded();
    Outbound known = Outbound.of(
            closed ? StoredReply.pageClosed(caller.traceId()) : payment.answer(),
            Source.LEDGER,
            sent(sends, payment.outcome()),
            sends,
            outcome)
        .replayed(replayed)
        .retryAfter(comesAgainSeconds(payment));
    return payment.doubtedSinceMillis() > 0 ? known.ofThisCall() : known;
  }

  /**
   * Given back, and not because its caller must change it first. Where this process does not know
   * when the platform wants it again, a moment is enough; 0 for none.
   */
  private int comesAgainSeconds(Payment payment) {
    if (payment.outcome() != Outcome.RELEASED) {
      return 0;
    }
    int wanted = outcomes.comeAgain().seconds(payment.id());
    return wanted > 0 ? wanted : mayComeAgain(payment) ? 1 : 0;
  }

  /** What is paid was sent, whoever sent it. */
  private static Sent sent(int sends, Outcome outcome) {
    return sends == 0 && outcome != Outcome.PAID ? Sent.NO : Sent.YES;
  }

  private static boolean mayComeAgain(Payment payment) {
    Envelope envelope = EnvelopeScan.scan(payment.answer().body());
    Code code = envelope == null ? Code.OTHER : Code.of(envelope.code());
    return code.ofThatSend() == Report.BUSY
        || code == Code.E01 && payment.history().sends() == 0;
  }

  /** It is not known yet how it ends; in the form that its operation has for that. */
  static Outbound pending(WaitingCaller caller, int sends) {
    return pending(caller, null, sends);
  }

  /** @param transactionId the platform's name of it; null while it is not known */
  static Outbound pending(WaitingCaller caller, String transactionId, int sends) {
    return caller.operation().hasResult()
        ? Outbound.unknown(
                ResultReply.unknown(
                    caller.operation(), caller.id(), caller.fields(), caller.traceId()),
                CallOutcome.PENDING)
            .sends(sends)
        : Outbound.pending(
            caller.id(),
            transactionId,
            caller.fields().referenceOrderId(),
            caller.traceId(),
            sends);
  }

  /** The same of what is known of it; of another request under its id, only that it was sent. */
  private static Outbound pending(WaitingCaller caller, Payment payment) {
    return caller.operation().hasResult() || !isOf(payment, caller)
        ? pending(caller, payment.history().sends())
        : StoredReply.pending(payment, caller.fields().referenceOrderId(), caller.traceId());
  }

  private Future<Outbound> otherBody(BeginResult.OtherBody other, WaitingCaller caller) {
    if (other.tombstone() == null) {
      TransactionStatus status = other.first() == null ? null : StoredReply.status(other.first());
      return Future.succeededFuture(InTheWay.otherBody(other, status, caller));
    }
    TransactionStatus status =
        TombstoneReply.status(other.tombstone().outcome(), caller.operation());
    Outbound out = InTheWay.otherBody(other, status, caller);
    return other.tombstone().outcome() == Outcome.PAID
        ? Future.succeededFuture(out)
        : undecided.unlessRepeated(
            caller.id(), out, InTheWay.otherBody(other, TransactionStatus.PROCESSING, caller));
  }

  /**
   * A refusal to a payment that has not begun: nothing was sent for it, unless it was begun before,
   * refused by the platform for the moment, and given back.
   */
  Future<Outbound> unlessSent(Outbound refusal, WaitingCaller caller) {
    return ledger
        .find(caller.id())
        .map(found -> unlessSent(refusal, found, caller))
        .recover(LedgerUnavailable.otherwise(refusal));
  }

  private Outbound unlessSent(Outbound refusal, Optional<Payment> found, WaitingCaller caller) {
    int sends = found.map(StoredReply::sends).orElse(0);
    boolean stale = found.filter(payment -> payment.doubtedSinceMillis() > 0).isPresent();
    return sends > 0
        ? refusal.sends(sends)
        : stale ? refusal : unlessForgotten(refusal.neverSent(), caller);
  }

  /** That a ledger knows of no send proves nothing while it may have forgotten one. */
  private Outbound unlessForgotten(Outbound out, WaitingCaller caller) {
    return ledger.mayHaveForgotten(caller.id()) ? out.ofThisCall() : out;
  }

  /**
   * The same of a refusal for how another payment stands. While that was looked up, or waited for,
   * another call may have begun this one: then its caller learns what comes of it.
   */
  Future<Outbound> unlessBegun(Outbound refusal, WaitingCaller caller, NewPayment payment) {
    return unlessBegun(refusal, caller, payment, LOOKS);
  }

  private Future<Outbound> unlessBegun(
      Outbound refusal, WaitingCaller caller, NewPayment payment, int looks) {
    long sinceNanos = time.nanos();
    return ledger
        .find(caller.id())
        .compose(found -> {
          if (found.filter(CallerReplies::isBegun).isPresent()) {
            return ledger
                .recall(payment)
                .compose(begin -> begin.isPresent()
                    ? replyToExisting(begin.get(), caller)
                    : Future.succeededFuture(unlessSent(refusal, found, caller)));
          }
          boolean fresh = time.nanos() - sinceNanos <= FRESH_MILLIS * NANOS_PER_MILLI;
          return fresh
              ? Future.succeededFuture(unlessSent(refusal, found, caller))
              : looks > 1
                  ? unlessBegun(refusal, caller, payment, looks - 1)
                  : Future.succeededFuture(Outbound.notBegun(caller.traceId()));
        })
        .recover(failure -> failure instanceof LedgerUnavailable unavailable
            ? Future.succeededFuture(Outbound.notBegun(unavailable, caller.traceId()))
            : Future.failedFuture(failure));
  }

  private static boolean isBegun(Payment payment) {
    return payment.outcome() != Outcome.RELEASED || isMovedSince(payment);
  }
}
