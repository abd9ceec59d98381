package io.payonce.sandbox.http;

import static io.payonce.sandbox.http.SandboxClient.CHECKOUT;
import static io.payonce.sandbox.http.SandboxClient.MERCHANT;
import static io.payonce.sandbox.http.SandboxClient.SALE;
import static io.payonce.sandbox.http.SandboxClient.checkout;
import static io.payonce.sandbox.http.SandboxClient.code;
import static io.payonce.sandbox.http.SandboxClient.followUp;
import static io.payonce.sandbox.http.SandboxClient.sale;
import static io.payonce.sandbox.http.SandboxClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults by a directive in the body. */
@Execution(ExecutionMode.CONCURRENT)
class SandboxFaultTest {

  private final SandboxClient client = SandboxClient.open();

  @AfterEach
  void close() {
    client.close();
  }

  private int charged() {
    return client.platform.charges().of(MERCHANT, "order-1").size();
  }

  private HttpResponse<String> sold(String directive) {
    return client.send(client
        .request(SALE)
        .POST(BodyPublishers.ofString(sale("order-1", "r1", 100, directive).toString())));
  }

  @ParameterizedTest
  @CsvSource({
    "E02 before charge, E02, 0",
    "E02 after charge, E02, 1",
    "C08, C08, 0",
    "P01 after charge, P01, 1",
    "X99 after charge, X99, 1",
    "E01, E01, 0"
  })
  void a_code_comes_before_or_after_the_charge(String directive, String code, int charges) {
    assertThat(code(client.sell(sale("order-1", "r1", 100, directive)))).isEqualTo(code);
    assertThat(charged()).isEqualTo(charges);
    assertThat(code(client.query("r1"))).isEqualTo(charges == 1 ? "0" : "C12");
  }

  @Test
  void each_send_takes_its_step_and_the_charge_stays_one() {
    String directive = "E02 after charge, then S04 retry-after 1, then ok";

    assertThat(code(client.sell(sale("order-1", "r1", 100, directive)))).isEqualTo("E02");
    HttpResponse<String> second = sold(directive);
    assertThat(second.body()).contains("\"S04\"");
    assertThat(second.headers().firstValue("Retry-After")).contains("1");
    assertThat(status(client.sell(sale("order-1", "r1", 100, directive)))).isEqualTo("S");
    assertThat(charged()).isEqualTo(1);
    assertThat(client.platform.sends().sent("r1")).hasSize(3);
  }

  @Test
  void a_new_attempt_under_another_id_goes_on_with_the_script() {
    String directive = "E02 and fail, then ok";

    assertThat(code(client.sell(sale("order-1", "r1", 100, directive)))).isEqualTo("E02");
    JsonNode failed = client.query("r1");
    assertThat(status(failed)).isEqualTo("F");
    assertThat(failed.path("data").has("transactionResultCode")).isFalse();
    assertThat(status(client.sell(sale("order-1", "r1-2", 100, directive)))).isEqualTo("S");
    assertThat(charged()).isEqualTo(1);
  }

  @Test
  void silence_never_answers() {
    assertThatThrownBy(() -> client.sellRaw(sale("order-1", "r1", 100, "silent after charge"), 200))
        .isInstanceOf(SocketTimeoutException.class);
    await().untilAsserted(() -> assertThat(charged()).isEqualTo(1));
    assertThatThrownBy(
            () -> client.sellRaw(sale("order-2", "r2", 100, "silent before charge"), 200))
        .isInstanceOf(SocketTimeoutException.class);
    await().until(() -> client.platform.sends().sent("r2").size() == 1);
    assertThat(client.platform.charges().of(MERCHANT, "order-2")).isEmpty();
  }

  @Test
  void a_late_charge_comes_after_the_answer() {
    assertThat(code(client.sell(sale("order-1", "r1", 100, "late charge 2s E02"))))
        .isEqualTo("E02");
    assertThat(charged()).isZero();
    assertThat(code(client.query("r1"))).isEqualTo("C12");

    client.clock.addAndGet(2_000);

    assertThat(charged()).isEqualTo(1);
    assertThat(status(client.query("r1"))).isEqualTo("S");
  }

  @Test
  void a_late_charge_without_a_code_is_silent() {
    client.letTimeRun();

    assertThatThrownBy(() -> client.sellRaw(sale("order-1", "r1", 100, "late charge 1ms"), 200))
        .isInstanceOf(SocketTimeoutException.class);
    await().untilAsserted(() -> assertThat(charged()).isEqualTo(1));
  }

  @Test
  void a_late_charge_meets_the_same_guards_as_any_other() {
    client.sell(sale("order-1", "r1", 100, "late charge 2s E02, then ok"));
    client.sell(sale("order-1", "r1", 100, "late charge 2s E02, then ok"));
    client.clock.addAndGet(2_000);

    assertThat(charged()).isEqualTo(1);
  }

  @Test
  void a_cut_answer_announces_more_than_comes() throws IOException {
    String received = client.sellRaw(sale("order-1", "r1", 100, "cut after charge"), 5_000);

    String head = received.substring(0, received.indexOf("\r\n\r\n")).toLowerCase();
    int announced = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
    assertThat(received.length() - head.length() - 4).isEqualTo(announced / 2);
    assertThat(charged()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"reset before charge, 0", "reset after charge, 1"})
  void a_reset_is_a_TCP_reset(String directive, int charges) {
    assertThatThrownBy(() -> client.sellRaw(sale("order-1", "r1", 100, directive), 5_000))
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
    assertThat(charged()).isEqualTo(charges);
  }

  @ParameterizedTest
  @CsvSource({
    "http 503 before charge, 503, <html>, 0",
    "http 503 after charge, 503, <html>, 1",
    "http 500 and E01 after charge, 500, E01, 1",
    "garbage after charge, 200, <html>, 1",
    "empty, 200, '', 1"
  })
  void an_answer_can_be_anything(String directive, int status, String body, int charges) {
    HttpResponse<String> response = sold(directive);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(body);
    assertThat(response.body().isEmpty()).isEqualTo(body.isEmpty());
    assertThat(charged()).isEqualTo(charges);
  }

  @Test
  void a_wrong_answer_names_another_order_and_amount() {
    JsonNode answer = client.sell(sale("order-1", "r1", 100, "wrong order"));

    assertThat(code(answer)).isEqualTo("0");
    assertThat(answer.at("/data/referenceOrderId").asText()).isNotEqualTo("order-1");
    assertThat(answer.at("/data/amount/orderAmount").asLong()).isNotEqualTo(100);
    assertThat(charged()).isEqualTo(1);
  }

  @Test
  void an_answer_can_leave_its_status_out() {
    JsonNode answer =
        client.post(CHECKOUT, checkout("order-1", "r1", 100).put("attach", "sandbox: no status"));

    assertThat(answer.path("data").has("transactionStatus")).isFalse();
    assertThat(answer.path("data").has("transactionId")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "decline 051, F, F, 0",
    "fail, F, F, 0",
    "closed, C, C, 0",
    "pending, P, P, 0",
    "pending 2s then ok, P, S, 1",
    "pending 2s then fail, P, F, 0",
    "pending 2s then closed, P, C, 0",
    "I 2s, I, S, 1",
    "terminal 2s then decline 051, I, F, 0"
  })
  void an_outcome_can_be_chosen(String directive, String first, String last, int charges) {
    assertThat(status(client.sell(sale("order-1", "r1", 100, directive)))).isEqualTo(first);
    assertThat(status(client.query("r1"))).isEqualTo(first);
    client.clock.addAndGet(2_000);
    assertThat(status(client.query("r1"))).isEqualTo(last);
    assertThat(charged()).isEqualTo(charges);
  }

  @Test
  void queries_can_fail_for_a_number_of_times() {
    client.sell(sale("order-1", "r1", 100, "E02 after charge, query: C12 2x, query: E01 1x"));

    assertThat(code(client.query("r1"))).isEqualTo("C12");
    assertThat(code(client.query("r1"))).isEqualTo("C12");
    assertThat(code(client.query("r1"))).isEqualTo("E01");
    assertThat(status(client.query("r1"))).isEqualTo("S");
  }

  @Test
  void queries_can_fail_for_a_time_from_the_first_one_on() {
    client.sell(sale("order-1", "r1", 100, "E02 after charge, query: E01 2s"));
    client.clock.addAndGet(5_000);

    assertThat(code(client.query("r1"))).isEqualTo("E01");
    client.clock.addAndGet(1_999);
    assertThat(code(client.query("r1"))).isEqualTo("E01");
    client.clock.addAndGet(1);
    assertThat(status(client.query("r1"))).isEqualTo("S");
  }

  @Test
  void queries_can_show_the_past() {
    client.sell(sale("order-1", "r1", 100, "pending 1s then ok, query: lag 2s"));

    assertThat(code(client.query("r1"))).isEqualTo("C12");
    client.clock.addAndGet(2_000);
    assertThat(status(client.query("r1"))).isEqualTo("P");
    client.clock.addAndGet(1_000);
    assertThat(status(client.query("r1"))).isEqualTo("S");
  }

  @Test
  void queries_can_go_unanswered() {
    client.sell(sale("order-1", "r1", 100, "E02 after charge, query: silent 1x"));
    var query = client
        .request(
            "/v1/transaction/query?appId=a&merchantId=" + MERCHANT + "&transactionRequestId=r1")
        .timeout(Duration.ofSeconds(2));

    assertThatThrownBy(() -> client.send(query)).hasCauseInstanceOf(HttpTimeoutException.class);
    assertThat(status(client.query("r1"))).isEqualTo("S");
  }

  @Test
  void queries_fail_also_for_a_payment_that_never_was() {
    client.sell(sale("order-1", "r1", 100, "E02 before charge, query: E03 1x"));

    assertThat(code(client.query("r1"))).isEqualTo("E03");
    assertThat(code(client.query("r1"))).isEqualTo("C12");
  }

  @Test
  void a_follow_up_takes_directives_too() {
    client.sell(sale("order-1", "r1", 100));
    String directive = "sandbox: E02 after charge, then ok";

    JsonNode first = client.inPerson("void", followUp("v1", "r1").put("attach", directive));
    JsonNode second = client.inPerson("void", followUp("v1", "r1").put("attach", directive));

    assertThat(code(first)).isEqualTo("E02");
    assertThat(status(second)).isEqualTo("S");
    assertThat(client.platform.charges().ofRequest(MERCHANT, "v1")).hasSize(1);
  }

  @Test
  void a_directive_that_cannot_be_read_is_C02_and_charges_nothing() {
    JsonNode answer = client.sell(sale("order-1", "r1", 100, "E02 after chrage"));

    assertThat(code(answer)).isEqualTo("C02");
    assertThat(answer.path("msg").asText()).contains("attach", "chrage", "column");
    assertThat(charged()).isZero();
  }
}
