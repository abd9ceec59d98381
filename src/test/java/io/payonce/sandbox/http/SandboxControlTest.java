package io.payonce.sandbox.http;

import static io.payonce.sandbox.http.SandboxClient.CHECKOUT;
import static io.payonce.sandbox.http.SandboxClient.MERCHANT;
import static io.payonce.sandbox.http.SandboxClient.SALE;
import static io.payonce.sandbox.http.SandboxClient.checkout;
import static io.payonce.sandbox.http.SandboxClient.code;
import static io.payonce.sandbox.http.SandboxClient.sale;
import static io.payonce.sandbox.http.SandboxClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.payonce.sandbox.request.Idempotency;
import io.payonce.sandbox.request.Json;
import io.payonce.sandbox.script.SimStatus;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox as seen from a test: by HTTP and in Java. */
class SandboxControlTest {

  private final SandboxClient client = SandboxClient.open();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void charges_and_requests_are_shown_by_HTTP() {
    client.sell(sale("order-1", "r1", 100));
    client.sell(sale("order-2", "r2", 200));

    JsonNode charges = client.get("/sandbox/charges?order=order-2&merchantId=" + MERCHANT);
    assertThat(charges).hasSize(1);
    assertThat(charges.at("/0/amount").asLong()).isEqualTo(200);
    assertThat(client.get("/sandbox/charges?merchantId=other")).isEmpty();
    assertThat(client.get("/sandbox/requests?transactionRequestId=r1")).hasSize(1);
    assertThat(client.get("/sandbox/requests")).hasSize(2);
  }

  @Test
  void a_reset_forgets_everything() {
    client.sell(sale("order-1", "r1", 100));
    client.platform.fault(FaultMatch.any(), "E01");
    client.platform.settings("idempotency", "c06");

    client.delete("/sandbox");

    assertThat(client.platform.charges().all()).isEmpty();
    assertThat(client.platform.sends().all()).isEmpty();
    assertThat(client.platform.settings().orders().idempotency())
        .isEqualTo(Idempotency.FIRST_RESULT);
    assertThat(status(client.sell(sale("order-1", "r1", 100)))).isEqualTo("S");
  }

  @Test
  void a_fault_strikes_what_it_matches_and_so_often() {
    client.post(
        "/sandbox/faults",
        "{\"match\":{\"path\":\"/checkout/sale\"},\"script\":\"E02 after charge\",\"times\":2}");

    assertThat(code(client.sell(sale("order-1", "r1", 100)))).isEqualTo("0");
    assertThat(code(client.post(CHECKOUT, checkout("order-2", "r2", 100)))).isEqualTo("E02");
    assertThat(code(client.post(CHECKOUT, checkout("order-2", "r2", 100)))).isEqualTo("E02");
    assertThat(code(client.post(CHECKOUT, checkout("order-2", "r2", 100)))).isEqualTo("0");
    assertThat(client.platform.charges().of(MERCHANT, "order-2")).hasSize(1);
    assertThat(client.get("/sandbox/faults").at("/0/struck").asInt()).isEqualTo(2);
  }

  @Test
  void faults_can_be_removed() {
    client.platform.fault(FaultMatch.order("order-1"), "E01");
    assertThat(code(client.sell(sale("order-1", "r1", 100)))).isEqualTo("E01");
    assertThat(code(client.sell(sale("order-2", "r2", 100)))).isEqualTo("0");

    client.delete("/sandbox/faults");

    assertThat(code(client.sell(sale("order-1", "r1", 100)))).isEqualTo("0");
  }

  @Test
  void a_fault_on_payments_leaves_queries_alone_unless_it_names_them() {
    client.platform.fault(FaultMatch.order("order-1"), "E02 after charge, query: C12 1x");
    client.sell(sale("order-1", "r1", 100));

    assertThat(code(client.query("r1"))).isEqualTo("C12");
    assertThat(status(client.query("r1"))).isEqualTo("S");

    client.platform.fault(FaultMatch.path("/v1/transaction/query"), "E01 2x, ok");
    assertThat(code(client.query("r1"))).isEqualTo("E01");
    assertThat(code(client.query("r1"))).isEqualTo("E01");
    assertThat(status(client.query("r1"))).isEqualTo("S");
  }

  @Test
  void a_fault_goes_before_a_directive_and_does_not_use_it_up() {
    client.platform.fault(FaultMatch.merchant(MERCHANT), "E03", 1);

    assertThat(code(client.sell(sale("order-1", "r1", 100, "C08, then ok")))).isEqualTo("E03");
    assertThat(code(client.sell(sale("order-1", "r1", 100, "C08, then ok")))).isEqualTo("C08");
    assertThat(code(client.sell(sale("order-1", "r1", 100, "C08, then ok")))).isEqualTo("0");
  }

  @Test
  void a_fault_of_queries_only_leaves_payments_alone() {
    client.platform.fault(FaultMatch.path("/v1/transaction/query"), "query: E01 1x");
    client.platform.fault(FaultMatch.any(), "query: C12 1x");

    assertThat(code(client.sell(sale("order-1", "r1", 100, "C08, then ok")))).isEqualTo("C08");
    assertThat(code(client.sell(sale("order-1", "r1", 100, "C08, then ok")))).isEqualTo("0");
    assertThat(code(client.query("r1"))).isEqualTo("E01");
    assertThat(code(client.query("r1"))).isEqualTo("C12");
    assertThat(code(client.query("r1"))).isEqualTo("0");
  }

  @Test
  void settings_change_by_HTTP_and_keys_are_not_shown() {
    JsonNode shown =
        client.post("/sandbox/settings", "{\"idempotency\":\"none\",\"queryLagMillis\":1}");

    assertThat(shown.path("idempotency").asText()).isEqualTo("none");
    assertThat(client.platform.settings().pace().queryLagMillis()).isEqualTo(1);
    assertThat(client.get("/sandbox/settings").toString()).doesNotContain("sk_test");
  }

  @Test
  void an_unfinished_payment_is_ended_by_hand() {
    client.sell(sale("order-1", "r1", 100, "pending"));

    client.post(
        "/sandbox/settle",
        Json.object()
            .put("merchantId", MERCHANT)
            .put("transactionRequestId", "r1")
            .put("as", "S"));

    assertThat(status(client.query("r1"))).isEqualTo("S");
    assertThat(client.platform.charges().ofRequest(MERCHANT, "r1")).hasSize(1);
    assertThatThrownBy(() -> client.platform.settle(MERCHANT, "r1", SimStatus.F, null))
        .hasMessageContaining("already S");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/sandbox/faults; {\"script\":\"boom\"}; \"boom\" at column 1",
        "/sandbox/faults; {}; script is required",
        "/sandbox/faults; {\"script\":\"ok\",\"time\":1}; unknown member time",
        "/sandbox/faults; {\"script\":\"ok\",\"times\":0}; from 1",
        "/sandbox/faults; {\"script\":\"ok\",\"match\":{\"id\":\"x\"}}; match.id",
        "/sandbox/faults; {; malformed JSON",
        "/sandbox/settings; {\"latency\":1}; unknown setting latency",
        "/sandbox/settings; {\"capacity\":-1}; capacity must be",
        "/sandbox/settings; {\"idempotency\":\"NONE\"}; first-result, c06 or none",
        "/sandbox/settle; {\"as\":\"P\"}; as must be S, F or C"
      })
  void a_fault_in_a_control_body_is_said_plainly(String path, String body, String expected) {
    HttpResponse<String> response =
        client.send(client.request(path).POST(BodyPublishers.ofString(body)));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"C02\"").contains(expected.replace("\"", "\\\""));
  }

  @Test
  void unknown_control_paths_point_to_the_list() {
    assertThat(client.send(client.request("/sandbox/nothing")).statusCode()).isEqualTo(404);
    assertThat(client.get("/sandbox")).isNotEmpty();
  }

  @Test
  void a_body_beyond_the_limit_is_413() {
    String body = " ".repeat(2 << 20);

    assertThat(client
            .send(client.request(SALE).POST(BodyPublishers.ofString(body)))
            .statusCode())
        .isEqualTo(413);
  }

  @Test
  void a_taken_port_is_an_error() {
    var taken = SandboxOptions.defaults().withPort(client.platform.actualPort());

    assertThatThrownBy(() -> SandboxClient.open(taken))
        .hasRootCauseInstanceOf(java.net.BindException.class);
  }
}
