package io.payonce.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the platform says: the envelope without its trace id. {@code data} may be null. */
record Answer(
    int httpStatus, String code, String message, ObjectNode data, Integer retryAfterSeconds) {

  static Answer success(ObjectNode data) {
    return new Answer(200, "0", "success", data, null);
  }

  static Answer code(String code, String message) {
    return new Answer(200, code, message, null, null);
  }

  static Answer refused(Refusal refusal) {
    return new Answer(200, refusal.code(), refusal.getMessage(), null, refusal.retryAfterSeconds());
  }

  /** This answer as the step wants it; a bare HTTP status has no envelope, hence no code. */
  Answer under(Step step) {
    if (!step.replacesAnswer()) {
      return step.delivery() == Delivery.WRONG_ORDER ? ofSomebodyElse() : withStatus(step);
    }
    int status = step.httpStatus() == 0 ? 200 : step.httpStatus();
    String text = step.code() == null ? null : "as the script says";
    return new Answer(status, step.code(), text, null, step.retryAfterSeconds());
  }

  byte[] envelope(String traceId) {
    ObjectNode envelope = Json.object().put("code", code).put("msg", message);
    envelope.put("traceId", traceId);
    if (data != null) {
      envelope.set("data", data);
    }
    return Json.bytes(envelope);
  }

  private Answer withStatus(Step step) {
    if (!step.withoutStatus() || data == null) {
      return this;
    }
    ObjectNode stripped = data.deepCopy();
    stripped.remove("transactionStatus");
    return new Answer(httpStatus, code, message, stripped, retryAfterSeconds);
  }

  private Answer ofSomebodyElse() {
    if (data == null) {
      return this;
    }
    ObjectNode other = data.deepCopy();
    other.put(
        other.has("referenceOrderId") ? "referenceOrderId" : "transactionRequestId",
        "SOMEBODY-ELSES");
    if (other.get("amount") instanceof ObjectNode amount) {
      amount.put("orderAmount", amount.path("orderAmount").asLong() + 1);
      amount.put("transAmount", amount.path("transAmount").asLong() + 1);
    } else {
      other.set("amount", Amount.plain("USD", 1).toJson());
    }
    return new Answer(httpStatus, code, message, other, retryAfterSeconds);
  }
}
