package io.payonce.flow;

import io.payonce.flow.Outbound.Sent;
import io.payonce.flow.Outbound.Source;
import io.payonce.json.EnvelopeScan;
import io.payonce.json.Malformed;
import io.payonce.json.OwnAnswer;
import io.payonce.json.RequestScan;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerAway;
import io.payonce.ledger.Payment;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;
import io.payonce.platform.Message;
import io.payonce.platform.Platform;
import io.payonce.rule.Code;
import io.payonce.rule.Door;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Stops a payment: first the wish is noted in the ledger, from where on no copy of the payment is
 * sent; only then does it leave for the platform.
 */
public final class AbortFlow {
  private final Ledger ledger;
  private final Originals originals;
  private final Platform platform;
  private final CallFlow calls;

  AbortFlow(Ledger ledger, Originals originals, Platform platform, CallFlow calls) {
    this.ledger = ledger;
    this.originals = originals;
    this.platform = platform;
    this.calls = calls;
  }

  /** Answers a caller; fails only by a bug. */
  public Future<Outbound> handle(Inbound inbound) {
    RequestFields fields;
    try {
      fields = RequestScan.scan(inbound.body());
    } catch (Malformed malformed) {
      return refused(inbound, "C02", malformed.getMessage());
    }
    Optional<Door.Fault> fault = Door.check(Operation.ABORT, fields);
    return fault.isPresent()
        ? refused(inbound, fault.get().code().text(), fault.get().message())
        : originals
            .id(fields)
            .compose(
                id -> id.isPresent() ? stop(inbound, fields, id.get()) : stopNamed(inbound, fields))
            .recover(away -> ledgerAway(inbound, away));
  }

  private Future<Outbound> stop(Inbound inbound, RequestFields fields, PaymentId id) {
    return ledger.abort(id).compose(noted -> leave(inbound, fields, noted));
  }

  /**
   * A transaction that nobody here has heard of may still be a payment that is under way: only the
   * platform can say whose it is, and until it does, there is nothing to write the wish to.
   */
  private Future<Outbound> stopNamed(Inbound inbound, RequestFields fields) {
    return platform.call(Copies.questionByTransaction(fields)).compose(answer -> {
      PaymentId named = Answers.id(fields.merchantId(), answer);
      return named == null
          ? Future.succeededFuture(strange(inbound, answer))
          : ledger
              .findByName(named.merchantId(), named.requestId())
              .compose(derived -> stop(inbound, fields, derived.orElse(named)));
    });
  }

  private static Outbound strange(Inbound inbound, Answer answer) {
    boolean unknown =
        answer instanceof Answer.Spoken spoken && Code.of(spoken.envelope().code()) == Code.C12;
    return unknown ? CallFlow.told(inbound, answer, 1) : Outbound.unstopped(inbound.traceId());
  }

  private Future<Outbound> leave(Inbound inbound, RequestFields fields, Optional<Payment> noted) {
    Message aimed = aimed(inbound, fields, noted);
    boolean renamed = aimed.body() != inbound.body();
    return calls
        .call(inbound, aimed)
        .map(out -> isUnsure(out, noted) ? notYet(inbound, noted.get()) : out)
        .map(out -> renamed ? out.about(fields.originalTransactionRequestId()) : out);
  }

  private static Message aimed(Inbound inbound, RequestFields fields, Optional<Payment> noted) {
    boolean byRequestId = fields.originalTransactionRequestId() != null;
    byte[] body = noted.isPresent() && byRequestId
        ? Originals.named(noted.get(), inbound.body())
        : inbound.body();
    return new Message(inbound.method(), inbound.target(), inbound.headers(), body);
  }

  /** "Does not exist" is not the whole truth while a copy may still be on its way. */
  private static boolean isUnsure(Outbound out, Optional<Payment> noted) {
    if (noted.isEmpty() || noted.get().isEnded()) {
      return false;
    }
    Envelope envelope = EnvelopeScan.scan(out.reply().body());
    return envelope != null && "C12".equals(envelope.code());
  }

  private static Outbound notYet(Inbound inbound, Payment payment) {
    return new Outbound(
        OwnAnswer.pending(payment.id().requestId(), payment.referenceOrderId(), inbound.traceId()),
        Source.PROXY,
        Sent.YES,
        payment.history().copies(),
        false,
        0,
        "pending",
        Outbound.NOT_MEASURED);
  }

  private static Future<Outbound> refused(Inbound inbound, String code, String message) {
    return Future.succeededFuture(
        Outbound.refusal(OwnAnswer.refusal(code, message, inbound.traceId()), "invalid"));
  }

  private static Future<Outbound> ledgerAway(Inbound inbound, Throwable away) {
    return away instanceof LedgerAway
        ? Future.succeededFuture(Outbound.ledgerAway(inbound.traceId()))
        : Future.failedFuture(away);
  }
}
