package io.payonce.webhook;

import static io.payonce.webhook.WebhookPort.NOW_MILLIS;
import static io.payonce.webhook.WebhookPort.body;
import static io.payonce.webhook.WebhookPort.signature;
import static io.payonce.webhook.WebhookPort.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.Shop;
import io.payonce.http.ServerTls;
import io.payonce.ledger.FakeStore.Mishap;
import io.payonce.ledger.Outcome;
import io.payonce.model.Account;
import io.payonce.model.HmacSha256;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The port that faces the internet, byte for byte. */
class WebhookVerticleTest {
  private static final String PAID = body("id-1", "S");
  private static final String AT = "X-Timestamp: " + NOW_MILLIS + "\r\n";
  private static final String SIGNED = "X-Signature: " + signature(PAID) + "\r\n";

  private static Vertx vertx;

  private WebhookPort port;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    WebhookPort.await(vertx.close());
  }

  @BeforeEach
  void open() {
    port = new WebhookPort(vertx);
    port.shop.sends(Shop.status("I", "id-1", "order-1"));
    port.shop.pay(Shop.sale("id-1", "order-1"));
  }

  @AfterEach
  void close() {
    port.close();
  }

  private Outcome outcome() {
    return port.shop.payment("id-1").outcome();
  }

  private void refused(int status, String result, String answer) {
    assertThat(status(answer)).as(answer).isEqualTo(status);
    assertThat(answer).contains("\"code\":\"HTTP" + status + "\"", "\"traceId\":");
    assertThat(port.count(result)).isEqualTo(1);
    assertThat(outcome()).isNull();
  }

  @Test
  void what_the_platform_signed_is_written_and_answered_200() {
    String answer = port.send("/webhook", PAID);
    assertThat(status(answer)).as(answer).isEqualTo(200);
    assertThat(answer).contains("{\"code\":\"0\",\"msg\":\"received\"").doesNotContain("Payonce-");
    assertThat(outcome()).isEqualTo(Outcome.PAID);
    assertThat(port.count("settled")).isEqualTo(1);
    assertThat(port.heard).hasSize(1);
    assertThat(status(port.send("/webhook", PAID))).isEqualTo(200);
    assertThat(port.count("repeated")).isEqualTo(1);
  }

  static Stream<String> forms() {
    String hex = signature(PAID);
    String base64 = Base64.getEncoder()
        .encodeToString(HmacSha256.of(WebhookPort.SECRET, PAID.getBytes(StandardCharsets.UTF_8)));
    return Stream.of(
        hex,
        hex.toUpperCase(Locale.ROOT),
        "sha256=" + hex,
        "SHA256=" + hex,
        base64,
        "sha256=" + base64,
        base64.substring(0, 43));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void each_text_form_of_the_signature_is_read(String form) {
    assertThat(status(port.send("/webhook", PAID, "X-Signature: " + form + "\r\n" + AT)))
        .isEqualTo(200);
    assertThat(outcome()).isEqualTo(Outcome.PAID);
  }

  static Stream<String> forgeries() {
    String hex = signature(PAID);
    return Stream.of(
        hex.substring(0, 63) + (hex.endsWith("0") ? "1" : "0"),
        hex.substring(1),
        hex + "00",
        signature(PAID + " "),
        signature(""),
        "sha256=",
        "sha1=" + hex,
        "0",
        "x".repeat(64),
        "A".repeat(43) + "=",
        hex + "," + hex);
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void what_the_platform_did_not_sign_changes_nothing(String forged) {
    refused(401, "forged", port.send("/webhook", PAID, "X-Signature: " + forged + "\r\n" + AT));
    assertThat(port.heard).isEmpty();
  }

  @Test
  void a_signature_of_other_bytes_is_none_of_these() {
    String other = body("id-1", "S").replace("1000", "1001");
    refused(401, "forged", port.send("/webhook", other, SIGNED + AT));
  }

  @Test
  void an_accounts_own_secret_signs_for_it_alone() {
    Account north = new Account("north");
    byte[] its = "of the north".getBytes(StandardCharsets.UTF_8);
    port.signers = List.of(
        new WebhookSettings.Signer(its, Set.of(north)),
        new WebhookSettings.Signer(WebhookPort.SECRET, Set.of(Account.DEFAULT)));
    String signed = "X-Signature: "
        + Base64.getEncoder()
            .encodeToString(HmacSha256.of(its, PAID.getBytes(StandardCharsets.UTF_8)))
        + "\r\n";
    port.named = north;
    assertThat(status(port.send("/webhook", PAID, signed + AT))).isEqualTo(200);
    assertThat(outcome()).as("it is of the other one").isNull();
    assertThat(port.heard).containsExactly("north");
    port.named = Account.DEFAULT;
    assertThat(status(port.send("/webhook", PAID, signed + AT))).isEqualTo(200);
    assertThat(port.heard).as("nobody else hears of it").containsExactly("north");
    assertThat(status(port.send("/webhook", PAID))).isEqualTo(200);
    assertThat(outcome()).isEqualTo(Outcome.PAID);
    assertThat(port.heard).containsExactly("north", "");
  }

  @Test
  void without_a_secret_nothing_is_signed() {
    port.signedWith(new byte[0]);
    refused(401, "forged", port.send("/webhook", PAID));
  }

  @Test
  void the_secret_is_the_one_of_this_moment() {
    port.signedWith("another".getBytes(StandardCharsets.UTF_8));
    refused(401, "forged", port.send("/webhook", PAID));
    port.signedWith(WebhookPort.SECRET);
    assertThat(status(port.send("/webhook", PAID))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300_001, 60_001, 3_600_000, -1_900_000_000_000L})
  void a_time_that_is_far_away_is_refused(long away) {
    String sent = "X-Timestamp: " + (NOW_MILLIS + away) + "\r\n";
    refused(401, "stale", port.send("/webhook", PAID, SIGNED + sent));
    assertThat(port.heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-300_000, 0, 60_000})
  void a_time_that_is_near_is_not(long away) {
    String sent = "X-Timestamp: " + (NOW_MILLIS + away) + "\r\n";
    assertThat(status(port.send("/webhook", PAID, SIGNED + sent))).isEqualTo(200);
  }

  static Stream<String> heads() {
    return Stream.of(
        "",
        SIGNED,
        AT,
        SIGNED + SIGNED + AT,
        SIGNED + AT + AT,
        "X-Signature: \r\n" + AT,
        SIGNED + "X-Timestamp: soon\r\n",
        SIGNED + "X-Timestamp: -5\r\n",
        SIGNED + "X-Timestamp: 99999999999999999999\r\n",
        SIGNED + "X-Timestamp: 1900000000000.0\r\n");
  }

  @ParameterizedTest
  @MethodSource("heads")
  void a_head_that_is_none_of_a_notifications_is_refused(String head) {
    refused(400, "malformed", port.send("/webhook", PAID, head));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{} {}",
        "\"S\"",
        "{\"transactionRequestId\":\"id-1\",\"transactionRequestId\":\"id-1\"}",
        "{\"transactionRequestId\":\"id-1\",\"data\":{\"transactionRequestId\":\"id-2\"}}",
        "{\"transactionRequestId\":{},\"transactionStatus\":\"S\"}",
        "{\"transactionRequestId\":\"id-1\",\"transactionStatus\":\"S\",\"amount\":{\"orderAmount\":10.5}}",
        "{\"merchantId\":\"M1\",\"data\":{\"merchantId\":\"M2\"}}",
        "{\"merchantId\":[]}"
      })
  void what_is_signed_and_cannot_be_understood_is_refused(String body) {
    refused(400, "malformed", port.send("/webhook", body));
  }

  @Test
  void a_body_in_the_form_of_an_answer_is_understood() {
    String whole = "{\"code\":\"0\",\"msg\":\"m\",\"data\":" + PAID + ",\"traceId\":\"t\"}";
    assertThat(status(port.send("/webhook", whole))).isEqualTo(200);
    assertThat(outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void an_envelope_with_a_fault_says_nothing() {
    String whole = "{\"code\":\"E02\",\"data\":" + PAID + "}";
    assertThat(status(port.send("/webhook", whole))).isEqualTo(200);
    assertThat(outcome()).isNull();
  }

  @Test
  void a_body_that_is_too_long_is_413_whatever_its_head_says() {
    String large = "{\"description\":\"" + "x".repeat(WebhookVerticle.MAX_BODY_BYTES) + "\"}";
    refused(413, "malformed", port.send("/webhook", large));
    String head = "POST /webhook HTTP/1.1\r\nHost: here\r\n" + SIGNED + AT
        + "Transfer-Encoding: chunked\r\n\r\n";
    String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
    assertThat(status(port.exchange(head + chunk.repeat(3)))).isEqualTo(413);
    assertThat(outcome()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/webhook/",
        "/webhook/a/b",
        "/webhooks",
        "/v1/semi-integration/transaction/sale",
        "/health/live",
        "/metrics",
        "/webhook/%2e",
        "/webhook/a%20b",
        "/WEBHOOK",
        "//webhook"
      })
  void there_is_nothing_else_at_this_port(String path) {
    refused(404, "malformed", port.send(path, PAID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"})
  void only_post_is_taken(String method) {
    String answer = port.exchange(
        method + " /webhook/t-id-1 HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
    assertThat(status(answer)).isEqualTo(405);
    assertThat(answer.toLowerCase(Locale.ROOT)).contains("allow: post");
    assertThat(port.count("malformed")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /webhook HTTP/1.1\r\n\r\n",
        "POST /webhook HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST http://elsewhere/webhook HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT elsewhere:443 HTTP/1.1\r\nHost: elsewhere:443\r\n\r\n",
        "CONNECT /webhook HTTP/1.1\r\nHost: here\r\n\r\n",
        "POST /webhook HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n",
        "garbage\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
      })
  void what_is_no_request_is_refused_and_the_connection_ends(String bytes) {
    assertThat(status(port.exchange(bytes))).isBetween(400, 501);
    assertThat(port.count("malformed")).isEqualTo(1);
  }

  @Test
  void the_address_of_a_payment_names_its_owner_and_a_wrong_one_is_no_error() {
    String nobody = PAID.replace("\"merchantId\":\"M1\",", "");
    assertThat(status(port.send("/webhook/t-id-9", nobody))).isEqualTo(200);
    assertThat(outcome())
        .as("the owner of the address, the id of the body")
        .isEqualTo(Outcome.PAID);
    assertThat(status(port.send("/webhook/unheard-of", PAID))).isEqualTo(200);
    assertThat(port.count("repeated")).isEqualTo(1);
  }

  @Test
  void the_path_of_the_public_address_is_served_too() {
    WebhookPaths paths = WebhookPaths.of(Optional.of("https://shop.example/hooks/in/"));
    assertThat(paths.token("/hooks/in")).contains("");
    assertThat(paths.token("/hooks/in/abc")).contains("abc");
    assertThat(paths.token("/webhook/abc")).contains("abc");
    assertThat(paths.token("/hooks")).isEmpty();
    assertThat(WebhookPaths.of(Optional.of("https://shop.example")).token("/abc"))
        .contains("abc");
    assertThat(WebhookPaths.of(Optional.of("https://shop.example")).token("/")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"find", "takeover", "settle", "safely"})
  void what_the_ledger_has_not_surely_written_is_503_and_the_repeat_settles_it(String move) {
    port.shop.store.onMove(each -> each.equals(move) ? Mishap.SWALLOWED : Mishap.NONE);
    String answer = port.send("/webhook", PAID);
    assertThat(status(answer)).as(answer).isEqualTo(503);
    assertThat(answer.toLowerCase(Locale.ROOT)).contains("retry-after: 1");
    assertThat(port.count("unavailable")).isEqualTo(1);
    port.shop.store.onMove(each -> Mishap.NONE);
    assertThat(status(port.send("/webhook", PAID))).isEqualTo(200);
    assertThat(outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void a_pod_that_closes_sends_the_platform_elsewhere() {
    port.gate.drain();
    String while_draining = port.send("/webhook", body("id-1", "F"));
    assertThat(status(while_draining)).isEqualTo(200);
    port.gate.shut();
    refused(503, "unavailable", port.send("/webhook", PAID));
  }

  @Test
  void one_who_sends_nothing_more_does_not_hold_his_place_for_ever() {
    String head =
        "POST /webhook HTTP/1.1\r\nHost: here\r\n" + SIGNED + AT + "Content-Length: 500\r\n\r\n{";
    try (WebhookPort hasty = new WebhookPort(vertx, ServerTls.OFF, 100)) {
      assertThat(status(hasty.exchange(head))).isEqualTo(408);
    }
  }
}
