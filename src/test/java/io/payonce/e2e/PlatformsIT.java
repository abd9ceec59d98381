package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One ledger, two platforms: what one was sent, the other one never sees. */
class PlatformsIT {
  private static TestPod testPod;
  private static TestPod elsewhere;

  @BeforeAll
  static void open() {
    testPod =
        new TestPod(Map.of("recovery.leaseMs", "5000", "upstream.requestTimeoutMs", "1000"), 0);
    elsewhere = new TestPod(Map.of(), 0);
  }

  @AfterAll
  static void close() {
    testPod.close();
    elsewhere.close();
  }

  private static Map<String, String> moved(String... more) {
    Map<String, String> environment = new java.util.HashMap<>(
        Map.of("PAYONCE_UPSTREAM_BASE_URL", elsewhere.platform().baseUrl()));
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  @Test
  void a_payment_in_doubt_is_never_sent_to_another_platform() {
    String order = "o-platforms";
    JsonObject sale = Caller.sale(order, "p-platforms", "E02 after charge, query: E01 20s");
    Map<String, String> first = Map.of("PAYONCE_UPSTREAM_NAME", "a.example");
    try (PayonceProcess a = PayonceProcess.start(testPod, first)) {
      testPod.sent(a.caller(), sale, "Prefer", "respond-async");
      assertThat(a.caller().pay(sale, "Prefer", "respond-async").outcome()).isEqualTo("P");
      a.stop();
      assertThat(a.exitCode()).isZero();
    }
    try (PayonceProcess renamed = PayonceProcess.start(testPod, moved())) {
      refuses(renamed, "set upstream.name: a.example");
    }
    try (PayonceProcess prefixed = PayonceProcess.start(
        testPod,
        moved("PAYONCE_REDIS_KEY_PREFIX", "second", "PAYONCE_UPSTREAM_NAME", "b.example"))) {
      refuses(prefixed, "set redis.keyPrefix: payonce");
    }
    try (PayonceProcess b =
        PayonceProcess.start(testPod, moved("PAYONCE_UPSTREAM_NAME", "b.example"))) {
      Caller caller = b.caller();
      TestPod.until(() -> b.log().contains("unsettled payments of other platforms: a.example (1)"));
      Got again = caller.pay(sale, "Prefer", "wait=6");
      assertThat(again.outcome()).as(again.body()).isEqualTo("P");
      assertThat(caller.query("p-platforms").outcome()).isEqualTo("P");
      assertThat(elsewhere.platform().sends().sent("p-platforms")).isEmpty();
      assertThat(elsewhere.platform().charges().of(Caller.MERCHANT, order)).isEmpty();
      TestPod.until(() -> b.metric("payonce_other_platforms", "").equals("1.0"));
      try (PayonceProcess a = PayonceProcess.start(testPod, first)) {
        TestPod.until(() -> "S".equals(a.caller().query("p-platforms").outcome()));
        TestPod.until(() -> "S".equals(caller.query("p-platforms").outcome()));
      }
      assertThat(testPod.platform().charges().of(Caller.MERCHANT, order)).hasSize(1);
      assertThat(elsewhere.platform().charges().of(Caller.MERCHANT, order)).isEmpty();
    }
  }

  /** At once; or, where Redis was not reached for a while, it stays and does no work. */
  private static void refuses(PayonceProcess pod, String remedy) {
    TestPod.until(() ->
        pod.hasEnded() || pod.log().contains("pod does no work: ") && pod.log().contains(remedy));
    assertThat(pod.log()).contains(remedy);
    if (pod.hasEnded()) {
      assertThat(pod.exitCode()).isEqualTo(1);
      assertThat(pod.log()).contains("cannot start");
    }
  }
}
