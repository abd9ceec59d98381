package io.payonce.flow;

import io.payonce.codes.Code;
import io.payonce.flow.engine.PlatformRequests;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Time;
import io.payonce.json.EnvelopeScan;
import io.payonce.json.Malformed;
import io.payonce.json.ProxyEnvelope;
import io.payonce.json.RequestScan;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Payment;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;
import io.payonce.platform.PlatformRequest;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Stops a payment on the caller's request. The abort is written in the ledger first, and from then
 * on the payment gets no further send; only then is the platform asked to abort it.
 */
public final class AbortFlow {
  private final Ledger ledger;
  private final OriginalLookup originals;
  private final Accounts accounts;
  private final CallFlow calls;
  private final Time time;

  AbortFlow(Ledger ledger, OriginalLookup originals, Accounts accounts, CallFlow calls, Time time) {
    this.ledger = ledger;
    this.originals = originals;
    this.accounts = accounts;
    this.calls = calls;
    this.time = time;
  }

  /** Answers a caller; fails only by a bug. */
  public Future<Outbound> handle(Inbound inbound) {
    long sinceNanos = time.nanos();
    RequestFields fields;
    try {
      fields = RequestScan.scan(Operation.ABORT, inbound.body());
    } catch (Malformed malformed) {
      return refused(inbound, "C02", malformed.getMessage());
    }
    Optional<RequestRules.Fault> fault = RequestRules.check(Operation.ABORT, fields);
    return fault.isPresent()
        ? refused(inbound, fault.get().code().text(), fault.get().message())
        : originals
            .id(fields)
            .compose(id -> note(new Stop(inbound, fields, sinceNanos), id))
            .recover(failure -> ledgerUnavailable(inbound, failure));
  }

  /** @param sinceNanos when the caller came */
  private record Stop(Inbound inbound, RequestFields fields, long sinceNanos) {}

  private Future<Outbound> note(Stop stop, Optional<PaymentId> id) {
    return id.isPresent()
        ? ledger.abort(id.get()).compose(noted -> leave(stop, noted))
        : noteNamed(stop);
  }

  /**
   * A transaction that nobody here has heard of may still be a payment that is under way: only the
   * platform can say whose it is, and until it does, there is nothing to write the abort to.
   */
  private Future<Outbound> noteNamed(Stop stop) {
    Future<Answer> question = accounts
        .way(accounts.of(stop.fields().appId(), stop.fields().merchantId()))
        .platform()
        .call(PlatformRequests.questionByTransaction(stop.fields()));
    return question.compose(answer -> {
      String asked = stop.fields().originalTransactionId();
      PaymentId named = StoredReply.isOf(asked, answer)
          ? StoredReply.id(originals.named(stop.fields(), asked), answer)
          : null;
      return named == null
          ? Future.succeededFuture(strange(stop.inbound(), answer))
          : ledger
              .findByAlias(named.owner(), named.requestId())
              .compose(derived -> note(stop, derived.or(() -> Optional.of(named))));
    });
  }

  private static Outbound strange(Inbound inbound, Answer answer) {
    boolean unknown =
        answer instanceof Answer.Spoken spoken && Code.of(spoken.envelope().code()) == Code.C12;
    return unknown ? CallFlow.reply(inbound, answer, 1) : Outbound.unstopped(inbound.traceId());
  }

  private Future<Outbound> leave(Stop stop, Optional<Payment> noted) {
    Inbound inbound = stop.inbound();
    if (noted.isPresent() && noted.get().isStrange()) {
      return Future.succeededFuture(elsewhere(inbound, noted.get()));
    }
    PlatformRequest aimed = aimed(inbound, stop.fields(), noted);
    boolean renamed = aimed.body() != inbound.body();
    Account account = noted
        .map(Payment::account)
        .orElseGet(() -> accounts.of(stop.fields().appId(), stop.fields().merchantId()));
    return calls
        .call(inbound, account, aimed, stop.sinceNanos())
        .map(out -> isUnsure(out, noted) ? notYet(inbound, noted.get()) : out)
        .map(out -> renamed ? out.about(stop.fields().originalTransactionRequestId()) : out);
  }

  /** The abort is noted for the pods of that platform; it means nothing to this one. */
  private static Outbound elsewhere(Inbound inbound, Payment payment) {
    return payment.isEnded()
        ? Outbound.refusal(
            ProxyEnvelope.refusal("C24", "the payment has ended", inbound.traceId()),
            CallOutcome.REFUSED)
        : notYet(inbound, payment);
  }

  private static PlatformRequest aimed(
      Inbound inbound, RequestFields fields, Optional<Payment> noted) {
    boolean byRequestId = fields.originalTransactionRequestId() != null;
    byte[] body = noted.isPresent() && byRequestId
        ? OriginalLookup.named(noted.get(), inbound.body())
        : inbound.body();
    return new PlatformRequest(inbound.method(), inbound.target(), inbound.headers(), body);
  }

  /** "Does not exist" is not the whole truth while a send may still be on its way. */
  private static boolean isUnsure(Outbound out, Optional<Payment> noted) {
    if (noted.isEmpty() || noted.get().isEnded()) {
      return false;
    }
    Envelope envelope = EnvelopeScan.scan(out.reply().body());
    return envelope != null && "C12".equals(envelope.code());
  }

  private static Outbound notYet(Inbound inbound, Payment payment) {
    return StoredReply.pending(payment, payment.referenceOrderId(), inbound.traceId());
  }

  private static Future<Outbound> refused(Inbound inbound, String code, String message) {
    return Future.succeededFuture(Outbound.refusal(
        ProxyEnvelope.refusal(code, message, inbound.traceId()), CallOutcome.INVALID));
  }

  private static Future<Outbound> ledgerUnavailable(Inbound inbound, Throwable failure) {
    return failure instanceof LedgerUnavailable unread
        ? Future.succeededFuture(Outbound.ledgerUnavailable(unread, inbound.traceId()))
        : Future.failedFuture(failure);
  }
}
