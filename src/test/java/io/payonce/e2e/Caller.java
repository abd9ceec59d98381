package io.payonce.e2e;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A checkout service, as Payonce sees it. */
record Caller(String base, String key) {
  static final String SALE = "/v1/semi-integration/transaction/sale";
  static final String MERCHANT = "M0000000001";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What a caller got. */
  record Got(int status, String body, java.net.http.HttpHeaders headers) {
    String header(String name) {
      return headers.firstValue(name).orElse(null);
    }

    JsonObject json() {
      return new JsonObject(body);
    }

    String code() {
      return json().getString("code");
    }

    /** The transaction's status, null when the answer has none. */
    String outcome() {
      JsonObject data = json().getJsonObject("data");
      return data == null ? null : data.getString("transactionStatus");
    }

    boolean isPaid() {
      return "0".equals(code()) && "S".equals(outcome());
    }
  }

  static boolean isPaid(String body) {
    return new Got(200, body, null).isPaid();
  }

  static JsonObject sale(String order, String id) {
    return new JsonObject()
        .put("appId", "app1")
        .put("merchantId", MERCHANT)
        .put("referenceOrderId", order)
        .put("transactionRequestId", id)
        .put("amount", new JsonObject().put("orderAmount", 1999).put("priceCurrency", "USD"))
        .put("description", "a book")
        .put("terminalSn", "T1");
  }

  static JsonObject sale(String order, String id, String directive) {
    return sale(order, id).put("attach", "sandbox: " + directive);
  }

  Got pay(JsonObject body, String... headers) {
    return post(SALE, body.encode(), headers);
  }

  Got query(String id, String... headers) {
    String query = "?appId=app1&merchantId=" + MERCHANT + "&transactionRequestId=" + id;
    return send(request("/v1/transaction/query" + query, headers).GET().build()).join();
  }

  Got queryTransaction(String transactionId) {
    String query = "?appId=app1&merchantId=" + MERCHANT + "&transactionId=" + transactionId;
    return send(request("/v1/transaction/query" + query).GET().build()).join();
  }

  Got post(String path, String body, String... headers) {
    return postAsync(path, body, headers).join();
  }

  CompletableFuture<Got> postAsync(String path, String body, String... headers) {
    return send(request(path, headers)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build());
  }

  CompletableFuture<Got> send(HttpRequest request) {
    return HTTP.sendAsync(request, BodyHandlers.ofString()).thenApply(Caller::got);
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofMinutes(2));
    if (key != null) {
      builder.header("Authorization", "Bearer " + key);
    }
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  private static Got got(HttpResponse<String> response) {
    return new Got(response.statusCode(), response.body(), response.headers());
  }
}
