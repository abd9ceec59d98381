package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.documents.ApiDocument;
import io.payonce.e2e.Caller.Got;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators see on the admin port, and what they can decide there. */
class OpsApiIT {
  /** Charges nothing and cannot be asked; E codes to questions would open the breaker. */
  private static final String DOUBTFUL = "E02, query: C24 9999x";

  private static final String PAYMENTS = "/admin/payments/" + Caller.MERCHANT + "/";

  private static TestPod testPod;
  private static Operator operator;

  @BeforeAll
  static void open() {
    testPod = new TestPod();
    operator = testPod.operator();
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  private static Got pay(String name, String directive) {
    JsonObject body = Caller.sale("order-" + name, name, directive);
    return testPod.caller().pay(body, "Prefer", "wait=0");
  }

  private static JsonObject decision(String as) {
    return new JsonObject().put("as", as).put("note", "the bank's statement");
  }

  private static void awaitState(String id, String state) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(operator.state(id)).isEqualTo(state));
  }

  private static List<String> events(JsonObject payment) {
    JsonArray timeline = payment.getJsonArray("timeline");
    return timeline.stream().map(line -> ((JsonObject) line).getString("what")).toList();
  }

  @Test
  void a_settled_payment_shows_its_story_and_nothing_secret() {
    testPod.caller().pay(Caller.sale("order-story", "story", "E02 after charge, then ok"));
    JsonObject payment = operator.payment("story");
    assertThat(payment.getString("state")).isEqualTo("SETTLED");
    assertThat(payment.getString("outcome")).isEqualTo("PAID");
    assertThat(payment.getString("operation")).isEqualTo("sale");
    assertThat(payment.getString("order")).isEqualTo("order-story");
    assertThat(payment.getInteger("attempts")).isEqualTo(1);
    assertThat(payment.getInteger("platformIds")).isEqualTo(1);
    assertThat(Instant.parse(payment.getString("begunAt")))
        .isBefore(Instant.now().plusSeconds(5));
    assertThat(events(payment))
        .filteredOn(what -> !what.equals("due")) // where the round found it before its own timer
        .containsExactly("begun", "sent", "E02 (UNKNOWN)", "query: S (PAID)", "settled");
    JsonObject last =
        payment.getJsonArray("timeline").getJsonObject(events(payment).indexOf("query: S (PAID)"));
    assertThat(last.getString("rule")).isEqualTo("the platform says it is done");
    assertThat(payment.encode()).doesNotContain("a book", TestPod.KEY, "sk_test");
    assertThat(payment.getString("amount")).isEqualTo("19.99 USD");
    assertThat(payment.getString("terminal")).isEqualTo("T1");
    assertThat(payment.getString("client")).isEqualTo("test");
    assertThat(payment.getString("transactionId")).isNotBlank();
    assertThat(payment.getString("platformTraceId")).isNotBlank();
    assertThat(payment.getJsonObject("todo").getString("runbook"))
        .isEqualTo("/runbook#nothing-to-do");
  }

  @Test
  void attempts_are_sends_also_under_one_id() {
    testPod.caller().pay(Caller.sale("order-thrice", "thrice", "E02 before charge 2x, then ok"));
    awaitState("thrice", "SETTLED");
    JsonObject payment = operator.payment("thrice");
    assertThat(payment.getInteger("attempts")).isEqualTo(3);
    assertThat(payment.getInteger("platformIds")).isEqualTo(1);
    assertThat(events(payment)).filteredOn("sent"::equals).hasSize(3);
  }

  private static double counted(String code) {
    String line = "payonce_platform_codes_total{code=\"" + code + "\"} ";
    return operator
        .get("/metrics")
        .body()
        .lines()
        .filter(each -> each.startsWith(line))
        .mapToDouble(each -> Double.parseDouble(each.substring(line.length())))
        .sum();
  }

  @Test
  void each_answer_of_the_platform_is_counted_whoever_asked() {
    double before = counted("C12");
    assertThat(testPod.caller().query("never-heard-of").code()).isEqualTo("C12");
    assertThat(counted("C12")).isEqualTo(before + 1);
    Got forwarded = testPod.caller().post("/v1/some/new-call", "{}");
    assertThat(forwarded.header("Payonce-Source")).isEqualTo("platform");
    assertThat(counted(forwarded.code())).isPositive();
  }

  @Test
  void a_payment_in_doubt_says_what_comes_next_and_when() {
    pay("doubt", DOUBTFUL);
    awaitState("doubt", "IN_DOUBT");
    JsonObject payment = operator.payment("doubt");
    assertThat(payment.getJsonArray("marks")).contains("1 send may still take effect");
    assertThat(payment.getJsonObject("next").getString("what"))
        .containsAnyOf("confirm due", "a worker is on it");
    assertThat(Instant.parse(payment.getString("deadlineAt")))
        .isAfter(Instant.parse(payment.getString("begunAt")));
    assertThat(payment.getString("dueAt")).isNotNull();
  }

  @Test
  void what_is_not_known_is_404_and_what_has_expired_is_a_tombstone() {
    Got unknown = operator.get("/admin/payments/" + Caller.MERCHANT + "/never-heard");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().getString("error")).contains("no such payment");
    testPod.caller().pay(Caller.sale("order-gone", "gone"));
    new RedisHand(testPod.redis()).expire("gone");
    JsonObject gone = operator.payment("gone");
    assertThat(gone.getString("state")).isEqualTo("FORGOTTEN");
    assertThat(gone.getJsonObject("tombstone").getString("outcome")).isEqualTo("PAID");
  }

  @Test
  void lists_are_paged_over_all_shards() {
    List<String> begun = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      JsonObject body = Caller.sale("order-page" + i, "page" + i, DOUBTFUL)
          .put("merchantId", "M000000010" + i % 3);
      testPod.caller().pay(body, "Prefer", "wait=0");
      begun.add(body.getString("merchantId") + "/page" + i);
    }
    // One that is leased goes back to an earlier place in the middle of a walk.
    TestPod.until(() -> walked().containsAll(begun));
    assertThat(operator.get("/metrics").body()).containsPattern("payonce_unresolved \\d");
  }

  private List<String> walked() {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page =
          operator.get("/admin/unresolved?limit=2&cursor=" + cursor).json();
      assertThat(page.getLong("total")).isGreaterThanOrEqualTo(7);
      page.getJsonArray("items").stream()
          .map(JsonObject.class::cast)
          .map(item -> item.getString("merchantId") + "/" + item.getString("transactionRequestId"))
          .forEach(seen::add);
      cursor = page.getString("next");
    } while (cursor != null && seen.size() < 500);
    return seen;
  }

  @Test
  void an_operators_paid_is_what_callers_get_from_then_on() {
    pay("by-hand", DOUBTFUL);
    awaitState("by-hand", "IN_DOUBT");
    Got resolved = operator.resolve("by-hand", decision("paid"));
    assertThat(resolved.status()).as(resolved.body()).isEqualTo(200);
    Got repeat = pay("by-hand", DOUBTFUL);
    assertThat(repeat.isPaid()).isTrue();
    assertThat(repeat.header("Payonce-Source")).isEqualTo("ledger");
    assertThat(events(operator.payment("by-hand")))
        .contains("an operator on the pod's machine says paid: the bank's statement");
    Got other = testPod.caller().pay(Caller.sale("order-by-hand", "by-hand-2"));
    assertThat(other.code()).isEqualTo("C10");
    assertThat(operator.resolve("by-hand", decision("unpaid")).status()).isEqualTo(409);
  }

  @Test
  void unpaid_waits_for_every_sends_window_whatever_an_operator_insists_on() {
    pay("early", DOUBTFUL);
    awaitState("early", "IN_DOUBT");
    Got refused = operator.resolve("early", decision("unpaid").put("force", true));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().getString("error")).isEqualTo("a send may still take effect");
    assertThat(Instant.parse(refused.json().getString("retryAt")))
        .isAfter(Instant.now().plusSeconds(300));
    assertThat(operator.state("early")).isEqualTo("IN_DOUBT");
    assertThat(events(operator.payment("early")))
        .anyMatch(what -> what.contains(" says unpaid: the bank"));
  }

  @Test
  void unpaid_after_the_window_needs_the_platforms_word_or_force() {
    pay("silent", DOUBTFUL);
    awaitState("silent", "IN_DOUBT");
    new RedisHand(testPod.redis()).age("silent");
    Got refused = operator.resolve("silent", decision("unpaid"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().getString("retryAt")).isNull();
    Got forced = operator.resolve("silent", decision("unpaid").put("force", true));
    assertThat(forced.status()).as(forced.body()).isEqualTo(200);
    Got repeat = pay("silent", DOUBTFUL);
    assertThat(repeat.outcome()).isEqualTo("C");
    assertThat(repeat.json().getString("traceId")).isNotBlank();
    assertThat(repeat.header("Payonce-Source")).isEqualTo("ledger");
    assertThat(operator.payment("silent").getJsonArray("timeline").encode())
        .contains("an operator insists although");
    assertThat(testPod.caller().pay(Caller.sale("order-silent", "silent-2")).isPaid())
        .isTrue();
  }

  @Test
  void what_the_platform_says_is_paid_cannot_be_called_unpaid() {
    pay("settles", "pending");
    awaitState("settles", "OPEN");
    settle("settles", "S");
    Got refused = operator.resolve("settles", decision("unpaid"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().getString("outcome")).isEqualTo("PAID");
    assertThat(operator.payment("settles").getString("outcome")).isEqualTo("PAID");
  }

  @Test
  void what_the_platform_says_is_unpaid_cannot_be_called_paid() {
    pay("fails", "pending");
    awaitState("fails", "OPEN");
    settle("fails", "F");
    assertThat(operator.resolve("fails", decision("paid")).status()).isEqualTo(409);
    awaitState("fails", "SETTLED");
    assertThat(operator.payment("fails").getString("outcome")).isEqualTo("UNPAID");
  }

  /** It has let go of its order; the journal remembers which one that was. */
  @Test
  void an_order_leads_to_what_ended_unpaid_too() {
    Caller shop = testPod.caller();
    Got declined = shop.pay(Caller.sale("order-twice-1", "twice-1", "slow 50ms decline 051"));
    assertThat(declined.outcome()).as(declined.body()).isEqualTo("F");
    Got paid = shop.pay(Caller.sale("order-twice-1", "twice-2"));
    assertThat(paid.isPaid()).as(paid.body()).isTrue();
    String found = "/admin/find?merchantId=" + Caller.MERCHANT + "&order=order-twice-1";
    JsonArray items = operator.get(found).json().getJsonArray("items");
    assertThat(items.stream()
            .map(JsonObject.class::cast)
            .map(item -> item.getString("transactionRequestId") + " " + item.getString("outcome")))
        .containsExactly("twice-2 PAID", "twice-1 UNPAID");
  }

  @Test
  void a_decision_that_cannot_be_read_changes_nothing() {
    for (String body : List.of(
        "",
        "[]",
        "{",
        "{\"as\":\"maybe\"}",
        "{\"as\":\"paid\",\"who\":1}",
        "{\"as\":\"paid\",\"note\":1}",
        "{\"as\":\"paid\",\"force\":\"yes\"}",
        new JsonObject().put("as", "paid").put("note", "x".repeat(201)).encode())) {
      Got got = operator.post("/admin/payments/M1/x/resolve", body);
      assertThat(got.status()).as(body).isEqualTo(400);
      assertThat(got.json().getString("error")).isNotBlank();
    }
    assertThat(
            operator.post("/admin/payments/M1/x/resolve", "{\"as\":\"paid\"}").status())
        .as("without a note")
        .isEqualTo(400);
    assertThat(operator
            .post("/admin/payments/M1/x/resolve", decision("paid").encode())
            .status())
        .isEqualTo(404);
    String large = "{\"as\":\"paid\",\"note\":\"" + "x".repeat(9000) + "\"}";
    assertThat(operator.post("/admin/payments/M1/x/resolve", large).status()).isEqualTo(413);
  }

  @Test
  void answers_are_as_the_description_of_the_api_says() {
    pay("described", DOUBTFUL);
    awaitState("described", "IN_DOUBT");
    testPod
        .caller()
        .pay(Caller.sale("order-described-2", "described-2", "E02 after charge, then ok"));
    testPod.caller().pay(Caller.sale("order-described-3", "described-3"));
    new RedisHand(testPod.redis()).expire("described-3");
    pay("described-4", DOUBTFUL);
    awaitState("described-4", "IN_DOUBT");
    new RedisHand(testPod.redis()).lose("described-4");
    ApiDocument document = new ApiDocument();
    for (String path : List.of(
        "/",
        "/runbook",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/admin/stats",
        "/admin/codes",
        "/admin/unresolved?limit=2",
        "/admin/unresolved?limit=0",
        "/admin/attention",
        "/admin/find?merchantId=" + Caller.MERCHANT + "&order=order-described-4",
        "/admin/find",
        "/admin/outcomes",
        "/admin/outcomes?since=now",
        "/admin/undelivered",
        "/admin/undelivered?limit=0",
        PAYMENTS + "described",
        PAYMENTS + "described-2",
        PAYMENTS + "described-3",
        PAYMENTS + "never-heard")) {
      described(document, "GET", path, operator.get(path));
    }
    String one = "{\"as\":\"unpaid\",\"note\":\"the bank\"";
    String chosen = "\"payments\":[{\"merchantId\":\"" + Caller.MERCHANT
        + "\",\"transactionRequestId\":\"described\"}]}";
    Map<String, String> posts = new LinkedHashMap<>();
    posts.put(PAYMENTS + "described/ask", "{}");
    posts.put(PAYMENTS + "described-2/ask", "{}");
    posts.put(PAYMENTS + "described/resolve", one + "}");
    posts.put(PAYMENTS + "never-heard/resolve", one + "}");
    posts.put("/admin/undelivered/" + Caller.MERCHANT + "%2Fdescribed/deliver", "{}");
    posts.put("/admin/ask", "{" + chosen);
    posts.put("/admin/resolve", one.replace("unpaid", "paid") + "," + chosen);
    posts.put(PAYMENTS + "described-3/resolve", "{}");
    posts.forEach((path, body) -> described(document, "POST", path, operator.post(path, body)));
    assertThat(document.seen()).isEqualTo(document.calls());
  }

  private static void described(ApiDocument document, String method, String path, Got got) {
    String bare = path.split("\\?")[0];
    assertThat(document.faults(method, bare, got.status(), got.header("Content-Type"), got.body()))
        .as(method + " " + path)
        .isEmpty();
  }

  @Test
  void other_methods_paths_and_cursors_are_refused() {
    Got wrong = operator.post("/admin/stats", "{}");
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.header("Allow")).isEqualTo("GET, HEAD");
    assertThat(operator.get("/admin/payments/M1/x/resolve").header("Allow")).isEqualTo("POST");
    for (String path : List.of("/admin", "/admin/payments/M1", "/nothing", "/admin/payments/M1/")) {
      assertThat(operator.get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(operator.get("/admin/payments/M1/x%0Ay").status()).isEqualTo(400);
    for (String query : List.of("limit=0", "limit=x", "cursor=%20", "cursor=AAAA")) {
      assertThat(operator.get("/admin/unresolved?" + query).status()).as(query).isEqualTo(400);
    }
  }

  @Test
  void another_web_site_cannot_make_a_browser_decide() {
    String target = "/admin/payments/M1/x/resolve";
    String body = decision("paid").encode();
    assertThat(operator.post(target, body, "Origin", "http://evil.example").status())
        .isEqualTo(403);
    assertThat(operator.post(target, body, "Origin", operator.base()).status()).isEqualTo(404);
    Got form = operator.send(operator
        .request(target, "Content-Type", "text/plain")
        .POST(BodyPublishers.ofString(body))
        .build());
    assertThat(form.status()).isEqualTo(415);
    String rebound = "GET /admin/stats HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assertThat(operator.raw(rebound)).startsWith("HTTP/1.1 403");
    assertThat(operator.raw(rebound.replace("evil.example", "localhost:1")))
        .startsWith("HTTP/1.1 200");
    assertThat(operator.raw(rebound.replace("/admin/stats", "/health/live")))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void stats_show_what_flows_and_what_is_misconfigured() {
    testPod.caller().pay(Caller.sale("order-stats", "stats"));
    testPod.caller().pay(Caller.sale("order-m01", "m01", "M01"));
    JsonObject stats = operator.get("/admin/stats").json();
    assertThat(stats.getDouble("perSecond")).isPositive();
    assertThat(stats.getString("ledgerKeys")).isEqualTo("ok");
    assertThat(stats.getJsonObject("clock").getString("text")).matches("< \\d+ s");
    assertThat(stats.getJsonObject("you").getBoolean("decides")).isTrue();
    assertThat(stats.getJsonArray("groups").stream()
            .map(JsonObject.class::cast)
            .flatMap(group -> group.getJsonArray("outcomes").stream()))
        .contains("broken", "crowded", "order-taken", "late")
        .doesNotHaveDuplicates();
    assertThat(stats.getLong("unresolved")).isNotNull();
    assertThat(stats.getJsonObject("overhead").getLong("count")).isPositive();
    assertThat(stats.getJsonObject("overhead").getDouble("p99Ms"))
        .isGreaterThanOrEqualTo(stats.getJsonObject("overhead").getDouble("p50Ms"));
    assertThat(stats.getJsonArray("misconfigured").encode()).contains("M01");
    assertThat(stats.getJsonObject("limits").getString("breaker")).isEqualTo("closed");
    assertThat(stats.getJsonArray("slots").encode()).contains("\"paid\":", "\"0\":", "\"M01\":");
    assertThat(operator.get("/admin/codes").body()).contains("\"S03\"", "check signing.mode");
  }

  @Test
  void with_a_token_nothing_but_health_and_the_bare_page_is_served_without_it() {
    String token = "adm_0123456789abcdef0123456789abcdef";
    try (TestPod guarded = new TestPod(Map.of("admin.token", token))) {
      Operator stranger = guarded.operator();
      for (String path : List.of(
          "/metrics",
          "/admin/stats",
          "/admin/find?merchantId=M1&order=o",
          "/admin/codes",
          "/admin/unresolved",
          "/admin/attention",
          "/admin/payments/M1/x",
          "/nothing")) {
        assertThat(stranger.get(path).status()).as(path).isEqualTo(401);
        assertThat(stranger.with(token + "x").get(path).status()).as(path).isEqualTo(401);
      }
      assertThat(
              stranger.post("/admin/payments/M1/x/resolve", "{\"as\":\"paid\"}").status())
          .isEqualTo(401);
      assertThat(stranger.get("/health/live").status()).isEqualTo(200);
      Got page = stranger.get("/");
      assertThat(page.body()).contains("data-token=\"wanted\"").doesNotContain(token);
      assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
      assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(stranger.with(token).get("/admin/stats").status()).isEqualTo(200);
    }
  }

  @Test
  void a_payment_is_found_by_its_order_and_by_what_the_platform_calls_it() {
    testPod.caller().pay(Caller.sale("order-find", "find"));
    JsonObject paid = only("order=order-find");
    assertThat(paid.getString("transactionRequestId")).isEqualTo("find");
    assertThat(paid.getString("outcome")).isEqualTo("PAID");
    assertThat(only("transactionId=" + paid.getString("transactionId"))).isEqualTo(paid);
    String refund = Caller.sale("order-find", "find-refund", DOUBTFUL)
        .put("originalTransactionRequestId", "find")
        .encode();
    testPod.caller().post("/v1/semi-integration/transaction/refund", refund, "Prefer", "wait=0");
    assertThat(found("order=order-find"))
        .extracting(row -> row.getString("transactionRequestId"))
        .containsExactly("find", "find-refund");
    assertThat(found("order=never-heard")).isEmpty();
    assertThat(found("transactionId=never-heard")).isEmpty();
    for (String query : List.of("", "order=a&transactionId=b", "order=")) {
      assertThat(operator.get("/admin/find?merchantId=M1&" + query).status()).isEqualTo(400);
    }
    assertThat(operator.get("/admin/find?order=a").status()).isEqualTo(400);
  }

  private static List<JsonObject> found(String query) {
    Got got = operator.get("/admin/find?merchantId=" + Caller.MERCHANT + "&" + query);
    assertThat(got.status()).as(got.body()).isEqualTo(200);
    return got.json().getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  private static JsonObject only(String query) {
    assertThat(found(query)).hasSize(1);
    return found(query).get(0);
  }

  @Test
  void who_holds_an_order_is_found_though_nothing_else_is_left_of_it() {
    pay("lost", DOUBTFUL);
    awaitState("lost", "IN_DOUBT");
    new RedisHand(testPod.redis()).lose("lost");
    JsonObject found = only("order=order-lost");
    assertThat(found.getString("transactionRequestId")).isEqualTo("lost");
    assertThat(found.getString("state")).isEqualTo("GONE");
    assertThat(found.getString("order")).isEqualTo("order-lost");
    assertThat(found.getJsonObject("todo").getString("runbook"))
        .isEqualTo("/runbook#a-record-is-gone");
    JsonObject decision = decision("unpaid").put("force", true).put("order", "order-lost");
    Got refused = operator.resolve("lost", decision.put("appId", "app1"));
    assertThat(refused.status()).as(refused.body()).isEqualTo(409);
    assertThat(Instant.parse(refused.json().getString("retryAt"))).isAfter(Instant.now());
  }

  @Test
  void whoever_asks_now_gets_what_the_platform_says_and_it_is_acted_on() {
    pay("asked", "pending");
    awaitState("asked", "OPEN");
    settle("asked", "S");
    String path = "/admin/payments/" + Caller.MERCHANT + "/asked/ask";
    TestPod.until(() ->
        operator.post(path, "{}").status() == 200 || operator.state("asked").equals("SETTLED"));
    JsonObject payment = operator.payment("asked");
    assertThat(payment.getString("outcome")).isEqualTo("PAID");
    Got again = operator.post(path, "{}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().getString("error")).isEqualTo("it has ended");
    assertThat(operator.post("/admin/payments/M1/never-heard/ask", "{}").status())
        .isEqualTo(404);
  }

  @Test
  void one_decision_on_several_is_answered_for_each() {
    pay("several-1", DOUBTFUL);
    pay("several-2", DOUBTFUL);
    testPod.caller().pay(Caller.sale("order-several-3", "several-3"));
    awaitState("several-1", "IN_DOUBT");
    awaitState("several-2", "IN_DOUBT");
    JsonArray chosen = new JsonArray();
    for (int i = 1; i <= 4; i++) {
      chosen.add(new JsonObject()
          .put("merchantId", Caller.MERCHANT)
          .put("transactionRequestId", "several-" + i));
    }
    JsonObject decision = new JsonObject().put("payments", chosen);
    assertThat(operator.post("/admin/resolve", decision.encode()).status()).isEqualTo(400);
    assertThat(operator.state("several-1")).isEqualTo("IN_DOUBT");
    decision.put("as", "paid").put("note", "a list from the bank");
    Got got = operator.post("/admin/resolve", decision.encode());
    assertThat(got.status()).as(got.body()).isEqualTo(200);
    assertThat(got.json().getJsonArray("results").stream().map(JsonObject.class::cast))
        .extracting(result -> result.getInteger("status"))
        .containsExactly(200, 200, 409, 404);
    assertThat(operator.payment("several-2").getString("outcome")).isEqualTo("PAID");
    JsonObject asked = operator
        .post("/admin/ask", new JsonObject().put("payments", chosen).encode())
        .json();
    assertThat(asked.getJsonArray("results")).hasSize(4);
    for (String odd : List.of("{}", "{\"payments\":[]}", "{\"payments\":[1]}", "[]")) {
      assertThat(operator.post("/admin/ask", odd).status()).as(odd).isEqualTo(400);
    }
  }

  @Test
  void each_step_has_its_paragraph() {
    pay("step", DOUBTFUL);
    awaitState("step", "IN_DOUBT");
    JsonObject todo = operator.payment("step").getJsonObject("todo");
    assertThat(todo.getString("text")).startsWith("Wait: Payonce is at it");
    String anchor = todo.getString("runbook").substring("/runbook#".length());
    assertThat(operator.get("/runbook").body()).contains("id=\"" + anchor + "\"");
  }

  @Test
  void each_token_has_its_name_and_its_right() {
    Map<String, String> tokens = Map.of(
        "admin.token", "anna:adm_0123456789abcdef,old_adm:0123456789abcdef/x",
        "admin.readToken", "prometheus:read_0123456789abcdef,read_without_a_name_0123");
    try (TestPod guarded = new TestPod(tokens)) {
      guarded.caller().pay(Caller.sale("order-named", "named", DOUBTFUL), "Prefer", "wait=0");
      String resolve = "/admin/payments/" + Caller.MERCHANT + "/named/resolve";
      for (String reader : List.of("read_0123456789abcdef", "read_without_a_name_0123")) {
        Operator reads = guarded.operator().with(reader);
        assertThat(reads.get("/metrics").status()).isEqualTo(200);
        assertThat(reads.get("/admin/unresolved").status()).isEqualTo(200);
        Got refused = reads.post(resolve, decision("paid").encode());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().getString("error")).contains("admin.token");
      }
      assertThat(guarded.operator().with("anna").get("/metrics").status()).isEqualTo(401);
      Operator before = guarded.operator().with("old_adm:0123456789abcdef/x");
      assertThat(before.get("/metrics").status()).as("a token with a colon").isEqualTo(200);
      Operator anna = guarded.operator().with("adm_0123456789abcdef");
      TestPod.until(() -> anna.state("named").equals("IN_DOUBT"));
      String note = "the bank; says (PAID); sent";
      Got done = anna.post(resolve, decision("paid").put("note", note).encode());
      assertThat(done.status()).as(done.body()).isEqualTo(200);
      JsonArray timeline = anna.payment("named").getJsonArray("timeline");
      assertThat(timeline.stream().map(JsonObject.class::cast)).anySatisfy(line -> {
        assertThat(line.getString("by")).isEqualTo("anna");
        assertThat(line.getString("note")).isEqualTo(note);
        assertThat(line.getString("what")).isEqualTo("anna says paid: " + note);
      });
    }
  }

  private static void settle(String id, String as) {
    Got settled = new Caller(testPod.platform().baseUrl(), null)
        .post(
            "/sandbox/settle",
            new JsonObject()
                .put("merchantId", Caller.MERCHANT)
                .put("transactionRequestId", id)
                .put("as", as)
                .encode());
    assertThat(settled.status()).as(settled.body()).isLessThan(300);
  }
}
