package io.payonce.sandbox.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The amount charged, in the smallest unit of the currency. */
public record SimAmount(
    String currency, long order, long tip, long tax, long surcharge, long cashback) {

  private static final List<String> PARTS =
      List.of("tipAmount", "taxAmount", "surchargeAmount", "cashbackAmount");

  /** The amount of these fields, or null if they name none. */
  public static SimAmount of(JsonNode fields) {
    JsonNode node = fields.path("amount");
    if (!node.isObject() || !node.has("orderAmount")) {
      return null;
    }
    long[] parts = PARTS.stream().mapToLong(part -> node.path(part).asLong(0)).toArray();
    String currency = node.path("priceCurrency").asText("USD");
    return new SimAmount(
        currency, node.path("orderAmount").asLong(), parts[0], parts[1], parts[2], parts[3]);
  }

  public static SimAmount plain(String currency, long order) {
    return new SimAmount(currency, order, 0, 0, 0, 0);
  }

  public long total() {
    return order + tip + tax + surcharge + cashback;
  }

  public SimAmount withTip(long tip) {
    return new SimAmount(currency, order, tip, tax, surcharge, cashback);
  }

  public ObjectNode toJson() {
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
