package io.payonce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.RawRedis;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All keys of two instances change while they work: that of the ledger in its three steps, the
 * platform's, the one that signs, and a caller's. Only the caller whose key went notices.
 */
class KeyRotationIT {
  private static final String A = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final String B = "YWJjZGVmZ2hpamFiY2RlZmdoaWphYmNkZWZnaGlqYWI=";
  private static final String SEALS = "payonce:{s0}:seals";
  private static final Set<CallerAnswer> AWAY = EnumSet.of(
      CallerAnswer.NOT_SENT,
      CallerAnswer.NOT_BY_THIS_CALL,
      CallerAnswer.PENDING,
      CallerAnswer.NOTHING);

  private static final Duration WHOLE = Duration.ofSeconds(20);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int SHOPPERS = 6;
  private static final int SOME = 15;

  @TempDir
  Path folder;

  @Test
  void every_key_changes_under_load_and_no_payment_notices() throws Exception {
    put("ledger", A);
    put("former", "");
    put("api", "sk_old");
    put("signing", "old-secret");
    put("callers", "proof:k_leaving\nproof:" + SharedInfrastructure.KEY + "\n");
    try (SharedInfrastructure infrastructure = SharedInfrastructure.withoutDisk();
        RawRedis redis = new RawRedis(infrastructure.redis().port())) {
      accept(infrastructure, List.of("sk_old", "sk_new"), List.of(":old-secret", ":new-secret"));
      List<Instance> pods = new ArrayList<>();
      try {
        pods.add(Instance.start(environment(infrastructure)));
        pods.add(Instance.start(environment(infrastructure)));
        List<String> bases = pods.stream().map(Instance::base).toList();
        bases.forEach(KeyRotationIT::warm);
        Load load = new Load(bases, 1, false).calm().start(SHOPPERS);
        waitForCharges(infrastructure);
        String former = (String) redis.call("HGET", SEALS, "name");

        put("former", B);
        put("api", "sk_new");
        put("signing", "new-secret");
        until(() -> pods.stream().allMatch(pod -> pod.log().contains("ledger keys changed")));
        put("former", A);
        put("ledger", B);
        until(() -> !former.equals(redis.call("HGET", SEALS, "name")));
        put("callers", "proof:" + SharedInfrastructure.KEY + "\n");
        waitForCharges(infrastructure);
        until(() -> pods.stream().noneMatch(pod -> admits(pod, "k_leaving")));
        accept(infrastructure, List.of("sk_new"), List.of(":new-secret"));
        waitForCharges(infrastructure);

        Queue<PaymentLog> baskets = load.stop();
        load.askForTheEnd(30);
        judge(infrastructure, load, baskets);
        repeatsAreKnown(pods, baskets);
        forgetWhatWasSealedWith(redis, former);
        String needed = "payonce_ledger_sealed_records{key=\"" + former + "\",use=\"former\"} 0";
        until(() -> pods.stream().allMatch(pod -> get(pod, "/metrics").contains(needed)));

        put("former", "");
        until(() -> pods.stream().allMatch(pod -> opensOnly(pod, former)));
        repeatsAreKnown(pods, baskets);
        for (Instance pod : pods) {
          assertThat(pod.log()).doesNotContain(" ERROR ", "keys not read");
          assertThat(get(pod, "/health/ready")).contains("\"ledgerKeys\":\"ok\"");
        }
      } finally {
        pods.forEach(Instance::close);
      }
    }
  }

  /** The first calls of a new process may be refused on a busy machine, whatever its keys. */
  private static void warm(String base) {
    String name = "warm-" + base.replaceAll("\\D", "");
    JsonObject sale = CallerAnswer.sale(CallerAnswer.MERCHANT + "9", name, name, null);
    until(() -> CallerAnswer.pay(base, sale, WHOLE) == CallerAnswer.PAID);
  }

  private Map<String, String> environment(SharedInfrastructure infrastructure) {
    Map<String, String> environment = infrastructure.environment(Map.of(
        "PAYONCE_LEDGER_FORMER_KEYS_FILE", folder.resolve("former").toString(),
        "PAYONCE_LEDGER_ENCRYPTION_KEY_FILE", folder.resolve("ledger").toString(),
        "PAYONCE_UPSTREAM_API_KEY_FILE", folder.resolve("api").toString(),
        "PAYONCE_SIGNING_MODE", "hmac-sha256",
        "PAYONCE_SIGNING_SECRET_FILE", folder.resolve("signing").toString(),
        "PAYONCE_CLIENT_KEYS_FILE", folder.resolve("callers").toString()));
    environment.remove("PAYONCE_LEDGER_ENCRYPTION_KEY");
    environment.remove("PAYONCE_UPSTREAM_API_KEY");
    environment.remove("PAYONCE_CLIENT_KEYS");
    return environment;
  }

  private static void accept(
      SharedInfrastructure infrastructure, List<String> apiKeys, List<String> secrets) {
    infrastructure.platform().settings("keys", apiKeys);
    infrastructure.platform().settings("signingMode", "hmac-sha256");
    infrastructure.platform().settings("signingKeys", secrets);
  }

  private static void judge(
      SharedInfrastructure infrastructure, Load load, Queue<PaymentLog> baskets) {
    Verdict verdict = Verdict.of(
        load, baskets, infrastructure.platform().charges().all(), infrastructure::looksAfter);
    System.out.printf("KEY ROTATION %d calls: %s%n", load.calls(), verdict);
    assertThat(verdict.doubles()).isEmpty();
    assertThat(verdict.contradictions()).isEmpty();
    assertThat(verdict.losses()).isEmpty();
    assertThat(verdict.waiting()).isEmpty();
    assertThat(baskets)
        .allSatisfy(basket -> assertThat(basket.answered())
            .as("%s", basket)
            .doesNotContain(
                CallerAnswer.NOTHING,
                CallerAnswer.NOT_SENT,
                CallerAnswer.NOT_BY_THIS_CALL,
                CallerAnswer.REFUSED));
  }

  /** Each gets at every pod what it got before: no id was "used by another request". */
  private static void repeatsAreKnown(List<Instance> pods, Queue<PaymentLog> baskets) {
    List<String> bases = pods.stream().map(Instance::base).toList();
    assertThat(baskets.parallelStream()
            .flatMap(basket -> bases.stream()
                .filter(base -> answered(base, basket)
                    != (basket.answered().contains(CallerAnswer.PAID)
                        ? CallerAnswer.PAID
                        : CallerAnswer.UNPAID))
                .map(base -> basket.toString())))
        .isEmpty();
  }

  /** A busy machine's Redis may be away for a call; any other word is the last one. */
  private static CallerAnswer answered(String base, PaymentLog basket) {
    CallerAnswer answered = CallerAnswer.pay(base, basket.body(), WHOLE);
    for (int i = 0; i < 10 && AWAY.contains(answered); i++) {
      answered = CallerAnswer.pay(base, basket.body(), WHOLE);
    }
    return answered;
  }

  /** As if their retention was over, and the change of keys a while ago. */
  private static void forgetWhatWasSealedWith(RawRedis redis, String former) {
    redis.call("EVAL", """
        for _, key in ipairs(redis.call('KEYS', 'payonce:*:payment:*')) do redis.call('DEL', key) end
        for _, key in ipairs(redis.call('KEYS', 'payonce:*:ended:*')) do redis.call('DEL', key) end
        for _, key in ipairs(redis.call('KEYS', 'payonce:*:audit')) do redis.call('DEL', key) end
        return redis.call('HINCRBY', ARGV[1], 'at:' .. ARGV[2], -60000)""", "0", SEALS, former);
  }

  private static boolean opensOnly(Instance pod, String former) {
    String log = pod.log();
    int last = log.lastIndexOf("ledger keys changed");
    return log.indexOf(former, last) < 0;
  }

  private static boolean admits(Instance pod, String key) {
    return !send(HttpRequest.newBuilder(
                URI.create(pod.base() + "/v1/transaction/query?appId=a&merchantId=m"))
            .header("Authorization", "Bearer " + key)
            .build())
        .contains("S10");
  }

  private static String get(Instance pod, String path) {
    return send(HttpRequest.newBuilder(URI.create(pod.admin() + path)).build());
  }

  private static String send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As Kubernetes does: the new file takes the old one's place whole. */
  private void put(String name, String content) throws IOException {
    Path fresh = Files.writeString(folder.resolve(name + ".new"), content);
    Files.move(
        fresh,
        folder.resolve(name),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  private static void until(java.util.concurrent.Callable<Boolean> there) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(50))
        .until(there);
  }

  private static void waitForCharges(SharedInfrastructure infrastructure) {
    int then = infrastructure.platform().charges().all().size();
    until(() -> infrastructure.platform().charges().all().size() >= then + SOME);
  }
}
