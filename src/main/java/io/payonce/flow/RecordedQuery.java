package io.payonce.flow;

import io.payonce.codes.Classification;
import io.payonce.codes.Classification.Expected;
import io.payonce.codes.Report;
import io.payonce.flow.engine.MoneyWrites;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.engine.TimelineWords;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.flow.port.Outbound.Source;
import io.payonce.json.ProxyEnvelope;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import io.payonce.recovery.Mark;
import io.payonce.recovery.PlatformId;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Answers a query about a payment that has a record in the ledger. An answer already given is kept
 * to, and what the platform reports is written before it is answered.
 */
final class RecordedQuery {
  private final Ledger ledger;
  private final MoneyWrites writes;
  private final RetryFlow retries;
  private final FlowSettings settings;

  RecordedQuery(Ledger ledger, MoneyWrites writes, RetryFlow retries, FlowSettings settings) {
    this.ledger = ledger;
    this.writes = writes;
    this.retries = retries;
    this.settings = settings;
  }

  /** @param answer the platform's word on it */
  Future<Outbound> answer(CallerQuery question, Payment payment, Answer answer) {
    return known(question, payment, answer)
        .map(out -> out.sends(payment.history().sends()));
  }

  private Future<Outbound> known(CallerQuery question, Payment payment, Answer answer) {
    Report report =
        settings.understood(Classification.ofConfirm(answer, expected(question, payment, answer)));
    if (isMadeOnly(payment)) {
      return report.isStatus()
          ? named(payment, (Answer.Spoken) answer)
          : Future.succeededFuture(pending(question, payment));
    }
    if (report == Report.PAID
        && answer instanceof Answer.Spoken spoken
        && !isPerhapsAnothers(payment, spoken.envelope())) {
      return paid(question, payment, spoken);
    }
    if (report == Report.OTHER_AMOUNT) {
      return otherAmount(question, payment, (Answer.Spoken) answer);
    }
    if (payment.isEnded()) {
      return Future.succeededFuture(ended(question, payment, report, answer));
    }
    if (payment.isPage() && (report == Report.FAILED || report == Report.DECLINED)) {
      // Its shopper may press again: no end, and no reason to look sooner either.
      return Future.succeededFuture(pending(question, payment));
    }
    return switch (report) {
      case INITIAL, PROCESSING -> underWay(payment, (Answer.Spoken) answer);
      case PAID, DECLINED, FAILED, CLOSED, FOREIGN ->
        expedited(question, payment, "a query shows it unpaid, or another's");
      case OTHER_AMOUNT,
          DONE,
          REFUSED,
          BUSY,
          REMEDIED,
          REFUSED_FOR_NOW,
          ID_IN_USE,
          ALREADY_PAID,
          NOT_FOUND,
          UNSENT,
          UNKNOWN -> Future.succeededFuture(pending(question, payment));
    };
  }

  /** No question may leave here: the ledger's own word is all that can be answered. */
  static Outbound ofAnotherPlatform(CallerQuery question, Payment payment) {
    return payment.isEnded() && payment.answer() != null
        ? Outbound.of(
            payment.answer(),
            Source.LEDGER,
            StoredReply.sends(payment) == 0 ? Sent.NO : Sent.YES,
            payment.history().sends(),
            CallOutcome.QUERY)
        : pending(question, payment).sends(payment.history().sends());
  }

  /** Money may have moved under an id that had failed before, too. */
  private static Expected expected(CallerQuery question, Payment payment, Answer answer) {
    return new Expected(
        payment.operation(),
        former(payment, answer).orElseGet(() -> knownAs(question, payment, answer)),
        payment.referenceOrderId(),
        payment.amount());
  }

  /** The id that had failed before and is shown to have moved money; empty when none is. */
  static Optional<String> former(Payment payment, Answer answer) {
    PaymentId named = StoredReply.id(payment.id(), answer);
    return named == null || !QueryFlow.isFinal(answer, true)
        ? Optional.empty()
        : IntStream.range(1, payment.history().generation())
            .mapToObj(attempt -> PlatformId.of(payment.id(), attempt))
            .filter(named.requestId()::equals)
            .findFirst();
  }

  /** Where the platform goes by another id of the body than we, it was asked as the caller did. */
  private static String knownAs(CallerQuery question, Payment payment, Answer answer) {
    if (payment.operation().isReissued()) {
      return payment.platformId();
    }
    String transaction = question.fields().transactionId();
    if (transaction == null) {
      return question.fields().transactionRequestId();
    }
    PaymentId named = StoredReply.id(payment.id(), answer);
    boolean shown = named != null && transaction.equals(StoredReply.transactionId(answer));
    return shown ? named.requestId() : payment.platformId();
  }

  private Future<Outbound> expedited(CallerQuery question, Payment payment, String why) {
    return ledger.expedite(payment.id(), why).map(done -> pending(question, payment));
  }

  /** What the platform has at hand is not sent again, whoever asked how it stands. */
  private Future<Outbound> underWay(Payment payment, Answer.Spoken answer) {
    Future<Void> seen = payment.stage().isUnseen() && !payment.isPage()
        ? retries
            .learnt(payment.id(), answer, "a caller's query shows it under way")
            .recover(LedgerUnavailable.otherwise(null))
        : Future.succeededFuture();
    return seen.compose(done -> named(payment, answer));
  }

  /** Who is given its transactionId now may query, abort or refund it by that. */
  private Future<Outbound> named(Payment payment, Answer.Spoken answer) {
    String name = answer.envelope().transactionId();
    boolean known =
        payment.isEnded() && name != null && name.equals(StoredReply.transactionId(payment));
    return (name == null || known
            ? Future.<Void>succeededFuture()
            : ledger.rememberAlias(payment.id(), name))
        .map(done -> ours(payment, answer));
  }

  /**
   * The id may have been taken before this payment came, for an order we know nothing of. Of what
   * has ended, nobody asks any more: what names its order is not another's.
   */
  static boolean isPerhapsAnothers(Payment payment, Envelope said) {
    boolean named = said.referenceOrderId() != null
        && payment.referenceOrderId() != null
        && payment.operation().showsOrder();
    boolean mayBe = !payment.isEnded() || payment.outcome() == Outcome.REFUSED && !named;
    return mayBe && payment.history().has(Mark.ID_IN_USE);
  }

  /**
   * "Paid", once answered, binds: it is written before any caller gets it, so that whoever works on
   * the payment gives its order back no more. Where a payment has ended otherwise, an operator must
   * see it.
   */
  private Future<Outbound> paid(CallerQuery question, Payment payment, Answer.Spoken answer) {
    Outbound out = ours(payment, answer);
    if (payment.outcome() == Outcome.PAID) {
      return settled(question, payment, answer);
    }
    return isOfFormerVersion(payment)
        ? expedited(question, payment, "a query shows it paid")
        : written(question, payment, answer, StoredReply.kept(payment, out.reply()))
            .compose(close -> close instanceof CloseResult.Stale
                ? Future.succeededFuture(pending(question, payment))
                : close instanceof CloseResult.Already now
                        && now.payment().outcome() == Outcome.PAID
                    ? settled(question, now.payment(), answer)
                    : Future.succeededFuture(out));
  }

  /** What has paid it stands; that another of its ids was charged, too, is an operator's to see. */
  private Future<Outbound> settled(CallerQuery question, Payment payment, Answer.Spoken answer) {
    if (!StoredReply.isChargedAgain(payment, answer.envelope())) {
      return named(payment, answer);
    }
    String moved = TimelineWords.again(answer.envelope());
    Outbound out = stored(question, payment);
    return moved.equals(payment.otherAmount())
        ? Future.succeededFuture(out)
        : writes
            .movedAgain(payment.id(), payment.order(), moved, event(payment, answer))
            .map(noted -> out)
            .recover(LedgerUnavailable.otherwise(out));
  }

  /** Its record does not say what amount was asked for; whoever takes it up reads its body. */
  private static boolean isOfFormerVersion(Payment payment) {
    return !payment.isEnded() && payment.operation().pays() && payment.amount().isUnsaid();
  }

  /** Stale when the ledger has not taken it: then no caller may get it. */
  private Future<CloseResult> written(
      CallerQuery question, Payment payment, Answer.Spoken answer, Reply reply) {
    Settlement settlement = Settlement.paid(
            payment, reply, answer.envelope().transactionId(), event(payment, answer))
        .under(expected(question, payment, answer).platformId());
    return writes
        .paid(payment.ref(), settlement)
        .recover(LedgerUnavailable.otherwise(new CloseResult.Stale()));
  }

  /** As it is understood, also where another amount pays: by that it stays paid to queries. */
  private static String event(Payment payment, Answer.Spoken answer) {
    return TimelineWords.of(TimelineWords.CALLERS, Report.PAID, answer, payment.amount())
        .encode();
  }

  /**
   * Money moved, but not the amount asked for: that needs review at once, and until the operator
   * has decided, every caller gets the same.
   */
  private Future<Outbound> otherAmount(
      CallerQuery question, Payment payment, Answer.Spoken answer) {
    if (!payment.isEnded()) {
      Outbound out = pending(question, payment);
      return payment.otherAmount() != null
          ? Future.succeededFuture(out)
          : moved(payment, answer).map(out).recover(LedgerUnavailable.otherwise(out));
    }
    return switch (payment.outcome()) {
      case PAID ->
        StoredReply.isChargedAgain(payment, answer.envelope())
            ? settled(question, payment, answer)
            : Future.succeededFuture(stored(question, payment));
      case RELEASED -> moved(payment, answer).map(noted -> pending(question, payment));
      case UNPAID, REFUSED -> moved(payment, answer).map(noted -> stored(question, payment));
    };
  }

  private Future<Void> moved(Payment payment, Answer.Spoken answer) {
    return retries.moved(
        payment.id(), answer, TimelineWords.CALLERS, "a caller's query shows another amount");
  }

  private static Outbound stored(CallerQuery question, Payment payment) {
    return Outbound.of(
        verdict(question, payment),
        Source.LEDGER,
        Sent.YES,
        payment.history().sends(),
        CallOutcome.QUERY);
  }

  /** What we have answered stands, also when the platform's query lags behind it or is silent. */
  private static Outbound ended(
      CallerQuery question, Payment payment, Report report, Answer answer) {
    boolean unpaid =
        report == Report.DECLINED || report == Report.FAILED || report == Report.CLOSED;
    if (payment.outcome() == Outcome.PAID
        || payment.outcome() == Outcome.UNPAID && !unpaid
        || StoredReply.isPaidSince(payment)) {
      return stored(question, payment);
    }
    if (report.isStatus()) {
      return report == Report.PAID ? notFound(question) : ours(payment, (Answer.Spoken) answer);
    }
    return StoredReply.isStatus(answer) ? notFound(question) : question.passed(answer);
  }

  /** Under its id the platform has something, but not this payment. */
  private static Outbound notFound(CallerQuery question) {
    Reply reply = ProxyEnvelope.refusal(
        "C12", "the id belongs to another payment", question.inbound().traceId());
    return Outbound.refusal(reply, CallOutcome.QUERY).sends(0);
  }

  /** The stored answer of a page is the page; a question is answered by how it ended. */
  private static Reply verdict(CallerQuery question, Payment payment) {
    if (!payment.isPage()) {
      return StoredReply.toQuestion(payment, question.inbound().traceId());
    }
    boolean paid = payment.outcome() == Outcome.PAID || StoredReply.isPaidSince(payment);
    return ProxyEnvelope.verdict(
        paid ? TransactionStatus.SUCCESS : TransactionStatus.CLOSED,
        paid ? "the page was paid" : "the page is closed, unpaid",
        payment.id().requestId(),
        payment.order(),
        question.inbound().traceId());
  }

  /**
   * A session that takes no order: that it was made says nothing of the payment under its id, which
   * only the platform knows. "Not found" of it is a lag, and not answered: the customer may be
   * paying it.
   */
  private static boolean isMadeOnly(Payment payment) {
    return payment.operation().doubt() == Operation.Doubt.REPEAT
        && !payment.isPage()
        && payment.outcome() == Outcome.PAID;
  }

  static Outbound ours(Payment payment, Answer.Spoken answer) {
    String named = answer.envelope().transactionRequestId();
    boolean callers = named != null && !payment.operation().isReissued(); // no id of ours was sent
    return QueryFlow.ours(
        callers ? named : payment.id().requestId(),
        RequestRules.originalRequestId(payment.order()),
        answer);
  }

  private static Outbound pending(CallerQuery question, Payment payment) {
    return StoredReply.pending(
        payment, payment.referenceOrderId(), question.inbound().traceId());
  }
}
