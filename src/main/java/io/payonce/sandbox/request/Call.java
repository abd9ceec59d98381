package io.payonce.sandbox.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An authenticated call of a known operation. */
public record Call(SimOperation operation, ObjectNode fields) {

  private static final List<String> REMEMBERED = List.of(
      "merchantId",
      "referenceOrderId",
      "transactionRequestId",
      "originalTransactionId",
      "originalTransactionRequestId",
      "terminalSn",
      "description",
      "attach",
      "notifyUrl");

  /** The text at this name, or null where it is missing, empty or not a string. */
  public static String text(ObjectNode fields, String name) {
    JsonNode node = fields == null ? null : fields.get(name);
    return node == null || !node.isTextual() || node.textValue().isEmpty()
        ? null
        : node.textValue();
  }

  public String text(String name) {
    return text(fields, name);
  }

  public String merchantId() {
    return text("merchantId");
  }

  public String order() {
    return text("referenceOrderId");
  }

  public String requestId() {
    return text("transactionRequestId");
  }

  public boolean refersToOriginal() {
    return text("originalTransactionId") != null || text("originalTransactionRequestId") != null;
  }

  /** What may be remembered of a call: no card data, nor anything that is never shown again. */
  public Call remembered() {
    return new Call(operation, fields.deepCopy().retain(REMEMBERED));
  }

  /** Without the fields, which may hold card data. */
  @Override
  public String toString() {
    return "Call[" + operation + ", " + merchantId() + '/' + requestId() + ']';
  }
}
