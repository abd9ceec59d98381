package io.payonce.sandbox.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.request.Json;
import io.payonce.sandbox.request.Refusal;
import io.payonce.sandbox.request.SimAmount;
import io.payonce.sandbox.script.Delivery;
import io.payonce.sandbox.script.Step;

/** Holds what the platform answers: the envelope without its trace id. {@code data} may be null. */
public record SimAnswer(
    int httpStatus, String code, String message, ObjectNode data, Integer retryAfterSeconds) {

  public static SimAnswer success(ObjectNode data) {
    return new SimAnswer(200, "0", "success", data, null);
  }

  public static SimAnswer code(String code, String message) {
    return new SimAnswer(200, code, message, null, null);
  }

  public static SimAnswer refused(Refusal refusal) {
    return new SimAnswer(
        200, refusal.code(), refusal.getMessage(), null, refusal.retryAfterSeconds());
  }

  /** This answer as the step wants it; a bare HTTP status has no envelope, hence no code. */
  public SimAnswer under(Step step) {
    if (!step.replacesAnswer()) {
      return step.delivery() == Delivery.WRONG_ORDER ? ofAnother() : withStatus(step);
    }
    int status = step.httpStatus() == 0 ? 200 : step.httpStatus();
    String text = step.code() == null ? null : "as the script says";
    return new SimAnswer(status, step.code(), text, null, step.retryAfterSeconds());
  }

  public byte[] envelope(String traceId) {
    ObjectNode envelope = Json.object().put("code", code).put("msg", message);
    envelope.put("traceId", traceId);
    if (data != null) {
      envelope.set("data", data);
    }
    return Json.bytes(envelope);
  }

  private SimAnswer withStatus(Step step) {
    if (!step.withoutStatus() || data == null) {
      return this;
    }
    ObjectNode stripped = data.deepCopy();
    stripped.remove("transactionStatus");
    return new SimAnswer(httpStatus, code, message, stripped, retryAfterSeconds);
  }

  private SimAnswer ofAnother() {
    if (data == null) {
      return this;
    }
    return new SimAnswer(httpStatus, code, message, ofAnother(data), retryAfterSeconds);
  }

  /** The same data about another order and amount. */
  public static ObjectNode ofAnother(ObjectNode data) {
    ObjectNode other = data.deepCopy();
    other.put(
        other.has("referenceOrderId") ? "referenceOrderId" : "transactionRequestId",
        "SOMEBODY-ELSES");
    if (other.get("amount") instanceof ObjectNode amount) {
      amount.put("orderAmount", amount.path("orderAmount").asLong() + 1);
      amount.put("transAmount", amount.path("transAmount").asLong() + 1);
    } else {
      other.set("amount", SimAmount.plain("USD", 1).toJson());
    }
    return other;
  }
}
