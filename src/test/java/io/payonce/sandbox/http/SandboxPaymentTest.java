package io.payonce.sandbox.http;

import static io.payonce.sandbox.http.SandboxClient.CHECKOUT;
import static io.payonce.sandbox.http.SandboxClient.MERCHANT;
import static io.payonce.sandbox.http.SandboxClient.checkout;
import static io.payonce.sandbox.http.SandboxClient.code;
import static io.payonce.sandbox.http.SandboxClient.sale;
import static io.payonce.sandbox.http.SandboxClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.bank.Charge;
import io.payonce.sandbox.bank.Charges;
import io.payonce.sandbox.bank.Views;
import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.SimOperation;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payments, their repeats, their waiting and their test amounts. */
class SandboxPaymentTest {

  private final SandboxClient client = SandboxClient.open();

  @AfterEach
  void close() {
    client.close();
  }

  private Charges charges() {
    return client.platform.charges();
  }

  @Test
  void a_sale_is_charged_once_and_found_by_query() {
    JsonNode answer = client.sell(sale("order-1", "r1", 100).put("attach", "table 4"));

    assertThat(answer.properties().stream().map(Map.Entry::getKey))
        .containsExactly("code", "msg", "traceId", "data");
    assertThat(answer.get("code").isTextual()).isTrue();
    assertThat(answer.get("data").properties().stream().map(Map.Entry::getKey))
        .startsWith(
            "transactionId", "referenceOrderId", "transactionRequestId", "transactionStatus");
    assertThat(status(answer)).isEqualTo("S");
    assertThat(charges().all())
        .containsExactly(new Charge(
            "SALE",
            MERCHANT,
            "order-1",
            "r1",
            answer.at("/data/transactionId").asText(),
            100,
            "USD",
            client.clock.get()));

    JsonNode found = client.query("r1");
    assertThat(status(found)).isEqualTo("S");
    assertThat(found.at("/data/amount/transAmount").asLong()).isEqualTo(100);
    assertThat(found.at("/data/attach").asText()).isEqualTo("table 4");
    assertThat(found.at("/data/transactionResultCode").asText()).isEqualTo("000");
    assertThat(code(client.query("r2"))).isEqualTo("C12");
  }

  @ParameterizedTest
  @CsvSource({"auth,AUTH", "forced-auth,FORCED_AUTH", "sale,SALE"})
  void each_kind_of_payment_has_its_type(String call, String type) {
    assertThat(status(client.inPerson(call, sale("order-1", "r1", 100)))).isEqualTo("S");
    assertThat(charges().of(MERCHANT, "order-1")).extracting(Charge::type).containsExactly(type);
  }

  @Test
  void no_card_data_is_shown_or_kept() {
    client.post(CHECKOUT, checkout("order-1", "r1", 100));

    assertThat(client.query("r1").toString()).doesNotContain("not-a-card");
    assertThat(client.get("/sandbox/requests").toString()).doesNotContain("not-a-card");
    Call call = new Call(SimOperation.CHECKOUT_SALE, checkout("order-1", "r1", 100));
    assertThat(call.remembered().fields().toString()).doesNotContain("not-a-card");
  }

  @Test
  void a_repeat_gets_the_first_result_and_another_transaction_under_its_id_C06() {
    JsonNode first = client.sell(sale("order-1", "r1", 100));

    assertThat(client.sell(sale("order-1", "r1", 100)).get("data")).isEqualTo(first.get("data"));
    assertThat(code(client.sell(sale("order-1", "r1", 101)))).isEqualTo("C06");
    assertThat(code(client.sell(sale("order-2", "r1", 100)))).isEqualTo("C06");
    assertThat(charges().all()).hasSize(1);
  }

  @Test
  void a_repeat_is_refused_or_executed_again_in_the_other_modes() {
    client.sell(sale("order-1", "r1", 100));
    client.platform.settings("idempotency", "c06");
    assertThat(code(client.sell(sale("order-1", "r1", 100)))).isEqualTo("C06");
    assertThat(charges().all()).hasSize(1);

    client.platform.settings("idempotency", "none");
    assertThat(code(client.sell(sale("order-1", "r1", 100)))).isEqualTo("C10");
    client.platform.settings("refusePaidOrder", false);
    assertThat(code(client.sell(sale("order-1", "r1", 100)))).isEqualTo("0");
    assertThat(charges().ofRequest(MERCHANT, "r1")).hasSize(2);
  }

  @Test
  void a_paid_order_is_C10_for_another_id_unless_switched_off() {
    client.sell(sale("order-1", "r1", 100));

    assertThat(code(client.sell(sale("order-1", "r2", 100)))).isEqualTo("C10");
    assertThat(code(client.post(CHECKOUT, checkout("order-1", "r3", 100)))).isEqualTo("C10");
    client.platform.settings("refusePaidOrder", false);
    assertThat(code(client.sell(sale("order-1", "r2", 100)))).isEqualTo("0");
    assertThat(charges().of(MERCHANT, "order-1")).hasSize(2);
  }

  @Test
  void an_order_that_is_executing_is_C08_for_all() {
    CompletableFuture<JsonNode> slow = client.sellSoon(sale("order-1", "r1", 100, "slow 10ms"));
    await().until(() -> !code(client.query("r1")).equals("C12"));

    assertThat(status(client.query("r1"))).isEqualTo("P");
    assertThat(code(client.sell(sale("order-1", "r2", 100)))).isEqualTo("C08");
    assertThat(code(client.sell(sale("order-1", "r1", 100, "slow 10ms")))).isEqualTo("C08");
    assertThat(code(client.sell(sale("order-2", "r9", 100)))).isEqualTo("0");
    client.clock.addAndGet(10);
    assertThat(status(slow.join())).isEqualTo("S");
    assertThat(charges().of(MERCHANT, "order-1")).hasSize(1);
  }

  @Test
  void a_crowd_on_one_order_makes_one_charge() {
    client.letTimeRun();
    client.platform.settings("latencyMillis", 5);
    CompletableFuture<?>[] crowd = new CompletableFuture<?>[64];
    for (int i = 0; i < crowd.length; i++) {
      crowd[i] = client.sellSoon(sale("order-1", "r" + i % 8, 100));
    }
    CompletableFuture.allOf(crowd).join();

    assertThat(charges().of(MERCHANT, "order-1")).hasSize(1);
    assertThat(client.platform.sends().ofOrder(MERCHANT, "order-1")).hasSize(64);
  }

  @Test
  void what_a_reset_forgot_is_not_charged_afterwards() {
    CompletableFuture<JsonNode> slow = client.sellSoon(sale("order-1", "r1", 100, "slow 10ms"));
    await().until(() -> !code(client.query("r1")).equals("C12"));

    client.platform.reset();
    client.clock.addAndGet(10);
    slow.join();

    assertThat(charges().all()).isEmpty();
  }

  @Test
  void an_order_that_waits_for_its_customer_is_C08_for_another_id() {
    client.sell(sale("order-1", "r1", 100, "pending"));

    assertThat(code(client.sell(sale("order-1", "r2", 100)))).isEqualTo("C08");
    assertThat(status(client.sell(sale("order-1", "r1", 100, "pending")))).isEqualTo("P");
    client.platform.settings("refuseLockedOrder", false);
    assertThat(code(client.sell(sale("order-1", "r2", 100)))).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "9823,005",
    "9734,051",
    "9651,054",
    "9542,014",
    "9467,062",
    "9318,061",
    "9276,0N7",
    "9185,041",
    "9094,043",
    "8917,001"
  })
  void a_test_amount_is_declined_with_its_result_code(long amount, String resultCode) {
    JsonNode answer = client.sell(sale("order-1", "r1", amount));

    assertThat(code(answer)).isEqualTo("0");
    assertThat(status(answer)).isEqualTo("F");
    assertThat(answer.at("/data/transactionResultCode").asText()).isEqualTo(resultCode);
    assertThat(client.query("r1").at("/data/transactionResultCode").asText()).isEqualTo(resultCode);
    assertThat(charges().all()).isEmpty();
  }

  @Test
  void the_channel_timeout_is_P01_then_P_then_settles() {
    assertThat(code(client.sell(sale("order-1", "r1", 7629)))).isEqualTo("P01");
    assertThat(status(client.query("r1"))).isEqualTo("P");
    assertThat(charges().all()).isEmpty();

    client.clock.addAndGet(3_000);

    assertThat(charges().all()).hasSize(1);
    assertThat(status(client.query("r1"))).isEqualTo("S");
  }

  @Test
  void a_terminal_takes_its_time_when_its_script_says_so() {
    client.platform.settings("terminalDelayMillis", 2_000);
    assertThat(status(client.sell(sale("order-1", "r1", 100)))).isEqualTo("I");
    assertThat(status(client.post(CHECKOUT, checkout("order-2", "r2", 100)))).isEqualTo("S");

    client.clock.addAndGet(1_000);
    assertThat(status(client.query("r1"))).isEqualTo("P");
    client.clock.addAndGet(1_000);
    assertThat(status(client.query("r1"))).isEqualTo("S");
  }

  @Test
  void a_terminal_still_declines_a_test_amount() {
    client.platform.settings("terminalDelayMillis", 2_000);
    client.sell(sale("order-1", "r1", 9734));
    client.clock.addAndGet(2_000);

    assertThat(status(client.query("r1"))).isEqualTo("F");
  }

  @Test
  void an_unpaid_transaction_closes_at_its_expiry() {
    String expiry = Views.time(client.clock.get() + 180_000);
    client.sell(sale("order-1", "r1", 100, "pending").put("timeExpire", expiry));
    client.sell(sale("order-2", "r2", 100, "pending"));

    client.clock.addAndGet(180_000);
    assertThat(status(client.query("r1"))).isEqualTo("C");
    assertThat(status(client.query("r2"))).isEqualTo("P");
    client.clock.addAndGet(86_400_000);
    assertThat(status(client.query("r2"))).isEqualTo("C");
    assertThat(charges().all()).isEmpty();
    ObjectNode wrong = sale("order-3", "r3", 100).put("timeExpire", "tomorrow");
    assertThat(code(client.sell(wrong))).isEqualTo("C17");
  }

  @Test
  void queries_lag_behind_when_their_script_says_so() {
    client.platform.settings("queryLagMillis", 2_000);
    client.sell(sale("order-1", "r1", 100));

    assertThat(code(client.query("r1"))).isEqualTo("C12");
    client.clock.addAndGet(2_000);
    assertThat(status(client.query("r1"))).isEqualTo("S");
  }

  @Test
  void a_full_platform_lets_calls_wait_in_line() {
    client.platform.settings("capacity", 1);
    client.letTimeRun();
    client.platform.settings("latencyMillis", 20);
    CompletableFuture<?>[] all = new CompletableFuture<?>[5];
    for (int i = 0; i < all.length; i++) {
      all[i] = client.sellSoon(sale("order-" + i, "r" + i, 100));
    }
    CompletableFuture.allOf(all).join();

    assertThat(charges().all()).hasSize(5);
    assertThat(charges().all().stream().map(Charge::transactionId).distinct()).hasSize(5);
  }
}
