package io.payonce.flow;

import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.json.Malformed;
import io.payonce.json.ProxyEnvelope;
import io.payonce.json.RequestReader;
import io.payonce.json.RequestScan;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;
import io.payonce.model.Scope;
import io.payonce.validation.RequestRules;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Refuses requests that the platform would surely refuse. An earlier call may have sent this
 * payment, so "nothing was sent" is answered only when its record was looked for and there is none,
 * in a ledger that has forgotten none.
 */
final class RequestValidation {
  private final Ledger ledger;
  private final Scope scope;
  private final RequestReader reader = new RequestReader();

  RequestValidation(Ledger ledger, Scope scope) {
    this.ledger = ledger;
    this.scope = scope;
  }

  /** What the request says; fails with the {@link EarlyReply} of one that is refused. */
  Future<RequestReader.Read> admit(Inbound inbound) {
    RequestReader.Read read;
    try {
      read = reader.read(inbound.operation(), inbound.body());
    } catch (Malformed malformed) {
      return refuse(
          inbound,
          "C02",
          malformed.getMessage(),
          RequestScan.name(inbound.operation(), inbound.body()));
    }
    Optional<RequestRules.Fault> fault = RequestRules.check(inbound.operation(), read.fields());
    return fault.isEmpty()
        ? Future.succeededFuture(read)
        : refuse(inbound, fault.get().code().text(), fault.get().message(), read.fields());
  }

  /** @param fields what could be read of the request; null where that is not known for certain */
  private <T> Future<T> refuse(Inbound inbound, String code, String why, RequestFields fields) {
    Outbound refusal =
        Outbound.refusal(ProxyEnvelope.refusal(code, why, inbound.traceId()), CallOutcome.INVALID);
    return judged(refusal, fields).compose(EarlyReply::with);
  }

  private Future<Outbound> judged(Outbound refusal, RequestFields fields) {
    if (fields == null) {
      return Future.succeededFuture(refusal.sends(0));
    }
    if (!RequestRules.isNamed(fields, scope)) {
      return Future.succeededFuture(refusal); // such an id has no record
    }
    return judge(refusal, scope.id(fields, fields.transactionRequestId()));
  }

  /** What a refusal says of a payment whose record has not been read yet. */
  Future<Outbound> judge(Outbound refusal, PaymentId id) {
    return ledger
        .platformId(id)
        .map(known -> known.isPresent()
            ? refusal.sends(0)
            : ledger.mayHaveForgotten(id) ? refusal : refusal.neverSent())
        .recover(failure -> unread(refusal, failure));
  }

  private static Future<Outbound> unread(Outbound refusal, Throwable failure) {
    if (failure instanceof UnreadableRecord) {
      return Future.succeededFuture(refusal.sends(0));
    }
    return failure instanceof LedgerUnavailable
        ? Future.succeededFuture(refusal)
        : Future.failedFuture(failure);
  }
}
