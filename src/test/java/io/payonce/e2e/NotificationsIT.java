package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.Overheard;
import io.payonce.e2e.Caller.Got;
import io.payonce.outcome.http.TestHook;
import io.payonce.outcome.http.TestHook.Received;
import io.payonce.redis.RawRedis;
import io.payonce.sandbox.http.SampleCheckout;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What callers' hooks get of payments: in the platform's shape, under their own ids. */
class NotificationsIT {
  static final String SECRET = "what-callers-check-with";

  /** For a caller's own notifyUrl to be served, the platform must have another one to report to. */
  static final Map<String, String> OURS = Map.of(
      "webhook.port", "0",
      "webhook.secret", "from-the-platform",
      "webhook.publicUrl", "http://127.0.0.1:9/webhook",
      "notify.secret", SECRET,
      "notify.allowHosts", "127.0.0.1");

  private static TestPod testPod;

  @BeforeAll
  static void open() {
    testPod = new TestPod(OURS);
    // Who begins before it is known what all pods can read leaves the platform's reports to others.
    try (TestHook hook = new TestHook(TestHook.says(200))) {
      TestPod.until(() -> {
        reporting(hook, null).pay();
        return !hook.received.isEmpty();
      });
      TestPod.until(() -> pending() == 0);
    }
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  @Test
  void a_paid_payment_is_notified_once_in_the_platforms_shape_signed_under_its_own_id()
      throws Exception {
    try (TestHook hook = new TestHook(TestHook.says(200))) {
      Scenario scene = reporting(hook, null);
      Got got = scene.pay();
      assertThat(got.isPaid()).isTrue();
      isTaken(hook, 1);
      Received notified = hook.received.get(0);
      JsonObject answered = new JsonObject(got.body()).getJsonObject("data");
      assertThat(new JsonObject(notified.text())).isEqualTo(withAmount(answered));
      assertThat(notified.headers())
          .containsEntry("Content-Type", "application/json; charset=utf-8")
          .containsEntry("X-Signature", hmac(notified.body()));
      assertThat(notified.headers().get("X-Client-Request-Id")).matches("[0-9a-f-]{36}");
      assertThat(hook.received).hasSize(1);
      assertThat(testPod.admin("/admin/payments/" + Caller.MERCHANT + "/" + scene.id()))
          .contains("notification taken by 127.0.0.1");
    }
  }

  @Test
  void what_was_reissued_is_notified_under_the_callers_id() {
    try (TestHook hook = new TestHook(TestHook.says(200))) {
      Scenario scene = reporting(hook, "E02 after charge and fail, then ok");
      TestPod.until(() -> scene.pay().isPaid());
      isTaken(hook, 1);
      JsonObject notified = new JsonObject(hook.received.get(0).text());
      assertThat(notified.getString("transactionRequestId")).isEqualTo(scene.id());
      assertThat(notified.getString("transactionStatus")).isEqualTo("S");
    }
  }

  @Test
  void a_decline_and_a_refusal_are_notified_as_failed_with_their_reason() {
    try (TestHook hook = new TestHook(TestHook.says(200))) {
      reporting(hook, "decline 051").pay();
      TestPod.until(() -> hook.received.size() == 1);
      assertThat(hook.received.get(0).text())
          .contains("\"transactionStatus\":\"F\"", "\"transactionResultCode\":\"051\"");

      Scenario refused = reporting(hook, "C14");
      assertThat(refused.pay().code()).isEqualTo("C14");
      isTaken(hook, 2);
      assertThat(new JsonObject(hook.received.get(1).text()).getMap())
          .containsEntry("transactionRequestId", refused.id())
          .containsEntry("referenceOrderId", refused.order())
          .containsEntry("transactionStatus", "F")
          .containsEntry("transactionResultCode", "C14")
          .containsKey("amount");
    }
  }

  @Test
  void what_is_not_taken_is_notified_again_under_the_same_name_and_others_meanwhile() {
    try (TestHook broken = new TestHook(TestHook.says(204), TestHook.says(200));
        TestHook hook = new TestHook(TestHook.says(200))) {
      reporting(broken, null).pay();
      TestPod.until(() -> broken.received.size() == 1);
      reporting(hook, null).pay();
      TestPod.until(() -> hook.received.size() == 1);
      TestPod.until(() -> broken.received.size() == 2 && pending() == 0);
      assertThat(broken.received)
          .extracting(notified -> notified.headers().get("X-Client-Request-Id"))
          .containsOnly(broken.received.get(0).headers().get("X-Client-Request-Id"));
      assertThat(metric("payonce_notifications_total{result=\"failed\"}")).isPositive();
    }
  }

  @Test
  void what_is_given_up_is_listed_without_its_url_and_sent_again_by_an_operator() {
    try (TestHook hook = new TestHook(TestHook.says(500));
        Overheard log = Overheard.listen()) {
      Scenario scene = reporting(hook, null);
      scene.body().put("notifyUrl", hook.url() + "?key=hook-secret");
      scene.pay();
      TestPod.until(() -> hook.received.size() == 1);
      daysPass(scene);
      TestPod.until(() -> testPod.admin("/admin/undelivered").contains(scene.id()));
      String listed = testPod.admin("/admin/undelivered");
      assertThat(listed).contains("\"error\":\"HTTP 500\"", "\"host\":\"127.0.0.1\"");
      assertThat(listed).doesNotContain("hook-secret", "/hook");
      assertThat(log.warnings())
          .filteredOn(line -> line.contains("notifications given up: "))
          .hasSize(1);

      hook.does(TestHook.says(200));
      int tries = hook.received.size();
      String name =
          new JsonObject(listed).getJsonArray("items").getJsonObject(0).getString("id");
      assertThat(deliver(name)).isEqualTo(200);
      TestPod.until(() -> hook.received.size() > tries && pending() == 0);
      assertThat(testPod.admin("/admin/undelivered")).contains("\"total\":0");
      assertThat(deliver(name)).isEqualTo(404);
      assertThat(deliver("x")).isEqualTo(400);
      assertThat(testPod.admin("/admin/payments/" + Caller.MERCHANT + "/" + scene.id()))
          .contains("notification given up: HTTP 500", "sends the notification again");
    }
  }

  @Test
  void it_has_the_shape_of_the_platforms_own_and_a_handler_of_those_takes_it() throws Exception {
    Vertx vertx = Vertx.vertx();
    SampleCheckout checkout =
        TestPod.await(SampleCheckout.start(vertx, 0, () -> SECRET, heard -> {}));
    try (TestHook theirs = new TestHook(TestHook.says(200));
        TestHook ours = new TestHook(TestHook.says(200))) {
      Scenario past = reporting(theirs, null);
      new Caller(
              testPod.platform().baseUrl(),
              testPod.platform().settings().access().keys().iterator().next())
          .pay(
              past.body(),
              "X-Client-Request-Id",
              "direct-1",
              "X-Timestamp",
              String.valueOf(System.currentTimeMillis()));
      Scenario through = reporting(ours, null);
      through.pay();
      TestPod.until(() -> !theirs.received.isEmpty());
      isTaken(ours, 1);
      JsonObject platforms = new JsonObject(theirs.received.get(0).text());
      JsonObject own = new JsonObject(ours.received.get(0).text());
      assertThat(platforms.fieldNames()).containsAll(own.fieldNames());
      assertThat(own.fieldNames())
          .contains(
              "transactionId",
              "transactionRequestId",
              "referenceOrderId",
              "transactionStatus",
              "transactionType",
              "amount");
      own.forEach(member -> assertThat(member.getValue())
          .as(member.getKey())
          .hasSameClassAs(platforms.getValue(member.getKey())));
      assertThat(ours.received.get(0).headers().keySet())
          .containsAll(List.of("X-Client-Request-Id", "X-Timestamp", "X-Signature"));
      assertThat(theirs.received.get(0).headers().get("Content-Type"))
          .isEqualTo(ours.received.get(0).headers().get("Content-Type"));

      Scenario shop = Scenario.of(testPod, null);
      shop.body().put("notifyUrl", checkout.notifyUrl());
      shop.pay();
      TestPod.until(() -> !checkout.notices().isEmpty() && pending() == 0);
      assertThat(checkout.notices().get(0).toString())
          .isEqualTo(shop.order() + ", " + shop.id() + ": S, 1999 USD");
    } finally {
      TestPod.await(vertx.close());
    }
  }

  @Test
  void the_handler_of_the_documents_takes_it_and_nothing_unsigned() throws Exception {
    Assumptions.assumeTrue(Command.run(Path.of("."), "node", "--version").well());
    String faq = Files.readString(Path.of("src/site/markdown/faq.md"));
    int js = faq.indexOf("```js\n") + 6;
    Path handler = Files.createTempFile("handler", ".mjs");
    Files.writeString(handler, faq.substring(js, faq.indexOf("\n```\n", js)));
    ProcessBuilder node = new ProcessBuilder("node", handler.toString());
    node.environment().putAll(Map.of("HOOK_SECRETS", "another," + SECRET, "PORT", "0"));
    Process shop = node.redirectErrorStream(true).start();
    try (BufferedReader says = shop.inputReader()) {
      Scenario scene = Scenario.of(testPod, null);
      String port = says.readLine().replace("listens on ", "");
      String hook = "http://127.0.0.1:" + port + "/hook";
      HttpRequest unsigned = HttpRequest.newBuilder(URI.create(hook))
          .header("X-Timestamp", "" + System.currentTimeMillis())
          .header("X-Signature", "0".repeat(64))
          .POST(BodyPublishers.ofString("{}"))
          .build();
      assertThat(testPod.caller().send(unsigned).join().status()).isEqualTo(401);
      scene.body().put("notifyUrl", hook);
      scene.pay();
      assertThat(says.readLine()).isEqualTo(scene.order() + " is paid");
      TestPod.until(() -> pending() == 0);
    } finally {
      shop.destroyForcibly();
    }
  }

  @Test
  void what_a_killed_pod_had_on_its_way_is_notified_by_another_under_the_same_name() {
    try (TestHook hook = new TestHook(TestHook.hangs());
        PayonceProcess dies = PayonceProcess.start(testPod)) {
      Scenario scene = reporting(hook, null);
      TestPod.until(() -> dies.caller().pay(scene.body()).isPaid());
      TestPod.until(() -> hook.received.size() == 1);
      dies.kill();
      int tries = hook.received.size();
      hook.does(TestHook.says(200));
      leaseEnds(scene);
      Scenario.of(testPod, null).pay(); // of the same merchant: its shard is looked at
      TestPod.until(() -> hook.received.size() > tries && pending() == 0);
      assertThat(hook.received)
          .extracting(notified -> notified.headers().get("X-Client-Request-Id") + notified.text())
          .containsOnly(hook.received.get(0).headers().get("X-Client-Request-Id")
              + hook.received.get(0).text());
    }
  }

  /** Twenty seconds pass. */
  private static void leaseEnds(Scenario scene) {
    String member = Caller.MERCHANT + "/" + scene.id();
    try (RawRedis redis = new RawRedis(testPod.redis().port())) {
      String notice = key(redis, "payonce:*:notice:" + member);
      redis.call("ZADD", notice.replaceFirst("notice:.*", "outbox"), "1", member);
    }
  }

  private static int deliver(String name) {
    return testPod
        .operator()
        .post("/admin/undelivered/" + name + "/deliver", "{}")
        .status();
  }

  /** No test waits so long: it counts as tried since then, and its next try is due. */
  private static void daysPass(Scenario scene) {
    String member = Caller.MERCHANT + "/" + scene.id();
    try (RawRedis redis = new RawRedis(testPod.redis().port())) {
      String notice = key(redis, "payonce:*:notice:" + member);
      TestPod.until(() -> redis.call("HGET", notice, "tries") != null);
      redis.call("HSET", notice, "from", "1");
      redis.call("ZADD", notice.replaceFirst("notice:.*", "outbox"), "1", member);
    }
  }

  private static String key(RawRedis redis, String pattern) {
    return ((List<?>) redis.call("KEYS", pattern)).get(0).toString();
  }

  private static Scenario reporting(TestHook hook, String directive) {
    Scenario scene = Scenario.of(testPod, directive);
    scene.body().put("notifyUrl", hook.url());
    return scene;
  }

  private static JsonObject withAmount(JsonObject answered) {
    return answered.containsKey("amount")
        ? answered.put("transactionType", "SALE")
        : answered
            .put("transactionType", "SALE")
            .copy()
            .put("amount", new JsonObject().put("orderAmount", 1999).put("priceCurrency", "USD"));
  }

  /** And its answer has been read: what a hook that has closed did not answer is tried for days. */
  private static void isTaken(TestHook hook, int notified) {
    TestPod.until(() -> hook.received.size() >= notified && pending() == 0);
    assertThat(hook.received).hasSize(notified);
  }

  private static long pending() {
    return metric("payonce_notifications_pending");
  }

  private static long metric(String name) {
    return testPod
        .admin(0)
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  private static String hmac(byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body));
  }
}
