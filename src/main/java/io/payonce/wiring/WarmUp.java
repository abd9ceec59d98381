package io.payonce.wiring;

import io.payonce.http.server.DrainState;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.telemetry.CallObserver;
import io.payonce.telemetry.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warms up the JIT: runs payments through the real pipeline against in-process stubs before the pod
 * listens. They have an event loop, counters and keys of their own. Nothing of it stays or is seen
 * outside, and a failure of it does not keep the pod from starting.
 */
public final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /**
   * Measured: at half, half of the first hundred real payments take twice as long; at double, a
   * start takes half a second of CPU more, and the real ones gain little.
   */
  static final int MOST_PAYMENTS = 100;

  /**
   * On a slow machine fewer are better than a late start: there, at double and more, a pod is ready
   * half a second later; at half, the first payments take twice as long.
   */
  private static final long MOST_MILLIS = 400;

  /**
   * A pod waits no longer for it: on a machine that is short of CPU the rest of it would cost more
   * than it brings. At half, a slow machine's first payments would be slow; at double, a busy one
   * starts late.
   */
  private static final long PATIENCE_MILLIS = 1500;

  /** The stand-ins answer at once: what is not over by now hangs, and is closed as it is. */
  private static final long HUNG_MILLIS = 4000;

  private static final String SALE = "/v1/semi-integration/transaction/sale";

  private final long sinceNanos = System.nanoTime();
  private final String secret = UUID.randomUUID().toString();
  private final Metrics metrics = new Metrics(CallObserver.OFF);
  private final DrainState gate = new DrainState();
  private final Vertx vertx;
  private final HttpClient caller;
  private int paid;

  private WarmUp(Vertx vertx) {
    this.vertx = vertx;
    caller = vertx.createHttpClient();
  }

  /** Begins, and completes when it is over or not worth waiting for any more; never fails. */
  public static Future<Integer> briefly() {
    return briefly(begin(), PATIENCE_MILLIS);
  }

  static Future<Integer> briefly(Future<Integer> begun, long millis) {
    CompletableFuture<Integer> over = begun.toCompletionStage().toCompletableFuture();
    return Future.fromCompletionStage(over.completeOnTimeout(0, millis, TimeUnit.MILLISECONDS));
  }

  /** Completes with how many were paid, when everything is closed again; never fails. */
  static Future<Integer> begin() {
    return begin(HUNG_MILLIS);
  }

  static Future<Integer> begin(long hungMillis) {
    return begin(vertx -> new WarmUp(vertx).play(), hungMillis);
  }

  /** On threads of its own: whoever closes Vert.x must not be one of its threads. */
  static Future<Integer> begin(Function<Vertx, Future<Integer>> play, long hungMillis) {
    Promise<Integer> over = Promise.promise();
    ThreadGroup group = new ThreadGroup("payonce-warm-up");
    Thread thread =
        new Thread(group, () -> over.complete(played(group, play, hungMillis)), group.getName());
    thread.setDaemon(true);
    thread.start();
    return over.future();
  }

  private static int played(
      ThreadGroup group, Function<Vertx, Future<Integer>> play, long hungMillis) {
    Runnable unmute = ThreadLogFilter.over(group);
    try {
      Vertx vertx = Vertx.vertx(new VertxOptions()
          .setPreferNativeTransport(true)
          .setEventLoopPoolSize(1)
          .setWorkerPoolSize(1)
          .setInternalBlockingPoolSize(1));
      try {
        return await(play.apply(vertx), hungMillis);
      } finally {
        await(vertx.close().onComplete(closed -> unmute.run()), hungMillis);
      }
    } catch (Exception failure) {
      LOG.debug("warm-up failed: the first payments will be slow", failure);
      return 0;
    }
  }

  private static <T> T await(Future<T> future, long millis) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
  }

  private Future<Integer> play() {
    return Future.all(WarmUpStubs.platform(vertx), WarmUpStubs.redis(vertx))
        .map(ports -> settings(ports.resultAt(0), ports.resultAt(1)))
        .map(settings -> PodWiring.open(
                vertx, LiveSettings.constant(settings), metrics, CallObserver.OFF)
            .withoutCharter()
            .start())
        .compose(parts ->
            vertx.deployVerticle(parts.proxy(gate, (millis, id) -> {}, Future.succeededFuture())))
        .compose(proxy -> pay())
        .onSuccess(done -> metrics.scrape(null));
  }

  private Future<Integer> pay() {
    return caller
        .request(HttpMethod.POST, gate.port(), WarmUpStubs.HOST, SALE)
        .compose(request -> request
            .putHeader("Authorization", "Bearer " + secret)
            .putHeader("Content-Type", "application/json")
            .send(sale())
            .compose(HttpClientResponse::body)) // asked for on that loop: it may be there already
        .compose(answer -> answer.toString().equals(WarmUpStubs.PAID)
            ? paid()
            : Future.failedFuture("a warm-up payment was answered with " + answer));
  }

  private Future<Integer> paid() {
    paid++;
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
    return paid < MOST_PAYMENTS && millis < MOST_MILLIS ? pay() : Future.succeededFuture(paid);
  }

  private Buffer sale() {
    return Buffer.buffer("""
        {"appId":"warm-up","merchantId":"warm-up","referenceOrderId":"warm-up-%1$d",\
        "transactionRequestId":"warm-up-%1$d","amount":{"orderAmount":1999,\
        "priceCurrency":"USD"},"description":"a warm-up","terminalSn":"warm-up"}""".formatted(paid));
  }

  private Settings settings(int platform, int redis) {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Settings.load(
            Optional.empty(),
            Map.of(),
            Profile.SERVE,
            Map.of(
                "server.port",
                "0",
                "client.keys",
                "warm-up:" + secret,
                "redis.uris",
                "redis://" + WarmUpStubs.HOST + ":" + redis,
                "upstream.baseUrl",
                "http://" + WarmUpStubs.HOST + ":" + platform,
                "upstream.apiKey",
                secret,
                "signing.mode",
                "hmac-sha256",
                "signing.secret",
                secret,
                "ledger.encryptionKey",
                Base64.getEncoder().encodeToString(key)))
        .orThrow();
  }
}
