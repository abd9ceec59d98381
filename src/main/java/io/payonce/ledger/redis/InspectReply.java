package io.payonce.ledger.redis;

import io.payonce.ledger.Dossier;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Tombstone;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.PaymentId;
import io.vertx.redis.client.Response;

/** Reads what the script {@code inspect} returned of a payment. */
record InspectReply(PaymentId id, Response reply) {
  private static final int NOW = 1;
  private static final int FIELDS = 2;
  private static final int FENCE = 3;
  private static final int DUE = 4;
  private static final int ATTENTION = 5;
  private static final int TOMBSTONE = 6;
  private static final int BODY = 7;
  private static final int STRAY = 8;
  private static final int REMAINS = 9;
  private static final int MOVED = 10;
  private static final int MOVED_ORDER = 11;

  /** The token of a payment without a lease. */
  private static final String NO_WORKER = "-";

  Dossier dossier(Sealer sealer, LedgerSettings settings, boolean whole) {
    Payment payment = null;
    String unreadable = null;
    try {
      payment = exists() ? read(sealer, settings, whole) : null;
    } catch (UnreadableRecord faulty) {
      unreadable = faulty.getMessage();
    }
    String token = text(FENCE);
    return new Dossier(
        id,
        payment,
        unreadable,
        text(TOMBSTONE) == null
            ? null
            : Tombstone.read(id, text(TOMBSTONE), settings.home()::whose),
        new Dossier.Left(
            text(STRAY),
            text(REMAINS) == null ? null : BriefTimeline.full(text(REMAINS)),
            text(MOVED),
            text(MOVED_ORDER) == null || text(MOVED_ORDER).isEmpty() ? null : text(MOVED_ORDER)),
        token != null && !token.equals(NO_WORKER) && score(DUE) > 0,
        new Dossier.Times(score(DUE), score(ATTENTION), reply.get(NOW).toLong()));
  }

  static byte[] bytes(Response field) {
    return field == null ? null : field.toBytes();
  }

  private boolean exists() {
    return reply.get(FIELDS).get(0) != null;
  }

  private Payment read(Sealer sealer, LedgerSettings settings, boolean whole) {
    byte[] body = whole ? bytes(reply.get(BODY)) : null;
    return RecordReader.read(
        id, reply.get(FIELDS), body, reply.get(NOW).toLong(), sealer, settings);
  }

  private String text(int at) {
    Response field = reply.get(at);
    return field == null ? null : field.toString();
  }

  private long score(int at) {
    return reply.get(at) == null ? 0 : (long) Double.parseDouble(text(at));
  }
}
