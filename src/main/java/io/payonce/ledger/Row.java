package io.payonce.ledger;

import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.rule.History;
import io.payonce.rule.Stage;
import io.vertx.redis.client.Response;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A payment's fields as {@code common.lua} reads them, in the same order. */
enum Row {
  STAGE,
  OUTCOME,
  HISTORY,
  OPERATION,
  ORDER,
  ABORTED,
  BEGUN_AT,
  INTENT_AT,
  WAIT,
  STEPS,
  ANSWER,
  TIMELINE,
  VERSION,
  FINGERPRINT;

  /** What {@code begin.lua} writes. A program that writes more than this one reads raises it. */
  private static final String KNOWN_VERSION = "1";

  private static final Map<String, Operation> OPERATIONS = Stream.of(Operation.values())
      .collect(Collectors.toMap(Operation::label, Function.identity()));

  /** Null when no operation is called so. */
  static Operation operation(String label) {
    return OPERATIONS.get(label);
  }

  /**
   * Understands a record.
   *
   * @param body sealed; null when it was not read, empty when it is no longer kept
   * @throws UnreadableRecord when it does not
   */
  static Payment read(PaymentId id, Response fields, byte[] body, long nowMillis, Sealer sealer) {
    if (VERSION.isIn(fields) && !KNOWN_VERSION.equals(VERSION.of(fields))) {
      throw new UnreadableRecord(id, "it is of version " + VERSION.of(fields));
    }
    try {
      boolean aborted = ABORTED.of(fields) != null;
      Outcome outcome = OUTCOME.isIn(fields) ? Outcome.valueOf(OUTCOME.of(fields)) : null;
      History history = History.decode(HISTORY.of(fields));
      Stage stage = outcome == null ? Stage.read(STAGE.of(fields), HISTORY.of(fields)) : null;
      return new Payment(
          id,
          Objects.requireNonNull(OPERATIONS.get(OPERATION.of(fields)), "operation"),
          ORDER.isIn(fields) ? ORDER.of(fields) : null,
          aborted && stage != null ? stage.aborted() : stage,
          outcome,
          aborted ? history.withAborted() : history,
          BEGUN_AT.number(fields),
          (INTENT_AT.isIn(fields) ? INTENT_AT : BEGUN_AT).number(fields),
          nowMillis,
          WAIT.number(fields),
          STEPS.isIn(fields) ? (int) STEPS.number(fields) : 0,
          ANSWER.isIn(fields) ? sealer.openReply(id, ANSWER.bytes(fields)) : null,
          body == null || body.length == 0 ? null : sealer.open(id, "body", body),
          TIMELINE.of(fields),
          FINGERPRINT.of(fields));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new UnreadableRecord(id, "a field is missing or of another version: " + e.getMessage());
    }
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
