package io.payonce.json;

import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import java.nio.charset.StandardCharsets;

/** The envelopes of Payonce itself; their code is always text (platform.md#envelope). */
public final class ProxyEnvelope {
  private static final String OK = "0";

  private ProxyEnvelope() {}

  /** A refusal with one of the platform's codes. */
  public static Reply refusal(String code, String msg, String traceId) {
    return reply(envelope(code, msg), traceId);
  }

  /** What was reported has arrived for good. */
  public static Reply received(String traceId) {
    return reply(envelope(OK, "received"), traceId);
  }

  /**
   * A refusal that names the payment it speaks of.
   *
   * @param status how that one stands; null when it is unknown
   * @param transactionId the platform's name of it; null when it is not known
   */
  public static Reply refusal(
      String code,
      String msg,
      TransactionStatus status,
      String requestId,
      String transactionId,
      String traceId) {
    StringBuilder json = envelope(code, msg).append(",\"data\":{\"transactionRequestId\":");
    JsonText.quote(json, requestId);
    member(json, "transactionId", transactionId);
    member(json, "transactionStatus", status == null ? null : String.valueOf(status.letter()));
    return reply(json.append('}'), traceId);
  }

  /**
   * A word that is not "done", on what has that name.
   *
   * @param status how it stands; null when the code says all
   */
  public static Reply named(
      String code,
      String msg,
      TransactionStatus status,
      String member,
      String name,
      String traceId) {
    StringBuilder json =
        envelope(code, msg).append(",\"data\":{\"").append(member).append("\":");
    JsonText.quote(json, name);
    member(json, "transactionStatus", status == null ? null : String.valueOf(status.letter()));
    return reply(json.append('}'), traceId);
  }

  /**
   * Accepted, not paid yet.
   *
   * @param transactionId the platform's name of it; null while it is not known
   * @param referenceOrderId null for operations that name none
   */
  public static Reply pending(
      String requestId, String transactionId, String referenceOrderId, String traceId) {
    return verdict(
        TransactionStatus.PROCESSING,
        "accepted; the outcome is not known yet, ask again",
        requestId,
        transactionId,
        referenceOrderId,
        traceId);
  }

  /** Not paid, and never will be. */
  public static Reply closed(String requestId, String referenceOrderId, String traceId) {
    return verdict(
        TransactionStatus.CLOSED,
        "not paid: the platform knows nothing of it and no send can take effect any more",
        requestId,
        referenceOrderId,
        traceId);
  }

  /**
   * How a payment stands, where the platform's own bytes are not at hand.
   *
   * @param status null where what was done is no payment
   * @param referenceOrderId null for operations that name none
   */
  public static Reply verdict(
      TransactionStatus status,
      String msg,
      String requestId,
      String referenceOrderId,
      String traceId) {
    return verdict(status, msg, requestId, null, referenceOrderId, traceId);
  }

  private static Reply verdict(
      TransactionStatus status,
      String msg,
      String requestId,
      String transactionId,
      String referenceOrderId,
      String traceId) {
    StringBuilder json = envelope(OK, msg).append(",\"data\":{");
    if (status != null) {
      json.append("\"transactionStatus\":\"").append(status.letter()).append("\",");
    }
    json.append("\"transactionRequestId\":");
    JsonText.quote(json, requestId);
    member(json, "transactionId", transactionId);
    member(json, "referenceOrderId", referenceOrderId);
    return reply(json.append('}'), traceId);
  }

  private static StringBuilder envelope(String code, String msg) {
    StringBuilder json = new StringBuilder(256).append("{\"code\":");
    JsonText.quote(json, code);
    member(json, "msg", msg);
    return json;
  }

  private static void member(StringBuilder json, String name, String value) {
    if (value != null) {
      json.append(",\"").append(name).append("\":");
      JsonText.quote(json, value);
    }
  }

  private static Reply reply(StringBuilder json, String traceId) {
    member(json, "traceId", traceId);
    return Reply.json(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
  }
}
