package io.payonce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.maintenance.Auditor;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.LocalClock;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.logs.Logs;
import io.payonce.model.Abilities;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.PaymentRef;
import io.payonce.model.Shards;
import io.payonce.recovery.Stage;
import io.payonce.redis.RawRedis;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.payonce.sandbox.EmbeddedRedis;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.wiring.Pod;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * What many unresolved payments cost: memory of Redis and of a pod, and the time to work them off.
 * {@code -Dunresolved=50000} is the size that the README gives figures for.
 */
@Logs("no pod is left that could say whether its data is as it was")
class UnresolvedIT {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final int PAYMENTS = Integer.getInteger("unresolved", 2000);
  private static final int AT_ONCE = 500;
  private static final int MERCHANTS = Integer.getInteger("merchants", 50);

  /** What is worked off at a tenth of a quiet machine's pace. */
  private static final Duration PATIENCE = Duration.ofSeconds(60 + PAYMENTS / 30);

  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final Vertx vertx = Vertx.vertx();

  @Test
  void many_unresolved_payments_are_worked_off_by_one_pod() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults())) {
      long emptyBytes = usedMemory(redis);
      fill(redis);
      long redisBytes = usedMemory(redis) - emptyBytes;
      HttpServer platform = SharedInfrastructure.await(
          vertx.createHttpServer().requestHandler(this::paid).listen(0, "127.0.0.1"));
      long heapBytes = heap();
      Vertx loops = Pod.vertx();
      SharedInfrastructure.await(Pod.start(loops, settings(redis, platform)));
      long since = System.nanoTime();
      AtomicLong highest = new AtomicLong();
      Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
        highest.accumulateAndGet(heap(false), Math::max);
        assertThat(unresolved(redis)).isZero();
      });
      double seconds = (System.nanoTime() - since) / 1e9;
      System.out.printf(
          "UNRESOLVED %d payments of %d merchants: Redis %d bytes each, heap %d MB before and at"
              + " most %d MB (not collected), worked off in %.1f s (%.0f a second)%n",
          PAYMENTS,
          MERCHANTS,
          redisBytes / PAYMENTS,
          heapBytes >> 20,
          highest.get() >> 20,
          seconds,
          PAYMENTS / seconds);
      assertThat(asked).as("each was asked about").hasSize(PAYMENTS);
      assertThat(sent).as("and none was sent once more").isEmpty();
      SharedInfrastructure.await(loops.close());
    } finally {
      SharedInfrastructure.await(vertx.close());
    }
  }

  private void fill(EmbeddedRedis redis) {
    Context context = vertx.getOrCreateContext();
    Promise<Void> filled = Promise.promise();
    context.runOnContext(go -> {
      RedisLane lane = RedisLane.open(vertx, RedisSettings.standalone(redis.uri()));
      LedgerSettings settings = LedgerSettings.of(15_000, 86_400_000, 604_800_000);
      RedisLedger ledger = new RedisLedger(
          lane,
          new Sealer(Base64.getDecoder().decode(KEY)),
          settings,
          LocalClock.of(vertx),
          Abilities.ALL);
      connected(lane)
          .compose(up -> fill(ledger, 0))
          .compose(full -> audit(new Auditor(lane, settings), redis))
          .eventually(lane::close)
          .onComplete(filled);
    });
    Awaitility.await()
        .atMost(Duration.ofMinutes(10))
        .until(() -> filled.future().isComplete());
    SharedInfrastructure.await(filled.future());
  }

  /** At full speed; the program itself rests 50 ms after each 500 keys. */
  private Future<Void> audit(Auditor auditor, EmbeddedRedis redis) {
    double busy = redisSeconds(redis);
    long since = System.nanoTime();
    return auditor.nodes().compose(nodes -> walk(auditor, nodes.get(0), "0", 0)).map(keys -> {
      System.out.printf(
          "AUDIT %d keys in %.2f s, %.2f s of Redis, nothing to mend%n",
          keys, (System.nanoTime() - since) / 1e9, redisSeconds(redis) - busy);
      return null;
    });
  }

  private static Future<Integer> walk(Auditor auditor, int node, String from, int keys) {
    return auditor.walk(node, from, 500).compose(slice -> {
      assertThat(slice.repairs()).isEmpty();
      int all = keys + slice.keys();
      return slice.next() == null
          ? Future.succeededFuture(all)
          : walk(auditor, node, slice.next(), all);
    });
  }

  private static double redisSeconds(EmbeddedRedis redis) {
    return RawRedis.text(RawRedis.ask(redis.port(), "INFO", "cpu"))
        .lines()
        .filter(line -> line.matches("used_cpu_(sys|user):.*"))
        .mapToDouble(
            line -> Double.parseDouble(line.substring(line.indexOf(':') + 1).strip()))
        .sum();
  }

  private Future<Void> connected(RedisLane lane) {
    return lane.connected()
        ? Future.succeededFuture()
        : vertx.timer(20).compose(again -> connected(lane));
  }

  private static Future<Void> fill(RedisLedger ledger, int from) {
    if (from >= PAYMENTS) {
      return Future.succeededFuture();
    }
    List<Future<Boolean>> some = new ArrayList<>();
    for (int i = from; i < Math.min(PAYMENTS, from + AT_ONCE); i++) {
      some.add(inDoubt(ledger, i));
    }
    return Future.all(some).compose(done -> fill(ledger, from + AT_ONCE));
  }

  private static Future<Boolean> inDoubt(RedisLedger ledger, int number) {
    PaymentId id = new PaymentId(CallerAnswer.MERCHANT + number % MERCHANTS, "request-" + number);
    byte[] body = CallerAnswer.sale(id.merchantId(), "order-" + number, id.requestId(), null)
        .encode()
        .getBytes(StandardCharsets.UTF_8);
    return ledger
        .begin(NewPayment.plain(
            new PaymentRef(id, "order-" + number, "print"), Operation.SALE, body, 1000))
        .map(begin -> ((BeginResult.Begun) begin).intent().lease())
        .compose(lease -> ledger.defer(
            lease,
            new Deferral(
                Stage.read("IN_DOUBT", "1.1.1."), 1, null, 1, "E02 (UNKNOWN); ask again")));
  }

  /** Every payment that is asked about is paid. */
  private void paid(HttpServerRequest request) {
    String id = request.getParam("transactionRequestId");
    (request.method() == HttpMethod.GET ? asked : sent).add(request.uri());
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .end("{\"code\":\"0\",\"msg\":\"success\",\"data\":{\"transactionId\":\"T" + id
            + "\",\"referenceOrderId\":\"" + id.replace("request", "order")
            + "\",\"transactionRequestId\":\"" + id + "\",\"transactionStatus\":\"S\","
            + "\"amount\":{\"orderAmount\":1999,\"priceCurrency\":\"USD\"}},\"traceId\":\"t\"}");
  }

  private static Settings settings(EmbeddedRedis redis, HttpServer platform) {
    Map<String, String> fixed = new HashMap<>(Map.of(
        "server.port",
        "0",
        "admin.port",
        "0",
        "redis.mode",
        "standalone",
        "redis.uris",
        redis.uri(),
        "upstream.baseUrl",
        "http://127.0.0.1:" + platform.actualPort(),
        "upstream.apiKey",
        "k",
        "client.keys",
        "proof:" + SharedInfrastructure.KEY,
        "ledger.encryptionKey",
        KEY));
    fixed.put("upstream.name", "platform"); // whose payments fill() writes
    return Settings.load(Optional.empty(), Map.of(), Profile.SERVE, fixed).orThrow();
  }

  private static long unresolved(EmbeddedRedis redis) {
    long all = 0;
    try (RawRedis raw = new RawRedis(redis.port())) {
      for (int shard = 0; shard < Shards.COUNT; shard++) {
        all += (Long) raw.call("ZCOUNT", "payonce:{s" + shard + "}:due", "0", "+inf");
      }
    }
    return all;
  }

  private static long usedMemory(EmbeddedRedis redis) {
    return RawRedis.text(RawRedis.ask(redis.port(), "INFO", "memory"))
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring(12).strip()))
        .findFirst()
        .orElseThrow();
  }

  private static long heap() {
    return heap(true);
  }

  private static long heap(boolean collected) {
    if (collected) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
