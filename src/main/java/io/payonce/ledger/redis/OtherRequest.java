package io.payonce.ledger.redis;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Tombstone;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.PaymentId;
import io.vertx.redis.client.Response;

/**
 * Tells that an id belongs to another request, from its record or its tombstone. Both must be
 * readable whole to say so: a fingerprint under a lost key looks the same.
 *
 * @param fingerprint of that other request
 */
record OtherRequest(BeginResult.OtherBody begin, String fingerprint) {
  private static final int FIELDS = 2;
  private static final int TOMBSTONE = 3;
  private static final int BODY = 4;

  /** @throws UnreadableRecord when it cannot be read */
  static OtherRequest read(
      PaymentId id, ScriptReply<?> reply, Sealer sealer, LedgerSettings settings) {
    Response fields = reply.rest().get(FIELDS);
    if (fields == null) {
      return late(id, reply.text(TOMBSTONE), settings.home());
    }
    byte[] body = InspectReply.bytes(reply.rest().get(BODY));
    return first(RecordReader.read(id, fields, body, reply.number(1), sealer, settings));
  }

  /**
   * The answer to a caller whose request is not this one.
   *
   * @throws UnreadableRecord when that is not certain: a tombstone opens with no key that could
   *     show whose its fingerprint is
   */
  BeginResult judged(PaymentId id, Sealer sealer) {
    if (begin.tombstone() != null && sealer.hasRetired()) {
      throw new UnreadableRecord(id, "its fingerprint may be of a key that has gone");
    }
    return begin;
  }

  private static OtherRequest first(Payment payment) {
    return new OtherRequest(new BeginResult.OtherBody(payment, null), payment.fingerprint());
  }

  private static OtherRequest late(PaymentId id, String text, HomePlatform home) {
    try {
      return new OtherRequest(
          new BeginResult.OtherBody(null, Tombstone.read(id, text, home::whose)),
          Tombstone.fingerprint(text));
    } catch (IllegalArgumentException | IndexOutOfBoundsException torn) {
      throw new UnreadableRecord(id, "its tombstone says nothing");
    }
  }
}
