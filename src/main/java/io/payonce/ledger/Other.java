package io.payonce.ledger;

import io.payonce.model.PaymentId;
import io.vertx.redis.client.Response;

/**
 * What stands under an id that another request was given: a record, or the tombstone of one.
 *
 * @param fingerprint of that other request
 */
record Other(Begin.OtherBody begin, String fingerprint) {
  private static final int FIELDS = 2;
  private static final int TOMBSTONE = 3;

  static Other read(PaymentId id, Said<?> said, Sealer sealer, LedgerSettings settings) {
    Response fields = said.rest().get(FIELDS);
    try {
      return fields == null
          ? late(id, said.text(TOMBSTONE), settings.home())
          : first(Row.read(id, fields, null, said.number(1), sealer, settings));
    } catch (UnreadableRecord | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
      return new Other(new Begin.OtherBody(null, null), "");
    }
  }

  private static Other first(Payment payment) {
    return new Other(new Begin.OtherBody(payment, null), payment.fingerprint());
  }

  private static Other late(PaymentId id, String text, Home home) {
    return new Other(
        new Begin.OtherBody(null, Tombstone.read(id, text, home)), Tombstone.fingerprint(text));
  }
}
