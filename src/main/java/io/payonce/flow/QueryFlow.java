package io.payonce.flow;

import io.payonce.flow.Outbound.Sent;
import io.payonce.flow.Outbound.Source;
import io.payonce.json.Malformed;
import io.payonce.json.OwnAnswer;
import io.payonce.json.QueryScan;
import io.payonce.json.Rewrite;
import io.payonce.ledger.Close;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerAway;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.Tombstone;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.model.TransactionStatus;
import io.payonce.platform.Message;
import io.payonce.platform.Platform;
import io.payonce.rule.Classification;
import io.payonce.rule.Classification.Expected;
import io.payonce.rule.Code;
import io.payonce.rule.Door;
import io.payonce.rule.PlatformId;
import io.payonce.rule.Report;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A caller's own question how a payment stands. The platform answers it; the ledger sees to it that
 * nobody hears "not found" or "failed" while Payonce itself is unsure, and that a payment sent
 * under a derived id is found under the caller's.
 */
public final class QueryFlow {
  private final Ledger ledger;
  private final Platform platform;
  private final RetryFlow retries;
  private final FlowSettings settings;
  private final Buried buried;

  QueryFlow(Ledger ledger, Platform platform, RetryFlow retries, FlowSettings settings) {
    this.ledger = ledger;
    this.platform = platform;
    this.retries = retries;
    this.settings = settings;
    this.buried = new Buried(platform, ledger, settings);
  }

  /** Answers a caller; fails only by a bug. */
  public Future<Outbound> handle(Inbound inbound) {
    RequestFields fields;
    try {
      fields = QueryScan.scan(inbound.query());
    } catch (Malformed malformed) {
      return refused(inbound, "C02", malformed.getMessage());
    }
    Optional<Door.Fault> fault = Door.check(Operation.QUERY, fields);
    if (fault.isPresent()) {
      return refused(inbound, fault.get().code().text(), fault.get().message());
    }
    return id(inbound, fields)
        .compose(id -> find(inbound, fields, id))
        .compose(this::ask)
        .recover(failure -> replyEarly(inbound, failure));
  }

  /**
   * @param id by which the caller knows it; null when he named a transaction that nobody here knows
   * @param payment null when the ledger has no record of it
   */
  private record Question(Inbound inbound, RequestFields fields, PaymentId id, Payment payment) {}

  private Future<Optional<PaymentId>> id(Inbound inbound, RequestFields fields) {
    Optional<PaymentId> given = Optional.ofNullable(fields.transactionRequestId())
        .map(requestId -> settings.scope().id(fields, requestId));
    return fields.transactionId() == null
        ? Future.succeededFuture(given)
        : ledger
            .findByName(settings.scope().owner(fields), fields.transactionId())
            .compose(known -> known.isEmpty() || given.isEmpty() || known.equals(given)
                ? Future.succeededFuture(known.or(() -> given))
                : sameByAnotherName(inbound, known, given.get()));
  }

  /** A caller may know a payment by a derived id, too; any other id is another payment's. */
  private Future<Optional<PaymentId>> sameByAnotherName(
      Inbound inbound, Optional<PaymentId> known, PaymentId given) {
    return ledger
        .findByName(given.owner(), given.requestId())
        .compose(same -> same.equals(known)
            ? Future.succeededFuture(known)
            : Future.failedFuture(new EarlyReply(twoPayments(inbound))));
  }

  private Future<Question> find(Inbound inbound, RequestFields fields, Optional<PaymentId> id) {
    return id.isEmpty()
        ? Future.succeededFuture(new Question(inbound, fields, null, null))
        : ledger
            .find(id.get())
            .map(found -> new Question(inbound, fields, id.get(), found.orElse(null)))
            .recover(failure -> Future.failedFuture(
                failure instanceof UnreadableRecord
                    ? new EarlyReply(unread(inbound, fields, id.get()))
                    : failure));
  }

  /** There is a payment, and nobody can say how it stands: a person will. */
  private static Outbound unread(Inbound inbound, RequestFields fields, PaymentId id) {
    return Outbound.pending(id, fields.referenceOrderId(), inbound.traceId(), 0);
  }

  private Future<Outbound> ask(Question question) {
    Payment payment = question.payment();
    if (payment != null && payment.isStrange()) {
      return Future.succeededFuture(ofAnotherPlatform(question, payment));
    }
    return (payment == null && question.id() != null
            ? ledger.tombstone(question.id())
            : Future.succeededFuture(Optional.<Tombstone>empty()))
        .map(left -> left.filter(Tombstone::isStrange).filter(Buried::speaksOf))
        .compose(left -> left.isPresent()
            ? Future.succeededFuture(Buried.remembered(buried(question), left.get()))
            : platform.call(message(question)).compose(answer -> combine(question, answer)));
  }

  private static Buried.Question buried(Question question) {
    return new Buried.Question(
        question.fields(), question.id(), question.inbound().traceId());
  }

  /** Nobody here may ask: the ledger's own word is all that can be told. */
  private static Outbound ofAnotherPlatform(Question question, Payment payment) {
    return payment.isEnded() && payment.answer() != null
        ? new Outbound(
            payment.answer(),
            Source.LEDGER,
            payment.history().copies() == 0 ? Sent.NO : Sent.YES,
            payment.history().copies(),
            false,
            0,
            Told.QUERY,
            Outbound.NOT_MEASURED)
        : pending(question, payment).copies(payment.history().copies());
  }

  /** Of what the ledger knows, its own id is asked for: then the answer can be held against it. */
  private static Message message(Question question) {
    Inbound inbound = question.inbound();
    Payment payment = question.payment();
    boolean asGiven = payment == null
        || payment.history().attempt() == 1 && question.fields().transactionId() == null;
    return asGiven
        ? new Message(inbound.method(), inbound.target(), inbound.headers(), inbound.body())
        : Copies.question(
            question.fields().appId(), question.fields().merchantId(), payment.platformId());
  }

  private Future<Outbound> combine(Question question, Answer answer) {
    if (question.payment() != null && question.payment().isStrange()) {
      // Found under the id that this platform gave: its word is of another payment than ours.
      return Future.succeededFuture(passed(question, answer));
    }
    if (question.payment() != null) {
      return known(question, question.payment(), answer)
          .map(out -> out.copies(question.payment().history().copies()));
    }
    if (!Answers.isOf(question.fields().transactionId(), answer)
        && question.fields().transactionId() != null) {
      return Future.succeededFuture(unreadable(question));
    }
    if (question.id() == null) {
      return unheardOf(question, answer);
    }
    if (!isUnder(question.id(), answer)) {
      return Future.succeededFuture(
          question.fields().transactionId() == null
              ? unreadable(question)
              : twoPayments(question.inbound()));
    }
    if (isFinal(answer, true)) {
      return begunSince(question, answer);
    }
    return unrecorded(question, answer);
  }

  /** "Paid", once told, stands: no word of the platform overrules what a tombstone says. */
  private Future<Outbound> unrecorded(Question question, Answer answer) {
    return ledger
        .tombstone(question.id())
        .map(left -> left.filter(Buried::speaksOf))
        .compose(left -> {
          if (left.isPresent()) {
            return left.get().isStrange()
                ? Future.succeededFuture(Buried.remembered(buried(question), left.get()))
                : buried.answer(buried(question), left.get(), answer);
          }
          return isFinal(answer, false)
              ? derived(question, answer, 2)
              : Future.succeededFuture(forgotten(question, answer));
        });
  }

  /** It may have begun, and been paid, while the question was on its way: then that is written. */
  private Future<Outbound> begunSince(Question question, Answer answer) {
    return ledger.find(question.id()).compose(found -> {
      if (found.isEmpty()) {
        return unrecorded(question, answer);
      }
      // Of what another platform was sent since, the word of this one is not to be had.
      return found.get().isStrange()
          ? Future.succeededFuture(ofAnotherPlatform(question, found.get()))
          : known(question, found.get(), answer)
              .map(out -> out.copies(found.get().history().copies()));
    });
  }

  /** Whether an answer is about this id, or one derived from it: it must not name another one. */
  private boolean isUnder(PaymentId id, Answer answer) {
    PaymentId named = Answers.id(id, answer);
    return named == null
        || IntStream.rangeClosed(1, settings.maxAttempts())
            .mapToObj(attempt -> PlatformId.of(id, attempt))
            .anyMatch(named.requestId()::equals);
  }

  /** By what the platform calls it, it may be known here after all. */
  private Future<Outbound> unheardOf(Question question, Answer answer) {
    PaymentId named = Answers.id(settings.scope().id(question.fields(), ""), answer);
    return named == null
        ? Future.succeededFuture(passed(question, answer))
        : ledger
            .findByName(named.owner(), named.requestId())
            .map(derived -> derived.orElse(named))
            .compose(id -> find(question.inbound(), question.fields(), Optional.of(id)))
            .compose(found -> combine(found, answer));
  }

  /** A caller who names a transaction need not know of derived ids either. */
  private static Outbound forgotten(Question question, Answer answer) {
    return question.fields().transactionId() != null && isStatus(answer)
        ? ours(question.id().requestId(), null, (Answer.Spoken) answer)
        : passed(question, answer);
  }

  /**
   * The ledger has forgotten the payment, or never knew it: an attempt under a derived id counts,
   * and while nobody says how that one stands, the first one's failure is not the whole truth.
   */
  private Future<Outbound> derived(Question question, Answer first, int attempt) {
    if (attempt > settings.maxAttempts()) {
      return Future.succeededFuture(forgotten(question, first));
    }
    String id = question.id().requestId();
    String derivedId = PlatformId.of(question.id(), attempt);
    return platform
        .call(Copies.question(question.fields().appId(), question.fields().merchantId(), derivedId))
        .compose(answer -> switch (settings.understood(
            Classification.ofConfirm(answer, alike(derivedId, first)))) {
          case PAID, INITIAL, PROCESSING ->
            Future.succeededFuture(ours(id, null, (Answer.Spoken) answer));
          case OTHER_AMOUNT ->
            buried.moved(buried(question), (Answer.Spoken) answer, forgotten(question, first));
          case UNKNOWN -> Future.succeededFuture(passedUnread(question, answer));
          default -> derived(question, first, attempt + 1);
        });
  }

  /** A further attempt is of the same order and amount as the first. */
  private static Expected alike(String derivedId, Answer first) {
    Envelope said = ((Answer.Spoken) first).envelope();
    return new Expected(Operation.QUERY, derivedId, said.referenceOrderId(), said.amount());
  }

  private static Outbound passedUnread(Question question, Answer answer) {
    return isStatus(answer) ? unreadable(question) : passed(question, answer);
  }

  private Future<Outbound> known(Question question, Payment payment, Answer answer) {
    Report report = settings.understood(Classification.ofConfirm(answer, expected(payment)));
    if (isMadeOnly(payment)) {
      return report.isStatus()
          ? named(payment, (Answer.Spoken) answer)
          : Future.succeededFuture(pending(question, payment));
    }
    if (report == Report.PAID && !isPerhapsAnothers(payment)) {
      return paid(question, payment, (Answer.Spoken) answer);
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
      case INITIAL, PROCESSING -> named(payment, (Answer.Spoken) answer);
      case PAID, DECLINED, FAILED, CLOSED, FOREIGN ->
        hurried(question, payment, "a query shows it unpaid, or another's");
      default -> Future.succeededFuture(pending(question, payment));
    };
  }

  private static Expected expected(Payment payment) {
    return new Expected(
        payment.operation(), payment.platformId(), payment.referenceOrderId(), payment.amount());
  }

  private Future<Outbound> hurried(Question question, Payment payment, String why) {
    return ledger.hurry(payment.id(), why).map(done -> pending(question, payment));
  }

  /** Who hears the platform's name of it now may ask for it, or abort it, by that one. */
  private Future<Outbound> named(Payment payment, Answer.Spoken answer) {
    String name = answer.envelope().transactionId();
    return (name == null ? Future.<Void>succeededFuture() : ledger.name(payment.id(), name))
        .map(done -> ours(payment, answer));
  }

  /** The id may have been taken before this payment came, for an order we know nothing of. */
  private static boolean isPerhapsAnothers(Payment payment) {
    boolean mayBe = !payment.isEnded() || payment.outcome() == Outcome.REFUSED;
    return mayBe && payment.history().arrived();
  }

  /**
   * "Paid", once told, binds: it is written before anybody hears it, so that whoever works on the
   * payment gives its order back no more. Where a payment has ended otherwise, a person must see
   * it.
   */
  private Future<Outbound> paid(Question question, Payment payment, Answer.Spoken answer) {
    Outbound out = ours(payment, answer);
    if (payment.outcome() == Outcome.PAID) {
      return Future.succeededFuture(out);
    }
    return isOfFormerVersion(payment)
        ? hurried(question, payment, "a query shows it paid")
        : written(question, payment, answer, Answers.kept(payment, out.reply()))
            .map(written -> written ? out : pending(question, payment));
  }

  /** Its record does not say what amount was asked for; whoever takes it up reads its body. */
  private static boolean isOfFormerVersion(Payment payment) {
    return !payment.isEnded() && payment.operation().pays() && payment.amount().isUnsaid();
  }

  /** False when the ledger has not taken it: then nobody may be told. */
  private Future<Boolean> written(
      Question question, Payment payment, Answer.Spoken answer, Reply reply) {
    boolean remembers = payment.operation().doubt() != Operation.Doubt.REPEAT || payment.isPage();
    Settlement settlement = new Settlement(
        Outcome.PAID,
        reply,
        payment.history(),
        answer.envelope().transactionId(),
        remembers ? payment.platformId() : null,
        payment.operation().pays(),
        Events.of(
                Events.CALLERS,
                Classification.ofConfirm(answer, expected(payment)),
                answer,
                payment.amount())
            .encode());
    Lease none = new Lease(payment.id(), payment.order(), "", payment.fingerprint());
    return ledger
        .settle(none, settlement)
        .map(close -> !(close instanceof Close.Stale))
        .recover(away ->
            away instanceof LedgerAway ? Future.succeededFuture(false) : Future.failedFuture(away));
  }

  /**
   * Money moved, but not the amount asked for: that is before a person at once, and until he has
   * decided, everybody hears the same.
   */
  private Future<Outbound> otherAmount(Question question, Payment payment, Answer.Spoken answer) {
    if (!payment.isEnded()) {
      Outbound out = pending(question, payment);
      return payment.otherAmount() != null
          ? Future.succeededFuture(out)
          : retries
              .learnt(payment.id(), answer, "a caller's query shows another amount")
              .map(done -> out)
              .recover(away -> away instanceof LedgerAway
                  ? Future.succeededFuture(out)
                  : Future.failedFuture(away));
    }
    return switch (payment.outcome()) {
      case PAID -> Future.succeededFuture(stored(question, payment));
      case RELEASED -> noted(payment, answer).map(noted -> pending(question, payment));
      case UNPAID, REFUSED -> noted(payment, answer).map(noted -> stored(question, payment));
    };
  }

  /**
   * Nobody works on it any more, and its order may be free: nobody else shall be charged for it.
   */
  private Future<Void> noted(Payment payment, Answer.Spoken answer) {
    String moved = Events.said(answer.envelope().amount());
    if (moved.equals(payment.otherAmount())) {
      return Future.succeededFuture(); // it is, since an earlier question, or a person has decided
    }
    String event =
        Events.of(Events.CALLERS, Report.OTHER_AMOUNT, answer, payment.amount()).encode();
    return ledger
        .contradict(payment.id(), payment.order(), payment.operation().pays(), moved, event)
        .compose(noted -> noted == Contradiction.UNSETTLED
            ? retries.learnt(payment.id(), answer, event)
            : Future.<Void>succeededFuture());
  }

  private static Outbound stored(Question question, Payment payment) {
    return new Outbound(
        verdict(question, payment),
        Source.LEDGER,
        Sent.YES,
        payment.history().copies(),
        false,
        0,
        Told.QUERY,
        Outbound.NOT_MEASURED);
  }

  /** What we have told stands, also when the platform's query lags behind it or is silent. */
  private static Outbound ended(Question question, Payment payment, Report report, Answer answer) {
    boolean unpaid =
        report == Report.DECLINED || report == Report.FAILED || report == Report.CLOSED;
    if (payment.outcome() == Outcome.PAID || payment.outcome() == Outcome.UNPAID && !unpaid) {
      return stored(question, payment);
    }
    if (report.isStatus()) {
      return report == Report.PAID ? notFound(question) : ours(payment, (Answer.Spoken) answer);
    }
    return isStatus(answer) ? notFound(question) : passed(question, answer);
  }

  /** Under its id the platform has something, but not this payment. */
  private static Outbound notFound(Question question) {
    Reply reply = OwnAnswer.refusal(
        "C12", "the id belongs to another payment", question.inbound().traceId());
    return Outbound.refusal(reply, Told.QUERY).copies(0);
  }

  /** The stored answer of a page is the page; a question is answered by how it ended. */
  private static Reply verdict(Question question, Payment payment) {
    if (!payment.isPage()) {
      return Answers.toQuestion(payment, question.inbound().traceId());
    }
    boolean paid = payment.outcome() == Outcome.PAID;
    return OwnAnswer.verdict(
        paid ? TransactionStatus.SUCCESS : TransactionStatus.CLOSED,
        paid ? "the page was paid" : "the page is closed, unpaid",
        payment.id().requestId(),
        payment.order(),
        question.inbound().traceId());
  }

  /**
   * A session that takes no order: that it was made says nothing of the payment under its id, which
   * only the platform knows. "Not found" of it is a lag, and not told: the customer may be paying
   * it.
   */
  private static boolean isMadeOnly(Payment payment) {
    return payment.operation().doubt() == Operation.Doubt.REPEAT
        && !payment.isPage()
        && payment.outcome() == Outcome.PAID;
  }

  private static boolean isStatus(Answer answer) {
    return answer instanceof Answer.Spoken spoken
        && Code.of(spoken.envelope().code()) == Code.OK
        && spoken.envelope().status() != null;
  }

  private static boolean isFinal(Answer answer, boolean paid) {
    if (!isStatus(answer)) {
      return false;
    }
    TransactionStatus status = ((Answer.Spoken) answer).envelope().status();
    return status.isFinal() && (status == TransactionStatus.SUCCESS) == paid;
  }

  private static Outbound ours(Payment payment, Answer.Spoken answer) {
    return ours(payment.id().requestId(), Door.originalRequestId(payment.order()), answer);
  }

  /** @param original by which the caller knows what this one follows on, null where he gave none */
  static Outbound ours(String callersId, String original, Answer.Spoken answer) {
    byte[] body = Rewrite.requestId(answer.reply().body(), callersId);
    if (original != null) {
      body = Rewrite.originalRequestId(body, original);
    }
    boolean unchanged = body == answer.reply().body();
    Reply reply = unchanged ? answer.reply() : new Reply(answer.reply().contentType(), body);
    return new Outbound(
        reply,
        unchanged ? Source.PLATFORM : Source.LEDGER,
        Sent.YES,
        1,
        false,
        0,
        Told.QUERY,
        Outbound.NOT_MEASURED);
  }

  private static Outbound passed(Question question, Answer answer) {
    return CallFlow.told(question.inbound(), answer, 1);
  }

  private static Outbound pending(Question question, Payment payment) {
    return Outbound.pending(
        payment.id(),
        payment.referenceOrderId(),
        question.inbound().traceId(),
        payment.history().copies());
  }

  private static Future<Outbound> refused(Inbound inbound, String code, String message) {
    return Future.succeededFuture(
        Outbound.refusal(OwnAnswer.refusal(code, message, inbound.traceId()), Told.INVALID));
  }

  /** The platform goes by the first; whoever reads the answer would go by the second. */
  private static Outbound twoPayments(Inbound inbound) {
    Reply reply = OwnAnswer.refusal(
        "C02", "transactionId and transactionRequestId name two payments", inbound.traceId());
    return Outbound.refusal(reply, Told.INVALID).copies(0);
  }

  /** The platform answered about another transaction: to this question that is no answer. */
  private static Outbound unreadable(Question question) {
    return CallFlow.told(question.inbound(), new Answer.Silent("about another"), 1);
  }

  /** Without the ledger a "no" of the platform might be premature, and a "yes" goes unheard. */
  private static Future<Outbound> replyEarly(Inbound inbound, Throwable failure) {
    if (failure instanceof EarlyReply early) {
      return Future.succeededFuture(early.outbound());
    }
    return failure instanceof LedgerAway away
        ? Future.succeededFuture(Outbound.ledgerAway(away, inbound.traceId()))
        : Future.failedFuture(failure);
  }
}
