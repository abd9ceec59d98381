package io.payonce.e2e;

import io.payonce.ledger.redis.LongQuiet;
import io.payonce.sandbox.EmbeddedRedis;
import io.payonce.sandbox.http.SandboxOptions;
import io.payonce.sandbox.http.SandboxPlatform;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.wiring.Pod;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A whole Payonce on this machine: Redis, platform, and one pod or several on top of them. */
final class TestPod implements AutoCloseable {
  static final String KEY = "k_test_caller";

  /**
   * Recovery at a test's pace, and a platform that is waited for as long as a busy machine may need
   * to be it: what is shown is mostly not what a timeout makes of it. The lease must outlast one
   * exchange, as {@code check} demands.
   */
  private static final Map<String, String> BRISK = Map.of(
      "recovery.firstDelayMs", "40",
      "recovery.maxDelayMs", "200",
      "recovery.leaseMs", "12000",
      "recovery.resendsPerSecond", "1000",
      "redis.callTimeoutMs", "3000",
      "upstream.requestTimeoutMs", "8000",
      "upstream.connectTimeoutMs", "1500",
      "server.waitBudgetMs", "12000",
      "server.drainMs", "3000");

  private final Vertx vertx = Vertx.vertx();
  private final EmbeddedRedis redis;
  private final SandboxPlatform platform;
  private final List<Vertx> podLoops = new ArrayList<>();
  private long healthy = -1;
  private final List<Pod> pods = new ArrayList<>();
  private final Map<String, String> overrides;

  TestPod(Map<String, String> overrides) {
    this(overrides, 1);
  }

  /** @param pods in this process; more may follow, here or as processes of their own */
  TestPod(Map<String, String> overrides, int pods) {
    this(overrides, pods, EmbeddedRedis.Options.defaults().withAppendOnly());
  }

  /** The same on a Redis that may be wanted to forget what it holds. */
  TestPod(Map<String, String> overrides, int pods, EmbeddedRedis.Options redis) {
    this.overrides = overrides;
    this.redis = EmbeddedRedis.start(redis);
    LongQuiet.in(this.redis.port());
    platform = await(SandboxPlatform.start(vertx, SandboxOptions.defaults()));
    for (int i = 0; i < pods; i++) {
      addPod();
    }
  }

  TestPod() {
    this(Map.of());
  }

  /**
   * From now on the same merchant also makes payments that go well, 25 a second, until the pod is
   * closed: else a test of many bad days at once is one merchant's outage to the breaker.
   */
  TestPod amongHealthyPayments() {
    AtomicInteger number = new AtomicInteger();
    healthy = vertx.setPeriodic(40, tick -> {
      String name = "well-" + number.incrementAndGet();
      caller().postAsync(Caller.SALE, Caller.sale("order-" + name, name).encode());
    });
    return this;
  }

  /** Waits until the platform reports to the pod: it does so once all pods are known to listen. */
  TestPod reportedTo(String notifyUrl) {
    AtomicInteger number = new AtomicInteger();
    until(() -> {
      String name = "probe-" + number.incrementAndGet();
      caller().pay(Caller.sale("order-" + name, name).put("notifyUrl", notifyUrl));
      return platform.webhooks().stream()
          .anyMatch(sent -> sent.isAcknowledged() && !sent.notifyUrl().equals(notifyUrl));
    });
    return this;
  }

  /** What a program does for the first time takes a busy machine longer than a short timeout. */
  TestPod warmed() {
    for (String directive : List.of("ok", "E02 before charge, then ok")) {
      List<CompletableFuture<Caller.Got>> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String id = "warm-" + i + "-" + directive.length();
        String sale = Caller.sale("order-" + id, id, directive).encode();
        all.add(caller().postAsync(Caller.SALE, sale));
      }
      all.forEach(CompletableFuture::join);
    }
    return this;
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for what another process or thread brings about. */
  static void until(Callable<Boolean> there) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .until(there);
  }

  /** As Kubernetes does: the new file takes the old one's place whole. */
  static Path put(Path folder, String name, String content) throws IOException {
    Path fresh = Files.writeString(folder.resolve(name + ".new"), content);
    return Files.move(
        fresh,
        folder.resolve(name),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  /** Asks again while a pod that has just started is not connected to Redis yet. */
  Caller.Got patiently(java.util.function.Supplier<Caller.Got> call) {
    Caller.Got[] got = new Caller.Got[1];
    until(() -> {
      got[0] = call.get();
      return !"E01".equals(got[0].code());
    });
    return got[0];
  }

  /**
   * What the caller is answered to a payment that has left: the first calls of a new process may be
   * refused on a busy machine.
   */
  CompletableFuture<Caller.Got> sent(Caller caller, JsonObject sale, String... headers) {
    List<CompletableFuture<Caller.Got>> calls = new ArrayList<>();
    until(() -> {
      if (!platform.sends().sent(sale.getString("transactionRequestId")).isEmpty()) {
        return true;
      }
      if (calls.isEmpty() || calls.get(0).isDone()) {
        calls.add(0, caller.postAsync(Caller.SALE, sale.encode(), headers));
      }
      return false;
    });
    return calls.get(0);
  }

  Pod addPod() {
    Vertx loops = Pod.vertx();
    Pod pod = await(Pod.start(loops, settings()));
    podLoops.add(loops);
    pods.add(pod);
    return pod;
  }

  /** Configured otherwise in some points; the caller ends it. */
  Guest guest(Map<String, String> besides) {
    Map<String, String> answered = fixed();
    answered.putAll(besides);
    besides.keySet().stream()
        .filter(key -> key.endsWith("File"))
        .forEach(key -> answered.remove(key.substring(0, key.length() - "File".length())));
    return Guest.of(
        Settings.load(Optional.empty(), Map.of(), Profile.SERVE, answered).orThrow());
  }

  Settings settings() {
    return Settings.load(Optional.empty(), Map.of(), Profile.SERVE, fixed()).orThrow();
  }

  /**
   * The settings as the environment of a process: upstream.baseUrl is PAYONCE_UPSTREAM_BASE_URL.
   */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    fixed()
        .forEach((path, value) -> environment.put(
            "PAYONCE_"
                + path.replaceAll("([A-Z])", "_$1").replace('.', '_').toUpperCase(Locale.ROOT),
            value));
    return environment;
  }

  /** What each process of this pod is given, whatever else its configuration says. */
  Map<String, String> fixed() {
    Map<String, String> fixed = new HashMap<>(BRISK);
    fixed.put("server.port", "0");
    fixed.put("admin.port", "0");
    fixed.put("redis.mode", "standalone");
    fixed.put("redis.uris", redis.uri());
    fixed.put("upstream.baseUrl", platform.baseUrl());
    fixed.put("upstream.apiKey", platform.settings().access().keys().iterator().next());
    fixed.put("client.keys", "test:" + KEY);
    fixed.put("ledger.encryptionKey", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    fixed.putAll(overrides);
    overrides.keySet().stream()
        .filter(key -> key.endsWith("File"))
        .forEach(key -> fixed.remove(key.substring(0, key.length() - "File".length())));
    return fixed;
  }

  Caller caller() {
    return caller(0);
  }

  Caller caller(int pod) {
    return new Caller("http://127.0.0.1:" + pods.get(pod).port(), KEY);
  }

  /** The metrics of a pod. */
  String admin(int pod) {
    Caller admin = new Caller("http://127.0.0.1:" + pods.get(pod).adminPort(), null);
    return admin.send(admin.request("/metrics").GET().build()).join().body();
  }

  Operator operator() {
    return new Operator("http://127.0.0.1:" + pod().adminPort(), null);
  }

  /** What the first pod's admin port answers. */
  String admin(String path) {
    return new Caller("http://127.0.0.1:" + pods.get(0).adminPort(), null)
        .send(java.net.http.HttpRequest.newBuilder(
                java.net.URI.create("http://127.0.0.1:" + pods.get(0).adminPort() + path))
            .build())
        .join()
        .body();
  }

  Pod pod() {
    return pods.get(0);
  }

  SandboxPlatform platform() {
    return platform;
  }

  EmbeddedRedis redis() {
    return redis;
  }

  @Override
  public void close() {
    vertx.cancelTimer(healthy);
    podLoops.forEach(loops -> await(loops.close()));
    await(vertx.close());
    redis.close();
  }
}
