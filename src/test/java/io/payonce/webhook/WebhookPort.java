package io.payonce.webhook;

import io.payonce.flow.Shop;
import io.payonce.http.PortSettings;
import io.payonce.http.ServerTls;
import io.payonce.http.server.BodyBudget;
import io.payonce.http.server.DrainState;
import io.payonce.model.Account;
import io.payonce.model.HmacSha256;
import io.payonce.model.PaymentId;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.telemetry.CallObserver;
import io.payonce.telemetry.Metrics;
import io.payonce.worker.LoopComponents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The port of the platform's notifications before a shop's flows, and a platform that signs. */
final class WebhookPort implements AutoCloseable {
  static final byte[] SECRET = "whsec-of-a-test".getBytes(StandardCharsets.UTF_8);
  static final long NOW_MILLIS = 1_900_000_000_000L;
  static final long MAX_AGE_MILLIS = 300_000;
  private static final int READ_MILLIS = 60_000;
  private static final long PATIENT_MILLIS = 60_000;

  final Shop shop = new Shop();
  final DrainState gate = new DrainState();
  final Metrics metrics = new Metrics(CallObserver.of(settings()));
  final List<String> heard = new ArrayList<>();
  List<WebhookSettings.Signer> signers =
      List.of(new WebhookSettings.Signer(SECRET, Set.of(Account.DEFAULT)));
  Account named = Account.DEFAULT;

  void signedWith(byte[] secret) {
    signers = List.of(new WebhookSettings.Signer(secret, Set.of(Account.DEFAULT)));
  }

  private final Vertx vertx;
  private final String deployed;
  private final WebhookVerticle verticle;

  WebhookPort(Vertx vertx) {
    this(vertx, ServerTls.OFF, PATIENT_MILLIS);
  }

  WebhookPort(Vertx vertx, ServerTls tls, long bodyMillis) {
    this.vertx = vertx;
    verticle = new WebhookVerticle(
        new WebhookSettings(
            new PortSettings("127.0.0.1", 0, tls, new BodyBudget(200_000), bodyMillis, 16),
            WebhookPaths.of(Optional.empty()),
            new WebhookSettings.Evidence(() -> signers, MAX_AGE_MILLIS, account -> NOW_MILLIS),
            new WebhookSettings.Owners(
                token -> token.startsWith("t-")
                    ? Optional.of(new PaymentId("M1", token.substring(2)))
                    : Optional.empty(),
                (appId, merchantId) -> named,
                account -> heard.add(account.name()))),
        gate,
        metrics,
        () -> new LoopComponents(null, shop.ledger, shop::flows, Future::succeededFuture));
    deployed = await(vertx.deployVerticle(verticle));
  }

  private static Settings settings() {
    return Settings.load(
            Optional.empty(),
            Map.of(),
            Profile.SANDBOX,
            Map.of("upstream.baseUrl", "http://localhost"))
        .orThrow();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return verticle.port();
  }

  /** How a sale of a shop stands, as the platform reports it. */
  static String body(String id, String status) {
    return """
        {"transactionId":"T-%s","transactionRequestId":"%s","referenceOrderId":"order-1","merchantId":"M1",\
        "transactionStatus":"%s","amount":{"orderAmount":1000,"priceCurrency":"USD"}}""".formatted(id, id, status);
  }

  static String signature(String body) {
    return HexFormat.of().formatHex(HmacSha256.of(SECRET, body.getBytes(StandardCharsets.UTF_8)));
  }

  /** Signed, and just now. */
  String send(String path, String body) {
    return send(
        path, body, "X-Signature: " + signature(body) + "\r\nX-Timestamp: " + NOW_MILLIS + "\r\n");
  }

  String send(String path, String body, String headers) {
    return exchange("POST " + path + " HTTP/1.1\r\nHost: here\r\n" + headers + "Content-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + body);
  }

  /** The status of an answer. */
  static int status(String answer) {
    return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  /** All that comes back until the connection ends. */
  String exchange(String bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(READ_MILLIS);
      write(socket, bytes);
      InputStream in = socket.getInputStream();
      byte[] some = new byte[4096];
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        all.write(some, 0, n);
      }
    } catch (SocketException reset) {
      // What was not read to its end may be answered with a reset behind the answer.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Who is answered before all is sent may still read the answer. */
  private static void write(Socket socket, String bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    } catch (SocketException reset) {
      // What has come until then can be read.
    }
  }

  double count(String result) {
    return metrics
        .scrape("text/plain")
        .lines()
        .filter(line -> line.startsWith("payonce_webhooks_total{result=\"" + result + "\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  @Override
  public void close() {
    await(vertx.undeploy(deployed));
  }
}
