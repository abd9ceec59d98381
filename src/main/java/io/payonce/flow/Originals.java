package io.payonce.flow;

import io.payonce.json.Rewrite;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.Payment;
import io.payonce.model.PaymentId;
import io.payonce.model.RequestFields;
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
    String callers = fields.originalTransactionRequestId();
    return ledger
        .platformId(new PaymentId(fields.merchantId(), callers))
        .map(known -> known.map(platforms -> named(callers, platforms, body)).orElse(body));
  }

  static byte[] named(Payment original, byte[] body) {
    return named(original.id().requestId(), original.platformId(), body);
  }

  private static byte[] named(String callers, String platforms, byte[] body) {
    return platforms.equals(callers) ? body : Rewrite.originalRequestId(body, platforms);
  }
}
