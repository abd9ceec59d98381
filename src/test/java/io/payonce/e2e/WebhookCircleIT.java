package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.payonce.FreePorts;
import io.payonce.e2e.Caller.Got;
import io.payonce.sandbox.http.SentWebhook;
import io.payonce.sandbox.http.WebhookReceiver;
import io.payonce.sandbox.http.WebhookReceiver.Heard;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** From the platform's notification to the shop's hook, whatever becomes of it on the way. */
class WebhookCircleIT {
  private static final String SECRET = "what-the-shops-check-with";

  private static TestPod testPod;
  private static WebhookReceiver shop;
  private static int sdkPort;

  /** Opened by the factory: its scenarios run while it is still asked for them. */
  private static void open() throws IOException {
    shop = new WebhookReceiver();
    int port = FreePorts.next();
    sdkPort = FreePorts.next();
    testPod = new TestPod(Map.of(
        "webhook.port", "" + port,
        "webhook.publicUrl", "http://127.0.0.1:" + port,
        "webhook.secret", "whsec_sandbox",
        "notify.secret", SECRET,
        "notify.allowHosts", "127.0.0.1:" + shop.port() + ",127.0.0.1:" + sdkPort));
    testPod.platform().settings("webhookRetryMillis", 100);
    testPod.reportedTo(shop.url()).amongHealthyPayments();
  }

  @AfterAll
  static void close() {
    testPod.close();
    shop.close();
  }

  @TestFactory
  List<DynamicContainer> a_shop_is_notified_of_each_end_once_and_by_its_own_id()
      throws IOException {
    open();
    return new ParallelScenarios(12)
        .group(
            "what the platform's notification does",
            on -> on.add(
                    "a payment at a terminal: the caller gets I, the shop is notified of S",
                    () -> dispatched("terminal 1s", "S"))
                .add(
                    "one that is declined there",
                    () -> dispatched("terminal 1s then decline 051", "F"))
                .add(
                    "lost: the poll finds the end",
                    () -> answered("pending 1s, webhook: lost", "S"))
                .add("twice", () -> answered("terminal 1s, webhook: twice", "S"))
                .add("late", () -> answered("webhook: late 1s", "S"))
                .add("before the answer", () -> answered("webhook: early", "S"))
                .add(
                    "forged, and then the true one",
                    () -> answered("terminal 1s, webhook: forged", "S"))
                .add(
                    "forged paid, and then the true one",
                    () -> answered("closed" + ", webhook: forged", "C"))
                .add("stale", () -> answered("terminal 1s, webhook: stale", "S"))
                .add("unsigned", () -> answered("terminal 1s, webhook: unsigned", "S"))
                .add("garbage", () -> answered("terminal 1s, webhook: garbage", "S"))
                .add(
                    "about another order", () -> answered("terminal 1s, webhook: wrong order", "S"))
                .add("the official SDK reads what is told", WebhookCircleIT::readByTheSdk)
                .add("the answer is lost", () -> answered("silent after charge", "S")))
        .group(
            "a reissued id",
            on -> on.add(
                    "the first end comes in time",
                    () -> reissued("P01 after charge and fail, then ok"))
                .add(
                    "in the wrong order",
                    () -> reissued("P01 after charge and fail, then ok, webhook: reordered"))
                .add(
                    "the first end comes late",
                    () -> reissued(
                        "P01 after charge and fail, then ok, webhook: late 2s, webhook: ok"))
                .add(
                    "only the first end comes",
                    () ->
                        reissued("P01 after charge and fail, then ok, webhook: ok, webhook: lost")))
        .groups();
  }

  private static void dispatched(String directive, String status) {
    Scenario scenario = scenario(directive);
    Got got = scenario.pay();
    assertThat(got.outcome()).as(got.body()).isIn("I", "P");
    Heard heard = heard(scenario, status);
    assertThat(scenario.query().outcome()).isEqualTo(status);
    // It notes an answer when it has read it, which the shop does not wait for.
    TestPod.until(() -> sent(scenario).anyMatch(SentWebhook::isAcknowledged));
    assertThat(sent(scenario))
        .extracting(SentWebhook::transactionId)
        .containsOnly(heard.json().path("transactionId").asText());
  }

  private static void answered(String directive, String status) {
    Scenario scenario = scenario(directive);
    scenario.pay();
    heard(scenario, status);
    assertThat(scenario.query().outcome()).isEqualTo(status);
    scenario.charged(status.equals("S") ? 1 : 0);
  }

  private static void reissued(String directive) {
    Scenario scenario = scenario(directive);
    scenario.pay();
    Heard heard = heard(scenario, "S");
    assertThat(heard.json().toString()).doesNotContain("p2-");
    scenario.charged(1);
    assertThat(scenario.sends()).anyMatch(send -> send.transactionRequestId().startsWith("p2-"));
    // The platform has reported both ends by now, or will not.
    TestPod.until(() -> sent(scenario)
            .filter(webhook -> webhook.isAcknowledged() || webhook.attempt() == 0)
            .count()
        >= 2);
    assertThat(of(scenario)).extracting(Heard::status).containsExactly("S");
  }

  private static Stream<SentWebhook> sent(Scenario scenario) {
    return testPod.platform().webhooks().stream()
        .filter(webhook -> webhook.order().equals(scenario.order()));
  }

  private static void readByTheSdk() throws Exception {
    Command.Done installed = NodeSdk.install();
    assumeTrue(installed.well(), "skipped: " + installed.out());
    String base = testPod.caller().base();
    Command.Done done =
        Command.run(NodeSdk.PLACE, "node", "notified.mjs", base, TestPod.KEY, "" + sdkPort, SECRET);
    assertThat(done.well()).as(done.out()).isTrue();
    JsonObject read = new JsonObject(done.out().strip());
    assertThat(read.getString("answered")).isEqualTo("I");
    assertThat(read.getBoolean("signed")).isTrue();
    assertThat(read.getString("status")).isEqualTo("S");
    assertThat(read.getString("id")).isEqualTo("pay-sdk-told");
    assertThat(read.getString("order")).isEqualTo("order-sdk-told");
    assertThat(read.getInteger("amount")).isEqualTo(1999);
    assertThat(read.getString("transactionId")).isNotBlank();
  }

  private static Scenario scenario(String directive) {
    Scenario scenario = Scenario.of(testPod, directive);
    JsonObject body = scenario.body().put("notifyUrl", shop.url());
    return new Scenario(testPod, scenario.order(), scenario.id(), body);
  }

  /** The one notification about it. */
  private static Heard heard(Scenario scenario, String status) {
    TestPod.until(() -> !of(scenario).isEmpty());
    List<Heard> all = of(scenario);
    assertThat(all).extracting(Heard::status).containsExactly(status);
    Heard heard = all.get(0);
    assertThat(heard.isSignedWith(SECRET)).isTrue();
    assertThat(heard.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(heard.header("X-Timestamp")).matches("[0-9]{13}");
    assertThat(heard.header("X-Client-Request-Id")).hasSize(36);
    assertThat(heard.json().path("referenceOrderId").asText()).isEqualTo(scenario.order());
    assertThat(heard.json().path("amount").path("orderAmount").asLong()).isEqualTo(1999);
    return heard;
  }

  private static List<Heard> of(Scenario scenario) {
    return shop.heard().stream()
        .filter(heard -> heard.requestId().equals(scenario.id()))
        .toList();
  }
}
