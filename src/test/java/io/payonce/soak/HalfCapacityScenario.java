package io.payonce.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.sandbox.EmbeddedRedis;
import io.payonce.sandbox.http.SandboxOptions;
import io.payonce.sandbox.http.SandboxPlatform;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.wiring.Pod;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/**
 * The platform at half capacity for a while, then back (issue 3, item 8), under callers who do not
 * slow down: sends sent per payment, and goodput before, during and after. Run it with
 * {@code ./mvnw verify -Psoak}; {@code -Dsoak.seconds=20} shortens the bad time,
 * {@code -Dsoak.rate} is the callers' payments a second.
 */
class HalfCapacityScenario {
  private static final int SECONDS = Integer.getInteger("soak.seconds", 60);
  private static final int RATE = Integer.getInteger("soak.rate", 100);
  private static final int LATENCY_MILLIS = 200;

  /** Before and after the bad time. */
  private static final int CALM_SECONDS = 15;

  private static final int GRACE_SECONDS = 10;
  private static final long SLICE_MILLIS = 10;

  /** A fifth more than the callers ask for, so that half of it is far too little. */
  private final int capacity = RATE * LATENCY_MILLIS / 1000 * 6 / 5;

  private final Vertx callers = Vertx.vertx();
  private final Vertx loops = Pod.vertx();
  private final Map<Integer, LongAdder> paid = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();
  private final LongAdder pending = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private long sinceNanos;
  private int sent;

  @Test
  void a_platform_at_half_capacity_is_not_stormed_and_used_fully_again_at_once() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults())) {
      SandboxPlatform platform = await(SandboxPlatform.start(callers, SandboxOptions.defaults()));
      platform.settings("latencyMillis", LATENCY_MILLIS);
      platform.settings("capacity", capacity);
      Pod pod = await(Pod.start(loops, settings(redis, platform)));
      run(pod.port(), platform);
      report(platform);
    } finally {
      await(loops.close());
      await(callers.close());
    }
  }

  private void run(int port, SandboxPlatform platform) throws InterruptedException {
    HttpClient client =
        callers.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(5000));
    sinceNanos = System.nanoTime();
    int total = 2 * CALM_SECONDS + SECONDS;
    boolean halved = false;
    boolean back = false;
    while (second() < total) {
      if (!halved && second() >= CALM_SECONDS) {
        platform.settings("capacity", capacity / 2);
        halved = true;
      }
      if (!back && second() >= CALM_SECONDS + SECONDS) {
        platform.settings("capacity", capacity);
        back = true;
      }
      long due = (System.nanoTime() - sinceNanos) * RATE / 1_000_000_000;
      while (sent < due) {
        pay(client, port, sent++);
      }
      Thread.sleep(SLICE_MILLIS);
    }
    Thread.sleep(TimeUnit.SECONDS.toMillis(GRACE_SECONDS));
  }

  private int second() {
    return (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNanos);
  }

  private void pay(HttpClient client, int port, int number) {
    client
        .request(new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setMethod(HttpMethod.POST)
            .setURI("/v1/semi-integration/transaction/sale")
            .putHeader("Authorization", "Bearer k_soak")
            .putHeader("Content-Type", "application/json"))
        .compose(request ->
            request.send(Buffer.buffer(sale(number).encode())).compose(HttpClientResponse::body))
        .onSuccess(body -> count(body.toJsonObject()))
        .onFailure(failure -> failed.increment());
  }

  private static JsonObject sale(int number) {
    return new JsonObject()
        .put("appId", "app1")
        .put("merchantId", "M0000000001")
        .put("referenceOrderId", "soak-" + number)
        .put("transactionRequestId", "soak-" + number)
        .put("amount", new JsonObject().put("orderAmount", 1999).put("priceCurrency", "USD"))
        .put("description", "soak")
        .put("terminalSn", "T1");
  }

  private void count(JsonObject answer) {
    JsonObject data = answer.getJsonObject("data");
    if (!"0".equals(answer.getString("code"))) {
      refused.increment();
    } else if ("S".equals(data.getString("transactionStatus"))) {
      paid.computeIfAbsent(second(), first -> new LongAdder()).increment();
    } else {
      pending.increment();
    }
  }

  private void report(SandboxPlatform platform) {
    long sends = platform.sends().all().stream()
        .filter(send -> send.method().equals("POST"))
        .count();
    long payments = platform.sends().all().stream()
        .filter(send -> send.method().equals("POST"))
        .map(send -> send.transactionRequestId())
        .distinct()
        .count();
    double before = perSecond(5, CALM_SECONDS);
    double during = perSecond(CALM_SECONDS + 2, CALM_SECONDS + SECONDS);
    int back = CALM_SECONDS + SECONDS;
    double after = perSecond(back + GRACE_SECONDS, back + CALM_SECONDS);
    double perPayment = sends / (double) payments;
    System.out.printf(
        "half capacity for %d s at %d payments/s, capacity %d x %d ms%n"
            + "  copies %d for %d payments that left: %.3f each; %d asked for%n"
            + "  paid/s before %.1f, during %.1f, from 10 s after its return %.1f%n"
            + "  refused with nothing sent %d, pending %d, failed %d; %d queries%n"
            + "  paid by the second after its return: %s%n",
        SECONDS,
        RATE,
        capacity,
        LATENCY_MILLIS,
        sends,
        payments,
        perPayment,
        sent,
        before,
        during,
        after,
        refused.sum(),
        pending.sum(),
        failed.sum(),
        platform.sends().all().size() - sends,
        bySecond(back, back + CALM_SECONDS));
    assertThat(perPayment).isLessThanOrEqualTo(1.10);
    assertThat(after).isGreaterThanOrEqualTo(0.95 * RATE);
    assertThat(failed.sum()).isZero();
    assertThat(platform.charges().all().stream().map(charge -> charge.order()))
        .doesNotHaveDuplicates();
  }

  private double perSecond(int from, int to) {
    return bySecond(from, to).values().stream().mapToLong(Long::longValue).sum()
        / (double) (to - from);
  }

  private Map<Integer, Long> bySecond(int from, int to) {
    Map<Integer, Long> counts = new java.util.TreeMap<>();
    for (int second = from; second < to; second++) {
      LongAdder count = paid.get(second);
      counts.put(second, count == null ? 0 : count.sum());
    }
    return counts;
  }

  private static Settings settings(EmbeddedRedis redis, SandboxPlatform platform) {
    Map<String, String> fixed = new HashMap<>();
    fixed.put("server.port", "0");
    fixed.put("admin.port", "0");
    fixed.put("redis.uris", redis.uri());
    fixed.put("upstream.baseUrl", platform.baseUrl());
    fixed.put("upstream.apiKey", platform.settings().access().keys().iterator().next());
    fixed.put("client.keys", "soak:k_soak");
    fixed.put("ledger.encryptionKey", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    return Settings.load(Optional.empty(), Map.of(), Profile.SERVE, fixed).orThrow();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
