package io.payonce.flow.engine;

import io.payonce.codes.Classification;
import io.payonce.codes.Classification.Expected;
import io.payonce.codes.Code;
import io.payonce.codes.Report;
import io.payonce.flow.port.Outbound;
import io.payonce.json.EnvelopeScan;
import io.payonce.json.ProxyEnvelope;
import io.payonce.json.SessionAnswer;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.StageName;
import io.payonce.model.TransactionStatus;
import io.payonce.recovery.Action;
import io.payonce.recovery.Decision;
import io.payonce.recovery.History;
import io.payonce.recovery.Mark;
import io.payonce.recovery.Stage;

/** Picks the bytes that the callers of a payment get, now and at its end. */
public final class StoredReply {
  private StoredReply() {}

  /** What must be kept for later with this decision; null keeps what is there. */
  static Reply keptSoFar(UnsettledPayment work, Decision decision, Report report, Answer answer) {
    if (!(answer instanceof Answer.Spoken spoken)
        || !isWorthKeeping(work, decision, report, spoken)) {
      return work.answerSoFar();
    }
    return PlatformRequests.incoming(work, spoken.reply());
  }

  private static boolean isWorthKeeping(
      UnsettledPayment work, Decision decision, Report report, Answer.Spoken answer) {
    // A page's answer is the one to its send: what confirms show later has no page in it.
    if (work.isPage() && work.stage().name() != StageName.SENDING) {
      return false;
    }
    if (work.isPage() && isOpen(decision.next())) {
      return true;
    }
    if (isOpen(decision.next())) {
      return report == Report.INITIAL || report == Report.PROCESSING;
    }
    boolean mendedButPutOff = report == Report.REMEDIED && decision.action() == Action.WAIT;
    return mendedButPutOff
        || report == Report.OTHER_AMOUNT // answered only if an operator says that it pays the order
        || decision.action() == Action.REISSUE
        || work.attempt() == 1
            && isRefusal(answer)
            && isOfTheOnlySend(report, decision.next().history());
  }

  /**
   * A question that shows another's transaction under the id is answered as a refusal, and is none.
   */
  private static boolean isRefusal(Answer.Spoken answer) {
    return Code.of(answer.envelope().code()) != Code.OK;
  }

  /** A refusal is its send's: it is the payment's only with no other send in doubt. */
  private static boolean isOfTheOnlySend(Report report, History known) {
    return switch (report) {
      case BUSY -> known.sendsInDoubt() == 0;
      case ID_IN_USE -> known.has(Mark.ID_IN_USE);
      case ALREADY_PAID -> known.has(Mark.ORDER_PAID_ELSEWHERE);
      case PAID,
          OTHER_AMOUNT,
          DONE,
          DECLINED,
          FAILED,
          CLOSED,
          INITIAL,
          PROCESSING,
          REFUSED,
          REMEDIED,
          REFUSED_FOR_NOW,
          NOT_FOUND,
          FOREIGN,
          UNSENT,
          UNKNOWN -> false;
    };
  }

  /**
   * Only an acceptance is a true answer while a payment is unsettled. What an earlier release kept
   * as an open payment's answer may be anything that its last confirm was answered.
   *
   * @param asked whose answer it must be, by the id that the caller knows
   */
  public static boolean isAnswerable(Stage stage, Reply answer, Expected asked) {
    return answer != null
        && isOpen(stage)
        && isAcceptance(answer, asked)
        && ResultReply.isAnswerable(asked.operation(), answer);
  }

  private static boolean isAcceptance(Reply answer, Expected asked) {
    Envelope envelope = EnvelopeScan.scan(answer.body());
    return envelope != null && Classification.isAcceptance(envelope, asked);
  }

  private static boolean isOpen(Stage stage) {
    return stage.name() == StageName.OPEN;
  }

  /**
   * The answer of a payment that ends so, when that was learnt by asking: how a call stands is not
   * its result.
   */
  static Reply asked(
      UnsettledPayment work, Outcome outcome, History history, Report report, Answer answer) {
    Reply last = atEnd(work, outcome, history, report, answer);
    return outcome == Outcome.RELEASED || ResultReply.isAnswerable(work.operation(), last)
        ? last
        : ResultReply.ended(outcome, work.operation(), work.id(), work.fields(), work.traceId());
  }

  /** A page is answered for as long as it may live and has moved no money, as far as is known. */
  public static boolean isAnswerable(Payment page) {
    return hasPage(page.answer())
        && !page.stage().name().maySend()
        && !page.stage().isOtherAmount();
  }

  /** Of a page that can no longer be paid (codes.md#every-code, C11). */
  public static Reply pageClosed(String traceId) {
    return ProxyEnvelope.refusal(
        "C11", "the page is closed, unpaid; make another under a new id", traceId);
  }

  /** The answer of a payment that ends so. */
  public static Reply atEnd(
      UnsettledPayment work, Outcome outcome, History history, Report report, Answer answer) {
    Reply ofPage = ofPage(work, outcome);
    if (ofPage != null) {
      return ofPage;
    }
    if (answer instanceof Answer.Spoken spoken && isTheAnswer(work, outcome, report)) {
      return PlatformRequests.incoming(work, spoken.reply());
    }
    if (isKeptFor(work, outcome, history)) {
      return work.answerSoFar();
    }
    return answer instanceof Answer.Spoken spoken && report.isUnpaid()
        ? PlatformRequests.incoming(work, spoken.reply())
        : ofOurOwn(work, outcome, history, fault(answer));
  }

  /**
   * Whether what was kept is the payment's answer now: a refusal of its only send, or the end of a
   * former id. What an earlier release kept may be any send's.
   */
  private static boolean isKeptFor(UnsettledPayment work, Outcome outcome, History last) {
    if (work.answerSoFar() == null || isAcceptance(work.answerSoFar(), work.answeredAs())) {
      return false;
    }
    return switch (outcome) {
      case PAID -> false;
      case REFUSED -> true;
      case UNPAID -> work.attempt() > 1;
      case RELEASED -> last.sendsInDoubt() <= (last.has(Mark.ID_IN_USE) ? 1 : 0);
    };
  }

  /** Whoever asks for a paid page again gets that page; null when this end has no such answer. */
  public static Reply ofPage(UnsettledPayment work, Outcome outcome) {
    if (work.isPage() && outcome == Outcome.UNPAID) {
      return pageClosed(work.traceId());
    }
    boolean made = work.isPage() && outcome == Outcome.PAID && hasPage(work.answerSoFar());
    return made ? work.answerSoFar() : null;
  }

  /** The same of a payment that is paid by another road: {@code other} where it is no page. */
  public static Reply kept(Payment payment, Reply other) {
    return payment.isPage() && hasPage(payment.answer()) ? payment.answer() : other;
  }

  /** The name that a page has by its session; null for none. */
  static String session(Reply answer) {
    SessionAnswer made = answer == null ? null : SessionAnswer.scan(answer.body());
    return made == null ? null : Ledger.session(made.id());
  }

  static boolean hasPage(Reply answer) {
    return answer != null
        && SessionAnswer.scan(answer.body()) != null
        && ResultReply.isAnswerable(Operation.CREATE_SESSION, answer);
  }

  /** Whether the payment's end rests on the answer just received. */
  private static boolean isTheAnswer(UnsettledPayment work, Outcome outcome, Report report) {
    return switch (outcome) {
      case PAID -> true;
      case UNPAID -> report.isUnpaid();
      case REFUSED -> report == Report.REFUSED && work.attempt() == 1;
      case RELEASED ->
        report == Report.BUSY || report == Report.REFUSED_FOR_NOW || report == Report.REMEDIED;
    };
  }

  private static Reply ofOurOwn(
      UnsettledPayment work, Outcome outcome, History last, String fault) {
    String trace = work.traceId();
    boolean result = work.operation().hasResult();
    if (result && outcome != Outcome.RELEASED) {
      return ResultReply.ended(outcome, work.operation(), work.id(), work.fields(), trace);
    }
    if (outcome != Outcome.RELEASED) {
      return ProxyEnvelope.closed(work.id().requestId(), work.fields().referenceOrderId(), trace);
    }
    if (last.sends() == 0 && fault != null) {
      return unsendable(fault, trace);
    }
    if (result && last.sends() > 0) {
      return ResultReply.unknown(work.operation(), work.id(), work.fields(), trace);
    }
    return last.sends() == 0
        ? ProxyEnvelope.refusal("E01", "the platform cannot be reached; nothing was sent", trace)
        : ProxyEnvelope.refusal(
            "E02", "the platform gave no answer; the call may be repeated", trace);
  }

  /** A follow-up must wait: the state of its original is unknown. */
  public static Reply originalUnsettled(String original, String transactionId, String traceId) {
    return ProxyEnvelope.refusal(
        "C08",
        "how the original transaction ends is not known yet; call again",
        TransactionStatus.PROCESSING,
        original,
        transactionId,
        traceId);
  }

  /** What in the request forbids to send it; null when nothing does. */
  public static String fault(Answer answer) {
    return answer instanceof Answer.Unsent unsent ? unsent.fault() : null;
  }

  public static Reply unsendable(String fault, String traceId) {
    return ProxyEnvelope.refusal(
        "C02", "it cannot be sent: " + fault + "; nothing was sent", traceId);
  }

  /** It may have said anything, or nothing. */
  public static Reply unreadable(String traceId) {
    return ProxyEnvelope.refusal("E02", "the platform gave no readable answer", traceId);
  }

  /** When the platform says to come again; 0 where it says nothing. */
  public static int retryAfterSeconds(Answer answer) {
    return answer instanceof Answer.Spoken spoken && spoken.retryAfterMillis() > 0
        ? (int) Math.min(Integer.MAX_VALUE, (spoken.retryAfterMillis() + 999) / 1000)
        : 0;
  }

  /** It says how a transaction stands. */
  public static boolean isStatus(Answer answer) {
    return answer instanceof Answer.Spoken spoken
        && Code.of(spoken.envelope().code()) == Code.OK
        && spoken.envelope().status() != null;
  }

  public static String transactionId(Answer answer) {
    return answer instanceof Answer.Spoken spoken ? spoken.envelope().transactionId() : null;
  }

  /** Whether an answer is about the transaction asked for: it must not name another one. */
  public static boolean isOf(String transactionId, Answer answer) {
    String named = transactionId(answer);
    return named == null || named.equals(transactionId);
  }

  /** The platform's name of a payment, where the answer that is kept says it. */
  public static String transactionId(Payment payment) {
    Envelope kept = kept(payment);
    return kept == null ? null : kept.transactionId();
  }

  /**
   * Whether what the platform shows paid is another transaction than the one that paid. Only where
   * there was a reissued id: under one id the platform charges once, and may name a transaction in
   * two ways.
   */
  public static boolean isChargedAgain(Payment payment, Envelope shown) {
    String paidBy = transactionId(payment);
    return payment.outcome() == Outcome.PAID
        && payment.history().generation() > 1
        && paidBy != null
        && shown.transactionId() != null
        && !paidBy.equals(shown.transactionId());
  }

  /**
   * The platform's name of what its caller is to wait for; an id that has failed is not named. What
   * has no name of its own is answered with its original's.
   */
  static String underWay(Payment payment) {
    if (payment.operation().identity() != Operation.Identity.CALLERS) {
      return null;
    }
    String named = TimelineWords.underWay(payment.timeline());
    if (named != null) {
      return named.isEmpty() ? null : named;
    }
    Expected ours = new Expected(
        payment.operation(),
        payment.id().requestId(),
        payment.referenceOrderId(),
        payment.amount());
    return payment.answer() != null && isAcceptance(payment.answer(), ours)
        ? transactionId(payment)
        : null;
  }

  /**
   * How a payment stands for operators: what is not final, and no more than begun, is under way.
   */
  public static TransactionStatus status(Payment payment) {
    boolean movedSince = payment.outcome() == Outcome.RELEASED && payment.otherAmount() != null;
    if (!payment.isEnded() || movedSince) {
      return TransactionStatus.PROCESSING;
    }
    if (payment.outcome() == Outcome.PAID || isPaidSince(payment)) {
      return TransactionStatus.SUCCESS;
    }
    Envelope kept = kept(payment);
    return kept != null && kept.status() == TransactionStatus.FAIL
        ? TransactionStatus.FAIL
        : TransactionStatus.CLOSED;
  }

  /** It ended unpaid, and money moved for it all the same. */
  public static boolean isPaidSince(Payment payment) {
    boolean unpaid = payment.outcome() == Outcome.UNPAID || payment.outcome() == Outcome.REFUSED;
    return unpaid && TimelineWords.isPaidSince(payment.timeline());
  }

  /** How many sends of it have left; those of an earlier life count, too. */
  public static int sends(Payment payment) {
    int sends = payment.history().sends();
    return sends > 0 ? sends : TimelineWords.sends(payment.timeline());
  }

  /**
   * What a query of a payment that has ended is given where the platform's word is not to be had:
   * its answer, or, where that is no status but the refusal of a result, how it stands. What was
   * shown as paid stays so.
   */
  public static Reply toQuestion(Payment payment, String traceId) {
    if (isPaidSince(payment)) {
      return ProxyEnvelope.verdict(
          TransactionStatus.SUCCESS,
          "it was answered as unpaid, and has been paid since",
          payment.id().requestId(),
          payment.referenceOrderId(),
          traceId);
    }
    Envelope kept = kept(payment);
    return kept == null || Code.of(kept.code()) == Code.OK
        ? payment.answer()
        : ProxyEnvelope.verdict(
            status(payment),
            "this is how it ended",
            payment.id().requestId(),
            payment.referenceOrderId(),
            traceId);
  }

  private static Envelope kept(Payment payment) {
    return payment.answer() == null ? null : EnvelopeScan.scan(payment.answer().body());
  }

  /**
   * By which id of the same owner's the platform knows what it speaks of; null when it does not
   * say.
   */
  public static PaymentId id(PaymentId of, Answer answer) {
    String named =
        answer instanceof Answer.Spoken spoken ? spoken.envelope().transactionRequestId() : null;
    return named == null ? null : of.other(named);
  }

  /**
   * The id to ask the platform under about what has ended: where it goes by another of the body's,
   * the answer that is kept names that one.
   */
  public static String platformId(Payment ended) {
    Envelope kept = ended.operation().isReissued() || ended.answer() == null
        ? null
        : EnvelopeScan.scan(ended.answer().body());
    return kept == null || kept.transactionRequestId() == null
        ? ended.platformId()
        : kept.transactionRequestId();
  }

  /** True when the caller gets the very bytes of the answer just received. */
  static boolean isVerbatim(UnsettledPayment work, Answer answer, Reply reply) {
    return answer instanceof Answer.Spoken spoken && reply == spoken.reply();
  }

  /** Accepted, not paid yet: with what the platform calls it by now. */
  public static Outbound pending(Payment payment, String order, String traceId) {
    return Outbound.pending(
        payment.id(), underWay(payment), order, traceId, payment.history().sends());
  }
}
