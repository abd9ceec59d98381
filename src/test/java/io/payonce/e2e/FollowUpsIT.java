package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Voids and refunds beside sales of one order, on two pods; the platform's guards on and off. */
class FollowUpsIT {
  private static final String VOID = "/v1/semi-integration/transaction/void";
  private static final String REFUND = "/v1/semi-integration/transaction/refund";
  private static TestPod testPod;

  @BeforeAll
  static void open() {
    testPod = new TestPod(Map.of(), 2);
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  private static void guards(boolean on) {
    testPod.platform().settings("refusePaidOrder", on);
    testPod.platform().settings("refuseLockedOrder", on);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_void_and_a_whole_refund_give_the_order_back(boolean guarded) {
    guards(guarded);
    Scenario first = Scenario.of(testPod, null);
    assertThat(first.pay().isPaid()).isTrue();
    Got refused = first.rival().pay();
    assertThat(refused.code()).isEqualTo("C10");
    assertThat(refused.json().getJsonObject("data").getString("transactionRequestId"))
        .isEqualTo(first.id());
    assertThat(follow(1, VOID, first.id(), 0).isPaid()).isTrue();
    Scenario second = first.rival();
    assertThat(second.pay().isPaid()).isTrue();
    assertThat(follow(1, REFUND, second.id(), 1999).isPaid()).isTrue();
    if (!guarded) { // the platform itself goes on refusing an order whose payment was refunded
      Got next = first.rival().pay();
      assertThat(next.isPaid()).as(next.body()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_void_of_a_sale_in_doubt_is_not_answered_as_unfounded_and_ends_its_sends(boolean guarded) {
    guards(guarded);
    Scenario sale = Scenario.of(testPod, "E02 after charge and pending 2s");
    CompletableFuture<Got> paying = CompletableFuture.supplyAsync(sale::pay);
    TestPod.until(() -> !sale.sends().isEmpty());
    Got answered = follow(1, VOID, sale.id(), 0);
    assertThat(answered.code()).as(answered.body()).isIn("0", "C08");
    TestPod.until(() -> follow(0, VOID, sale.id(), 0).isPaid() || answered.isPaid());
    assertThat(paying.join().isPaid()).isTrue();
    sale.copied(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_refund_of_an_unpaid_sale_is_refused_and_not_sent(boolean guarded) {
    guards(guarded);
    Scenario sale = Scenario.of(testPod, "decline 51");
    assertThat(sale.pay().outcome()).isEqualTo("F");
    Got answered = follow(0, REFUND, sale.id(), 1999);
    assertThat(answered.code()).as(answered.body()).isEqualTo("C24");
    assertThat(answered.header("Payonce-Sent")).isEqualTo("no");
  }

  private static Got follow(int pod, String path, String original, int amount) {
    JsonObject body = new JsonObject()
        .put("appId", "app1")
        .put("merchantId", Caller.MERCHANT)
        .put("transactionRequestId", "follow-" + System.nanoTime())
        .put("originalTransactionRequestId", original)
        .put("description", "a return")
        .put("terminalSn", "T1");
    if (amount > 0) {
      body.put("amount", new JsonObject().put("orderAmount", amount).put("priceCurrency", "USD"));
    }
    return testPod.caller(pod).post(path, body.encode());
  }
}
