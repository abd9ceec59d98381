package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.sandbox.bank.Charge;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is done when the platform accepts it, and is no payment: sessions made, batches closed. */
class DoneIT {
  private static final String CREATE = "/v1/checkout/create-session";
  private static final String CLOSE = "/v1/settlement/batch-close";

  private static TestPod testPod;

  @BeforeAll
  static void open() {
    testPod =
        new TestPod(Map.of("orders.pressSlackMs", "300", "upstream.requestTimeoutMs", "2500"));
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  @Test
  void a_query_shows_how_the_payment_of_a_session_stands() {
    Scenario scene = Scenario.of(testPod, null);
    JsonObject session = make(scene);
    assertThat(scene.query().outcome()).isEqualTo("I");
    pay(session);
    Got paid = scene.query();
    assertThat(paid.isPaid()).as(paid.body()).isTrue();
    assertThat(paid.header("Payonce-Source")).isEqualTo("platform");
    scene.charged(1);
  }

  @Test
  void a_query_shows_that_a_session_has_ended_unpaid() {
    try (Guest cautious = testPod.guest(Map.of("orders.pressSlackMs", "60000"))) {
      Scenario pressed = Scenario.of(testPod, null);
      expire(cautious.caller(), make(pressed));
      assertThat(cautious.caller().query(pressed.id()).outcome())
          .as("a press may still be under way")
          .isEqualTo("P");
    }
    Scenario scene = Scenario.of(testPod, null);
    expire(testPod.caller(), make(scene));
    TestPod.until(() -> {
      String outcome = scene.query().outcome();
      assertThat(outcome).isIn("P", "C");
      return outcome.equals("C");
    });
  }

  @Test
  void a_session_that_was_made_is_not_answered_as_not_found() {
    for (String query : new String[] {"C12 1x", "E01 1x", "silent 1x"}) {
      Scenario scene = Scenario.of(testPod, "query: " + query);
      make(scene);
      assertThat(scene.query().outcome()).as(query).isEqualTo("P");
      assertThat(scene.query().outcome()).as(query).isEqualTo("I");
    }
  }

  @Test
  void a_session_that_may_yet_be_made_is_not_answered_as_not_found() {
    Scenario scene = Scenario.of(testPod, "silent before charge, then ok");
    Got doubtful = testPod.caller().post(CREATE, scene.body().encode(), "Prefer", "respond-async");
    assertThat(doubtful.code() + doubtful.outcome()).isEqualTo("E02P");
    assertThat(scene.query().outcome()).isEqualTo("P");
    TestPod.until(() -> "I".equals(scene.query().outcome()));
  }

  @Test
  void a_repeat_after_a_sessions_answer_is_forgotten_goes_out_again() {
    Scenario scene = Scenario.of(testPod, null);
    JsonObject session = make(scene);
    new RedisHand(testPod.redis()).expire(scene.id());
    assertThat(make(scene)).isEqualTo(session);
    scene.charged(0).sentUnchanged(2);
  }

  @Test
  void a_session_that_an_earlier_release_remembers_as_paid_is_not_answered_as_paid() {
    Scenario scene = Scenario.of(testPod, null);
    JsonObject session = make(scene);
    bury(scene.id());
    Got late = testPod.caller().post(CREATE, scene.body().encode());
    assertDone(late);
    pay(session);
    assertThat(testPod.caller().post(CREATE, scene.body().encode()).isPaid()).isTrue();
    scene.charged(1).sentUnchanged(1);
  }

  @Test
  void a_repeat_after_a_batchs_answer_is_forgotten_closes_nothing_and_is_not_answered_as_paid() {
    JsonObject body = Caller.sale("no", "batch-1").put("channelCode", "SANDBOX");
    body.remove("referenceOrderId");
    body.remove("amount");
    Got closed = testPod.caller().post(CLOSE, body.encode());
    assertThat(closed.json().getJsonObject("data").getString("batchNo"))
        .as(closed.body())
        .isNotNull();
    assertThat(testPod.caller().query("batch-1").body())
        .as("told, though no query shows it")
        .isEqualTo(closed.body());
    new RedisHand(testPod.redis()).expire("batch-1");
    assertDone(testPod.caller().post(CLOSE, body.encode()));
    assertThat(testPod.platform().charges().of(Caller.MERCHANT, "T1/SANDBOX"))
        .extracting(Charge::type)
        .containsExactly("BATCH_CLOSE");
  }

  private static void assertDone(Got late) {
    assertThat(late.code()).as("code 0 would promise a result: " + late.body()).isEqualTo("E02");
    assertThat(late.json().getString("msg")).contains("it was done");
    assertThat(late.outcome()).as(late.body()).isNull();
  }

  private static JsonObject make(Scenario scene) {
    Got got = testPod.caller().post(CREATE, scene.body().encode());
    assertThat(got.code()).as(got.body()).isEqualTo("0");
    return got.json().getJsonObject("data");
  }

  /** The customer pays on the platform's page. */
  private static void pay(JsonObject session) {
    HttpRequest.Builder page = HttpRequest.newBuilder(URI.create(session.getString("checkoutUrl")));
    Got paid = testPod.caller().send(page.POST(BodyPublishers.noBody()).build()).join();
    assertThat(paid.status()).isEqualTo(200);
  }

  private static void expire(Caller caller, JsonObject session) {
    JsonObject body = new JsonObject()
        .put("appId", "app1")
        .put("merchantId", Caller.MERCHANT)
        .put("sessionId", session.getString("sessionId"));
    Got ended = caller.post("/v1/checkout/expire-session", body.encode());
    assertThat(ended.code()).as(ended.body()).isEqualTo("0");
  }

  /** Leaves of a session what an earlier release left: a tombstone that says "paid". */
  private static void bury(String id) {
    String answer = new RedisHand(testPod.redis())
        .eval(
            "local name = redis.call('KEYS', '*:payment:*/' .. ARGV[1])[1] "
                + "local terms = redis.call('HGET', name, 'is') "
                + "local print = string.match(terms, '^%d+ %d+ %d+ %S+ (%S+) ') "
                + "redis.call('DEL', name) "
                + "local tomb = string.gsub(name, ':payment:', ':tomb:') "
                + "return redis.call('SET', tomb, 'PAID ' .. print .. ' ')",
            id);
    assertThat(answer).startsWith("+OK");
  }
}
