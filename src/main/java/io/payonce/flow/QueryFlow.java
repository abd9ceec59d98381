package io.payonce.flow;

import io.payonce.flow.Outbound.Sent;
import io.payonce.flow.Outbound.Source;
import io.payonce.json.Malformed;
import io.payonce.json.OwnAnswer;
import io.payonce.json.QueryScan;
import io.payonce.json.Rewrite;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerAway;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.model.Answer;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.model.TransactionStatus;
import io.payonce.platform.Message;
import io.payonce.platform.Platform;
import io.payonce.rule.Code;
import io.payonce.rule.Door;
import io.payonce.rule.PlatformId;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * A caller's own question how a payment stands. The platform answers it; the ledger sees to it that
 * nobody hears "not found" or "failed" while Payonce itself is unsure, and that a payment sent
 * under a derived id is found under the caller's.
 */
public final class QueryFlow {
  private final Ledger ledger;
  private final Platform platform;
  private final FlowSettings settings;

  QueryFlow(Ledger ledger, Platform platform, FlowSettings settings) {
    this.ledger = ledger;
    this.platform = platform;
    this.settings = settings;
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
    return id(fields)
        .compose(id -> find(inbound, fields, id))
        .compose(this::ask)
        .recover(away -> ledgerAway(inbound, away));
  }

  /**
   * @param id by which the caller knows it; null when he named a transaction that nobody here knows
   * @param payment null when the ledger has no record of it
   */
  private record Question(Inbound inbound, RequestFields fields, PaymentId id, Payment payment) {}

  private Future<Optional<PaymentId>> id(RequestFields fields) {
    Optional<PaymentId> given = Optional.ofNullable(fields.transactionRequestId())
        .map(requestId -> new PaymentId(fields.merchantId(), requestId));
    return fields.transactionId() == null
        ? Future.succeededFuture(given)
        : ledger
            .findByName(fields.merchantId(), fields.transactionId())
            .map(known -> known.or(() -> given));
  }

  private Future<Question> find(Inbound inbound, RequestFields fields, Optional<PaymentId> id) {
    return id.isEmpty()
        ? Future.succeededFuture(new Question(inbound, fields, null, null))
        : ledger
            .find(id.get())
            .map(found -> new Question(inbound, fields, id.get(), found.orElse(null)));
  }

  private Future<Outbound> ask(Question question) {
    return platform.call(message(question)).compose(answer -> combine(question, answer));
  }

  private static Message message(Question question) {
    Inbound inbound = question.inbound();
    if (question.payment() == null || question.payment().history().attempt() == 1) {
      return new Message(inbound.method(), inbound.target(), inbound.headers(), inbound.body());
    }
    return Copies.question(
        question.fields().appId(),
        question.fields().merchantId(),
        question.payment().platformId());
  }

  private Future<Outbound> combine(Question question, Answer answer) {
    if (question.payment() != null) {
      return known(question, question.payment(), answer)
          .map(out -> out.copies(question.payment().history().copies()));
    }
    if (question.id() == null) {
      return unheardOf(question, answer);
    }
    return isFinal(answer, false)
        ? derived(question, answer, 2)
        : Future.succeededFuture(forgotten(question, answer));
  }

  /** By what the platform calls it, it may be known here after all. */
  private Future<Outbound> unheardOf(Question question, Answer answer) {
    PaymentId named = Answers.id(question.fields().merchantId(), answer);
    return named == null
        ? Future.succeededFuture(passed(question, answer))
        : ledger
            .findByName(named.merchantId(), named.requestId())
            .map(derived -> derived.orElse(named))
            .compose(id -> find(question.inbound(), question.fields(), Optional.of(id)))
            .compose(found -> combine(found, answer));
  }

  /** A caller who names a transaction need not know of derived ids either. */
  private static Outbound forgotten(Question question, Answer answer) {
    return question.fields().transactionId() != null && isStatus(answer)
        ? ours(question.id().requestId(), (Answer.Spoken) answer)
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
    return platform
        .call(Copies.question(
            question.fields().appId(), question.fields().merchantId(), PlatformId.of(id, attempt)))
        .compose(answer -> isFinal(answer, false) || isNotFound(answer)
            ? derived(question, first, attempt + 1)
            : Future.succeededFuture(
                isStatus(answer) ? ours(id, (Answer.Spoken) answer) : passed(question, answer)));
  }

  private static boolean isNotFound(Answer answer) {
    return answer instanceof Answer.Spoken spoken && Code.of(spoken.envelope().code()) == Code.C12;
  }

  private Future<Outbound> known(Question question, Payment payment, Answer answer) {
    if (isMadeOnly(payment)) {
      return shown(question, payment, answer);
    }
    boolean paid = isFinal(answer, true);
    boolean anothers = isStatus(answer) && isOfAnother(payment, (Answer.Spoken) answer);
    if (paid && !anothers) {
      return paid(payment, (Answer.Spoken) answer);
    }
    if (payment.isEnded()) {
      return Future.succeededFuture(ended(question, payment, answer));
    }
    if (payment.isPage() && isStatus(answer, TransactionStatus.FAIL)) {
      // Its shopper may press again: no end, and no reason to look sooner either.
      return Future.succeededFuture(pending(question, payment));
    }
    if (anothers || isFinal(answer, false)) {
      return ledger
          .hurry(payment.id(), "a query shows it unpaid, or another's")
          .map(done -> pending(question, payment));
    }
    return shown(question, payment, answer);
  }

  private Future<Outbound> shown(Question question, Payment payment, Answer answer) {
    return isStatus(answer)
        ? named(payment, (Answer.Spoken) answer)
        : Future.succeededFuture(pending(question, payment));
  }

  /** Who hears the platform's name of it now may ask for it, or abort it, by that one. */
  private Future<Outbound> named(Payment payment, Answer.Spoken answer) {
    String name = answer.envelope().transactionId();
    return (name == null ? Future.<Void>succeededFuture() : ledger.name(payment.id(), name))
        .map(done -> ours(payment.id().requestId(), answer));
  }

  /** The id may have been taken before this payment came, for an order we know nothing of. */
  private static boolean isOfAnother(Payment payment, Answer.Spoken answer) {
    boolean mayBe = !payment.isEnded() || payment.outcome() == Outcome.REFUSED;
    if (mayBe && payment.history().arrived()) {
      return true;
    }
    String said = answer.envelope().referenceOrderId();
    return payment.operation().orderKey() == Operation.OrderKey.REFERENCE
        && payment.order() != null
        && said != null
        && !said.equals(payment.order());
  }

  /**
   * "Paid" is told at once; whoever holds the caller's request, and so the amount, writes it. Of a
   * payment that has ended otherwise it is written here: a person must see it.
   */
  private Future<Outbound> paid(Payment payment, Answer.Spoken answer) {
    Outbound out = ours(payment.id().requestId(), answer);
    // A released payment did nothing at all: what the platform shows came before or after it.
    if (payment.outcome() == Outcome.PAID || payment.outcome() == Outcome.RELEASED) {
      return Future.succeededFuture(out);
    }
    return payment.isEnded()
        ? contradicted(payment, answer, out)
        : told(ledger.hurry(payment.id(), "a query shows it paid"), out);
  }

  private Future<Outbound> contradicted(Payment payment, Answer.Spoken answer, Outbound out) {
    Settlement settlement = new Settlement(
        Outcome.PAID,
        out.reply(),
        payment.history(),
        answer.envelope().transactionId(),
        payment.platformId(),
        payment.operation().pays(),
        "a caller's query shows it paid");
    Lease none = new Lease(payment.id(), payment.order(), "", payment.fingerprint());
    return told(ledger.settle(none, settlement), out);
  }

  private static Future<Outbound> told(Future<?> written, Outbound out) {
    return written
        .map(done -> out)
        .recover(away ->
            away instanceof LedgerAway ? Future.succeededFuture(out) : Future.failedFuture(away));
  }

  /** What we have told stands, also when the platform's query lags behind it or is silent. */
  private static Outbound ended(Question question, Payment payment, Answer answer) {
    boolean stands = payment.outcome() == Outcome.PAID
        || payment.outcome() == Outcome.UNPAID && !isFinal(answer, false);
    return stands
        ? new Outbound(
            verdict(question, payment),
            Source.LEDGER,
            Sent.YES,
            payment.history().copies(),
            false,
            0,
            "query",
            Outbound.NOT_MEASURED)
        : answer instanceof Answer.Spoken spoken
            ? ours(payment.id().requestId(), spoken)
            : passed(question, answer);
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

  private static boolean isStatus(Answer answer, TransactionStatus status) {
    return isStatus(answer) && ((Answer.Spoken) answer).envelope().status() == status;
  }

  private static boolean isFinal(Answer answer, boolean paid) {
    if (!isStatus(answer)) {
      return false;
    }
    TransactionStatus status = ((Answer.Spoken) answer).envelope().status();
    return status.isFinal() && (status == TransactionStatus.SUCCESS) == paid;
  }

  private static Outbound ours(String callersId, Answer.Spoken answer) {
    byte[] body = Rewrite.requestId(answer.reply().body(), callersId);
    boolean unchanged = body == answer.reply().body();
    Reply reply = unchanged ? answer.reply() : new Reply(answer.reply().contentType(), body);
    return new Outbound(
        reply,
        unchanged ? Source.PLATFORM : Source.LEDGER,
        Sent.YES,
        1,
        false,
        0,
        "query",
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
        Outbound.refusal(OwnAnswer.refusal(code, message, inbound.traceId()), "invalid"));
  }

  /** Without the ledger a "no" of the platform might be premature, and a "yes" goes unheard. */
  private static Future<Outbound> ledgerAway(Inbound inbound, Throwable away) {
    return away instanceof LedgerAway
        ? Future.succeededFuture(Outbound.ledgerAway(inbound.traceId()))
        : Future.failedFuture(away);
  }
}
