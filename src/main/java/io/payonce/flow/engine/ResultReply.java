package io.payonce.flow.engine;

import io.payonce.codes.Code;
import io.payonce.json.DataObject;
import io.payonce.json.EnvelopeScan;
import io.payonce.json.ProxyEnvelope;
import io.payonce.ledger.Outcome;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.model.TransactionStatus;

/**
 * Builds the answers of operations that have a result instead of a status: sessions made, tips set,
 * batches closed. Code 0 without that result would be read as "done", so an unknown, failed or
 * unheard result has another code. Each answer names an id that a query accepts.
 */
public final class ResultReply {
  /** "Ask how it stands" to the platform's callers, whatever came of the call. */
  private static final String ASK = "E02";

  /** "Closed; make a new one" (codes.md#every-code). */
  private static final String OVER = "C11";

  private ResultReply() {}

  /** Whether the answer may be given as it is: it is no "done", or it has what was to be done. */
  public static boolean isAnswerable(Operation operation, Reply answer) {
    return operation.result() == null
        || !isDone(answer)
        || DataObject.of(answer.body()).has(operation.result());
  }

  private static boolean isDone(Reply answer) {
    Envelope envelope = EnvelopeScan.scan(answer.body());
    return envelope != null && Code.of(envelope.code()) == Code.OK;
  }

  /** The outcome is not known yet. */
  public static Reply unknown(
      Operation operation, PaymentId id, RequestFields fields, String traceId) {
    return reply(
        ASK,
        "the outcome is not known yet; ask how it stands, or send the same again",
        TransactionStatus.PROCESSING,
        new Call(operation, id, fields, traceId));
  }

  /** It has ended so, and its result was not received. */
  public static Reply ended(
      Outcome outcome, Operation operation, PaymentId id, RequestFields fields, String traceId) {
    Call call = new Call(operation, id, fields, traceId);
    return outcome == Outcome.PAID
        ? reply(ASK, "it was done, its result was not received" + where(operation), null, call)
        : reply(OVER, "it was not done, and never will be under this id", null, call);
  }

  private static String where(Operation operation) {
    return operation == Operation.BATCH_CLOSE ? "; batch-close-list has it" : "";
  }

  private record Call(Operation operation, PaymentId id, RequestFields fields, String traceId) {}

  /** A call that no id of its caller names is known by what it is about. */
  private static Reply reply(String code, String msg, TransactionStatus status, Call call) {
    if (call.operation().identity() == Operation.Identity.CALLERS) {
      return ProxyEnvelope.named(
          code, msg, status, "transactionRequestId", call.id().requestId(), call.traceId());
    }
    return ofOriginal(code, msg, status, call.fields(), call.traceId());
  }

  /** A word on a call that has no id its caller could ask by: he knows what it follows on. */
  public static Reply ofOriginal(
      String code, String msg, TransactionStatus status, RequestFields fields, String traceId) {
    return fields.originalTransactionId() != null
        ? ProxyEnvelope.named(
            code, msg, status, "originalTransactionId", fields.originalTransactionId(), traceId)
        : ProxyEnvelope.named(
            code,
            msg,
            status,
            "originalTransactionRequestId",
            fields.originalTransactionRequestId(),
            traceId);
  }
}
