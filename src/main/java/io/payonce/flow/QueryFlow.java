package io.payonce.flow;

import io.payonce.flow.engine.MoneyWrites;
import io.payonce.flow.engine.PlatformRequests;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.flow.port.Outbound.Source;
import io.payonce.json.Malformed;
import io.payonce.json.ProxyEnvelope;
import io.payonce.json.QueryScan;
import io.payonce.json.Rewrite;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Tombstone;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.model.TransactionStatus;
import io.payonce.platform.PlatformRequest;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Answers a caller's query for the state of a payment, from the platform and the ledger. No caller
 * gets "not found" or "failed" while Payonce itself is unsure, and a payment sent under a reissued
 * id is found under the caller's.
 */
public final class QueryFlow {
  private final Ledger ledger;
  private final MoneyWrites writes;
  private final Accounts accounts;
  private final FlowSettings settings;
  private final RecordedQuery recorded;
  private final TombstoneQuery buried;
  private final ReissuedIdQuery reissued;

  QueryFlow(
      Ledger ledger,
      MoneyWrites writes,
      Accounts accounts,
      RetryFlow retries,
      FlowSettings settings) {
    this.ledger = ledger;
    this.writes = writes;
    this.accounts = accounts;
    this.settings = settings;
    this.recorded = new RecordedQuery(ledger, writes, retries, settings);
    this.buried = new TombstoneQuery(accounts, ledger, writes, settings);
    this.reissued = new ReissuedIdQuery(accounts, buried, settings);
  }

  /** Answers a caller; fails only by a bug. */
  public Future<Outbound> handle(Inbound inbound) {
    RequestFields fields;
    try {
      fields = QueryScan.scan(inbound.query());
    } catch (Malformed malformed) {
      return refused(inbound, "C02", malformed.getMessage());
    }
    Optional<RequestRules.Fault> fault = RequestRules.check(Operation.QUERY, fields);
    if (fault.isPresent()) {
      return refused(inbound, fault.get().code().text(), fault.get().message());
    }
    return id(inbound, fields)
        .compose(id -> find(inbound, fields, id))
        .compose(this::ask)
        .recover(failure -> replyEarly(inbound, failure));
  }

  private Future<Optional<PaymentId>> id(Inbound inbound, RequestFields fields) {
    Optional<PaymentId> given = Optional.ofNullable(fields.transactionRequestId())
        .map(requestId -> settings.orders().scope().id(fields, requestId));
    return fields.transactionId() == null
        ? Future.succeededFuture(given)
        : ledger
            .findByAlias(settings.orders().scope().owner(fields), fields.transactionId())
            .compose(known -> known.isEmpty() || given.isEmpty() || known.equals(given)
                ? Future.succeededFuture(known.or(() -> given))
                : sameByAnotherName(inbound, known, given.get()));
  }

  /** A caller may know a payment by a reissued id, too; any other id is another payment's. */
  private Future<Optional<PaymentId>> sameByAnotherName(
      Inbound inbound, Optional<PaymentId> known, PaymentId given) {
    return ledger
        .findByAlias(given.owner(), given.requestId())
        .compose(same -> same.equals(known)
            ? Future.succeededFuture(known)
            : Future.failedFuture(new EarlyReply(twoPayments(inbound))));
  }

  private Future<CallerQuery> find(Inbound inbound, RequestFields fields, Optional<PaymentId> id) {
    return id.isEmpty()
        ? Future.succeededFuture(new CallerQuery(inbound, fields, null, null))
        : ledger
            .find(id.get())
            .compose(found -> found.isPresent()
                ? Future.succeededFuture(new CallerQuery(inbound, fields, id.get(), found.get()))
                : knownAs(inbound, fields, id.get()))
            .recover(failure -> Future.failedFuture(
                failure instanceof UnreadableRecord
                    ? new EarlyReply(unread(inbound, fields, id.get()))
                    : failure));
  }

  /** The platform may go by another id than we: one reissued, or another of the body's. */
  private Future<CallerQuery> knownAs(Inbound inbound, RequestFields fields, PaymentId named) {
    return ledger
        .findByAlias(named.owner(), named.requestId())
        .compose(id -> id.isEmpty()
            ? Future.succeededFuture(Optional.<Payment>empty())
            : ledger.find(id.get()))
        .map(found -> found
            .map(payment -> new CallerQuery(inbound, fields, payment.id(), payment))
            .orElseGet(() -> new CallerQuery(inbound, fields, named, null)));
  }

  /** There is a payment whose state is unknown: an operator will decide. */
  private static Outbound unread(Inbound inbound, RequestFields fields, PaymentId id) {
    return Outbound.pending(id, fields.referenceOrderId(), inbound.traceId(), 0);
  }

  private Future<Outbound> ask(CallerQuery question) {
    Payment payment = question.payment();
    if (payment != null && payment.isStrange()) {
      return Future.succeededFuture(RecordedQuery.ofAnotherPlatform(question, payment));
    }
    return (payment == null && question.id() != null
            ? ledger.tombstone(question.id())
            : Future.succeededFuture(Optional.<Tombstone>empty()))
        .compose(left ->
            left.filter(Tombstone::isStrange).filter(TombstoneQuery::speaksOf).isPresent()
                ? buried.known(question.buried(), left.get())
                : accounts
                    .way(account(question, left))
                    .platform()
                    .call(message(question))
                    .compose(answer -> isFinal(answer, true)
                        ? combinePaid(question, (Answer.Spoken) answer)
                        : combine(question, answer)));
  }

  /** Also where the ledger cannot be read any more: what the platform says now is written later. */
  private Future<Outbound> combinePaid(CallerQuery question, Answer.Spoken answer) {
    Object asked = question.id() == null ? question.fields().transactionId() : question.id();
    String what = "a query shows paid " + answer.envelope().transactionId();
    return writes.write(asked, what, () -> combine(question, answer));
  }

  /** That of the payment, however its caller's are distinguished by now; else the caller's. */
  private Account account(CallerQuery question, Optional<Tombstone> left) {
    return Optional.ofNullable(question.payment())
        .map(Payment::account)
        .or(() -> left.map(Tombstone::account))
        .orElseGet(
            () -> accounts.of(question.fields().appId(), question.fields().merchantId()));
  }

  /** Of what the ledger knows, its own id is asked for: then the answer can be held against it. */
  private static PlatformRequest message(CallerQuery question) {
    Inbound inbound = question.inbound();
    Payment payment = question.payment();
    String callers = question.fields().appId();
    String appId = payment == null ? callers : payment.appId(callers);
    boolean asGiven = payment == null
        || !payment.operation().isReissued()
        || payment.history().generation() == 1
            && question.fields().transactionId() == null
            && appId.equals(callers);
    return asGiven
        ? new PlatformRequest(inbound.method(), inbound.target(), inbound.headers(), inbound.body())
        : PlatformRequests.question(appId, question.fields().merchantId(), payment.platformId());
  }

  private Future<Outbound> combine(CallerQuery question, Answer answer) {
    if (question.payment() != null && question.payment().isStrange()) {
      // Found under the id that this platform gave: its word is of another payment than ours.
      return Future.succeededFuture(question.passed(answer));
    }
    if (question.payment() != null) {
      return recorded.answer(question, question.payment(), answer);
    }
    if (!StoredReply.isOf(question.fields().transactionId(), answer)
        && question.fields().transactionId() != null) {
      return Future.succeededFuture(question.unreadable());
    }
    if (question.id() == null) {
      return unheardOf(question, answer);
    }
    if (!reissued.isUnder(question.id(), answer)) {
      return Future.succeededFuture(
          question.fields().transactionId() == null
              ? question.unreadable()
              : twoPayments(question.inbound()));
    }
    if (isFinal(answer, true)) {
      return begunSince(question, answer);
    }
    return unrecorded(question, answer);
  }

  /** "Paid", once answered, stands: no word of the platform overrules what a tombstone says. */
  private Future<Outbound> unrecorded(CallerQuery question, Answer answer) {
    return ledger.tombstone(question.id()).compose(left -> {
      if (left.filter(TombstoneQuery::speaksOf).isPresent()) {
        return left.get().isStrange()
            ? buried.known(question.buried(), left.get())
            : buried.answer(question.buried(), left.get(), answer);
      }
      return left.isPresent() && !left.get().isStrange()
          ? buried.refused(
              question.buried(), left.get(), answer, () -> unremembered(question, answer))
          : unremembered(question, answer);
    });
  }

  private Future<Outbound> unremembered(CallerQuery question, Answer answer) {
    return isFinal(answer, false)
        ? reissued.answer(question, answer)
        : reissued.unsaid(question, answer);
  }

  /** It may have begun, and been paid, while the question was on its way: then that is written. */
  private Future<Outbound> begunSince(CallerQuery question, Answer answer) {
    return ledger.find(question.id()).compose(found -> {
      if (found.isEmpty()) {
        return unrecorded(question, answer);
      }
      // Of what another platform was sent since, the word of this one is not to be had.
      return found.get().isStrange()
          ? Future.succeededFuture(RecordedQuery.ofAnotherPlatform(question, found.get()))
          : recorded.answer(question, found.get(), answer);
    });
  }

  /** By what the platform calls it, it may be known here after all. */
  private Future<Outbound> unheardOf(CallerQuery question, Answer answer) {
    PaymentId named = StoredReply.id(settings.orders().scope().id(question.fields(), ""), answer);
    return named == null
        ? Future.succeededFuture(question.passed(answer))
        : ledger
            .findByAlias(named.owner(), named.requestId())
            .map(known -> known.orElse(named))
            .compose(id -> find(question.inbound(), question.fields(), Optional.of(id)))
            .compose(found -> combine(found, answer));
  }

  static boolean isFinal(Answer answer, boolean paid) {
    if (!StoredReply.isStatus(answer)) {
      return false;
    }
    TransactionStatus status = ((Answer.Spoken) answer).envelope().status();
    return status.isFinal() && (status == TransactionStatus.SUCCESS) == paid;
  }

  /** @param original by which the caller knows what this one follows on, null where he gave none */
  static Outbound ours(String callersId, String original, Answer.Spoken answer) {
    byte[] body = Rewrite.requestId(answer.reply().body(), callersId);
    if (original != null) {
      body = Rewrite.originalRequestId(body, original);
    }
    boolean unchanged = body == answer.reply().body();
    Reply reply = unchanged ? answer.reply() : new Reply(answer.reply().contentType(), body);
    return Outbound.of(
        reply, unchanged ? Source.PLATFORM : Source.LEDGER, Sent.YES, 1, CallOutcome.QUERY);
  }

  private static Future<Outbound> refused(Inbound inbound, String code, String message) {
    return Future.succeededFuture(Outbound.refusal(
        ProxyEnvelope.refusal(code, message, inbound.traceId()), CallOutcome.INVALID));
  }

  /** The platform goes by the first; whoever reads the answer would go by the second. */
  private static Outbound twoPayments(Inbound inbound) {
    Reply reply = ProxyEnvelope.refusal(
        "C02", "transactionId and transactionRequestId name two payments", inbound.traceId());
    return Outbound.refusal(reply, CallOutcome.INVALID).sends(0);
  }

  /** Without the ledger a "no" of the platform might be premature, and a "yes" goes unheard. */
  private static Future<Outbound> replyEarly(Inbound inbound, Throwable failure) {
    if (failure instanceof EarlyReply early) {
      return Future.succeededFuture(early.outbound());
    }
    return failure instanceof LedgerUnavailable unavailable
        ? Future.succeededFuture(Outbound.ledgerUnavailable(unavailable, inbound.traceId()))
        : Future.failedFuture(failure);
  }
}
