package io.payonce.e2e;

import static io.payonce.e2e.Scripted.code;
import static io.payonce.e2e.Scripted.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.logs.Logs;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A platform that answers as scripted, over real sockets: late, about others, with less money. */
class StrangeAnswersIT {
  private static final String PARTLY = "\"orderAmount\":600,\"priceCurrency\":\"USD\"";
  private static Scripted platform;
  private static TestPod testPod;

  @BeforeAll
  static void open() {
    platform = new Scripted();
    testPod = new TestPod(Map.of(
        "upstream.baseUrl",
        platform.url(),
        // Of an open payment the platform is asked ten times as seldom.
        "recovery.maxDelayMs",
        "50"));
  }

  @AfterAll
  static void close() {
    testPod.close();
    platform.close();
  }

  private static void untilAskedAgain(String id) {
    int before = platform.asked(id);
    TestPod.until(() -> platform.asked(id) > before);
  }

  private static void untilState(String id, String state) {
    TestPod.until(() -> state.equals(testPod.operator().state(id)));
  }

  private static Got pay(String id, String order, String... headers) {
    return testPod.patiently(() -> testPod.caller().pay(Caller.sale(order, id), headers));
  }

  /** Whose answer is not waited for: it will not be known soon. */
  private static Got payInDoubt(String id, String order) {
    return pay(id, order, "Prefer", "wait=1");
  }

  @Test
  void an_open_payment_answers_with_its_acceptance_whatever_its_confirms_get() {
    String accepted = status("P", "open-1", "order-open");
    platform.sends("open-1", accepted);
    assertThat(pay("open-1", "order-open").body()).isEqualTo(accepted);
    for (String heard :
        new String[] {code("C12"), code("E01"), code("C08"), status("S", "open-1", "order-else")}) {
      platform.questions("open-1", heard);
      untilAskedAgain("open-1");
      untilAskedAgain("open-1");
      assertThat(payInDoubt("open-1", "order-open").body()).isEqualTo(accepted);
    }
    platform.questions("open-1", status("S", "open-1", "order-open"));
    untilState("open-1", "SETTLED");
    assertThat(pay("open-1", "order-open").outcome()).isEqualTo("S");
  }

  @Test
  void two_ids_in_one_query_name_one_payment_or_nothing_is_answered() {
    platform.sends("two-1", status("S", "two-1", "order-two1"));
    platform.sends("two-2", code("E02"));
    platform.questions("T-two-1", status("S", "two-1", "order-two1"));
    platform.questions("two-2", code("E01"));
    pay("two-1", "order-two1");
    payInDoubt("two-2", "order-two2");
    Caller caller = testPod.caller();
    Got got = caller
        .send(caller
            .request("/v1/transaction/query?appId=app1&merchantId=" + Caller.MERCHANT
                + "&transactionId=T-two-1&transactionRequestId=two-2")
            .GET()
            .build())
        .join();
    assertThat(got.code()).isEqualTo("C02");
    assertThat(got.header("Payonce-Sent")).isEqualTo("unknown");
    assertThat(caller.query("two-2").outcome()).isEqualTo("P");
  }

  @Test
  void money_that_moved_with_another_amount_needs_review_and_is_answered_as_not_known() {
    String partly = status("S", "part-1", "order-part", PARTLY);
    platform.sends("part-1", code("C06"));
    platform.questions("part-1", partly);
    assertThat(payInDoubt("part-1", "order-part").outcome()).isEqualTo("P");
    untilState("part-1", "ATTENTION");
    assertThat(testPod.caller().query("part-1").outcome()).isEqualTo("P");
    assertThat(payInDoubt("part-1", "order-part").outcome()).isEqualTo("P");
    assertThat(pay("part-2", "order-part").code()).isEqualTo("C08");

    JsonObject shown = testPod.operator().payment("part-1");
    assertThat(shown.getString("amount")).isEqualTo("19.99 USD");
    assertThat(shown.getString("otherAmount")).isEqualTo("6.00 USD");
    assertThat(shown.getString("meaning")).contains("6.00 USD instead of 19.99 USD");
    assertThat(shown.getJsonArray("timeline").encode()).contains("600 USD instead of 1999 USD");
    assertThat(testPod.operator().get("/admin/attention").body()).contains("part-1");

    testPod.operator().resolve("part-1", new JsonObject().put("as", "unpaid").put("note", "n"));
    assertThat(testPod.operator().state("part-1")).isEqualTo("ATTENTION");
    testPod.operator().resolve("part-1", new JsonObject().put("as", "paid").put("note", "n"));
    assertThat(pay("part-1", "order-part").body()).isEqualTo(partly);
    assertThat(pay("part-2", "order-part").code()).isEqualTo("C10");
  }

  @Test
  @Logs("answered refused for now, then PAID")
  void what_a_query_answered_as_paid_is_not_given_back() {
    platform.sends("binds-1", code("C08"));
    pay("binds-1", "order-bind");
    platform.questions("binds-1", status("S", "binds-1", "order-bind"));
    assertThat(testPod.caller().query("binds-1").outcome()).isEqualTo("S");
    untilState("binds-1", "SETTLED");
    assertThat(pay("binds-1", "order-bind").outcome()).isEqualTo("S");
    assertThat(pay("binds-2", "order-bind").code()).isEqualTo("C10");
  }
}
