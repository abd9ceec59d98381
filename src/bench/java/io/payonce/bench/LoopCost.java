package io.payonce.bench;

import io.payonce.ledger.NewPayment;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.LocalClock;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.payonce.sandbox.EmbeddedRedis;
import io.payonce.sandbox.http.SandboxOptions;
import io.payonce.sandbox.http.SandboxPlatform;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.wiring.Pod;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * CPU that the busiest event loop of a pod spends on one thing alone, from its request to its
 * answer: more than any single task of it can take. CPU and not time, so that other work on the
 * machine does not count. Arguments: times each (1000), rows of the listing (10000).
 */
public final class LoopCost {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String SALE = "/v1/semi-integration/transaction/sale";
  private static final String QUERY =
      "/v1/transaction/query?appId=app1&merchantId=M0000000001&transactionRequestId=";
  private static final byte[] LEDGER_KEY = new byte[Sealer.KEY_BYTES];

  private static final int AT_ONCE = 100;

  private final Vertx loops = Pod.vertx();
  private final Set<Long> threads = ConcurrentHashMap.newKeySet();
  private final Pod pod;
  private final int times;

  private LoopCost(Settings settings, int times) throws Exception {
    this.times = times;
    int allLoops = 4 * Runtime.getRuntime().availableProcessors();
    await(loops.deployVerticle(this::noteThread, new DeploymentOptions().setInstances(allLoops)));
    pod = await(Pod.start(loops, settings));
    Thread.sleep(1000);
  }

  private Deployable noteThread() {
    return new Deployable() {
      @Override
      public Future<?> deploy(Context context) {
        return Future.succeededFuture(threads.add(Thread.currentThread().getId()));
      }
    };
  }

  public static void main(String[] args) throws Exception {
    int times = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
    int rows = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    Vertx vertx = Vertx.vertx();
    EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
    SandboxPlatform platform = await(SandboxPlatform.start(vertx, SandboxOptions.defaults()));
    System.out.printf(
        "%-48s %8s %8s %8s %8s  ms of CPU; %s%n",
        "busiest event loop, for one", "first", "median", "99 %", "most", Runtime.version());
    LoopCost plain = new LoopCost(settings(redis, platform, Map.of()), times);
    plain.payments();
    plain.pages("idle");
    unresolved(vertx, redis, rows);
    plain.pages(rows + " unresolved");
    plain.close();
    for (int bits : new int[] {2048, 3072, 4096}) {
      LoopCost rsa = new LoopCost(
          settings(
              redis,
              platform,
              Map.of("signing.mode", "rsa-sha256", "signing.privateKey", rsaKey(bits))),
          times);
      rsa.sales("payment signed by RSA " + bits, bits + "-", "");
      rsa.close();
    }
    System.exit(0);
  }

  private void payments() throws Exception {
    sales("payment", "sale-", "");
    measure("replay", i -> sale("sale-" + i, ""));
    measure("query", i -> request(pod.port(), QUERY + "sale-" + i).GET());
    sales("payment, the largest body (64 KiB)", "large-", "x".repeat(65_000));
    sales("payment declined", "declined-", "sandbox: decline 051");
    measure(
        "payment in doubt, then sent again",
        Math.max(1, times / 20),
        i -> sale("doubt-" + i, "sandbox: E02 before charge, then ok"));
    measure("refusal by validation", i -> sale("", ""));
  }

  private void sales(String what, String prefix, String attach) throws Exception {
    measure(what, i -> sale(prefix + i, attach));
  }

  private void pages(String when) throws Exception {
    for (String path : new String[] {
      "/", "/metrics", "/admin/stats", "/admin/codes", "/admin/unresolved?limit=200"
    }) {
      measure(path + ", " + when, i -> request(pod.adminPort(), path).GET());
    }
  }

  private void measure(String what, IntFunction<HttpRequest.Builder> request) throws Exception {
    measure(what, times, request);
  }

  /** As often before it counts, so that the code is compiled; the very first one is shown too. */
  private void measure(String what, int count, IntFunction<HttpRequest.Builder> request)
      throws Exception {
    double[] millis = new double[2 * count];
    for (int i = 0; i < 2 * count; i++) {
      Map<Long, Long> before = new HashMap<>();
      threads.forEach(id -> before.put(id, THREADS.getThreadCpuTime(id)));
      HTTP.send(request.apply(i).build(), HttpResponse.BodyHandlers.discarding());
      millis[i] = threads.stream()
              .mapToLong(id -> THREADS.getThreadCpuTime(id) - before.get(id))
              .max()
              .orElseThrow()
          / 1e6;
    }
    double[] warm = Arrays.copyOfRange(millis, count, 2 * count);
    Arrays.sort(warm);
    System.out.printf(
        "%-48s %8.2f %8.2f %8.2f %8.2f%n",
        what, millis[0], warm[count / 2], warm[count * 99 / 100], warm[count - 1]);
  }

  private HttpRequest.Builder sale(String id, String attach) {
    String body = new JsonObject()
        .put("appId", "app1")
        .put("merchantId", "M0000000001")
        .put("referenceOrderId", "order-" + id)
        .put("transactionRequestId", id)
        .put("amount", new JsonObject().put("orderAmount", 1999).put("priceCurrency", "USD"))
        .put("description", "two books and a pen")
        .put("attach", attach)
        .put("terminalSn", "T0001")
        .encode();
    return request(pod.port(), SALE)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer k_bench");
  }

  private void close() throws Exception {
    await(loops.close());
  }

  /** Begun and never settled, under leases that outlast the run: nobody takes them over. */
  private static void unresolved(Vertx vertx, EmbeddedRedis redis, int rows) throws Exception {
    Promise<RedisLedger> opened = Promise.promise();
    vertx.runOnContext(go -> opened.complete(new RedisLedger(
        RedisLane.open(vertx, RedisSettings.standalone(redis.uri())),
        new Sealer(LEDGER_KEY),
        LedgerSettings.of(3_600_000, 86_400_000, 604_800_000),
        LocalClock.of(vertx),
        Abilities.ALL)));
    RedisLedger ledger = await(opened.future());
    Thread.sleep(1000);
    for (int row = 0; row < rows; row += AT_ONCE) {
      int from = row;
      Promise<Void> begun = Promise.promise();
      vertx.runOnContext(go -> Future.all(IntStream.range(from, Math.min(rows, from + AT_ONCE))
              .mapToObj(number -> ledger.begin(unresolved(number)))
              .toList())
          .<Void>mapEmpty()
          .onComplete(begun));
      await(begun.future());
    }
  }

  private static NewPayment unresolved(int number) {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    PaymentId id = new PaymentId("M" + number % 500, "unresolved-" + number);
    return NewPayment.plain(new PaymentRef(id, "unresolved-" + number, "print"), Operation.SALE, body, 20_000);
  }

  private static String rsaKey(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static Settings settings(
      EmbeddedRedis redis, SandboxPlatform platform, Map<String, String> signing) {
    Map<String, String> fixed = new HashMap<>(signing);
    fixed.put("server.port", "0");
    fixed.put("admin.port", "0");
    fixed.put("redis.uris", redis.uri());
    fixed.put("upstream.baseUrl", platform.baseUrl());
    fixed.put("upstream.apiKey", platform.settings().access().keys().iterator().next());
    fixed.put("client.keys", "bench:k_bench");
    fixed.put("ledger.encryptionKey", Base64.getEncoder().encodeToString(LEDGER_KEY));
    return Settings.load(Optional.empty(), Map.of(), Profile.SERVE, fixed).orThrow();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
  }
}
