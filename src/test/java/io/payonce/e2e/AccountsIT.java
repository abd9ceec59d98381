package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.sandbox.http.FaultMatch;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One platform and two accounts of it, each merchant known there by its own account's key alone.
 * What is wrong with one account is nothing to the other, and a payment keeps the account that it
 * began with, whoever takes it over.
 */
class AccountsIT {
  /** So many that their account's trouble is not one merchant's. */
  private static final List<String> NORTHERN = List.of("N1", "N2", "N3", "N4", "N5", "N6");

  @TempDir
  static Path folder;

  private static TestPod testPod;

  @BeforeAll
  static void open() {
    testPod = new TestPod(Map.of("recovery.leaseMs", "12000"), 0);
    testPod.platform().settings("keys", List.of("sk_test_sandbox", "of-the-north", "of-the-south"));
    testPod
        .platform()
        .settings(
            "merchantKeys",
            List.of(
                "N1:of-the-north",
                "N2:of-the-north",
                "N3:of-the-north",
                "N4:of-the-north",
                "N5:of-the-north",
                "N6:of-the-north",
                "S1:of-the-south"));
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  private static PayonceProcess pod() {
    String accounts = """
        [{name: north, appIds: [northern], apiKeyFile: '%s'},
         {name: south, merchants: [S1], apiKey: of-the-south}]
        """.formatted(folder.resolve("north"));
    return PayonceProcess.start(testPod, Map.of("PAYONCE_ACCOUNTS", accounts));
  }

  private static JsonObject sale(String merchant, String id) {
    return Caller.sale("order-" + id, id)
        .put("merchantId", merchant)
        .put("appId", merchant.startsWith("N") ? "northern" : "app1");
  }

  private static void isPaid(PayonceProcess pod, String merchant, String id) {
    Got paid = pod.caller().pay(sale(merchant, id));
    assertThat(paid.isPaid()).as(paid.body()).isTrue();
  }

  private static int charges(String merchant, String id) {
    return testPod.platform().charges().of(merchant, "order-" + id).size();
  }

  @Test
  void one_accounts_trouble_is_no_others_and_a_killed_pods_payments_keep_their_key()
      throws IOException {
    TestPod.put(folder, "north", "a-wrong-key");
    try (PayonceProcess a = pod();
        PayonceProcess b = pod()) {
      wrongKey(a);
      outage(a);
      killed(a, b);
    }
  }

  /** Refused for its key; the others are paid; and the right one is used once it is there. */
  private static void wrongKey(PayonceProcess pod) throws IOException {
    TestPod.until(() -> pod.caller().pay(sale("S1", "first")).isPaid());
    Got refused = pod.caller().pay(sale("N1", "locked-out"));
    assertThat(refused.code()).as(refused.body()).isEqualTo("S10");
    isPaid(pod, "S1", "all-the-same");
    isPaid(pod, Caller.MERCHANT, "of-nobody");
    TestPod.until(() -> pod.log().contains("misconfigured: S10 for account north"));
    assertThat(pod.metric("payonce_account_misconfigured", "\"north\"")).isEqualTo("1.0");
    assertThat(pod.metric("payonce_account_misconfigured", "\"south\"")).isEqualTo("0.0");
    TestPod.put(folder, "north", "of-the-north");
    TestPod.until(() -> pod.caller().pay(sale("N1", "let-in")).isPaid());
    assertThat(charges("N1", "locked-out")).isZero();
  }

  /** Its breaker opens, and no other. */
  private static void outage(PayonceProcess pod) {
    for (String merchant : NORTHERN) {
      testPod
          .platform()
          .fault(FaultMatch.merchant(merchant), "http 503 before charge, query: http 503");
    }
    int[] number = {0};
    TestPod.until(() -> {
      for (String merchant : NORTHERN) {
        pod.caller().pay(sale(merchant, "out-" + number[0]++), "Prefer", "respond-async");
      }
      return pod.metric("payonce_breaker", "\"north\"").equals("1.0");
    });
    assertThat(pod.metric("payonce_breaker", "\"south\"")).isEqualTo("0.0");
    assertThat(pod.metric("payonce_breaker", "\"default\"")).isEqualTo("0.0");
    isPaid(pod, "S1", "during-the-outage");
    isPaid(pod, Caller.MERCHANT, "of-nobody-either");
    testPod.platform().clearFaults();
  }

  private static void killed(PayonceProcess pod, PayonceProcess other) {
    JsonObject doubtful =
        sale("N2", "left-alone").put("attach", "sandbox: E02 after charge, query: E01 2s");
    TestPod.until(() -> {
      pod.caller().pay(doubtful, "Prefer", "respond-async");
      return charges("N2", "left-alone") == 1;
    });
    pod.kill();
    TestPod.until(() -> other.caller().pay(doubtful).isPaid());
    assertThat(charges("N2", "left-alone")).isEqualTo(1);
    isPaid(other, "S1", "afterwards");
  }
}
