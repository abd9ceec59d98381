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
            .namesOne(fields)
            .compose(one -> one
                ? originals
                    .id(fields)
                    .compose(id -> note(new Stop(inbound, fields, sinceNanos), id))
                : Future.succeededFuture(EarlyReply.twoOriginals(inbound)))
            .recover(failure -> ledgerUnavailable(inbound, failure));
  }

  /** @param sinceNanos when the caller came */
  private record Stop(Inbound inbound, RequestFields fields, long sinceNanos) {}

  private Future<Outbound> note(Stop stop, Optional<PaymentId> id) {
    return id.isPresent()
        ? ledger
            .abort(id.get())
            .compose(noted ->
                noted.isPresent() ? leave(stop, noted.get()) : leaveWithout(stop, id.get()))
        : noteNamed(stop);
  }

  /**
   * A transaction unknown here may still be a payment that is under way: only the platform can say
   * whose it is, and until it does, there is nothing to write the abort to.
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
              .compose(reissued -> note(stop, reissued.or(() -> Optional.of(named))));
    });
  }

  private static Outbound strange(Inbound inbound, Answer answer) {
    boolean unknown =
        answer instanceof Answer.Spoken spoken && Code.of(spoken.envelope().code()) == Code.C12;
    return unknown ? CallFlow.reply(inbound, answer, 1) : Outbound.unstopped(inbound.traceId());
  }

  private Future<Outbound> leave(Stop stop, Payment noted) {
    Inbound inbound = stop.inbound();
    return noted.isStrange()
        ? Future.succeededFuture(noted.isEnded() ? ended(inbound) : notYet(inbound, noted))
        : send(stop, noted.account(), aimed(stop, noted.id(), noted.platformId()))
            .map(out -> isUnsure(out, noted) ? notYet(inbound, noted) : out);
  }

  /** Of a payment without a record: it has ended, or is unknown here. */
  private Future<Outbound> leaveWithout(Stop stop, PaymentId id) {
    return ledger.tombstone(id).compose(left -> {
      if (left.isEmpty()) {
        RequestFields fields = stop.fields();
        return send(
            stop,
            accounts.of(fields.appId(), fields.merchantId()),
            stop.inbound().body());
      }
      return left.get().isStrange()
          ? Future.succeededFuture(ended(stop.inbound()))
          : send(stop, left.get().account(), aimed(stop, id, left.get().platformId()));
    });
  }

  private Future<Outbound> send(Stop stop, Account account, byte[] body) {
    Inbound inbound = stop.inbound();
    PlatformRequest request =
        new PlatformRequest(inbound.method(), inbound.target(), inbound.headers(), body);
    return calls
        .call(inbound, account, request, stop.sinceNanos())
        .map(out ->
            body == inbound.body() ? out : out.about(stop.fields().originalTransactionRequestId()));
  }

  /** This pod has no key of the platform that was sent it. */
  private static Outbound ended(Inbound inbound) {
    return Outbound.refusal(
        ProxyEnvelope.refusal("C24", "the payment has ended", inbound.traceId()),
        CallOutcome.REFUSED);
  }

  private static byte[] aimed(Stop stop, PaymentId id, String platforms) {
    byte[] body = stop.inbound().body();
    return stop.fields().originalTransactionRequestId() == null
        ? body
        : OriginalLookup.renamed(id.requestId(), platforms, body);
  }

  /** "Does not exist" is not the whole truth while a send may still be on its way. */
  private static boolean isUnsure(Outbound out, Payment noted) {
    Envelope envelope = noted.isEnded() ? null : EnvelopeScan.scan(out.reply().body());
    return envelope != null && "C12".equals(envelope.code());
  }

  /** What the abort is noted of, for whoever works on it; here it means nothing yet. */
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
