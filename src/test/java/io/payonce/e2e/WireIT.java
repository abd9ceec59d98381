package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.FreePorts;
import io.payonce.e2e.Caller.Got;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What really leaves for the platform and comes back, byte for byte. */
@ExtendWith(VertxExtension.class)
class WireIT {
  private static final String ANSWER =
      "{ \"data\" : {\"transactionStatus\":\"S\" ,\n\t\"caf\u00e9\":"
          + "[1.0,1e2]},\"code\":\"0\",\"traceId\":\"\\u0074\" }";

  private static final Map<String, HttpServerRequest> HEARD = new ConcurrentHashMap<>();
  private static final Map<String, String> BODIES = new ConcurrentHashMap<>();
  private static String base;
  private static TestPod testPod;

  private static final OffsetDateTime NOW = OffsetDateTime.now(ZoneOffset.UTC);

  private static String inNineSeconds(String form) {
    return NOW.plusSeconds(9).format(DateTimeFormatter.ofPattern(form, Locale.ENGLISH));
  }

  private record Refusal(int status, String code, String retryAfter) {
    void answer(HttpServerRequest request) {
      request
          .response()
          .setStatusCode(status)
          .putHeader("Date", NOW.format(DateTimeFormatter.RFC_1123_DATE_TIME))
          .putHeader("Retry-After", retryAfter)
          .end("{\"code\":\"" + code + "\",\"msg\":\"no\"}");
    }
  }

  private static final Map<String, Refusal> REFUSALS = Map.of(
      "pay-r0", new Refusal(200, "S01", "9"),
      "pay-r1", new Refusal(429, "C14", inNineSeconds("EEE, dd MMM yyyy HH:mm:ss 'GMT'")),
      "pay-r2", new Refusal(403, "S06", inNineSeconds("EEEE, dd-MMM-yy HH:mm:ss 'GMT'")),
      "pay-503", new Refusal(503, "S01", "9"));

  private static Refusal refusal(Buffer body) {
    String id = body.length() == 0 ? null : body.toJsonObject().getString("transactionRequestId");
    return id == null ? null : REFUSALS.get(id);
  }

  @BeforeAll
  static void open(Vertx vertx) {
    HttpServer platform = TestPod.await(vertx
        .createHttpServer()
        .requestHandler(request -> request.body().onSuccess(body -> {
          HEARD.put(request.path(), request);
          BODIES.put(request.path(), body.toString());
          Refusal refusal = refusal(body);
          if (refusal != null) {
            refusal.answer(request);
            return;
          }
          request
              .response()
              .putHeader("Content-Type", "text/json; charset=utf-8")
              .putHeader("Set-Cookie", "platform=1")
              .putHeader("X-Trace-Id", "theirs")
              .end(ANSWER);
        }))
        .listen(0, "127.0.0.1"));
    base = "http://127.0.0.1:" + platform.actualPort();
    testPod = new TestPod(Map.of("upstream.baseUrl", base));
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  @Test
  void the_callers_bytes_go_out_and_the_platforms_come_back_under_our_key() {
    String body =
        " { \"amount\" : {\"priceCurrency\":\"USD\",\"orderAmount\":1999, \"tax\\u0041mount\":0},"
            + "\n\"appId\":\"app1\",\"merchantId\":\"M1\",\"referenceOrderId\":\"order-w\","
            + "\"transactionRequestId\":\"pay-w\",\"description\":\"caf\u00e9 \\u00e9\",\"terminalSn\":\"T1\"} ";
    Got got = testPod
        .caller()
        .post(
            Caller.SALE,
            body,
            "X-Client-Request-Id",
            "callers-own-id",
            "X-Request-Id",
            "callers-other-id",
            "X-Timestamp",
            "1111111111111",
            "X-Forwarded-For",
            "10.0.0.1",
            "Cookie",
            "till=1",
            "Prefer",
            "wait=5",
            "Proxy-Authorization",
            "Bearer " + TestPod.KEY,
            "Accept-Encoding",
            "gzip",
            "User-Agent",
            "SunbayNexusSDK-Node.js/1.0.17");
    assertThat(got.body()).isEqualTo(ANSWER);
    assertThat(got.header("Content-Type")).isEqualTo("text/json; charset=utf-8");
    assertThat(got.header("Set-Cookie")).isNull();
    assertThat(got.headers().allValues("X-Trace-Id")).hasSize(1).doesNotContain("theirs");
    HttpServerRequest heard = HEARD.get(Caller.SALE);
    assertThat(BODIES.get(heard.path())).isEqualTo(body);
    assertThat(heard.headers().toString())
        .doesNotContain(TestPod.KEY, "callers-o", "1111111111111", "10.0.0.1", "till=1", "gzip");
    assertThat(heard.getHeader("Authorization")).isEqualTo("Bearer sk_test_sandbox");
    assertThat(heard.getHeader("Prefer")).isNull();
    assertThat(heard.getHeader("X-Timestamp")).matches("[0-9]{13}");
    assertThat(heard.getHeader("X-Client-Request-Id"))
        .isNotBlank()
        .isEqualTo(heard.getHeader("X-Request-Id"));
    assertThat(heard.getHeader("User-Agent")).isEqualTo("SunbayNexusSDK-Node.js/1.0.17");
    Scenario.says(got, "S", "platform", "yes", 1);
  }

  @Test
  void of_a_payments_head_only_what_is_listed_goes_out() {
    Got got = testPod
        .caller()
        .post(
            Caller.SALE + "?orderAmount=1&x=y",
            Caller.sale("order-q", "pay-q").encode(),
            "X-Original-URL",
            "/v1/semi-integration/transaction/refund",
            "X-HTTP-Method-Override",
            "DELETE",
            "X_Timestamp",
            "1",
            "X-Real-IP",
            "10.0.0.1",
            "X-Anything",
            "1",
            "Accept",
            "application/json");
    assertThat(got.isPaid()).isTrue();
    HttpServerRequest heard = HEARD.get(Caller.SALE);
    assertThat(heard.uri()).isEqualTo(Caller.SALE);
    assertThat(heard.headers().names().stream().map(String::toLowerCase))
        .isSubsetOf(
            "host",
            "content-type",
            "content-length",
            "accept",
            "user-agent",
            "authorization",
            "x-client-request-id",
            "x-request-id",
            "x-timestamp");
  }

  @Test
  void a_refusal_that_is_passed_on_says_when_to_come_again() {
    for (int i = 0; i < 3; i++) {
      String id = "pay-r" + i;
      Got got = testPod.caller().pay(Caller.sale("order-" + id, id));
      assertThat(got.code()).isEqualTo(REFUSALS.get(id).code());
      assertThat(got.header("Payonce-Source")).isEqualTo("platform");
      assertThat(got.header("Retry-After")).as(id).isEqualTo("9");
    }
    Got doubtful = testPod.caller().pay(Caller.sale("order-503", "pay-503"), "Prefer", "wait=1");
    assertThat(doubtful.code()).as("nobody has refused it").isEqualTo("0");
  }

  @Test
  void a_path_of_the_platforms_own_goes_before_that_of_each_call() {
    try (TestPod gated = new TestPod(Map.of("upstream.baseUrl", base + "/gate/"))) {
      assertThat(gated.caller().pay(Caller.sale("order-p", "pay-p")).isPaid()).isTrue();
      assertThat(gated.caller().query("pay-elsewhere").status()).isEqualTo(200);
    }
    assertThat(HEARD.get("/gate" + Caller.SALE).uri()).isEqualTo("/gate" + Caller.SALE);
    assertThat(HEARD).containsKey("/gate/v1/transaction/query");
  }

  @Test
  void a_body_that_is_not_plain_utf8_is_refused_unsent() {
    String body = Caller.sale("order-g", "pay-g").encode();
    Scenario.refuses(
        testPod.caller().post(Caller.SALE, body, "Content-Encoding", "gzip"),
        "C02",
        "proxy",
        "not-by-this-call", // refused on the head: the body that names the payment was not read
        0);
  }

  @Test
  void a_platform_that_cannot_be_reached_is_answered_as_nothing_sent_and_frees_the_order() {
    for (String base :
        new String[] {"http://127.0.0.1:" + FreePorts.next(), "http://nowhere.invalid"}) {
      try (TestPod alone = new TestPod(Map.of("upstream.baseUrl", base))) {
        Scenario scene = Scenario.of(alone, null);
        Scenario.refuses(scene.pay(), "E01", "proxy", "no", 0);
        Scenario.refuses(scene.rival().pay(), "E01", "proxy", "no", 0);
        Got again = scene.pay();
        Scenario.refuses(again, "E01", "proxy", "no", 0);
        assertThat(again.header("Retry-After")).isNotNull();
        assertThat(again.header("Payonce-Replayed")).isNull();
      }
    }
  }
}
