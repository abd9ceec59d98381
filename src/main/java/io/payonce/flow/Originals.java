package io.payonce.flow;

import io.payonce.json.Rewrite;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.Payment;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;
import io.payonce.rule.PlatformId;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Finds what a follow-up is about. The platform may know a payment by a derived id, of which the
 * caller knows nothing: then the follow-up goes out under that one.
 */
final class Originals {
  private final Ledger ledger;

  Originals(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Which payment is meant, if the ledger can tell. */
  Future<Optional<PaymentId>> id(RequestFields fields) {
    if (fields.originalTransactionId() != null) {
      return ledger.findByName(fields.merchantId(), fields.originalTransactionId());
    }
    return Future.succeededFuture(
        Optional.of(new PaymentId(fields.merchantId(), fields.originalTransactionRequestId())));
  }

  /** The bytes that go to the platform; the caller's own unless the original was reissued. */
  Future<byte[]> named(RequestFields fields, byte[] body) {
    if (fields.originalTransactionId() != null || fields.originalTransactionRequestId() == null) {
      return Future.succeededFuture(body);
    }
    return id(fields)
        .compose(id -> ledger.find(id.get()))
        .map(found -> found.map(payment -> named(payment, body)).orElse(body));
  }

  static byte[] named(Payment original, byte[] body) {
    return original.history().attempt() == 1
        ? body
        : Rewrite.originalRequestId(
            body, PlatformId.of(original.id().requestId(), original.history()));
  }
}
