package io.payonce.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.bank.RecentLog;
import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.Json;
import io.payonce.sandbox.request.LruMap;
import io.payonce.sandbox.request.Refusal;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A shop's webhook handler as it should be: checks the signature over the raw body before it reads
 * it, and the age; does its work once, however often it is notified; answers 200. {@code GET /}
 * lists what it got.
 */
public final class SampleCheckout extends VerticleBase {

  private static final String HOST = "127.0.0.1";
  private static final long MAX_AGE_MILLIS = 300_000;
  private static final int MAX_BODY_BYTES = 1 << 16;
  private static final int MOST = 10_000;

  /**
   * A notification that was taken.
   *
   * @param again whether the shop had got the same before, and did nothing
   */
  public record ShopNotice(
      String referenceOrderId,
      String transactionRequestId,
      String transactionStatus,
      long amount,
      String currency,
      String requestId,
      boolean again) {

    @Override
    public String toString() {
      return (referenceOrderId == null ? "" : referenceOrderId + ", ") + transactionRequestId + ": "
          + transactionStatus + ", " + amount + ' ' + currency + (again ? " (again)" : "");
    }
  }

  private final int wantedPort;
  private final Supplier<String> secret;
  private final Consumer<ShopNotice> till;
  private final RecentLog<ShopNotice> notices = new RecentLog<>(MOST);
  private final Set<String> done = Collections.newSetFromMap(new LruMap<>());
  private volatile int port;

  private SampleCheckout(int wantedPort, Supplier<String> secret, Consumer<ShopNotice> till) {
    this.wantedPort = wantedPort;
    this.secret = secret;
    this.till = till;
  }

  /**
   * Completes when it listens on this machine.
   *
   * @param port a port it is known by; another one where that is taken
   * @param secret what the notifications are signed with
   * @param till handed each notification that was taken
   */
  public static Future<SampleCheckout> start(
      Vertx vertx, int port, Supplier<String> secret, Consumer<ShopNotice> till) {
    SampleCheckout checkout = new SampleCheckout(port, secret, till);
    return vertx.deployVerticle(checkout).map(checkout);
  }

  @Override
  public Future<?> start() {
    return listen(wantedPort)
        .recover(taken -> listen(0))
        .onSuccess(server -> port = server.actualPort());
  }

  private Future<HttpServer> listen(int on) {
    return vertx
        .createHttpServer(new HttpServerOptions().setHost(HOST).setPort(on))
        .requestHandler(this::receive)
        .listen();
  }

  public String baseUrl() {
    return "http://" + HOST + ':' + port;
  }

  /** The notifyUrl for the bodies of payments. */
  public String notifyUrl() {
    return baseUrl() + "/hook";
  }

  /** The host and port of {@link #notifyUrl}. */
  public String authority() {
    return HOST + ':' + port;
  }

  public List<ShopNotice> notices() {
    return notices.all();
  }

  private void receive(HttpServerRequest request) {
    if (request.method() != HttpMethod.POST) {
      ReplyWriter.json(request.response()).end(Buffer.buffer(Json.bytes(notices.all())));
      return;
    }
    Buffer body = Buffer.buffer();
    request.handler(chunk -> {
      if (body.length() + chunk.length() <= MAX_BODY_BYTES) {
        body.appendBuffer(chunk);
      }
    });
    request.endHandler(
        end -> request.response().setStatusCode(take(request, body.getBytes())).end());
  }

  private int take(HttpServerRequest request, byte[] body) {
    if (!isSigned(request, body) || !isFresh(request.getHeader("X-Timestamp"))) {
      return 401;
    }
    try {
      ObjectNode notice = Json.parseObject(body);
      String requestId = Call.text(notice, "transactionRequestId");
      // Not by X-Client-Request-Id: what counts is that this payment has ended so.
      boolean again = !done.add(requestId + '/' + Call.text(notice, "transactionStatus"));
      ShopNotice taken = new ShopNotice(
          Call.text(notice, "referenceOrderId"),
          requestId,
          Call.text(notice, "transactionStatus"),
          notice.path("amount").path("orderAmount").asLong(),
          notice.path("amount").path("priceCurrency").asText(),
          request.getHeader("X-Client-Request-Id"),
          again);
      notices.add(taken);
      till.accept(taken);
      return 200;
    } catch (Refusal noJson) {
      return 400;
    }
  }

  private boolean isSigned(HttpServerRequest request, byte[] body) {
    String given = Objects.requireNonNullElse(request.getHeader("X-Signature"), "");
    return MessageDigest.isEqual(
        WebhookSignature.of(body, secret.get(), "hex").getBytes(StandardCharsets.UTF_8),
        given.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isFresh(String timestamp) {
    return timestamp != null
        && timestamp.matches("[0-9]{13}")
        && Math.abs(System.currentTimeMillis() - Long.parseLong(timestamp)) <= MAX_AGE_MILLIS;
  }
}
