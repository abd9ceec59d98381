package io.payonce.proof;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What one call was answered, and the making of it. */
enum CallerAnswer {
  PAID,
  /** For good. */
  UNPAID,
  /** Accepted, not paid yet. */
  PENDING,
  /** Refused, and nothing was ever sent for this payment. */
  NOT_SENT,
  /** Of a first call, the same. */
  NOT_BY_THIS_CALL,
  /** Refused for now, or because of another payment of the order. */
  REFUSED,
  /** No answer at all: the caller hung up, or the instance was gone. */
  NOTHING;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static final String MERCHANT = "M000000000";

  static JsonObject sale(String merchant, String order, String id, String directive) {
    JsonObject body = new JsonObject()
        .put("appId", "app1")
        .put("merchantId", merchant)
        .put("referenceOrderId", order)
        .put("transactionRequestId", id)
        .put("amount", new JsonObject().put("orderAmount", 1999).put("priceCurrency", "USD"))
        .put("description", "a book")
        .put("terminalSn", "T1");
    return directive == null ? body : body.put("attach", "sandbox: " + directive);
  }

  static CallerAnswer pay(String base, JsonObject body, Duration patience, String... headers) {
    return pay(HTTP, base, body, patience, headers);
  }

  /** Over the connections of that client, which it keeps. */
  static CallerAnswer pay(
      HttpClient http, String base, JsonObject body, Duration patience, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create(base + "/v1/semi-integration/transaction/sale"))
        .timeout(patience)
        .header("Authorization", "Bearer " + SharedInfrastructure.KEY)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.encode()));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return of(http.send(request.build(), BodyHandlers.ofString()));
    } catch (java.io.IOException gone) {
      return NOTHING;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NOTHING;
    }
  }

  private static CallerAnswer of(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      return NOTHING;
    }
    try {
      return of(
          new JsonObject(response.body()),
          response.headers().firstValue("Payonce-Sent").orElse("?"));
    } catch (DecodeException e) {
      return NOTHING;
    }
  }

  private static CallerAnswer of(JsonObject answer, String sent) {
    if (!"0".equals(answer.getString("code"))) {
      return switch (sent) {
        case "no" -> NOT_SENT;
        case "not-by-this-call" -> NOT_BY_THIS_CALL;
        default -> REFUSED;
      };
    }
    return switch (answer.getJsonObject("data").getString("transactionStatus")) {
      case "S" -> PAID;
      case "F", "C" -> UNPAID;
      default -> PENDING;
    };
  }
}
