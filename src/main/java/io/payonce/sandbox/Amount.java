package io.payonce.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What is charged, in the smallest unit of the currency. */
record Amount(String currency, long order, long tip, long tax, long surcharge, long cashback) {

  private static final List<String> PARTS =
      List.of("tipAmount", "taxAmount", "surchargeAmount", "cashbackAmount");

  /** The amount of these fields, or null if they name none. */
  static Amount of(JsonNode fields) {
    JsonNode node = fields.path("amount");
    if (!node.isObject() || !node.has("orderAmount")) {
      return null;
    }
    long[] parts = PARTS.stream().mapToLong(part -> node.path(part).asLong(0)).toArray();
    String currency = node.path("priceCurrency").asText("USD");
    return new Amount(
        currency, node.path("orderAmount").asLong(), parts[0], parts[1], parts[2], parts[3]);
  }

  static Amount plain(String currency, long order) {
    return new Amount(currency, order, 0, 0, 0, 0);
  }

  long total() {
    return order + tip + tax + surcharge + cashback;
  }

  Amount withTip(long tip) {
    return new Amount(currency, order, tip, tax, surcharge, cashback);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object()
        .put("priceCurrency", currency)
        .put("transAmount", total())
        .put("orderAmount", order);
    long[] values = {tip, tax, surcharge, cashback};
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        json.put(PARTS.get(i), values[i]);
      }
    }
    return json;
  }
}
