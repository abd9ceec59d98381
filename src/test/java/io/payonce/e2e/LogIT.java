package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a whole program writes into its log when it is asked for all it has. */
class LogIT {
  private static final String CARD = "4111111111111111";
  private static final String TRACK = CARD + "=29121010000012300000";
  private static final String BOOK = "a book nobody may know of";
  private static final String SIGNING = "a-signing-secret-of-the-test";

  private static final List<String> NEVER = List.of(
      CARD,
      "29121010000",
      BOOK,
      "orderAmount",
      SIGNING,
      TestPod.KEY,
      "a-key-that-is-wrong",
      "sk_test_sandbox",
      "MDEyMzQ1Njc4OTAx",
      "Bearer");

  /** An HMAC or a hash in hex. */
  private static final String SIGNATURE = "[0-9a-f]{64}";

  /** Not within the time or a trace id. */
  private static final String AMOUNT = "(?<![0-9a-f.])1999(?![0-9a-f])";

  private static final List<String> DIRECTIVES = List.of(
      "ok",
      "E02 after charge",
      "E02 before charge, then ok",
      "garbage after charge",
      "decline 051",
      "S03",
      "S10",
      "M01",
      "C14");

  @ParameterizedTest
  @ValueSource(strings = {"plain", "json"})
  void no_body_card_key_or_signature_is_in_it(String format) {
    try (TestPod testPod = testPod(format, "true");
        PayonceProcess pod = serving(testPod)) {
      for (String directive : DIRECTIVES) {
        pay(pod, testPod, directive);
      }
      spoilt(pod);
      pod.stop();
      assertThat(pod.exitCode()).as(pod.log()).isZero();
      assertThat(pod.log())
          .doesNotContain(NEVER)
          .doesNotContainPattern(SIGNATURE)
          .doesNotContainPattern(AMOUNT);
      assertThat(pod.log().lines().filter(line -> line.contains("io.payonce.calls")))
          .hasSize(DIRECTIVES.size() + 3);
    }
  }

  @Test
  void json_is_nothing_but_objects_and_a_call_is_one_of_them() {
    try (TestPod testPod = testPod("json", "true");
        PayonceProcess pod = serving(testPod)) {
      TestPod.until(() -> pod.caller().pay(Scenario.of(testPod, null).body()).isPaid());
      Scenario scene = Scenario.of(testPod, "E02 after charge");
      Got got = pod.caller().pay(scene.body());
      pod.stop();
      assertThat(pod.exitCode()).isZero();
      List<JsonObject> lines = pod.log().lines().map(JsonObject::new).toList();
      assertThat(lines).allSatisfy(line -> {
        Instant.parse(line.getString("time"));
        assertThat(line.fieldNames()).contains("level", "logger", "thread", "message");
      });
      assertThat(lines)
          .filteredOn(line -> got.header("X-Trace-Id").equals(line.getString("traceId")))
          .singleElement()
          .satisfies(line -> assertThat(line.getMap())
              .containsEntry("level", "INFO")
              .containsEntry("operation", "sale")
              .containsEntry("merchantId", Caller.MERCHANT)
              .containsEntry("transactionRequestId", scene.id())
              .containsEntry("outcome", "paid")
              .containsEntry("attempts", 1));
      assertThat(lines)
          .filteredOn(line -> line.getString("logger").equals("io.payonce.ends")
              && scene.id().equals(line.getString("transactionRequestId")))
          .singleElement()
          .satisfies(line -> assertThat(line.getMap())
              .containsEntry("operation", "sale")
              .containsEntry("transactionRequestId", scene.id())
              .containsEntry("outcome", "paid")
              .containsEntry("attempts", 1));
    }
  }

  @Test
  void calls_that_end_well_leave_no_line_unless_asked_for() {
    try (TestPod testPod = testPod("plain", "false");
        PayonceProcess pod = serving(testPod)) {
      for (int i = 0; i < 5; i++) {
        Scenario[] well = new Scenario[1];
        Got[] got = new Got[1];
        TestPod.until(
            () -> { // on a busy machine the first of a process may not
              well[0] = Scenario.of(testPod, null);
              got[0] = pod.caller().pay(well[0].body());
              return got[0].isPaid();
            });
        assertThat(pod.log()).doesNotContain(well[0].id(), got[0].header("X-Trace-Id"));
      }
    }
  }

  private static TestPod testPod(String format, String payments) {
    return new TestPod(
        Map.of(
            "log.format", format,
            "log.payments", payments,
            "signing.mode", "hmac-sha256",
            "signing.secret", SIGNING),
        0);
  }

  private static PayonceProcess serving(TestPod testPod) {
    return PayonceProcess.start(testPod, Map.of("LOG_LEVEL", "DEBUG"));
  }

  private static void pay(PayonceProcess pod, TestPod testPod, String directive) {
    JsonObject body = Scenario.of(testPod, directive).body();
    body.put("description", BOOK)
        .put("card", new JsonObject().put("cardNumber", CARD).put("track2", TRACK));
    Got got = pod.caller().pay(body, "Prefer", "wait=3");
    assertThat(got.status()).as(got.body()).isEqualTo(200);
  }

  private static void spoilt(PayonceProcess pod) {
    String body = Caller.sale("order-s", "pay-s").put("card", CARD).encode();
    pod.caller().post(Caller.SALE, body.substring(0, body.length() - 1));
    pod.caller().post(Caller.SALE, body.replace("USD", CARD));
    pod.caller().post("/v1/" + CARD, body);
    new Caller(pod.caller().base(), "a-key-that-is-wrong").post(Caller.SALE, body);
  }
}
