package io.payonce.sandbox.http;

import static io.payonce.sandbox.http.SandboxClient.MERCHANT;
import static io.payonce.sandbox.http.SandboxClient.code;
import static io.payonce.sandbox.http.SandboxClient.sale;
import static io.payonce.sandbox.http.SandboxClient.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.bank.Views;
import io.payonce.sandbox.request.Json;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hosted pages: what shoppers do on them, and how they end. */
class SandboxPagesTest {
  private static SandboxClient client;

  @BeforeAll
  static void open() {
    client = SandboxClient.open();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @BeforeEach
  void reset() {
    client.platform.reset();
  }

  @Test
  void a_repeat_gives_the_first_page_and_a_page_is_paid_once() {
    JsonNode made = make("order-1", "r1");
    assertThat(made.get("sessionId").asText()).isNotEmpty();
    assertThat(made.get("expiresAt").asText())
        .isEqualTo(Views.time(client.clock.get() + 1_800_000));
    assertThat(make("order-1", "r1")).isEqualTo(made);

    assertThat(press(made, "pay", 0)).isEqualTo("0");
    assertThat(press(made, "pay", 0)).isEqualTo("C24");
    assertThat(status(client.query("r1"))).isEqualTo("S");
    assertThat(charged("order-1")).isEqualTo(1);
    assertThat(make("order-1", "r1")).isEqualTo(made);
  }

  @Test
  void two_pages_of_an_order_can_both_be_paid() {
    JsonNode one = make("order-1", "r1");
    JsonNode two = make("order-1", "r2");
    assertThat(press(one, "pay", 0)).isEqualTo("0");
    assertThat(press(two, "pay", 0)).isEqualTo("0");
    assertThat(charged("order-1")).isEqualTo(2);
  }

  @Test
  void a_declined_shopper_presses_again() {
    JsonNode made = make("order-1", "r1");
    press(made, "decline", 0);
    assertThat(status(client.query("r1"))).isEqualTo("F");
    assertThat(client.query("r1").at("/data/transactionResultCode").asText()).isEqualTo("051");
    assertThat(press(made, "pay", 0)).isEqualTo("0");
    assertThat(status(client.query("r1"))).isEqualTo("S");
    assertThat(charged("order-1")).isEqualTo(1);
  }

  @Test
  void an_abandoned_page_stays_open_and_closes_in_time() {
    JsonNode made = make("order-1", "r1");
    assertThat(press(made, "abandon", 0)).isEqualTo("0");
    assertThat(status(client.query("r1"))).isEqualTo("I");
    client.clock.addAndGet(1_800_000);
    assertThat(status(client.query("r1"))).isEqualTo("C");
    assertThat(press(made, "pay", 0)).isEqualTo("C11");
    assertThat(expire(made)).isEqualTo("EXPIRED");
    assertThat(charged("order-1")).isZero();
  }

  @Test
  void a_press_under_way_pays_a_moment_after_the_page_has_expired() {
    JsonNode made = make("order-1", "r1");
    assertThat(press(made, "pay", 1_500)).isEqualTo("0");
    assertThat(press(made, "pay", 0)).isEqualTo("C08");
    assertThat(status(client.query("r1"))).isEqualTo("P");
    assertThat(expire(made)).isEqualTo("EXPIRED");
    assertThat(status(client.query("r1"))).isEqualTo("C");
    client.clock.addAndGet(1_500);
    assertThat(status(client.query("r1"))).isEqualTo("S");
    assertThat(charged("order-1")).isEqualTo(1);
  }

  @Test
  void a_press_that_takes_too_long_pays_nothing() {
    JsonNode made = make("order-1", "r1");
    press(made, "pay", 2_001);
    expire(made);
    client.clock.addAndGet(2_001);
    assertThat(status(client.query("r1"))).isEqualTo("C");
    assertThat(charged("order-1")).isZero();
  }

  @Test
  void on_demand_closed_pages_show_what_they_showed_before() {
    client.platform.settings("closedPages", "as-before");
    JsonNode made = make("order-1", "r1");
    assertThat(expire(made)).isEqualTo("EXPIRED");
    assertThat(status(client.query("r1"))).isEqualTo("I");
    assertThat(press(made, "pay", 0)).isEqualTo("C11");
  }

  @Test
  void a_paid_page_cannot_be_expired_and_pages_are_listed() {
    JsonNode made = make("order-1", "r1");
    press(made, "pay", 0);
    assertThat(expire(made)).isEqualTo("C24");
    JsonNode listed = client.get("/sandbox/pages").get(0);
    assertThat(listed.get("transactionRequestId").asText()).isEqualTo("r1");
    assertThat(listed.get("transactionStatus").asText()).isEqualTo("S");
    assertThat(listed.get("closed").asBoolean()).isFalse();
  }

  @Test
  void the_page_itself_has_the_buttons() {
    JsonNode made = make("order-1", "r1");
    String path =
        made.get("checkoutUrl").asText().substring(client.platform.baseUrl().length());
    assertThat(client.send(client.request(path)).body()).contains("Pay slowly").contains("Decline");
    client.send(client.request(path + "?as=decline").POST(BodyPublishers.noBody()));
    assertThat(status(client.query("r1"))).isEqualTo("F");
    assertThat(client
            .send(client.request(path + "?as=sing").POST(BodyPublishers.noBody()))
            .statusCode())
        .isEqualTo(400);
  }

  @Test
  void a_page_lives_as_long_as_the_settings_say() {
    client.platform.settings("sessionLifeMillis", 5_000);
    JsonNode made = make("order-1", "r1");
    client.clock.addAndGet(5_000);
    assertThat(press(made, "pay", 0)).isEqualTo("C11");
  }

  private static JsonNode make(String order, String id) {
    return client.post("/v1/checkout/create-session", sale(order, id, 100)).get("data");
  }

  private static String press(JsonNode page, String as, long slowMillis) {
    ObjectNode body = Json.object().put("sessionId", page.get("sessionId").asText());
    return code(client.post("/sandbox/press", body.put("as", as).put("slowMillis", slowMillis)));
  }

  private static String expire(JsonNode page) {
    ObjectNode body = Json.object().put("appId", "app_1").put("merchantId", MERCHANT);
    JsonNode said = client.post(
        "/v1/checkout/expire-session",
        body.put("sessionId", page.get("sessionId").asText()));
    return code(said).equals("0") ? said.at("/data/sessionStatus").asText() : code(said);
  }

  private static int charged(String order) {
    return client.platform.charges().of(MERCHANT, order).size();
  }
}
