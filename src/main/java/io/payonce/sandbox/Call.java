package io.payonce.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An authenticated call of a known operation. */
record Call(Operation operation, ObjectNode fields) {

  private static final List<String> REMEMBERED = List.of(
      "merchantId",
      "referenceOrderId",
      "transactionRequestId",
      "originalTransactionId",
      "originalTransactionRequestId",
      "terminalSn",
      "description",
      "attach");

  /** The text at this name, or null where it is missing, empty or not a string. */
  static String text(ObjectNode fields, String name) {
    JsonNode node = fields == null ? null : fields.get(name);
    return node == null || !node.isTextual() || node.textValue().isEmpty()
        ? null
        : node.textValue();
  }

  String text(String name) {
    return text(fields, name);
  }

  String merchantId() {
    return text("merchantId");
  }

  String order() {
    return text("referenceOrderId");
  }

  String requestId() {
    return text("transactionRequestId");
  }

  boolean refersToOriginal() {
    return text("originalTransactionId") != null || text("originalTransactionRequestId") != null;
  }

  /** What may be remembered of a call: no card data, nor anything that is never shown again. */
  Call remembered() {
    return new Call(operation, fields.deepCopy().retain(REMEMBERED));
  }

  /** Without the fields, which may hold card data. */
  @Override
  public String toString() {
    return "Call[" + operation + ", " + merchantId() + '/' + requestId() + ']';
  }
}
