package io.payonce.ledger.maintenance;

import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerScript;
import io.payonce.ledger.redis.RecordReader;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.ledger.sealing.EncryptionKey;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.PaymentId;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Says what of a record is sealed, and with which keys. */
record SealedRecords(
    PaymentId id, String stage, String terms, byte[] body, byte[] answer, byte[] url) {
  private static final int HEAD_BYTES = 1 + EncryptionKey.NAME_BYTES;

  /** Under which fields of a notice an answer stands. */
  private static final Pattern WORDS = Pattern.compile("\\d+|lost");

  private static final int STAGE = 1;
  private static final int TERMS = 2;
  private static final int BODY = 3;
  private static final int ANSWER = 4;
  private static final int URL = 5;

  /** Of a record whose sealed fields were not looked at. */
  SealedRecords(PaymentId id, String stage, String terms) {
    this(id, stage, terms, new byte[0], new byte[0], new byte[0]);
  }

  static Future<SealedRecords> of(ScriptRunner moves, PaymentId id) {
    return moves
        .make(
            LedgerScript.PEEK,
            List.of(LedgerKeys.of(id).payment(), LedgerKeys.of(id).ended()),
            List.of(HEAD_BYTES))
        .map(reply -> read(id, reply.rest()));
  }

  private static SealedRecords read(PaymentId id, Response response) {
    return new SealedRecords(
        id,
        text(response.get(STAGE)),
        text(response.get(TERMS)),
        bytes(response.get(BODY)),
        bytes(response.get(ANSWER)),
        bytes(response.get(URL)));
  }

  /**
   * With which keys the notifications are sealed that callers still wait for; it outlives the
   * record.
   */
  static Future<Set<String>> ofNotice(ScriptRunner moves, PaymentId id, Sealer sealer) {
    String key = LedgerKeys.of(id).notice();
    return moves.send(key, Request.cmd(Command.HGETALL).arg(moves.named(key))).map(fields -> {
      Set<String> names = new TreeSet<>();
      SealedRecords none = new SealedRecords(id, null, null);
      for (String field : fields.getKeys()) {
        byte[] value = fields.get(field).toBytes();
        if (field.equals("url")) {
          none.name(sealer, RecordReader.SEALED_URL, value, names);
        } else if (WORDS.matcher(field).matches()) {
          none.name(sealer, "answer", afterWords(value), names);
        }
      }
      return names;
    });
  }

  /** Kind, outcome and time stand before the answer. */
  private static byte[] afterWords(byte[] value) {
    int at = 0;
    for (int blanks = 0; blanks < 3 && at < value.length; at++) {
      blanks += value[at] == ' ' ? 1 : 0;
    }
    return Arrays.copyOfRange(value, at, value.length);
  }

  /** What names no key is tried with all of ours. */
  Set<String> keys(Sealer sealer) {
    Set<String> names = new TreeSet<>();
    name(sealer, "body", body, names);
    name(sealer, "answer", answer, names);
    if (url.length > 1) { // else its caller has named no place
      name(sealer, RecordReader.SEALED_URL, url, names);
    }
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
