package io.payonce.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.redis.RawRedis;
import io.payonce.sandbox.bank.Charge;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipFile;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A former release and this one on one ledger, there and back: payments of every kind are in doubt
 * when one pod leaves, and end on the other one. Run by hand, the former release built before:
 * {@code ./mvnw verify -Dit.test=FormerReleaseIT -Dformer=<its target folder>}.
 */
@EnabledIfSystemProperty(named = "former", matches = ".+")
class FormerReleaseIT {
  private static final String TRANSACTIONS = "/v1/semi-integration/transaction/";
  private static final String DOUBT = "E02 after charge, query: E01 8s";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String MERCHANT = CallerAnswer.MERCHANT + "kinds";

  private static String former() {
    Path target = Path.of(System.getProperty("former")).toAbsolutePath();
    return target.resolve("payonce.jar") + ":" + target.resolve("lib") + "/*";
  }

  private static boolean formerReadsPacked() throws IOException {
    Path jar = Path.of(System.getProperty("former")).resolve("payonce.jar");
    try (ZipFile classes = new ZipFile(jar.toFile())) {
      return classes.getEntry("io/payonce/ledger/redis/packed.lua") != null;
    }
  }

  private static String present() {
    return System.getProperty("java.class.path");
  }

  /** One call in doubt, and where it goes. */
  private record Kind(String path, JsonObject body) {
    String id() {
      return body.getString("transactionRequestId");
    }
  }

  @Test
  void what_is_in_doubt_when_a_pod_leaves_ends_on_the_other_release_there_and_back()
      throws Exception {
    try (SharedInfrastructure infrastructure = new SharedInfrastructure();
        Instance alive = Instance.start(infrastructure.environment(), former())) {
      alive.base(); // while it lives, nothing is written that it does not see
      move(infrastructure, "there", former(), present());
      move(infrastructure, "back", present(), former());
    }
  }

  /** What it did not see would be no order, and no payment, for it. */
  @Test
  void once_it_has_gone_records_are_packed_and_it_starts_only_if_it_reads_them() throws Exception {
    try (SharedInfrastructure infrastructure = new SharedInfrastructure()) {
      Kind before =
          new Kind(TRANSACTIONS + "sale", CallerAnswer.sale(MERCHANT, "of-before", "before", null));
      Kind after =
          new Kind(TRANSACTIONS + "sale", CallerAnswer.sale(MERCHANT, "of-after", "after", null));
      try (Instance old = Instance.start(infrastructure.environment(), former())) {
        assertThat(call(old.base(), before)).isEqualTo("S");
        assertThat(old.stop()).as(old.log()).isZero();
      }
      try (Instance young = Instance.start(infrastructure.environment(), present());
          RawRedis redis = new RawRedis(infrastructure.redis().port())) {
        String base = young.base();
        assertThat(call(base, before)).as("in the form of the former release").isEqualTo("S");
        until(
            "packs",
            () -> assertThat(redis.call("HGET", "payonce:{s0}:charter", "scope").toString())
                .endsWith("+forms"));
        AtomicInteger probes = new AtomicInteger();
        until("writes what is packed", () -> {
          String id = "probe" + probes.incrementAndGet();
          call(
              base,
              new Kind(TRANSACTIONS + "sale", CallerAnswer.sale(MERCHANT, "of-" + id, id, null)));
          assertThat((List<?>) redis.call("KEYS", "payonce:*:ended:*/" + id)).isNotEmpty();
        });
        assertThat(call(base, after)).isEqualTo("S");
        assertThat((List<?>) redis.call("KEYS", "payonce:*:ended:*/after")).hasSize(1);
        // What can pack does so only a while after its start.
        String written = formerReadsPacked() ? "[pe]*" : "payment";
        assertThat((List<?>) redis.call("KEYS", "payonce:*:" + written + ":*/before"))
            .hasSize(1);
        assertThat(call(base, after)).as("again").isEqualTo("S");
      }
      try (Instance old = Instance.start(infrastructure.environment(), former())) {
        if (formerReadsPacked()) {
          assertThat(call(old.base(), after)).as("packed by this release").isEqualTo("S");
        } else {
          assertThatThrownBy(old::base).hasMessageContaining("orders.scope is merchant");
        }
      }
      assertThat(charged(infrastructure, before.id())).isEqualTo(1);
      assertThat(charged(infrastructure, after.id())).isEqualTo(1);
    }
  }

  @Test
  void what_an_account_has_begun_the_former_release_leaves_alone() throws Exception {
    Map<String, String> accounts = Map.of(
        "PAYONCE_ACCOUNTS", "[{name: north, merchants: [" + MERCHANT + "], apiKey: of-the-north}]");
    try (SharedInfrastructure infrastructure = new SharedInfrastructure();
        Instance alive = Instance.start(infrastructure.environment(), former())) {
      alive.base(); // while it lives, nothing is written that it does not see
      infrastructure.platform().settings("keys", List.of("sk_test_sandbox", "of-the-north"));
      infrastructure.platform().settings("merchantKeys", List.of(MERCHANT + ":of-the-north"));
      Kind sale = new Kind(TRANSACTIONS + "sale", doubtful("sale-of-the-north"));
      try (Instance leaving = Instance.start(infrastructure.environment(accounts), present())) {
        assertThat(call(leaving.base(), sale)).isEqualTo("P");
        leaving.kill();
      }
      try (Instance old = Instance.start(infrastructure.environment(), former())) {
        String base = old.base();
        int asked = infrastructure.platform().sends().all().size();
        until("met", () -> assertThat(old.log()).contains("/north"));
        assertThat(call(base, sale)).isEqualTo("P");
        assertThat(infrastructure.platform().sends().all()).hasSize(asked);
      }
      try (Instance back = Instance.start(infrastructure.environment(accounts), present())) {
        String base = back.base();
        until("sale", () -> assertThat(call(base, sale)).isEqualTo("S"));
      }
      assertThat(charged(infrastructure, sale.id())).isEqualTo(1);
    }
  }

  private static void move(SharedInfrastructure infrastructure, String way, String from, String to)
      throws Exception {
    try (Instance leaving = Instance.start(infrastructure.environment(), from);
        Instance coming = Instance.start(infrastructure.environment(), to)) {
      List<String> bases = List.of(leaving.base(), coming.base());
      Load load = new Load(bases, 1, true)
          .numbered(from.equals(present()) ? 100_000 : 0)
          .start(6);
      Thread.sleep(10_000);
      leaving.kill();
      leaving.restart();
      leaving.base();
      Thread.sleep(10_000);
      List<PaymentLog> baskets = new ArrayList<>(load.stop());
      load.askForTheEnd(60);
      Map<String, Kind> kinds = inDoubt(leaving.base(), way);
      assertThat(leaving.stop()).as(leaving.log()).isZero();
      settled(coming.base(), kinds);
      Verdict verdict =
          Verdict.of(load, baskets, charges(infrastructure), infrastructure::looksAfter);
      System.out.printf(
          "FORMER RELEASE, %s: %d calls: %s; %d kinds in doubt ended on the other%n",
          way, load.calls(), verdict, kinds.size());
      assertThat(verdict.doubles()).isEmpty();
      assertThat(verdict.contradictions()).isEmpty();
      assertThat(verdict.losses()).isEmpty();
      kinds.forEach((kind, call) -> assertThat(charged(infrastructure, call.id()))
          .as(kind)
          .isEqualTo(kind.equals("page") ? 0 : 1));
    }
  }

  private static List<Charge> charges(SharedInfrastructure infrastructure) {
    return infrastructure.platform().charges().all().stream()
        .filter(charge -> !charge.merchantId().equals(MERCHANT))
        .toList();
  }

  private static long charged(SharedInfrastructure infrastructure, String id) {
    return infrastructure.platform().charges().all().stream()
        .filter(charge -> charge.transactionRequestId().equals(id))
        .count();
  }

  /** All answered P, or as the page that was made. */
  private static Map<String, Kind> inDoubt(String base, String way) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    String paid = "paid-" + way;
    for (String original : List.of(paid + "-1", paid + "-2", paid + "-3")) {
      Kind sale = new Kind(
          TRANSACTIONS + "sale", CallerAnswer.sale(MERCHANT, "of-" + original, original, null));
      assertThat(call(base, sale)).as("to be followed up").isEqualTo("S");
    }
    kinds.put("sale", new Kind(TRANSACTIONS + "sale", doubtful("sale-" + way)));
    kinds.put("auth", new Kind(TRANSACTIONS + "auth", doubtful("auth-" + way)));
    kinds.put(
        "refund",
        new Kind(
            TRANSACTIONS + "refund",
            following("refund-" + way, paid + "-1")
                .put(
                    "amount",
                    new JsonObject().put("orderAmount", 1999).put("priceCurrency", "USD"))));
    kinds.put("void", new Kind(TRANSACTIONS + "void", following("void-" + way, paid + "-2")));
    kinds.put(
        "part refund",
        new Kind(
            TRANSACTIONS + "refund",
            following("part-" + way, paid + "-3")
                .put(
                    "amount",
                    new JsonObject().put("orderAmount", 999).put("priceCurrency", "USD"))));
    kinds.put(
        "page",
        new Kind(
            "/v1/checkout/create-session",
            CallerAnswer.sale(MERCHANT, "of-page-" + way, "page-" + way, null)));
    kinds.forEach((kind, sent) -> until(
        kind,
        () -> assertThat(call(base, sent)).as(kind).isEqualTo(kind.equals("page") ? "0" : "P")));
    return kinds;
  }

  private static JsonObject doubtful(String id) {
    return CallerAnswer.sale(MERCHANT, "of-" + id, id, DOUBT);
  }

  private static JsonObject following(String id, String original) {
    JsonObject body = doubtful(id).put("originalTransactionRequestId", original);
    body.remove("referenceOrderId");
    body.remove("amount");
    return body;
  }

  private static void settled(String base, Map<String, Kind> kinds) {
    kinds.forEach((kind, sent) ->
        until(kind, () -> assertThat(call(base, sent)).isEqualTo(kind.equals("page") ? "0" : "S")));
  }

  /** So many doubts in a row open the breaker for a moment: its E01 is answered before. */
  private static void until(String kind, ThrowingRunnable asserted) {
    Awaitility.await(kind)
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(asserted);
  }

  /** The status, or without one the code. */
  private static String call(String base, Kind kind) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + kind.path()))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + SharedInfrastructure.KEY)
        .header("Content-Type", "application/json")
        .header("Prefer", "wait=1")
        .POST(BodyPublishers.ofString(kind.body().encode()))
        .build();
    try {
      JsonObject said =
          new JsonObject(HTTP.send(request, BodyHandlers.ofString()).body());
      JsonObject data = said.getJsonObject("data");
      String status = data == null ? null : data.getString("transactionStatus");
      return status == null ? said.getString("code") : status;
    } catch (java.io.IOException e) {
      return "gone: " + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "gone";
    }
  }
}
