package io.payonce.sandbox.http;

import static io.payonce.sandbox.http.SandboxClient.MERCHANT;
import static io.payonce.sandbox.http.SandboxClient.followUp;
import static io.payonce.sandbox.http.SandboxClient.sale;
import static io.payonce.sandbox.http.SandboxClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.http.WebhookReceiver.Heard;
import io.payonce.sandbox.request.Json;
import io.payonce.sandbox.request.SandboxSettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The platform reports how transactions end, and fails to as the scripts say. */
class SandboxWebhookTest {
  private static final SandboxSettings BRISK =
      SandboxSettings.defaults().with("webhookDelayMillis", 0).with("webhookRetryMillis", 20);
  private static final String SECRET = BRISK.webhooks().secret();

  private static SandboxClient till;
  private static WebhookReceiver shop;

  @BeforeAll
  static void open() throws IOException {
    shop = new WebhookReceiver();
    till = SandboxClient.open(SandboxOptions.defaults().withSettings(BRISK));
    till.letTimeRun();
  }

  @AfterAll
  static void close() {
    till.close();
    shop.close();
  }

  @BeforeEach
  void reset() {
    till.platform.reset();
    shop.reset();
  }

  @Test
  void an_end_is_reported_as_documented() {
    till.sell(answered("order-1", "r1", "ok"));
    Heard heard = heard(1).get(0);
    assertThat(heard.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(heard.header("X-Client-Request-Id")).hasSize(36);
    assertThat(heard.header("X-Timestamp")).matches("[0-9]{13}");
    assertThat(heard.header("X-Signature")).matches("[0-9a-f]{64}");
    assertThat(heard.isSignedWith(SECRET)).isTrue();
    assertThat(heard.json()).isEqualTo(till.query("r1").get("data"));
  }

  @Test
  void nothing_is_reported_without_a_notify_url_or_before_the_end() {
    till.sell(sale("order-1", "r1", 100));
    till.sell(answered("order-2", "r2", "pending"));
    till.sell(answered("order-3", "r3", "ok"));
    assertThat(heard(1).get(0).json().path("transactionRequestId").asText()).isEqualTo("r3");
  }

  @Test
  void an_end_that_comes_by_itself_is_reported_without_a_query() {
    assertThat(status(till.sell(answered("order-1", "r1", "pending 100ms then decline 051"))))
        .isEqualTo("P");
    JsonNode heard = heard(1).get(0).json();
    assertThat(heard.path("transactionStatus").asText()).isEqualTo("F");
    assertThat(heard.path("transactionResultCode").asText()).isEqualTo("051");
  }

  @Test
  void follow_ups_aborts_and_pages_are_reported_too() {
    till.sell(answered("order-1", "r1", "ok"));
    till.inPerson("refund", followUp("r2", "r1", 40).put("notifyUrl", shop.url()));
    assertThat(heard(2).get(1).json().path("transactionType").asText()).isEqualTo("REFUND");
    till.sell(answered("order-3", "r3", "pending"));
    till.inPerson("abort", followUp("r4", "r3"));
    assertThat(heard(3).get(2).status()).isEqualTo("C");
    JsonNode page = till.post(
        "/v1/checkout/create-session", sale("order-5", "r5", 9).put("notifyUrl", shop.url()));
    press(page, "decline");
    assertThat(heard(4).get(3).status()).isEqualTo("F");
    press(page, "pay");
    assertThat(heard(5).get(4).status()).isEqualTo("S");
  }

  @Test
  void only_200_ends_it_and_each_attempt_is_listed() {
    shop.answer(500, 204, 302);
    till.sell(answered("order-1", "r1", "ok"));
    List<Heard> heard = heard(4);
    assertThat(heard)
        .extracting(each -> each.header("X-Client-Request-Id"))
        .containsOnly(heard.get(0).header("X-Client-Request-Id"));
    await().untilAsserted(() -> assertThat(till.platform.webhooks()).hasSize(4));
    assertThat(till.platform.webhooks())
        .extracting(SentWebhook::answer)
        .containsExactly("500", "204", "302", "200");
    JsonNode listed =
        till.get("/sandbox/webhooks?merchantId=" + MERCHANT + "&order=order-1").get(3);
    assertThat(listed.get("attempt").asInt()).isEqualTo(4);
    assertThat(listed.get("transactionRequestId").asText()).isEqualTo("r1");
    assertThat(listed.get("status").asText()).isEqualTo("S");
  }

  @Test
  void a_repeat_may_have_an_id_of_its_own_and_attempts_come_to_an_end() {
    till.platform.settings("webhookNewIds", true);
    till.platform.settings("webhookAttempts", 2);
    shop.answer(500, 500);
    till.sell(answered("order-1", "r1", "ok"));
    await().untilAsserted(() -> assertThat(till.platform.webhooks()).hasSize(2));
    till.sell(answered("order-2", "r2", "ok"));
    await().untilAsserted(() -> assertThat(till.platform.webhooks()).hasSize(3));
    assertThat(till.platform.webhooks())
        .extracting(SentWebhook::answer)
        .containsExactly("500", "500", "200");
    assertThat(heard(3))
        .extracting(each -> each.header("X-Client-Request-Id"))
        .doesNotHaveDuplicates();
  }

  @Test
  void the_signature_is_written_as_the_settings_say() {
    till.platform.settings("webhookSignature", "sha256=hex");
    till.sell(answered("order-1", "r1", "ok"));
    assertThat(heard(1).get(0).header("X-Signature")).matches("sha256=[0-9a-f]{64}");
    till.platform.settings("webhookSignature", "base64");
    till.sell(answered("order-2", "r2", "ok"));
    assertThat(heard(2).get(1).header("X-Signature")).matches("[A-Za-z0-9+/]{43}=");
  }

  @Test
  void nothing_is_reported_to_other_machines() {
    ObjectNode sale = sale("order-1", "r1", 100).put("notifyUrl", "http://192.0.2.1/hook");
    till.sell(sale);
    await().untilAsserted(() -> assertThat(till.platform.webhooks()).hasSize(1));
    assertThat(till.platform.webhooks().get(0).answer()).startsWith("not sent");
  }

  @Test
  void an_address_that_only_looks_like_one_is_harmless() {
    till.platform.settings("webhookAttempts", 1);
    List<String> odd = List.of(
        "http://127.0.0.1:99999/hook",
        "http://127.0.0.1:1/hook",
        "http://127.0.0.1:0/",
        "http://127.0.0.1@192.0.2.1/",
        "ftp://127.0.0.1/",
        "127.0.0.1",
        "http://localhost.example/",
        "::");
    for (int i = 0; i < odd.size(); i++) {
      ObjectNode sale = sale("order-" + i, "r" + i, 100, "webhook: early");
      assertThat(status(till.sell(sale.put("notifyUrl", odd.get(i))))).isEqualTo("S");
    }
    await().until(() -> till.platform.webhooks().size() == odd.size());
    assertThat(till.platform.webhooks()).noneMatch(SentWebhook::isAcknowledged);
    assertThat(till.platform.webhooks().subList(3, odd.size()))
        .allMatch(sent -> sent.answer().startsWith("not sent"));
  }

  @Test
  void lost_is_never_sent_and_twice_comes_twice() {
    till.sell(answered("order-1", "r1", "webhook: lost"));
    till.sell(answered("order-2", "r2", "webhook: twice"));
    List<Heard> heard = heard(2);
    assertThat(heard)
        .extracting(each -> each.json().path("transactionRequestId").asText())
        .containsOnly("r2");
    assertThat(heard)
        .extracting(each -> each.header("X-Client-Request-Id"))
        .doesNotHaveDuplicates();
    await().untilAsserted(() -> assertThat(till.platform.webhooks()).hasSize(3));
    assertThat(till.platform.webhooks().get(0).answer()).isEqualTo("lost");
  }

  @Test
  void late_comes_after_what_is_reported_meanwhile() {
    till.sell(answered("order-1", "r1", "fail, ok, webhook: late 5s, webhook: ok"));
    till.sell(answered("order-1", "r2", "fail, ok, webhook: late 5s, webhook: ok"));
    assertThat(heard(2)).extracting(Heard::status).containsExactly("S", "F");
  }

  @Test
  void reordered_comes_after_the_next_one_of_its_order() {
    till.sell(answered("order-1", "r1", "fail, ok, webhook: reordered"));
    till.sell(answered("order-1", "r2", "fail, ok, webhook: reordered"));
    assertThat(heard(2)).extracting(Heard::status).containsExactly("S", "F");
  }

  @Test
  void early_arrives_before_the_call_is_answered() {
    shop.answer(500);
    till.sell(answered("order-1", "r1", "webhook: early"));
    assertThat(shop.heard()).isNotEmpty();
    assertThat(heard(2)).hasSize(2);
  }

  @Test
  void forged_comes_first_and_says_the_opposite() {
    till.sell(answered("order-1", "r1", "webhook: forged"));
    List<Heard> heard = heard(2);
    assertThat(heard).extracting(Heard::status).containsExactly("F", "S");
    assertThat(heard).extracting(each -> each.isSignedWith(SECRET)).containsExactly(false, true);
  }

  @Test
  void stale_unsigned_garbage_and_another_order_are_what_they_say() {
    till.platform.fault(
        FaultMatch.any(),
        "webhook: stale, webhook: unsigned, webhook: garbage, webhook: wrong order, webhook: ok");
    for (int i = 1; i <= 5; i++) {
      till.sell(answered("order-" + i, "r" + i, "ok"));
      heard(i);
    }
    List<Heard> heard = shop.heard();
    long now = Long.parseLong(heard.get(4).header("X-Timestamp"));
    assertThat(now - Long.parseLong(heard.get(0).header("X-Timestamp"))).isGreaterThan(3_000_000);
    assertThat(heard.get(1).header("X-Signature")).isNull();
    assertThat(new String(heard.get(2).body(), java.nio.charset.StandardCharsets.UTF_8))
        .startsWith("<html>");
    assertThat(heard.get(3).json().path("referenceOrderId").asText()).isNotEqualTo("order-4");
    assertThat(heard.get(3).isSignedWith(SECRET)).isTrue();
  }

  private static List<Heard> heard(int count) {
    await()
        .untilAsserted(() -> assertThat(shop.heard())
            .as(() -> "sent: " + till.platform.webhooks())
            .hasSizeGreaterThanOrEqualTo(count));
    return shop.heard();
  }

  private static ObjectNode answered(String order, String id, String directive) {
    return sale(order, id, 100, directive).put("notifyUrl", shop.url());
  }

  private static void press(JsonNode page, String as) {
    ObjectNode press = Json.object().put("sessionId", page.at("/data/sessionId").asText());
    till.post("/sandbox/press", press.put("as", as));
  }
}
