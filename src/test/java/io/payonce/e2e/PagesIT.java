package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.sandbox.http.ReceivedRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hosted pages beside other payments of their order, at a platform with guards of its own and at
 * one without: Payonce holds alone.
 */
class PagesIT {
  private static final String CREATE = "/v1/checkout/create-session";
  private static TestPod testPod;

  @BeforeAll
  static void open() {
    testPod = new TestPod(Map.of("orders.pressSlackMs", "700"), 2);
    testPod.platform().settings("pressSlackMillis", 400);
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
  void two_pages_of_an_order_are_paid_once(boolean guarded) {
    guards(guarded);
    Scenario first = Scenario.of(testPod, null);
    Scenario second = first.rival();
    String old = session(make(first));
    String fresh = session(make(second));
    assertThat(press(old, "pay", 0)).isEqualTo("C11");
    assertThat(press(fresh, "pay", 0)).isEqualTo("0");
    first.charged(1);
    assertThat(make(first).code()).as("an expired page's id").isEqualTo("C11");
    assertThat(make(first.rival()).code()).isEqualTo("C10");
    assertThat(second.query().isPaid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_page_and_a_sale_of_an_order_are_paid_once(boolean guarded) {
    guards(guarded);
    Scenario page = Scenario.of(testPod, null);
    String session = session(make(page));
    assertThat(page.rival().pay().isPaid()).isTrue();
    assertThat(press(session, "pay", 0)).isEqualTo("C11");
    page.charged(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_press_under_way_when_the_page_is_expired_is_the_orders_payment(boolean guarded) {
    guards(guarded);
    Scenario page = Scenario.of(testPod, null);
    String session = session(make(page));
    assertThat(press(session, "pay", 150)).isEqualTo("0");
    Scenario sale = page.rival();
    Got refused = sale.pay();
    assertThat(refused.code()).as(refused.body()).isEqualTo("C10");
    assertThat(refused.header("Payonce-Sent")).isEqualTo("no");
    page.charged(1);
    TestPod.until(() -> page.query().isPaid());
  }

  @Test
  void a_void_of_an_open_page_closes_it_and_charges_nothing() {
    guards(false);
    Scenario page = Scenario.of(testPod, null);
    String session = session(make(page));
    JsonObject undo = new JsonObject()
        .put("appId", "app1")
        .put("merchantId", Caller.MERCHANT)
        .put("transactionRequestId", "void-" + page.id())
        .put("originalTransactionRequestId", page.id())
        .put("description", "the shopper has gone")
        .put("terminalSn", "T1");
    Got refused = testPod.caller().post("/v1/semi-integration/transaction/void", undo.encode());
    assertThat(refused.code()).as(refused.body()).isEqualTo("C24");
    assertThat(refused.header("Payonce-Sent")).isEqualTo("no");
    assertThat(press(session, "pay", 0)).isEqualTo("C11");
    page.charged(0);
    assertThat(page.rival().pay().isPaid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void no_page_is_made_for_a_paid_order(boolean guarded) {
    guards(guarded);
    Scenario sale = Scenario.of(testPod, null);
    assertThat(sale.pay().isPaid()).isTrue();
    Got refused = make(sale.rival());
    assertThat(refused.code()).as(refused.body()).isEqualTo("C10");
    sale.copied(1);
  }

  @Test
  void a_declined_shopper_whose_page_shows_no_c_keeps_the_order() {
    guards(false);
    testPod.platform().settings("closedPages", "as-before");
    try {
      Scenario page = Scenario.of(testPod, null);
      String session = session(make(page));
      press(session, "decline", 0);
      Got refused = page.rival().pay();
      assertThat(refused.code()).as(refused.body()).isEqualTo("C08");
      assertThat(refused.header("Retry-After")).isNotNull();
      page.charged(0);
    } finally {
      testPod.platform().settings("closedPages", "C");
    }
  }

  @Test
  void the_same_request_gets_the_same_page_and_an_abandoned_one_is_asked_about_thrice_at_most() {
    guards(true);
    Scenario kept = Scenario.of(testPod, null);
    assertThat(make(kept).body()).isEqualTo(make(kept).body());
    kept.copied(1);
    testPod.platform().settings("sessionLifeMillis", 1_000);
    Scenario page = Scenario.of(testPod, null);
    make(page);
    testPod.platform().settings("sessionLifeMillis", 1_800_000);
    TestPod.until(() -> make(page).code().equals("C11"));
    assertThat(testPod.platform().sends().queries(page.id()))
        .extracting(ReceivedRequest::path)
        .hasSizeBetween(1, 3);
    page.copied(1);
    assertThat(page.rival().pay().isPaid()).isTrue();
  }

  private static Got make(Scenario scene) {
    return testPod.caller().post(CREATE, scene.body().encode());
  }

  private static String session(Got made) {
    assertThat(made.code()).as(made.body()).isEqualTo("0");
    return made.json().getJsonObject("data").getString("sessionId");
  }

  /** The code of what the platform says to the shopper. */
  private static String press(String session, String as, long slowMillis) {
    try {
      testPod.platform().press(session, as, null, slowMillis);
      return "0";
    } catch (RuntimeException refused) {
      return refused.getMessage().contains("closed") ? "C11" : refused.getMessage();
    }
  }
}
