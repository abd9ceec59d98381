package io.payonce.ledger.journal;

import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.redis.FixedFields;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.ledger.redis.RecordReader;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Account;
import io.payonce.model.Amount;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.outcome.Notice;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;

/** Understands what {@code take.lua} and {@code lost.lua} return. */
record NoticeReader(Sealer sealer, HomePlatform home) {
  /** In the name of an original, and in no order's. */
  private static final char ORIGINAL = ':';

  private static final int NOW = 1;
  private static final int NUMBER = 2;
  private static final int UUID = 3;
  private static final int TRIES = 4;
  private static final int WHY = 5;
  private static final int FROM = 6;
  private static final int URL = 7;
  private static final int SAID = 8;
  private static final int TERMS = 9;
  private static final int AMOUNT = 10;
  private static final int TRANSACTION_ID = 11;
  private static final int PLATFORM = 12;

  /** Of what another version has written in another form, only the name. */
  Notice read(PaymentId id, Response taken) {
    try {
      return read(id, taken, StoredNotice.read(taken.get(SAID).toBytes()));
    } catch (RuntimeException strange) {
      return notice(id, taken, null, null, null, null, Amount.UNSAID);
    }
  }

  private Notice read(PaymentId id, Response taken, StoredNotice said) {
    FixedFields terms = FixedFields.read(text(taken, TERMS)).orElse(null);
    String url = url(id, taken.get(URL));
    return notice(
        id,
        taken,
        said,
        url == null ? null : answer(id, said.answer()),
        url,
        terms,
        Amount.decode(text(taken, AMOUNT)));
  }

  private Notice notice(
      PaymentId id,
      Response taken,
      StoredNotice said,
      Reply answer,
      String url,
      FixedFields terms,
      Amount asked) {
    long now = taken.get(NOW).toLong();
    long at = said == null ? now : said.atMillis();
    return new Notice(
        id,
        account(text(taken, PLATFORM)),
        text(taken, UUID),
        taken.get(NUMBER).toInteger(),
        new Notice.Ending(
            said == null ? null : said.outcome(),
            answer,
            terms == null ? null : terms.operation(),
            terms == null || terms.operation() == null ? null : order(terms),
            asked,
            text(taken, TRANSACTION_ID)),
        url,
        new Notice.Tries(
            taken.get(TRIES) == null ? 0 : taken.get(TRIES).toInteger(),
            text(taken, WHY),
            at,
            taken.get(FROM) == null ? at : taken.get(FROM).toLong(),
            now));
  }

  /** Those of the key without a name name no client. */
  private Account account(String platform) {
    return platform == null ? Account.DEFAULT : home.whose(platform).account();
  }

  /** Null when it was sealed with a key that is not ours. */
  String url(PaymentId id, Response sealed) {
    try {
      return sealed == null
          ? null
          : new String(
              sealer.open(id, RecordReader.SEALED_URL, sealed.toBytes()), StandardCharsets.UTF_8);
    } catch (UnreadableRecord other) {
      return null;
    }
  }

  private Reply answer(PaymentId id, byte[] sealed) {
    try {
      return sealed.length == 0 ? null : sealer.openReply(id, sealed);
    } catch (UnreadableRecord other) {
      return null;
    }
  }

  // What a follow-up locks is the name of its original, which is no order.
  private static String order(FixedFields terms) {
    return switch (terms.operation().orderKey()) {
      case REFERENCE -> terms.order();
      case ORIGINAL_OR_REFERENCE -> terms.order().indexOf(ORIGINAL) < 0 ? terms.order() : null;
      case ORIGINAL, TERMINAL_CHANNEL, NO_ORDER -> null;
    };
  }

  private static String text(Response taken, int at) {
    Response field = taken.get(at);
    return field == null ? null : field.toString();
  }
}
