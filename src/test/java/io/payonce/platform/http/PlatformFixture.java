package io.payonce.platform.http;

import io.payonce.credentials.Credentials;
import io.payonce.credentials.PlatformKeys;
import io.payonce.credentials.RequestCredentials;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Intent;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.platform.PlatformClock;
import io.payonce.platform.PlatformRequest;
import io.payonce.signing.Signing;
import io.payonce.tls.CertificateBundle;
import io.payonce.tls.CertificateFiles;
import io.payonce.tls.WatchedFile;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One event loop with a platform on it, and the shortest ways to use it. */
public final class PlatformFixture implements AutoCloseable {
  static final byte[] BODY = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);
  static final String PAID = "{\"code\":\"0\",\"msg\":\"ok\"}";
  static final String SALE = "/v1/semi-integration/transaction/sale";

  static final List<String> ID_HEADERS = List.of("X-Client-Request-Id", "X-Request-Id");

  /** Stands in for the real scan: an envelope is what names a code. */
  static final Function<byte[], Envelope> SCAN = body -> {
    Matcher code = Pattern.compile("\\{.*\"code\" *: *\"([^\"]*)\".*}\\s*", Pattern.DOTALL)
        .matcher(new String(body, StandardCharsets.UTF_8));
    return code.matches()
        ? new Envelope(code.group(1), null, null, null, null, null, null, null)
        : null;
  };

  final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  final Context context = vertx.getOrCreateContext();
  final PlatformClock clock = new PlatformClock();
  final PlatformSettings settings;
  final HttpPlatform platform;

  PlatformFixture(String baseUrl) {
    this(settings(baseUrl, 10_000, 10_000, 4), new PlatformKeys(() -> access("sk_1")));
  }

  PlatformFixture(PlatformSettings settings, PlatformKeys keys) {
    this(settings, keys, Credentials.NOTHING_TO_RENEW);
  }

  PlatformFixture(PlatformSettings settings, PlatformKeys keys, Credentials credentials) {
    this.settings = settings;
    platform = on(() ->
        Future.succeededFuture(new HttpPlatform(vertx, settings, keys, clock, credentials, SCAN)));
  }

  static PlatformSettings settings(
      String baseUrl, long connectMillis, long requestMillis, int connections) {
    return settings(baseUrl, connectMillis, requestMillis, connections, null);
  }

  static PlatformSettings settings(
      String baseUrl, long connectMillis, long requestMillis, int connections, Path ca) {
    return new PlatformSettings(
        baseUrl,
        new PlatformSettings.Times(connectMillis, requestMillis),
        connections,
        ID_HEADERS,
        tls(ca, false),
        PlatformSettings.Route.direct());
  }

  static PlatformSettings http2(String baseUrl, Path ca) {
    return new PlatformSettings(
        baseUrl,
        new PlatformSettings.Times(10_000, 20_000),
        64,
        ID_HEADERS,
        tls(ca, true),
        PlatformSettings.Route.direct());
  }

  /** @param ca whom to trust; null for the runtime's authorities */
  static PlatformSettings.Tls tls(Path ca, boolean http2) {
    return new PlatformSettings.Tls(
        WatchedFile.of("test", () -> CertificateBundle.read(CertificateFiles.trusting(ca))), http2);
  }

  public static RequestCredentials access(String apiKey) {
    return new RequestCredentials(apiKey, Signing.bearer());
  }

  static PlatformRequest sale() {
    return post(SALE, BODY);
  }

  static PlatformRequest post(String target, byte[] body) {
    return new PlatformRequest(
        "POST", target, List.of(Map.entry("Content-Type", "application/json")), body);
  }

  static PlatformRequest get(String target) {
    return new PlatformRequest("GET", target, List.of(), new byte[0]);
  }

  Answer send() {
    return send(intent(60_000));
  }

  Answer send(Intent intent) {
    return on(() -> platform.send(intent, sale()));
  }

  Answer call(PlatformRequest message) {
    return on(() -> platform.call(message));
  }

  <T> T on(Supplier<Future<T>> work) {
    return later(work).join();
  }

  <T> CompletableFuture<T> later(Supplier<Future<T>> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    context.runOnContext(go -> work.get().onComplete(got -> {
      if (got.succeeded()) {
        done.complete(got.result());
      } else {
        done.completeExceptionally(got.cause());
      }
    }));
    return done.orTimeout(30, TimeUnit.SECONDS);
  }

  /** An intent as a ledger would give it, for a send that may leave within that time. */
  static Intent intent(long leaveWithinMillis) {
    return intent(leaveWithinMillis, System.currentTimeMillis());
  }

  static Intent intent(long leaveWithinMillis, long stampedAtMillis) {
    return new TestMint().mint(stampedAtMillis, System.nanoTime() + leaveWithinMillis * 1_000_000);
  }

  private static final class TestMint extends Intent.Mint {
    Intent mint(long stampedAtMillis, long leavesBeforeNanos) {
      PaymentRef payment = new PaymentRef(new PaymentId("M1", "T1"), "O1", "print");
      return intent(lease(payment, Account.DEFAULT, "token"), stampedAtMillis, leavesBeforeNanos);
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
