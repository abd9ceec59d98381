package io.payonce.ledger.redis;

import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Road;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Amount;
import io.payonce.model.ClosedPage;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Shards;
import io.payonce.recovery.History;
import io.payonce.recovery.Stage;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;

/** Reads a payment's fields in the order in which {@code common.lua} returns them. */
public enum RecordReader {
  STAGE,
  OUTCOME,
  HISTORY,
  ABORTED,
  INTENT_AT,
  STEPS,
  ANSWER,
  TIMELINE,
  TERMS,
  SHUT,
  AMOUNT,
  OTHER_AMOUNT,
  PLATFORM,
  PLATFORM_AHEAD,
  ROAD,
  APPLICATION;

  /** The field that holds the caller's hook, as what is sealed is bound to it. */
  public static final String SEALED_URL = "nu";

  /** The caller named no place. */
  static final String NO_URL = "-";

  /**
   * Understands a record.
   *
   * @param body sealed; null when it was not read, empty when it is no longer kept
   * @throws UnreadableRecord when it does not
   */
  static Payment read(
      PaymentId id,
      Response fields,
      byte[] body,
      long nowMillis,
      Sealer sealer,
      LedgerSettings settings) {
    if (FixedFields.isNewer(TERMS.of(fields))) {
      throw UnreadableRecord.newer(id);
    }
    FixedFields terms = FixedFields.read(TERMS.of(fields))
        .orElseThrow(() -> new UnreadableRecord(id, "it does not say what it is"));
    if (terms.operation() == null) {
      throw UnreadableRecord.forOthers(id, "this version does not know its operation");
    }
    try {
      boolean aborted = ABORTED.of(fields) != null;
      Outcome outcome = OUTCOME.isIn(fields) ? Outcome.read(OUTCOME.of(fields)) : null;
      History history = History.decode(HISTORY.of(fields));
      Stage stage = outcome == null ? Stage.read(STAGE.of(fields), HISTORY.of(fields)) : null;
      if (stage != null && OTHER_AMOUNT.isIn(fields)) {
        stage = stage.withOtherAmount();
      }
      return new Payment(
          new PaymentRef(id, terms.orderOrNull(), terms.fingerprint()),
          new Payment.Asked(
              terms.operation(),
              Amount.decode(AMOUNT.of(fields)),
              body == null || body.length == 0 ? null : sealer.open(id, "body", body),
              ROAD.isIn(fields) ? road(id, ROAD.bytes(fields), sealer) : null,
              APPLICATION.isIn(fields) ? APPLICATION.of(fields) : id.appId()),
          times(id, terms, fields, nowMillis, settings.epochs()),
          new Payment.Progress(
              aborted && stage != null ? stage.aborted() : stage,
              aborted ? history.withAborted() : history,
              STEPS.isIn(fields) ? (int) STEPS.number(fields) : 0,
              TIMELINE.isIn(fields) ? BriefTimeline.full(TIMELINE.of(fields)) : null,
              shut(SHUT.of(fields))),
          new Payment.Result(
              outcome,
              ANSWER.isIn(fields) ? sealer.openReply(id, ANSWER.bytes(fields)) : null,
              OTHER_AMOUNT.isIn(fields) ? OTHER_AMOUNT.of(fields) : null),
          settings.home().whose(PLATFORM.of(fields)));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new UnreadableRecord(id, "a field is missing or of another version: " + e.getMessage());
    }
  }

  /**
   * An operation that this program does not know is for pods that do; its lease runs out, and they
   * find it due. When they had the time of any payment, it is for an operator.
   */
  static boolean isForOthers(Response fields, long nowMillis, LedgerSettings settings) {
    FixedFields terms = FixedFields.read(TERMS.of(fields)).orElse(null);
    return terms != null
        && terms.operation() == null
        && nowMillis < terms.begunAtMillis() + settings.home().deadlineMillis();
  }

  private static Payment.Times times(
      PaymentId id, FixedFields terms, Response fields, long nowMillis, LedgerEpochs epochs) {
    long begun = terms.begunAtMillis();
    return new Payment.Times(
        begun,
        INTENT_AT.isIn(fields) ? INTENT_AT.number(fields) : begun,
        nowMillis,
        terms.waitMillis(),
        epochs.doubtedSince(Shards.of(id.merchantId()), begun, nowMillis),
        PLATFORM_AHEAD.isIn(fields) ? PLATFORM_AHEAD.number(fields) : null);
  }

  /** As {@code begin.lua} is to write it; empty for none. */
  static byte[] road(PaymentId id, Road road, Sealer sealer) {
    if (road == null) {
      return new byte[0];
    }
    return road.callersUrl() == null
        ? NO_URL.getBytes(StandardCharsets.UTF_8)
        : sealer.seal(id, SEALED_URL, road.callersUrl().getBytes(StandardCharsets.UTF_8));
  }

  private static Road road(PaymentId id, byte[] field, Sealer sealer) {
    boolean none = field.length == NO_URL.length();
    return new Road(
        none ? null : new String(sealer.open(id, SEALED_URL, field), StandardCharsets.UTF_8));
  }

  /** As {@code shut.lua} writes it: the time, a blank, and whom the order was handed to. */
  static ClosedPage shut(String field) {
    if (field == null) {
      return null;
    }
    int blank = field.indexOf(' ');
    String successor = field.substring(blank + 1);
    return new ClosedPage(
        Long.parseLong(field.substring(0, blank)), successor.isEmpty() ? null : successor);
  }

  private boolean isIn(Response fields) {
    Response field = fields.get(ordinal());
    return field != null && field.toBuffer().length() > 0;
  }

  private String of(Response fields) {
    Response field = fields.get(ordinal());
    return field == null ? null : field.toString();
  }

  private byte[] bytes(Response fields) {
    return fields.get(ordinal()).toBytes();
  }

  private long number(Response fields) {
    return Long.parseLong(of(fields));
  }
}
