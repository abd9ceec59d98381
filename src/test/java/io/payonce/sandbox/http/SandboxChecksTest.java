package io.payonce.sandbox.http;

import static io.payonce.sandbox.http.SandboxClient.MERCHANT;
import static io.payonce.sandbox.http.SandboxClient.SALE;
import static io.payonce.sandbox.http.SandboxClient.checkout;
import static io.payonce.sandbox.http.SandboxClient.code;
import static io.payonce.sandbox.http.SandboxClient.sale;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.request.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the platform refuses before it looks anything up. */
class SandboxChecksTest {

  private SandboxClient client = SandboxClient.open();

  @AfterEach
  void close() {
    client.close();
  }

  private HttpRequest.Builder saleRequest() {
    return client
        .request(SALE)
        .POST(BodyPublishers.ofString(sale("order-1", "r1", 100).toString()));
  }

  private String answered(HttpRequest.Builder request) throws Exception {
    return code(Json.MAPPER.readTree(client.send(request).body()));
  }

  private void nothing_is_charged() {
    assertThat(client.platform.charges().all()).isEmpty();
  }

  @Test
  void a_wrong_or_missing_key_is_S10() throws Exception {
    assertThat(answered(saleRequest().setHeader("Authorization", "Bearer wrong")))
        .isEqualTo("S10");
    assertThat(answered(saleRequest().setHeader("Authorization", "sk_test_sandbox")))
        .isEqualTo("S10");
    nothing_is_charged();
  }

  @Test
  void two_keys_are_valid_while_one_is_rotated() throws Exception {
    client.platform.settings("keys", List.of("old", "new"));

    assertThat(answered(saleRequest().setHeader("Authorization", "Bearer old"))).isEqualTo("0");
    assertThat(answered(saleRequest().setHeader("Authorization", "Bearer new"))).isEqualTo("0");
    assertThat(answered(saleRequest())).isEqualTo("S10");
  }

  @Test
  void a_merchant_that_has_a_key_of_its_own_is_known_under_that_one_alone() throws Exception {
    client.platform.settings("keys", List.of("sk_test_sandbox", "its-own"));
    client.platform.settings(
        "merchantKeys", List.of("M1234567890:its-own", "m-other:sk_test_sandbox"));

    assertThat(answered(saleRequest())).isEqualTo("S10");
    nothing_is_charged();
    assertThat(answered(saleRequest().setHeader("Authorization", "Bearer its-own")))
        .isEqualTo("0");
  }

  @Test
  void a_timestamp_beyond_ten_minutes_is_S02_and_Date_shows_the_platforms_clock() throws Exception {
    assertThat(answered(saleRequest().setHeader("X-Timestamp", "1234"))).isEqualTo("S02");
    client.platform.settings("clockOffsetMillis", 600_001);

    HttpResponse<String> refused = client.send(saleRequest());

    assertThat(refused.body()).contains("\"S02\"");
    long shown = java.time.ZonedDateTime.parse(
            refused.headers().firstValue("Date").orElseThrow(),
            java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME)
        .toInstant()
        .toEpochMilli();
    assertThat(shown).isEqualTo((client.clock.get() + 600_001) / 1000 * 1000);
    nothing_is_charged();
    client.platform.settings("clockOffsetMillis", 600_000);
    assertThat(answered(saleRequest())).isEqualTo("0");
  }

  @Test
  void a_repeated_request_id_is_S11_for_ten_minutes_on_POST_only() throws Exception {
    assertThat(answered(saleRequest().setHeader("X-Client-Request-Id", "same"))).isEqualTo("0");
    assertThat(answered(saleRequest().setHeader("X-Client-Request-Id", "same"))).isEqualTo("S11");
    client.clock.addAndGet(600_000);
    assertThat(answered(saleRequest().setHeader("X-Client-Request-Id", "same"))).isEqualTo("0");

    String query = "/v1/merchant/query?appId=a&merchantId=" + MERCHANT;
    for (int i = 0; i < 2; i++) {
      assertThat(answered(client.request(query).setHeader("X-Client-Request-Id", "read")))
          .isEqualTo("0");
    }
  }

  @Test
  void malformed_JSON_is_C02_and_does_not_quote_the_body() {
    for (String body : List.of("{", "[]", "{\"a\":1,\"a\":2}", "{} {}", "", "{\"pan\":4111x}")) {
      JsonNode answer = client.post(SALE, body);
      assertThat(code(answer)).as(body).isEqualTo("C02");
      assertThat(answer.path("msg").asText()).doesNotContain("4111");
    }
  }

  @Test
  void missing_fields_are_C01_and_all_named() {
    ObjectNode body = sale("order-1", "r1", 100);
    body.remove(List.of("terminalSn", "referenceOrderId"));
    ((ObjectNode) body.get("amount")).remove("orderAmount");

    JsonNode answer = client.sell(body);

    assertThat(code(answer)).isEqualTo("C01");
    assertThat(answer.path("msg").asText())
        .contains("referenceOrderId", "terminalSn", "amount.orderAmount");
    ObjectNode wallet = checkout("order-1", "r1", 100);
    wallet.remove("cardEncryptedData");
    assertThat(client.post(SandboxClient.CHECKOUT, wallet).path("msg").asText())
        .contains("cardEncryptedData");
    nothing_is_charged();
  }

  @Test
  void ill_formed_fields_are_named() {
    assertThat(code(client.sell(sale("x", "r1", 100)))).isEqualTo("C17");
    assertThat(code(client.sell(sale("order-1", "r 1", 100)))).isEqualTo("C17");
    assertThat(code(client.sell(sale("order-1", "r1", 100).put("terminalSn", 5))))
        .isEqualTo("C02");
    ObjectNode text = sale("order-1", "r1", 100);
    ((ObjectNode) text.get("amount")).put("orderAmount", "100");
    assertThat(code(client.sell(text))).isEqualTo("C02");
    nothing_is_charged();
  }

  @Test
  void amounts_outside_the_range_are_C14() {
    client.platform.settings("amountLimit", 500);

    assertThat(code(client.sell(sale("order-1", "r1", 0)))).isEqualTo("C14");
    assertThat(code(client.sell(sale("order-1", "r1", -5)))).isEqualTo("C14");
    assertThat(code(client.sell(sale("order-1", "r1", 501)))).isEqualTo("C14");
    assertThat(code(client.sell(sale("order-1", "r1", 500)))).isEqualTo("0");
  }

  @Test
  void a_merchant_that_is_not_listed_is_C03() {
    client.platform.settings("merchants", Set.of("M0000000001"));

    assertThat(code(client.sell(sale("order-1", "r1", 100)))).isEqualTo("C03");
  }

  @Test
  void unknown_paths_are_C18_and_wrong_methods_C19() {
    assertThat(code(client.post("/v1/checkout/sail", "{}"))).isEqualTo("C18");
    assertThat(code(client.get(SALE))).isEqualTo("C19");
    assertThat(client.send(client.request("/else")).statusCode()).isEqualTo(404);
  }

  @Test
  void calls_above_the_rate_are_S04_with_a_pause() {
    client.platform.settings("ratePerSecond", 1);

    assertThat(code(client.sell(sale("order-1", "r1", 100)))).isEqualTo("0");
    HttpResponse<String> refused = client.send(client
        .request(SALE)
        .POST(BodyPublishers.ofString(sale("order-2", "r2", 100).toString())));
    assertThat(refused.body()).contains("\"S04\"");
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    client.clock.addAndGet(1000);
    assertThat(code(client.sell(sale("order-2", "r2", 100)))).isEqualTo("0");
  }

  @Test
  void an_unsigned_send_is_S03_where_a_signature_is_agreed() {
    client.close();
    client = SandboxClient.open(SandboxOptions.defaults()
        .withSignatures((request, body) -> request.getHeader("X-Signature") != null));

    assertThat(code(client.sell(sale("order-1", "r1", 100)))).isEqualTo("S03");
    assertThat(client.platform.sends().all())
        .extracting(ReceivedRequest::signatureAccepted)
        .containsExactly(false);
  }

  @Test
  void every_send_is_logged_refused_ones_too() throws Exception {
    client.sell(sale("order-1", "r1", 100));
    answered(saleRequest().setHeader("Authorization", "Bearer wrong"));
    client.query("r1");

    ReceivedRequests sends = client.platform.sends();

    assertThat(sends.sent("r1")).hasSize(2);
    assertThat(sends.queries("r1")).hasSize(1);
    assertThat(sends.ofOrder(MERCHANT, "order-1")).hasSize(2);
    assertThat(sends.sent("r1").stream().map(ReceivedRequest::bodySha256).distinct())
        .hasSize(1);
    assertThat(sends.sent("r1").stream().map(ReceivedRequest::requestId).distinct())
        .hasSize(2);
  }
}
