package io.payonce.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.payonce.model.Amount;
import io.payonce.model.Envelope;
import io.payonce.model.RequestFields;
import io.payonce.model.RequestFields.Unread;
import io.payonce.model.TransactionStatus;
import java.math.BigDecimal;

/** What the scans must find, read from a tree; null where they must refuse. */
final class Reference {
  private static final class Refused extends RuntimeException {
    Refused() {
      super(null, null, false, false);
    }
  }

  private Reference() {}

  static RequestFields request(JsonNode root) {
    try {
      return root == null ? null : requestFields(root);
    } catch (Refused e) {
      return null;
    }
  }

  static Envelope envelope(JsonNode root) {
    try {
      return root == null || scalar(root, "code") == null ? null : envelopeFields(root);
    } catch (Refused e) {
      return null;
    }
  }

  private static RequestFields requestFields(JsonNode root) {
    int unread = mark(present(root, "description"), Unread.DESCRIPTION)
        | mark(present(root, "sessionId"), Unread.SESSION_ID)
        | mark(present(root, "cardEncryptedData"), Unread.CARD_ENCRYPTED_DATA)
        | mark(minorUnits(root, "tipAmount") != null, Unread.TIP_AMOUNT);
    JsonNode method = root.path("paymentMethod");
    String wallet = method.isObject() ? "" : text(root, "paymentMethod");
    unread |= mark(wallet != null, Unread.PAYMENT_METHOD);
    unread |= mark("GOOGLE_PAY".equals(wallet) || "APPLE_PAY".equals(wallet), Unread.WALLET);
    JsonNode amount = object(root, "amount");
    return new RequestFields(
        text(root, "appId"),
        text(root, "merchantId"),
        text(root, "transactionRequestId"),
        text(root, "transactionId"),
        text(root, "referenceOrderId"),
        text(root, "originalTransactionId"),
        text(root, "originalTransactionRequestId"),
        text(root, "terminalSn"),
        text(root, "channelCode"),
        text(root, "timeExpire"),
        new Amount(minorUnits(amount, "orderAmount"), text(amount, "priceCurrency")),
        unread);
  }

  private static Envelope envelopeFields(JsonNode root) {
    JsonNode data = root.path("data").isObject() ? root.path("data") : MissingNode.getInstance();
    JsonNode amount = object(data, "amount");
    return new Envelope(
        scalar(root, "code"),
        scalar(root, "traceId"),
        status(data.path("transactionStatus")),
        scalar(data, "transactionId"),
        scalar(data, "transactionRequestId"),
        scalar(data, "referenceOrderId"),
        scalar(data, "transactionResultCode"),
        new Amount(whole(scalar(amount, "orderAmount")), scalar(amount, "priceCurrency")));
  }

  private static TransactionStatus status(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    return node.isTextual()
        ? TransactionStatus.parse(node.textValue())
        : TransactionStatus.UNREADABLE;
  }

  private static Long whole(String text) {
    try {
      return text == null ? null : (Long) new BigDecimal(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new Refused();
    }
  }

  private static String scalar(JsonNode in, String name) {
    JsonNode node = in.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual() && !node.isNumber()) {
      throw new Refused();
    }
    return node.asText().isEmpty() ? null : node.asText();
  }

  private static boolean present(JsonNode in, String name) {
    JsonNode node = in.path(name);
    if (!node.isMissingNode() && !node.isNull() && !node.isTextual()) {
      throw new Refused();
    }
    return node.isTextual();
  }

  private static String text(JsonNode in, String name) {
    return present(in, name) && !in.path(name).textValue().isEmpty()
        ? in.path(name).textValue()
        : null;
  }

  private static JsonNode object(JsonNode in, String name) {
    JsonNode node = in.path(name);
    if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
      throw new Refused();
    }
    return node;
  }

  private static Long minorUnits(JsonNode in, String name) {
    JsonNode node = in.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isIntegralNumber()
        && !(node.isTextual() && node.textValue().matches("[0-9]{1,19}"))) {
      throw new Refused();
    }
    Long number = whole(node.asText());
    if (number < 0) {
      throw new Refused();
    }
    return number;
  }

  private static int mark(boolean there, Unread field) {
    return there ? field.bit() : 0;
  }
}
