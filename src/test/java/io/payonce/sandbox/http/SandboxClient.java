package io.payonce.sandbox.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.request.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A sandbox with a clock of its own, and a caller that talks to it over real sockets. */
final class SandboxClient implements AutoCloseable {

  static final String MERCHANT = "M1234567890";
  static final String SALE = "/v1/semi-integration/transaction/sale";
  static final String CHECKOUT = "/v1/checkout/sale";
  private static final String KEY = "sk_test_sandbox";

  /** Noon, so that moving the clock by hours stays within the day. */
  final AtomicLong clock =
      new AtomicLong(1_790_000_000_000L / 86_400_000 * 86_400_000 + 43_200_000);

  final SandboxPlatform platform;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private volatile long runningSinceNanos;

  private SandboxClient(SandboxOptions options) {
    platform = await(SandboxPlatform.start(vertx, options.withClock(() -> clock.get() + ran())));
  }

  /** At the true time. */
  void setTime() {
    clock.set(System.currentTimeMillis());
    letTimeRun();
  }

  /** From now on the clock runs by itself, as calls that take their time need it. */
  void letTimeRun() {
    runningSinceNanos = System.nanoTime();
  }

  private long ran() {
    return runningSinceNanos == 0 ? 0 : (System.nanoTime() - runningSinceNanos) / 1_000_000;
  }

  static SandboxClient open() {
    return new SandboxClient(SandboxOptions.defaults());
  }

  static SandboxClient open(SandboxOptions options) {
    return new SandboxClient(options);
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(60, SECONDS)
        .join();
  }

  static ObjectNode sale(String order, String requestId, long amount) {
    ObjectNode body = body(requestId).put("referenceOrderId", order);
    body.putObject("amount").put("orderAmount", amount).put("priceCurrency", "USD");
    return body;
  }

  static ObjectNode sale(String order, String requestId, long amount, String directive) {
    return sale(order, requestId, amount).put("attach", "sandbox: " + directive);
  }

  static ObjectNode checkout(String order, String requestId, long amount) {
    return sale(order, requestId, amount)
        .put("paymentMethod", "GOOGLE_PAY")
        .put("cardEncryptedData", "not-a-card");
  }

  static ObjectNode followUp(String requestId, String originalRequestId) {
    return body(requestId).put("originalTransactionRequestId", originalRequestId);
  }

  static ObjectNode followUp(String requestId, String originalRequestId, long amount) {
    ObjectNode body = followUp(requestId, originalRequestId);
    body.putObject("amount").put("orderAmount", amount).put("priceCurrency", "USD");
    return body;
  }

  private static ObjectNode body(String requestId) {
    return Json.object()
        .put("appId", "app_1")
        .put("merchantId", MERCHANT)
        .put("transactionRequestId", requestId)
        .put("description", "coffee")
        .put("terminalSn", "SBX0000001");
  }

  JsonNode sell(ObjectNode body) {
    return post(SALE, body);
  }

  JsonNode inPerson(String call, ObjectNode body) {
    return post("/v1/semi-integration/transaction/" + call, body);
  }

  JsonNode query(String requestId) {
    return get("/v1/transaction/query?appId=app_1&merchantId=" + MERCHANT + "&transactionRequestId="
        + requestId);
  }

  JsonNode post(String path, Object body) {
    return json(send(request(path).POST(HttpRequest.BodyPublishers.ofString(body.toString()))));
  }

  JsonNode get(String path) {
    return json(send(request(path)));
  }

  JsonNode delete(String path) {
    return json(send(request(path).DELETE()));
  }

  HttpRequest.Builder request(String path) {
    return to(platform.baseUrl() + path);
  }

  HttpRequest.Builder to(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + KEY)
        .header("X-Client-Request-Id", UUID.randomUUID().toString())
        .header("X-Timestamp", String.valueOf(clock.get()));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<JsonNode> sellSoon(ObjectNode body) {
    var request =
        request(SALE).POST(HttpRequest.BodyPublishers.ofString(body.toString())).build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(SandboxClient::json);
  }

  /** What comes back on a bare socket until the other side closes it or is silent for a while. */
  String sellRaw(ObjectNode body, int patienceMillis) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    String head = "POST " + SALE + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + KEY
        + "\r\nX-Client-Request-Id: " + UUID.randomUUID() + "\r\nX-Timestamp: " + clock.get()
        + "\r\nContent-Length: " + bytes.length + "\r\n\r\n";
    try (Socket socket = new Socket("127.0.0.1", platform.actualPort())) {
      socket.setSoTimeout(patienceMillis);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(bytes);
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(received);
      return received.toString(StandardCharsets.UTF_8);
    }
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return Json.MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String code(JsonNode answer) {
    return answer.path("code").asText();
  }

  static String status(JsonNode answer) {
    return answer.path("data").path("transactionStatus").asText();
  }
}
