package io.payonce.flow;

import io.payonce.flow.Outbound.Sent;
import io.payonce.flow.Outbound.Source;
import io.payonce.json.EnvelopeScan;
import io.payonce.json.OwnAnswer;
import io.payonce.ledger.Begin;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerAway;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.model.Envelope;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import io.payonce.rule.Code;
import io.payonce.rule.Report;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * What callers are told of a payment whose end they do not bring about themselves: they are held up
 * to their patience while its outcome is cleared up, then hear "accepted, not paid yet".
 */
final class Hold {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * The ledger is asked again this soon at first; what this process brings about is told at once.
   */
  private static final long FIRST_LOOK_MILLIS = 50;

  /** Often enough for a person, seldom enough for Redis with thousands of callers waiting. */
  private static final long LAST_LOOK_MILLIS = 1000;

  /**
   * A look that took longer says how things stood, not how they stand: a payment is begun and paid
   * in less than a second, and a look takes a few milliseconds.
   */
  private static final long FRESH_MILLIS = 100;

  /** A ledger as slow as that, so many times in a row, is as good as away. */
  private static final int LOOKS = 3;

  private final Ledger ledger;
  private final Outcomes outcomes;
  private final Time time;
  private final Late late;
  private final Undecided undecided;

  Hold(Ledger ledger, Outcomes outcomes, Time time, Late late) {
    this.ledger = ledger;
    this.outcomes = outcomes;
    this.time = time;
    this.late = late;
    this.undecided = new Undecided(ledger);
  }

  /** How much longer this caller will be held. */
  long leftMillis(Asker asker) {
    return asker.waitMillis() - (time.nanos() - asker.sinceNanos()) / NANOS_PER_MILLI;
  }

  /**
   * The answer when the payment could not begin because the ledger knew something.
   *
   * @param payment that could not
   */
  Future<Outbound> known(Begin begin, Asker asker, NewPayment payment) {
    return another(begin)
        .map(requestId -> asker.id().other(requestId))
        .map(id -> ledger
            .find(id)
            .compose(found -> status(begin, id, found)
                .map(status -> refused(begin, id, found.orElse(null), status, asker)))
            .recover(away -> Future.succeededFuture(
                refused(begin, id, null, TransactionStatus.PROCESSING, asker)))
            .compose(refusal -> unlessBegun(refusal, asker, payment)))
        .orElseGet(() -> known(begin, asker));
  }

  /** The same, of what the ledger knew of this very payment. */
  private Future<Outbound> known(Begin begin, Asker asker) {
    if (begin instanceof Begin.Known known) {
      if (told(known.payment(), asker)) {
        return Future.succeededFuture(of(known.payment(), asker, true));
      }
      return isMovedSince(known.payment())
          ? Future.succeededFuture(pending(asker, known.payment()))
          : await(asker.of(known.payment().fingerprint()), true, FIRST_LOOK_MILLIS);
    }
    return begin instanceof Begin.Late tombstone
        ? late.answer(tombstone.tombstone(), asker)
        : otherBody((Begin.OtherBody) begin, asker);
  }

  /**
   * How a payment stands that is in the way. An order is taken from others, too, once a payment of
   * it has moved another amount than asked for: that is not paid until a person says so.
   */
  private Future<TransactionStatus> status(Begin begin, PaymentId id, Optional<Payment> found) {
    if (!(begin instanceof Begin.OrderPaid)) {
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
            .map(Hold::paidUnless);
  }

  private static TransactionStatus paidUnless(boolean moved) {
    return moved ? TransactionStatus.PROCESSING : TransactionStatus.SUCCESS;
  }

  private static Optional<String> another(Begin begin) {
    return begin instanceof Begin.OrderPaid paid
        ? Optional.of(paid.payer())
        : begin instanceof Begin.OrderTaken taken ? Optional.of(taken.holder()) : Optional.empty();
  }

  /** The answer to a follow-up whose original was not paid, or of which nobody knows that. */
  Outbound notFollowed(Payment original, Asker asker) {
    String requestId = original.id().requestId();
    String transactionId = Answers.transactionId(original);
    if (!original.isEnded()) {
      Reply wait = Answers.originalUnsettled(requestId, transactionId, asker.traceId());
      return Outbound.refusal(wait, Told.ORIGINAL_UNSETTLED).retryAfter(1);
    }
    Reply no = OwnAnswer.refusal(
        "C24",
        "the original transaction was not paid",
        Answers.status(original),
        requestId,
        transactionId,
        asker.traceId());
    return Outbound.refusal(no, Told.ORIGINAL_UNPAID);
  }

  /** The answer to a follow-up whose original another platform was sent: its pods can do it. */
  Outbound elsewhere(String platform, Asker asker) {
    Reply wait = OwnAnswer.refusal(
        "C08",
        "the original transaction is one of the platform " + platform
            + "; only the pods of that platform (upstream.name) can follow it up",
        asker.traceId());
    return Outbound.refusal(wait, Told.ORIGINAL_ELSEWHERE).retryAfter(60);
  }

  /**
   * The answer where another payment keeps the order; it makes sense to call again after so long.
   */
  Future<Outbound> taken(
      Begin.OrderTaken taken, Asker asker, NewPayment payment, long afterMillis) {
    int seconds = (int) Math.max(1, Math.min(3600, (afterMillis + 999) / 1000));
    return known(taken, asker, payment)
        .map(out -> out.outcome() == Told.ORDER_TAKEN ? out.retryAfter(seconds) : out);
  }

  /** The answer to the caller whose copy was just sent. */
  Future<Outbound> after(Ending ending, Asker asker) {
    if (ending instanceof Ending.Ended ended) {
      return Future.succeededFuture(unlessForgotten(of(ended), asker));
    }
    if (ending instanceof Ending.Opened opened) {
      Source source = opened.verbatim() ? Source.PLATFORM : Source.LEDGER;
      return Future.succeededFuture(new Outbound(
          opened.answer(),
          source,
          Sent.YES,
          opened.history().copies(),
          false,
          0,
          Told.OPEN,
          Outbound.NOT_MEASURED));
    }
    return await(asker, false, FIRST_LOOK_MILLIS);
  }

  /** The answer when the ledger is away: "nothing was sent" only if that is certain. */
  Outbound away(LedgerAway away, Asker asker) {
    if (away.mayHaveRun()) {
      return pending(asker, 0);
    }
    return Outbound.notBegun(away, asker.traceId());
  }

  private Future<Outbound> await(Asker asker, boolean replayed, long lookMillis) {
    long left = leftMillis(asker);
    if (left <= 0) {
      return pendingNow(asker, replayed);
    }
    return outcomes
        .change(asker.id(), Math.min(lookMillis, left))
        .compose(woken -> look(asker, replayed, lookMillis));
  }

  private Future<Outbound> look(Asker asker, boolean replayed, long lookMillis) {
    long next = Math.min(lookMillis * 2, LAST_LOOK_MILLIS);
    return ledger
        .find(asker.id())
        .compose(found -> {
          if (found.isPresent() && told(found.get(), asker)) {
            return Future.succeededFuture(of(found.get(), asker, replayed));
          }
          return found.isPresent() && isBeforePerson(found.get())
              ? Future.succeededFuture(pending(asker, found.get()))
              : await(asker, replayed, next);
        })
        .recover(away ->
            away instanceof LedgerAway ? await(asker, replayed, next) : Future.failedFuture(away));
  }

  /** Its money moved; what that means takes a person, and no caller waits for one. */
  private static boolean isBeforePerson(Payment payment) {
    return isMovedSince(payment) || !payment.isEnded() && payment.stage().isOtherAmount();
  }

  /** It was given back, and then seen to have moved another amount than asked for. */
  private static boolean isMovedSince(Payment payment) {
    return payment.outcome() == Outcome.RELEASED && payment.otherAmount() != null;
  }

  private Future<Outbound> pendingNow(Asker asker, boolean replayed) {
    return ledger
        .find(asker.id())
        .map(found -> {
          if (found.isPresent() && told(found.get(), asker)) {
            return of(found.get(), asker, replayed);
          }
          return found.map(payment -> pending(asker, payment)).orElseGet(() -> pending(asker, 0));
        })
        .recover(away -> Future.succeededFuture(pending(asker, 0)));
  }

  /**
   * Whether the record has an answer for this caller. A released payment may have begun again with
   * another body under the same id: what comes of that one is not for the first one's caller.
   */
  private static boolean told(Payment payment, Asker asker) {
    if (!isOf(payment, asker)) {
      return false;
    }
    return payment.isEnded()
        ? payment.answer() != null && !isMovedSince(payment)
        : payment.isPage()
            ? payment.isSucceeded() || Answers.mayBeTold(payment)
            : Answers.mayBeTold(payment.stage(), payment.answer(), asker.expected());
  }

  private static boolean isOf(Payment payment, Asker asker) {
    return asker.fingerprint() == null || asker.fingerprint().equals(payment.fingerprint());
  }

  private static Outbound of(Ending.Ended ended) {
    if (ended.callersFault()) {
      return Outbound.refusal(ended.answer(), Told.INVALID).neverSent();
    }
    boolean ours = !ended.verbatim()
        && ended.outcome() == Outcome.RELEASED
        && ended.history().copies() == 0;
    Source source = ended.verbatim() ? Source.PLATFORM : ours ? Source.PROXY : Source.LEDGER;
    Sent sent = sent(ended.history().copies(), ended.outcome());
    return new Outbound(
        ended.answer(),
        source,
        sent,
        ended.history().copies(),
        false,
        ours ? 1 : ended.retryAfterSeconds(),
        Told.of(ended.outcome()),
        Outbound.NOT_MEASURED);
  }

  private Outbound of(Payment payment, Asker asker, boolean replayed) {
    int copies = payment.history().copies();
    Told outcome = payment.isEnded() ? Told.of(payment.outcome()) : Told.OPEN;
    boolean closed = !payment.isEnded() && payment.isSucceeded();
    Outbound known = new Outbound(
        closed ? Answers.pageClosed(asker.traceId()) : payment.answer(),
        Source.LEDGER,
        sent(copies, payment.outcome()),
        copies,
        replayed,
        comesAgainSeconds(payment),
        outcome,
        Outbound.NOT_MEASURED);
    return payment.doubtedSinceMillis() > 0 ? known.ofThisCall() : known;
  }

  /**
   * Given back, and not because its caller must change it first. Where this process has not heard
   * when the platform wants to see it, a moment is enough; 0 for none.
   */
  private int comesAgainSeconds(Payment payment) {
    if (payment.outcome() != Outcome.RELEASED) {
      return 0;
    }
    int wanted = outcomes.comeAgain().seconds(payment.id());
    return wanted > 0 ? wanted : mayComeAgain(payment) ? 1 : 0;
  }

  /** What is paid was sent, whoever's copy that was. */
  private static Sent sent(int copies, Outcome outcome) {
    return copies == 0 && outcome != Outcome.PAID ? Sent.NO : Sent.YES;
  }

  private static boolean mayComeAgain(Payment payment) {
    Envelope said = EnvelopeScan.scan(payment.answer().body());
    Code code = said == null ? Code.OTHER : Code.of(said.code());
    return code.ofThatCopy() == Report.BUSY
        || code == Code.E01 && payment.history().copies() == 0;
  }

  /** It is not known yet how it ends; as its operation is to be told that. */
  static Outbound pending(Asker asker, int copies) {
    return pending(asker, null, copies);
  }

  /** @param transactionId the platform's name of it; null while it is not known */
  static Outbound pending(Asker asker, String transactionId, int copies) {
    return Results.areOf(asker.operation())
        ? Outbound.unknown(
                Results.unknown(asker.operation(), asker.id(), asker.fields(), asker.traceId()),
                Told.PENDING)
            .copies(copies)
        : Outbound.pending(
            asker.id(), transactionId, asker.fields().referenceOrderId(), asker.traceId(), copies);
  }

  /** The same of what is known of it; of another request under its id, only that it was sent. */
  private static Outbound pending(Asker asker, Payment payment) {
    return Results.areOf(asker.operation()) || !isOf(payment, asker)
        ? pending(asker, payment.history().copies())
        : Outbound.pending(payment, asker.fields().referenceOrderId(), asker.traceId());
  }

  private Future<Outbound> otherBody(Begin.OtherBody other, Asker asker) {
    if (other.late() == null) {
      TransactionStatus status = other.first() == null ? null : Answers.status(other.first());
      return Future.succeededFuture(otherBody(other, status, asker));
    }
    TransactionStatus status = Late.status(other.late().outcome(), asker.operation());
    Outbound out = otherBody(other, status, asker);
    return other.late().outcome() == Outcome.PAID
        ? Future.succeededFuture(out)
        : undecided.unlessRepeated(
            asker.id(), out, otherBody(other, TransactionStatus.PROCESSING, asker));
  }

  private static Outbound otherBody(Begin.OtherBody other, TransactionStatus status, Asker asker) {
    return Outbound.refusal(otherRequest(other, status, asker), Told.CONFLICT)
        .copies(0); // what came of that request is not this caller's
  }

  /** @param other who is in the way; null when nothing more is known of it */
  private static Outbound refused(
      Begin begin, PaymentId id, Payment other, TransactionStatus status, Asker asker) {
    if (id.requestId().startsWith(PaymentFlow.OWN_ID)) {
      Reply wait = Results.ofOriginal(
          "C08",
          "another call on this original is under way, or a copy of it may still come in",
          TransactionStatus.PROCESSING,
          asker.fields(),
          asker.traceId());
      return Outbound.refusal(wait, Told.ORDER_TAKEN).retryAfter(1);
    }
    boolean paid = begin instanceof Begin.OrderPaid;
    boolean refunded = paid && asker.operation().refunds();
    Reply reply = OwnAnswer.refusal(
        refunded ? "C15" : paid ? "C10" : "C08",
        refunded
            ? "the order has a refund without an original already"
            : paid
                ? "the order is paid by another payment"
                : "another payment of this order is under way",
        status,
        id.requestId(),
        other == null ? null : Answers.transactionId(other),
        asker.traceId());
    return paid
        ? Outbound.refusal(reply, Told.ORDER_PAID)
        : Outbound.refusal(reply, Told.ORDER_TAKEN).retryAfter(1);
  }

  /**
   * A refusal to a payment that has not begun: nothing was sent for it, unless it was begun before,
   * refused by the platform for the moment, and given back.
   */
  Future<Outbound> unlessSent(Outbound refusal, Asker asker) {
    return ledger
        .find(asker.id())
        .map(found -> unlessSent(refusal, found, asker))
        .recover(away -> away instanceof LedgerAway
            ? Future.succeededFuture(refusal)
            : Future.failedFuture(away));
  }

  private Outbound unlessSent(Outbound refusal, Optional<Payment> found, Asker asker) {
    int copies = found.map(payment -> payment.history().copies()).orElse(0);
    boolean stale = found.filter(payment -> payment.doubtedSinceMillis() > 0).isPresent();
    return copies > 0
        ? refusal.copies(copies)
        : stale ? refusal : unlessForgotten(refusal.neverSent(), asker);
  }

  /** That a ledger knows of no copy proves nothing while it may have forgotten one. */
  private Outbound unlessForgotten(Outbound out, Asker asker) {
    return ledger.mayHaveForgotten(asker.id()) ? out.ofThisCall() : out;
  }

  /**
   * The same of a refusal for how another payment stands. While that was looked up, or waited for,
   * another call may have begun this one: then its caller hears what comes of it.
   */
  Future<Outbound> unlessBegun(Outbound refusal, Asker asker, NewPayment payment) {
    return unlessBegun(refusal, asker, payment, LOOKS);
  }

  private Future<Outbound> unlessBegun(
      Outbound refusal, Asker asker, NewPayment payment, int looks) {
    long sinceNanos = time.nanos();
    return ledger
        .find(asker.id())
        .compose(found -> {
          if (found.filter(Hold::isBegun).isPresent()) {
            return ledger
                .recall(payment)
                .compose(begin -> begin.isPresent()
                    ? known(begin.get(), asker)
                    : Future.succeededFuture(unlessSent(refusal, found, asker)));
          }
          boolean fresh = time.nanos() - sinceNanos <= FRESH_MILLIS * NANOS_PER_MILLI;
          return fresh
              ? Future.succeededFuture(unlessSent(refusal, found, asker))
              : looks > 1
                  ? unlessBegun(refusal, asker, payment, looks - 1)
                  : Future.succeededFuture(Outbound.notBegun(asker.traceId()));
        })
        .recover(failure -> failure instanceof LedgerAway away
            ? Future.succeededFuture(Outbound.notBegun(away, asker.traceId()))
            : Future.failedFuture(failure));
  }

  private static boolean isBegun(Payment payment) {
    return payment.outcome() != Outcome.RELEASED || isMovedSince(payment);
  }

  /** Names the first payment and how it stands: whoever made the mistake can look it up. */
  private static Reply otherRequest(Begin.OtherBody other, TransactionStatus status, Asker asker) {
    String message = "transactionRequestId was used before with another request";
    Payment first = other.first();
    return OwnAnswer.refusal(
        "C06",
        message,
        status,
        asker.id().requestId(),
        first == null ? null : Answers.transactionId(first),
        asker.traceId());
  }
}
