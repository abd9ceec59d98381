package io.payonce.sandbox.http;

import static io.payonce.sandbox.http.SandboxClient.CHECKOUT;
import static io.payonce.sandbox.http.SandboxClient.MERCHANT;
import static io.payonce.sandbox.http.SandboxClient.checkout;
import static io.payonce.sandbox.http.SandboxClient.code;
import static io.payonce.sandbox.http.SandboxClient.followUp;
import static io.payonce.sandbox.http.SandboxClient.sale;
import static io.payonce.sandbox.http.SandboxClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.bank.Charge;
import io.payonce.sandbox.bank.Charges;
import io.payonce.sandbox.request.Json;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can be done to an earlier transaction, sessions, settlement and master data. */
class SandboxFollowUpTest {

  private final SandboxClient client = SandboxClient.open();

  @AfterEach
  void close() {
    client.close();
  }

  private Charges charges() {
    return client.platform.charges();
  }

  private JsonNode relation(String requestId) {
    return client.query(requestId).at("/data/relatedTransactionStatus");
  }

  @Test
  void refunds_are_partial_until_the_rest_is_used_up_then_C15() {
    client.sell(sale("order-1", "r1", 100));

    JsonNode answer = client.inPerson("refund", followUp("f1", "r1", 60));
    assertThat(status(answer)).isEqualTo("S");
    assertThat(answer.at("/data/originalTransactionRequestId").asText()).isEqualTo("r1");
    assertThat(relation("r1").asText()).isEqualTo("PART_REFUNDED");
    assertThat(code(client.inPerson("refund", followUp("f2", "r1", 41)))).isEqualTo("C15");
    assertThat(code(client.inPerson("refund", followUp("f1", "r1", 60)))).isEqualTo("0");
    assertThat(code(client.post("/v1/checkout/refund", followUp("f3", "r1")))).isEqualTo("0");
    assertThat(relation("r1").asText()).isEqualTo("REFUNDED");
    assertThat(code(client.inPerson("refund", followUp("f4", "r1", 1)))).isEqualTo("C15");
    assertThat(charges().of(MERCHANT, "order-1"))
        .extracting(Charge::type, Charge::amount)
        .containsExactly(tuple("SALE", 100L), tuple("REFUND", 60L), tuple("REFUND", 40L));
  }

  @Test
  void an_online_refund_shows_the_whole_story() {
    String original = client
        .post(CHECKOUT, checkout("order-1", "r1", 100))
        .at("/data/transactionId")
        .asText();

    JsonNode answer = client.post("/v1/checkout/refund", followUp("f1", "r1", 30));

    assertThat(answer.at("/data/originalTransactionId").asText()).isEqualTo(original);
    assertThat(answer.at("/data/transactionType").asText()).isEqualTo("REFUND");
    assertThat(answer.at("/data/amount/transAmount").asLong()).isEqualTo(30);
    assertThat(answer.at("/data/completeTime").asText()).isNotEmpty();
  }

  @Test
  void an_unreferenced_refund_has_an_order_of_its_own() {
    ObjectNode body = sale("order-9", "f1", 50);

    assertThat(status(client.inPerson("refund", body))).isEqualTo("S");
    assertThat(charges().of(MERCHANT, "order-9"))
        .extracting(Charge::type)
        .containsExactly("REFUND");
    assertThat(code(client.sell(sale("order-9", "r1", 50)))).isEqualTo("0");
  }

  @Test
  void an_unknown_original_is_C12_and_a_failed_one_C24() {
    assertThat(code(client.inPerson("void", followUp("v1", "nobody")))).isEqualTo("C12");
    assertThat(code(client.inPerson("refund", followUp("f1", "nobody", 1)))).isEqualTo("C12");
    assertThat(code(client.inPerson("abort", followUp("a1", "nobody")))).isEqualTo("C12");

    client.sell(sale("order-1", "r1", 9734));
    client.sell(sale("order-2", "r2", 100, "pending"));
    for (String original : new String[] {"r1", "r2"}) {
      assertThat(code(client.inPerson("void", followUp("v1", original)))).isEqualTo("C24");
      assertThat(code(client.inPerson("refund", followUp("f1", original, 1)))).isEqualTo("C24");
    }
    assertThat(charges().all()).isEmpty();
  }

  @Test
  void a_void_is_for_the_same_day_and_only_once() {
    client.sell(sale("order-1", "r1", 100));
    client.sell(sale("order-2", "r2", 100));

    assertThat(status(client.inPerson("void", followUp("v1", "r1")))).isEqualTo("S");
    assertThat(relation("r1").asText()).isEqualTo("VOIDED");
    assertThat(code(client.inPerson("void", followUp("v2", "r1")))).isEqualTo("C24");
    assertThat(code(client.inPerson("refund", followUp("f1", "r1", 1)))).isEqualTo("C24");
    assertThat(code(client.sell(sale("order-1", "r3", 100)))).isEqualTo("0");
    client.clock.addAndGet(86_400_000);
    assertThat(code(client.inPerson("void", followUp("v3", "r2")))).isEqualTo("C24");
  }

  @Test
  void a_hold_is_raised_and_captured_once() {
    client.inPerson("auth", sale("order-1", "r1", 100));

    assertThat(code(client.inPerson("refund", followUp("f1", "r1", 1)))).isEqualTo("C24");
    assertThat(status(client.inPerson("incremental-auth", followUp("i1", "r1", 20))))
        .isEqualTo("S");
    assertThat(status(client.inPerson("post-auth", followUp("p1", "r1", 120)))).isEqualTo("S");
    assertThat(relation("r1").asText()).isEqualTo("CAPTURE");
    assertThat(code(client.inPerson("post-auth", followUp("p2", "r1", 120)))).isEqualTo("C24");
    assertThat(status(client.inPerson("refund", followUp("f1", "p1", 20)))).isEqualTo("S");
    assertThat(charges().of(MERCHANT, "order-1"))
        .extracting(Charge::type)
        .containsExactly("AUTH", "INCREMENTAL", "POST_AUTH", "REFUND");
  }

  @Test
  void an_abort_closes_what_is_unpaid_and_it_stays_closed() {
    client.sell(sale("order-1", "r1", 100, "terminal 2s"));

    JsonNode answer = client.inPerson("abort", followUp("a1", "r1"));
    assertThat(status(answer)).isEqualTo("C");
    client.clock.addAndGet(2_000);
    assertThat(status(client.query("r1"))).isEqualTo("C");
    assertThat(charges().all()).isEmpty();
    assertThat(code(client.inPerson("abort", followUp("a1", "r1")))).isEqualTo("0");

    client.sell(sale("order-2", "r2", 100));
    assertThat(code(client.inPerson("abort", followUp("a2", "r2")))).isEqualTo("C24");
  }

  @Test
  void an_abort_stops_a_payment_that_is_executing() {
    var slow = client.sellSoon(sale("order-1", "r1", 100, "slow 10ms"));
    await().until(() -> !code(client.query("r1")).equals("C12"));

    assertThat(status(client.inPerson("abort", followUp("a1", "r1")))).isEqualTo("C");

    client.clock.addAndGet(10);
    assertThat(status(slow.join())).isEqualTo("C");
    assertThat(charges().all()).isEmpty();
  }

  @Test
  void a_tip_is_set_not_added() {
    client.sell(sale("order-1", "r1", 100));
    for (int i = 0; i < 2; i++) {
      JsonNode answer = client.inPerson("tip-adjust", followUp("t1", "r1").put("tipAmount", 20));
      assertThat(answer.at("/data/tipAmount").asLong()).isEqualTo(20);
      assertThat(answer.path("data").has("transactionStatus")).isFalse();
    }

    assertThat(client.query("r1").at("/data/amount/transAmount").asLong()).isEqualTo(120);
    assertThat(charges().all()).extracting(Charge::type).containsExactly("SALE", "TIP_ADJUST");
  }

  @Test
  void a_session_is_paid_on_its_page_once() {
    JsonNode answer = client.post("/v1/checkout/create-session", sale("order-1", "r1", 100));
    String url = answer.at("/data/checkoutUrl").asText();
    assertThat(client
            .post("/v1/checkout/create-session", sale("order-1", "r1", 100))
            .get("data"))
        .isEqualTo(answer.get("data"));
    assertThat(status(client.query("r1"))).isEqualTo("I");
    assertThat(charges().all()).isEmpty();

    String path = url.substring(client.platform.baseUrl().length());
    assertThat(client.send(client.request(path)).body()).contains("<button>");
    assertThat(client.send(client.request(path).POST(BodyPublishers.noBody())).statusCode())
        .isEqualTo(200);
    assertThat(client.send(client.request(path).POST(BodyPublishers.noBody())).statusCode())
        .isEqualTo(400);

    assertThat(status(client.query("r1"))).isEqualTo("S");
    assertThat(charges().of(MERCHANT, "order-1")).hasSize(1);
  }

  @Test
  void a_session_ends_early_or_after_half_an_hour() {
    ObjectNode expire = Json.object().put("appId", "app_1").put("merchantId", MERCHANT);
    JsonNode answer = client.post("/v1/checkout/create-session", sale("order-1", "r1", 100));
    expire.put("sessionId", answer.at("/data/sessionId").asText());
    client.post("/v1/checkout/create-session", sale("order-2", "r2", 100));

    for (int i = 0; i < 2; i++) {
      assertThat(client
              .post("/v1/checkout/expire-session", expire)
              .at("/data/sessionStatus")
              .asText())
          .isEqualTo("EXPIRED");
    }
    assertThat(status(client.query("r1"))).isEqualTo("C");
    assertThat(status(client.query("r2"))).isEqualTo("I");
    client.clock.addAndGet(1_800_000);
    assertThat(status(client.query("r2"))).isEqualTo("C");
    assertThat(code(client.post("/v1/checkout/expire-session", expire.put("sessionId", "no"))))
        .isEqualTo("C12");
  }

  @Test
  void a_batch_is_counted_then_closed_once() {
    client.sell(sale("order-1", "r1", 100));
    client.sell(sale("order-2", "r2", 300));
    client.inPerson("refund", followUp("f1", "r2", 50));
    String terminal = "appId=a&merchantId=" + MERCHANT + "&terminalSn=SBX0000001";
    ObjectNode close = followUp("b1", "").put("channelCode", "SANDBOX");

    JsonNode open = client.get("/v1/settlement/batch-query?" + terminal).at("/data/batchList/0");
    assertThat(open.path("totalCount").asInt()).isEqualTo(3);
    assertThat(open.path("netAmount").asLong()).isEqualTo(350);
    assertThat(client.post("/v1/settlement/batch-query", close).at("/data/batchList/0"))
        .isEqualTo(open);

    JsonNode closed = client.post("/v1/settlement/batch-close", close);
    assertThat(closed.at("/data/netAmount").asLong()).isEqualTo(350);
    assertThat(client.post("/v1/settlement/batch-close", close).get("data"))
        .isEqualTo(closed.get("data"));
    assertThat(client.get("/v1/settlement/batch-query?" + terminal).at("/data/batchList"))
        .isEmpty();
    assertThat(client.get("/v1/settlement/batch-close-list?" + terminal).at("/data/batchCloseList"))
        .hasSize(1);
    assertThat(code(client.inPerson("void", followUp("v1", "r1")))).isEqualTo("C24");
    assertThat(charges().of(MERCHANT, "SBX0000001/SANDBOX")).hasSize(1);
  }

  @Test
  void master_data_is_there() {
    String who = "?appId=a&merchantId=" + MERCHANT;

    assertThat(client.get("/v1/merchant/query" + who).at("/data/status").asText())
        .isEqualTo("Y");
    assertThat(client.get("/v1/merchant/terminals/query" + who).at("/data/terminals"))
        .hasSize(2);
  }
}
