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

  private final SandboxClient till = SandboxClient.open();

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void charges_and_copies_are_shown_by_HTTP() {
    till.sell(sale("order-1", "r1", 100));
    till.sell(sale("order-2", "r2", 200));

    JsonNode charges = till.get("/sandbox/charges?order=order-2&merchantId=" + MERCHANT);
    assertThat(charges).hasSize(1);
    assertThat(charges.at("/0/amount").asLong()).isEqualTo(200);
    assertThat(till.get("/sandbox/charges?merchantId=other")).isEmpty();
    assertThat(till.get("/sandbox/copies?transactionRequestId=r1")).hasSize(1);
    assertThat(till.get("/sandbox/copies")).hasSize(2);
  }

  @Test
  void a_reset_forgets_everything() {
    till.sell(sale("order-1", "r1", 100));
    till.platform.fault(FaultMatch.any(), "E01");
    till.platform.settings("idempotency", "c06");

    till.delete("/sandbox");

    assertThat(till.platform.charges().all()).isEmpty();
    assertThat(till.platform.copies().all()).isEmpty();
    assertThat(till.platform.settings().idempotency()).isEqualTo(Idempotency.FIRST_RESULT);
    assertThat(status(till.sell(sale("order-1", "r1", 100)))).isEqualTo("S");
  }

  @Test
  void a_fault_strikes_what_it_matches_and_so_often() {
    till.post(
        "/sandbox/faults",
        "{\"match\":{\"path\":\"/checkout/sale\"},\"script\":\"E02 after charge\",\"times\":2}");

    assertThat(code(till.sell(sale("order-1", "r1", 100)))).isEqualTo("0");
    assertThat(code(till.post(CHECKOUT, checkout("order-2", "r2", 100)))).isEqualTo("E02");
    assertThat(code(till.post(CHECKOUT, checkout("order-2", "r2", 100)))).isEqualTo("E02");
    assertThat(code(till.post(CHECKOUT, checkout("order-2", "r2", 100)))).isEqualTo("0");
    assertThat(till.platform.charges().of(MERCHANT, "order-2")).hasSize(1);
    assertThat(till.get("/sandbox/faults").at("/0/struck").asInt()).isEqualTo(2);
  }

  @Test
  void faults_can_be_taken_away() {
    till.platform.fault(FaultMatch.order("order-1"), "E01");
    assertThat(code(till.sell(sale("order-1", "r1", 100)))).isEqualTo("E01");
    assertThat(code(till.sell(sale("order-2", "r2", 100)))).isEqualTo("0");

    till.delete("/sandbox/faults");

    assertThat(code(till.sell(sale("order-1", "r1", 100)))).isEqualTo("0");
  }

  @Test
  void a_fault_on_payments_leaves_queries_alone_unless_it_names_them() {
    till.platform.fault(FaultMatch.order("order-1"), "E02 after charge, query: C12 1x");
    till.sell(sale("order-1", "r1", 100));

    assertThat(code(till.query("r1"))).isEqualTo("C12");
    assertThat(status(till.query("r1"))).isEqualTo("S");

    till.platform.fault(FaultMatch.path("/v1/transaction/query"), "E01 2x, ok");
    assertThat(code(till.query("r1"))).isEqualTo("E01");
    assertThat(code(till.query("r1"))).isEqualTo("E01");
    assertThat(status(till.query("r1"))).isEqualTo("S");
  }

  @Test
  void a_fault_goes_before_a_directive_and_does_not_use_it_up() {
    till.platform.fault(FaultMatch.merchant(MERCHANT), "E03", 1);

    assertThat(code(till.sell(sale("order-1", "r1", 100, "C08, then ok")))).isEqualTo("E03");
    assertThat(code(till.sell(sale("order-1", "r1", 100, "C08, then ok")))).isEqualTo("C08");
    assertThat(code(till.sell(sale("order-1", "r1", 100, "C08, then ok")))).isEqualTo("0");
  }

  @Test
  void a_fault_of_queries_only_leaves_payments_alone() {
    till.platform.fault(FaultMatch.path("/v1/transaction/query"), "query: E01 1x");
    till.platform.fault(FaultMatch.any(), "query: C12 1x");

    assertThat(code(till.sell(sale("order-1", "r1", 100, "C08, then ok")))).isEqualTo("C08");
    assertThat(code(till.sell(sale("order-1", "r1", 100, "C08, then ok")))).isEqualTo("0");
    assertThat(code(till.query("r1"))).isEqualTo("E01");
    assertThat(code(till.query("r1"))).isEqualTo("C12");
    assertThat(code(till.query("r1"))).isEqualTo("0");
  }

  @Test
  void settings_change_by_HTTP_and_keys_are_not_shown() {
    JsonNode shown =
        till.post("/sandbox/settings", "{\"idempotency\":\"none\",\"queryLagMillis\":1}");

    assertThat(shown.path("idempotency").asText()).isEqualTo("none");
    assertThat(till.platform.settings().queryLagMillis()).isEqualTo(1);
    assertThat(till.get("/sandbox/settings").toString()).doesNotContain("sk_test");
  }

  @Test
  void an_unfinished_payment_is_ended_by_hand() {
    till.sell(sale("order-1", "r1", 100, "pending"));

    till.post(
        "/sandbox/settle",
        Json.object()
            .put("merchantId", MERCHANT)
            .put("transactionRequestId", "r1")
            .put("as", "S"));

    assertThat(status(till.query("r1"))).isEqualTo("S");
    assertThat(till.platform.charges().ofRequest(MERCHANT, "r1")).hasSize(1);
    assertThatThrownBy(() -> till.platform.settle(MERCHANT, "r1", SimStatus.F, null))
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
        till.send(till.request(path).POST(BodyPublishers.ofString(body)));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"C02\"").contains(expected.replace("\"", "\\\""));
  }

  @Test
  void unknown_control_paths_point_to_the_list() {
    assertThat(till.send(till.request("/sandbox/nothing")).statusCode()).isEqualTo(404);
    assertThat(till.get("/sandbox")).isNotEmpty();
  }

  @Test
  void a_body_beyond_the_limit_is_413() {
    String body = " ".repeat(2 << 20);

    assertThat(till.send(till.request(SALE).POST(BodyPublishers.ofString(body))).statusCode())
        .isEqualTo(413);
  }

  @Test
  void a_taken_port_is_an_error() {
    var taken = SandboxOptions.defaults().withPort(till.platform.actualPort());

    assertThatThrownBy(() -> SandboxClient.open(taken))
        .hasRootCauseInstanceOf(java.net.BindException.class);
  }
}
