package io.payonce.e2e;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the platform says by itself of a payment, and the saying of it. */
record Report(String secret, JsonObject body) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** @param sale as its caller has sent it */
  static Report of(String secret, JsonObject sale, String status) {
    return new Report(
        secret,
        new JsonObject()
            .put("transactionId", "T-" + sale.getString("transactionRequestId"))
            .put("merchantId", sale.getString("merchantId"))
            .put("appId", sale.getString("appId"))
            .put("transactionRequestId", sale.getString("transactionRequestId"))
            .put("referenceOrderId", sale.getString("referenceOrderId"))
            .put("transactionStatus", status)
            .put("amount", sale.getJsonObject("amount")));
  }

  String signature() {
    return signature(body.encode());
  }

  String signature(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answer, once it is there; fails when there is none. */
  CompletableFuture<HttpResponse<String>> post(int port) {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + "/webhook"))
        .header("X-Signature", signature())
        .header("X-Timestamp", "" + System.currentTimeMillis())
        .header("X-Client-Request-Id", "report")
        .POST(BodyPublishers.ofString(body.encode()))
        .build();
    return HTTP.sendAsync(request, BodyHandlers.ofString());
  }

  int status(int port) {
    return post(port).join().statusCode();
  }
}
