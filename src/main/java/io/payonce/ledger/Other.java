package io.payonce.ledger;

import io.payonce.model.PaymentId;
import io.vertx.redis.client.Response;

/**
 * What stands under an id that another request was given: a record, or the tombstone of one. Only
 * who could read all of it may say that it is another's: a fingerprint under a key that has gone
 * looks like that, too.
 *
 * @param fingerprint of that other request
 */
record Other(Begin.OtherBody begin, String fingerprint) {
  private static final int FIELDS = 2;
  private static final int TOMBSTONE = 3;
  private static final int BODY = 4;

  /** @throws UnreadableRecord when it cannot be read */
  static Other read(PaymentId id, Said<?> said, Sealer sealer, LedgerSettings settings) {
    Response fields = said.rest().get(FIELDS);
    if (fields == null) {
      return late(id, said.text(TOMBSTONE), settings.home());
    }
    byte[] body = Seen.bytes(said.rest().get(BODY));
    return first(Row.read(id, fields, body, said.number(1), sealer, settings));
  }

  /**
   * What the caller is told whose request is not this one.
   *
   * @throws UnreadableRecord when that is not certain: a tombstone opens with no key that could
   *     show whose its fingerprint is
   */
  Begin judged(PaymentId id, Sealer sealer) {
    if (begin.late() != null && sealer.hasRetired()) {
      throw new UnreadableRecord(id, "its fingerprint may be of a key that has gone");
    }
    return begin;
  }

  private static Other first(Payment payment) {
    return new Other(new Begin.OtherBody(payment, null), payment.fingerprint());
  }

  private static Other late(PaymentId id, String text, Home home) {
    try {
      return new Other(
          new Begin.OtherBody(null, Tombstone.read(id, text, home)), Tombstone.fingerprint(text));
    } catch (IllegalArgumentException | IndexOutOfBoundsException torn) {
      throw new UnreadableRecord(id, "its tombstone says nothing");
    }
  }
}
