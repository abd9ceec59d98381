package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.ReportRoute;
import io.payonce.ledger.NoticeLine;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Road;
import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.Account;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.recovery.PlatformId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With an address of ours the platform reports to us, and we take the place of callers' hooks. */
class OwnRoadTest {
  private static final String HOOK = "https://hooks.example/pay?shop=7";

  /** All but what is exactly there is an odd way to write it. */
  private static final String REST = """
      "appId":"a", "merchantId":"M1","transactionRequestId":"id-1","referenceOrderId":"order-1",
        "amount" : {"orderAmount":1000,"priceCurrency":"USD","notifyUrl":"https://in.example"},"tipAmount":5,
        "description":"caf\\u00e9 \\/ é😀","terminalSn":"t","channelCode":"c","paymentMethod":"X",
        "originalTransactionId":"T-0","rate":1.50e+2 }""";

  private static FlowSettings over(String base) {
    return Shop.SETTINGS.over(new ReportRoute() {
      @Override
      public String address(PaymentId id) {
        return ours(base, id.requestId());
      }

      @Override
      public boolean allows(String callersUrl) {
        return callersUrl.startsWith("https://hooks.example/");
      }

      @Override
      public long sinceReportMillis(Account account) {
        return Long.MAX_VALUE;
      }
    });
  }

  private static String ours(String base, String id) {
    return base + "/token-of-" + id;
  }

  private static final String BASE = "https://pay.example/webhook";
  private static final String OURS = ours(BASE, "id-1");

  private final Shop shop = new Shop(over(BASE));

  private static String with(String member) {
    return "{" + member + REST;
  }

  private static String hooked(String url) {
    return with("\"notifyUrl\" :\t\"" + url + "\", ");
  }

  static Stream<Operation> operations() {
    return Operation.known().stream().filter(Operation::isLedgered);
  }

  static Stream<Operation> reported() {
    return operations().filter(Operation::isReported);
  }

  @Test
  void the_platforms_sdks_know_a_notify_url_in_ten_requests() {
    assertThat(operations().filter(operation -> !operation.isReported()))
        .containsExactly(Operation.BATCH_CLOSE, Operation.TIP_ADJUST);
    assertThat(reported()).hasSize(10);
  }

  private void leavesOver(Road road, Operation operation, String body, String expected) {
    shop.post(operation, body);
    assertThat(shop.sent).as("some are sent again at once").containsOnly(expected);
    assertThat(shop.payment("id-1").road()).isEqualTo(road);
  }

  @ParameterizedTest
  @MethodSource("reported")
  void our_address_is_added_where_there_was_none(Operation operation) {
    String expected = "{\"notifyUrl\":\"" + OURS + "\"," + REST;
    leavesOver(new Road(null), operation, "{" + REST, expected);
  }

  @ParameterizedTest
  @MethodSource("reported")
  void our_address_takes_the_place_of_the_callers(Operation operation) {
    String url = HOOK.replace("/pay", "\\/p\\u0061y");
    leavesOver(new Road(HOOK), operation, hooked(url), hooked(OURS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\""})
  void a_notify_url_that_says_nothing_is_none(String nothing) {
    leavesOver(
        new Road(null),
        Operation.SALE,
        with("\"notifyUrl\":" + nothing + ","),
        with("\"notifyUrl\":\"" + OURS + "\","));
  }

  @ParameterizedTest
  @MethodSource("reported")
  void what_we_may_not_serve_leaves_as_it_is(Operation operation) {
    leavesOver(null, operation, hooked("http://10.0.0.1/"), hooked("http://10.0.0.1/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "true", "[\"https://hooks.example/\"]", "{\"notifyUrl\":null}"})
  void what_is_no_text_leaves_as_it_is(String odd) {
    String body = with("\"notifyUrl\":" + odd + ",");
    leavesOver(null, Operation.SALE, body, body);
  }

  @ParameterizedTest
  @CsvSource({"tip-adjust", "batch-close"})
  void what_the_platform_never_reports_on_leaves_as_it_is(Operation operation) {
    for (String body : List.of("{" + REST, hooked(HOOK))) {
      Shop one = new Shop(over(BASE));
      one.post(operation, body);
      assertThat(one.sent).containsOnly(body);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void without_an_address_of_ours_bodies_leave_as_they_are(Operation operation) {
    Shop plain = new Shop();
    plain.post(operation, hooked(HOOK));
    assertThat(plain.sent).containsOnly(hooked(HOOK));
  }

  @Test
  void while_a_pod_of_a_former_version_lives_bodies_leave_as_they_are() {
    shop.store.abilities(ability -> ability != Ability.NOTICES);
    leavesOver(null, Operation.SALE, hooked(HOOK), hooked(HOOK));
    shop.questions(Shop.status("F", "id-1", "order-1"));
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).as("no other id").isEqualTo(Outcome.UNPAID);
    shop.store.abilities(Abilities.ALL);
    shop.post(Operation.SALE, hooked(HOOK).replace("-1", "-2"));
    assertThat(shop.sent.get(1)).contains(ours(BASE, "id-2"));
  }

  @Test
  void a_doubled_notify_url_is_refused_and_nothing_is_sent() {
    String twice = with("\"notifyUrl\":\"" + HOOK + "\",\"notify\\u0055rl\":\"" + HOOK + "\",");
    assertThat(Shop.body(shop.pay(twice))).contains("\"C02\"");
    assertThat(shop.sent).isEmpty();
  }

  @Test
  void every_send_has_the_same_bytes_whichever_pod_makes_it() {
    shop.sends(Shop.SILENCE);
    shop.pay(hooked(HOOK));
    for (FlowSettings other : List.of(Shop.SETTINGS, over("https://moved.example"))) {
      Shop pod = Shop.pod(shop, other);
      pod.questions(Shop.code("C12"));
      pod.pass(100_000);
      pod.workNow("id-1");
      assertThat(pod.sent).containsExactly(hooked(OURS));
      assertThat(pod.payment("id-1").road()).isEqualTo(new Road(HOOK));
    }
  }

  @Test
  void under_a_reissued_id_only_the_id_is_another() {
    String second = PlatformId.of(new PaymentId("M1", "id-1"), 2);
    shop.sends(Shop.code("E02"));
    shop.questions(Shop.status("F", "id-1", "order-1"));
    shop.pay(hooked(HOOK));
    shop.work("id-1");
    assertThat(shop.sent)
        .containsExactly(
            hooked(OURS),
            hooked(OURS)
                .replace(
                    "\"transactionRequestId\":\"id-1\"",
                    "\"transactionRequestId\":\"" + second + "\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://10.0.0.1/", "https://other.example/"})
  void a_hook_that_the_platform_calls_gets_no_reissued_id(String url) {
    shop.sends(Shop.code("E02"));
    shop.questions(Shop.status("F", "id-1", "order-1"));
    shop.pay(hooked(url));
    shop.work("id-1");
    assertThat(shop.sent).containsExactly(hooked(url));
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.UNPAID);
  }

  /** The ledger went back, and does not know yet whether all pods notify callers. */
  @Test
  void what_was_forgotten_may_have_been_reissued_though_its_repeat_cannot_be() {
    String second = PlatformId.of(new PaymentId("M1", "id-1"), 2);
    shop.store.lapse();
    shop.pass(1);
    shop.store.abilities(ability -> ability != Ability.NOTICES);
    shop.questions(Shop.status("F", "id-1", "order-1"), Shop.status("S", second, "order-1"));
    assertThat(Shop.body(shop.pay(hooked(HOOK)))).contains("\"S\"", "T-" + second);
    assertThat(shop.sent).isEmpty();
    assertThat(shop.payment("id-1").platformId()).isEqualTo(second);
  }

  @Test
  void a_repeat_that_names_another_hook_is_the_same_request_and_the_first_hook_counts() {
    shop.sends(Shop.status("P", "id-1", "order-1"));
    shop.pay(hooked(HOOK));
    shop.questions(Shop.status("S", "id-1", "order-1"));
    shop.work("id-1");
    for (String other : List.of(hooked("https://hooks.example/other"), hooked("x"), "{" + REST)) {
      assertThat(Shop.body(shop.pay(other))).contains("\"S\"");
    }
    assertThat(shop.sent).hasSize(1);
    Payment paid = shop.payment("id-1");
    assertThat(paid.road()).isEqualTo(new Road(HOOK));
    assertThat(shop.store.notices().get(Shop.id("id-1"))).hasSize(1);
  }

  @Test
  void who_was_answered_unpaid_is_notified_of_the_success_that_a_follow_up_shows() {
    shop.sends(Shop.code("C14"));
    shop.pay(hooked(HOOK));
    shop.questions(Shop.status("S", "id-1", "order-1"));
    shop.post(Operation.REFUND, Shop.refund("refund-1", "id-1"));
    assertThat(shop.store.notices().get(Shop.id("id-1")))
        .extracting(NoticeLine::outcome)
        .containsExactly("REFUSED", "PAID");
    assertThat(shop.store.notices().get(Shop.id("id-1")).get(1).answer())
        .contains("\"S\"", "\"id-1\"");
  }

  @ParameterizedTest
  @CsvSource({"query", "abort", "expire-session", "batch-query", "merchant-query"})
  void what_begins_nothing_is_passed_on_as_it_is(Operation operation) {
    assertThat(operation.isReported()).isFalse();
  }
}
