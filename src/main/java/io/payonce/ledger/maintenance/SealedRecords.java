package io.payonce.ledger.maintenance;

import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerScript;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.ledger.sealing.EncryptionKey;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What of a record is sealed, and with which keys. */
record SealedRecords(PaymentId id, String stage, String terms, byte[] body, byte[] answer) {
  private static final int HEAD_BYTES = 1 + EncryptionKey.NAME_BYTES;

  private static final int STAGE = 1;
  private static final int TERMS = 2;
  private static final int BODY = 3;
  private static final int ANSWER = 4;

  static Future<SealedRecords> of(ScriptRunner moves, PaymentId id) {
    return moves
        .make(LedgerScript.PEEK, List.of(LedgerKeys.of(id).payment()), List.of(HEAD_BYTES))
        .map(reply -> read(id, reply.rest()));
  }

  private static SealedRecords read(PaymentId id, Response response) {
    return new SealedRecords(
        id,
        text(response.get(STAGE)),
        text(response.get(TERMS)),
        bytes(response.get(BODY)),
        bytes(response.get(ANSWER)));
  }

  boolean isEmpty() {
    return body.length == 0 && answer.length == 0;
  }

  /** What names no key is tried with all of ours. */
  Set<String> keys(Sealer sealer) {
    Set<String> names = new TreeSet<>();
    name(sealer, "body", body, names);
    name(sealer, "answer", answer, names);
    return names;
  }

  private void name(Sealer sealer, String field, byte[] sealed, Set<String> names) {
    if (sealed.length > 0) {
      names.add(Sealer.keyName(sealed)
          .or(() -> sealer.openedBy(id, field, sealed))
          .orElse(SealRegister.UNKNOWN));
    }
  }

  static String text(Response field) {
    return field == null ? null : field.toString();
  }

  private static byte[] bytes(Response field) {
    return field == null ? new byte[0] : field.toBytes();
  }
}
