package io.payonce.flow;

import io.payonce.flow.Outbound.Sent;
import io.payonce.flow.Outbound.Source;
import io.payonce.json.EnvelopeScan;
import io.payonce.json.Malformed;
import io.payonce.json.OwnAnswer;
import io.payonce.json.RequestScan;
import io.payonce.json.Rewrite;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerAway;
import io.payonce.ledger.Payment;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;
import io.payonce.platform.Message;
import io.payonce.rule.Door;
import io.payonce.rule.PlatformId;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Stops a payment: first the wish is noted in the ledger, from where on no copy of the payment is
 * sent; only then does it leave for the platform.
 */
public final class AbortFlow {
  private final Ledger ledger;
  private final CallFlow calls;

  AbortFlow(Ledger ledger, CallFlow calls) {
    this.ledger = ledger;
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
        : note(fields)
            .compose(noted -> leave(inbound, fields, noted))
            .recover(away -> ledgerAway(inbound, away));
  }

  private Future<Optional<Payment>> note(RequestFields fields) {
    return original(fields)
        .compose(id ->
            id.isPresent() ? ledger.abort(id.get()) : Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<PaymentId>> original(RequestFields fields) {
    return fields.originalTransactionId() != null
        ? ledger.findByTransaction(fields.merchantId(), fields.originalTransactionId())
        : Future.succeededFuture(
            Optional.of(new PaymentId(fields.merchantId(), fields.originalTransactionRequestId())));
  }

  private Future<Outbound> leave(Inbound inbound, RequestFields fields, Optional<Payment> noted) {
    return calls
        .call(inbound, aimed(inbound, fields, noted))
        .map(out -> isUnsure(out, noted) ? notYet(inbound, noted.get()) : out);
  }

  /** The platform knows a reissued payment by its derived id. */
  private static Message aimed(Inbound inbound, RequestFields fields, Optional<Payment> noted) {
    byte[] body = inbound.body();
    if (noted.isPresent() && fields.originalTransactionRequestId() != null) {
      String known = PlatformId.of(noted.get().id().requestId(), noted.get().history());
      body = Rewrite.originalRequestId(body, known);
    }
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
        OwnAnswer.pending(payment.id().requestId(), payment.order(), inbound.traceId()),
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
