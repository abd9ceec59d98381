package io.payonce.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.request.Call;
import java.util.Set;

/**
 * Selects the calls that a fault strikes; null stands for any.
 *
 * @param path the whole path or its end, such as {@code /checkout/sale}
 * @param order the referenceOrderId, for a follow-up or a query that of the transaction named
 */
public record FaultMatch(
    String path, String merchantId, String order, String transactionRequestId) {

  private static final Set<String> NAMES =
      Set.of("path", "merchantId", "order", "transactionRequestId");

  public static FaultMatch any() {
    return new FaultMatch(null, null, null, null);
  }

  public static FaultMatch path(String path) {
    return new FaultMatch(path, null, null, null);
  }

  public static FaultMatch merchant(String merchantId) {
    return new FaultMatch(null, merchantId, null, null);
  }

  public static FaultMatch order(String order) {
    return new FaultMatch(null, null, order, null);
  }

  public static FaultMatch request(String transactionRequestId) {
    return new FaultMatch(null, null, null, transactionRequestId);
  }

  static FaultMatch parse(JsonNode node) {
    if (node.isMissingNode()) {
      return any();
    }
    if (!(node instanceof ObjectNode match)) {
      throw new IllegalArgumentException("match must be an object");
    }
    match.properties().forEach(member -> {
      if (!NAMES.contains(member.getKey()) || !member.getValue().isTextual()) {
        throw new IllegalArgumentException("match." + member.getKey()
            + ": expected strings named path, merchantId, order or transactionRequestId");
      }
    });
    return new FaultMatch(
        Call.text(match, "path"),
        Call.text(match, "merchantId"),
        Call.text(match, "order"),
        Call.text(match, "transactionRequestId"));
  }

  boolean matchesPath(Call call) {
    return path == null || call.operation().path().endsWith(path);
  }

  boolean matches(Subject subject) {
    return fits(merchantId, subject.merchantId())
        && fits(order, subject.order())
        && fits(transactionRequestId, subject.requestId());
  }

  private static boolean fits(String wanted, String found) {
    return wanted == null || wanted.equals(found);
  }
}
