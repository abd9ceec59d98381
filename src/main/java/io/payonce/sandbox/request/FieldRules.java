package io.payonce.sandbox.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks the fields of a call: C01 names those missing, C02 wrong types, C17 forms. */
public final class FieldRules {

  private static final Map<String, Pattern> FORMS = Map.of(
      "referenceOrderId", Pattern.compile("[A-Za-z0-9_\\-|*]{6,32}"),
      "transactionRequestId", Pattern.compile("[A-Za-z0-9_\\-]{1,64}"),
      "transactionId", Pattern.compile(".{1,64}"),
      "originalTransactionId", Pattern.compile(".{1,64}"),
      "originalTransactionRequestId", Pattern.compile("[A-Za-z0-9_\\-]{1,64}"),
      "merchantId", Pattern.compile(".{1,32}"),
      "appId", Pattern.compile(".{1,32}"),
      "terminalSn", Pattern.compile(".{1,32}"),
      "description", Pattern.compile("(?s).{1,128}"));

  private FieldRules() {}

  public static void check(Call call) {
    checkPresent(call);
    FORMS.forEach((name, form) -> checkForm(call.fields().get(name), name, form));
    checkAmount(call.fields().get("amount"));
    checkCount(call.fields().get("tipAmount"), "tipAmount");
    expiry(call);
  }

  /** When an unpaid transaction closes by itself, in epoch milliseconds; null if not said. */
  public static Long expiry(Call call) {
    String text = call.text("timeExpire");
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      throw new Refusal("C17", "timeExpire must be an ISO 8601 time with offset");
    }
  }

  private static void checkPresent(Call call) {
    List<String> missing = new ArrayList<>();
    for (String field : call.operation().required()) {
      if (isMissing(call.fields(), field)) {
        missing.add(field.replace("|", " or "));
      }
    }
    String wallet = call.text("paymentMethod");
    if (call.operation() == SimOperation.CHECKOUT_SALE
        && ("GOOGLE_PAY".equals(wallet) || "APPLE_PAY".equals(wallet))
        && isMissing(call.fields(), "cardEncryptedData")) {
      missing.add("cardEncryptedData");
    }
    if (!missing.isEmpty()) {
      throw new Refusal("C01", "request parameter missing: " + String.join(", ", missing));
    }
  }

  private static boolean isMissing(JsonNode fields, String field) {
    for (String alternative : field.split("\\|")) {
      JsonNode node = fields.at("/" + alternative.replace('.', '/'));
      boolean empty = node.isMissingNode()
          || node.isNull()
          || (node.isTextual() && node.textValue().isEmpty());
      if (!empty) {
        return false;
      }
    }
    return true;
  }

  private static void checkForm(JsonNode node, String name, Pattern form) {
    if (node == null || node.isNull()) {
      return;
    }
    if (!node.isTextual()) {
      throw new Refusal("C02", name + " must be a string");
    }
    if (!node.textValue().isEmpty() && !form.matcher(node.textValue()).matches()) {
      throw new Refusal("C17", "parameter format error: " + name);
    }
  }

  private static void checkAmount(JsonNode amount) {
    if (amount == null || amount.isNull()) {
      return;
    }
    if (!amount.isObject()) {
      throw new Refusal("C02", "amount must be an object");
    }
    JsonNode currency = amount.get("priceCurrency");
    if (currency != null && !currency.isNull() && !currency.isTextual()) {
      throw new Refusal("C02", "amount.priceCurrency must be a string");
    }
    if (currency != null && !currency.asText("").matches("[A-Z]{3}")) {
      throw new Refusal("C17", "parameter format error: amount.priceCurrency");
    }
    amount.properties().forEach(part -> {
      if (part.getKey().endsWith("Amount")) {
        checkCount(part.getValue(), "amount." + part.getKey());
      }
    });
  }

  private static void checkCount(JsonNode node, String name) {
    if (node == null || node.isNull()) {
      return;
    }
    boolean whole = node.isIntegralNumber() && node.canConvertToLong();
    if (!whole || Math.abs(node.longValue()) > 1_000_000_000_000L) {
      throw new Refusal("C02", name + " must be a whole number of the smallest currency unit");
    }
    boolean mayBeZero = !name.equals("amount.orderAmount");
    if (node.longValue() < 0 || (node.longValue() == 0 && !mayBeZero)) {
      throw new Refusal("C14", name + " is outside the allowed range");
    }
  }
}
