package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.operator.Resolved;
import io.payonce.flow.port.FlowSettings;
import io.payonce.ledger.Dossier;
import io.payonce.ledger.FakeStore.Mishap;
import io.payonce.ledger.Outcome;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Scope;
import io.payonce.model.SessionPolicy;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Resolution.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Money that moved, but not the amount asked for, is an operator's to judge, and no answer says
 * otherwise.
 */
class OtherAmountTest {
  private static final String SALE = Shop.sale("id-1", "order-1");
  private static final String PENDING = "\"transactionStatus\":\"P\"";
  private static final Answer PARTLY = partly("\"orderAmount\":600,\"priceCurrency\":\"USD\"");

  private final Shop shop = new Shop();

  private void answeredAfterATakeover(Answer shown, long laterMillis) {
    shop.onSend(() -> {
      for (int i = 0; i < 2; i++) {
        shop.pass(laterMillis);
        shop.questions(shown);
        shop.workNow("id-1");
        shop.forgetAnswers();
      }
      return PARTLY;
    });
    shop.pay(SALE);
  }

  @Test
  void what_a_send_is_answered_after_another_worker_has_ended_its_payment_is_listed() {
    answeredAfterATakeover(Shop.status("C", "id-1", "order-1"), 700_000);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(shop.payment("id-1").otherAmount()).contains("600");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C10");
  }

  @Test
  void what_a_send_is_answered_after_another_worker_has_taken_its_payment_over_is_listed() {
    answeredAfterATakeover(Shop.status("P", "id-1", "order-1"), 20_000);
    assertThat(shop.payment("id-1").otherAmount()).contains("600");
    assertThat(shop.isListed("id-1")).isTrue();
    shop.questions(Shop.code("C12"));
    shop.workNow("id-1");
    assertThat(shop.wire).containsOnlyOnce("send");
  }

  private static Answer partly(String amount) {
    return Shop.status("S", "id-1", "order-1", amount);
  }

  /** What the only send is answered, and what a question shows then. */
  static Stream<Arguments> roads() {
    return Stream.of(
        Arguments.of(PARTLY, PARTLY),
        Arguments.of(Shop.SILENCE, PARTLY),
        Arguments.of(Shop.code("C06"), PARTLY),
        Arguments.of(Shop.code("C10"), PARTLY),
        Arguments.of(Shop.code("S11"), PARTLY),
        Arguments.of(Shop.code("E02"), partly("\"orderAmount\":1000,\"priceCurrency\":\"EUR\"")),
        Arguments.of(Shop.status("I", "id-1", "order-1"), partly("\"orderAmount\":1200")),
        Arguments.of(
            Shop.status("P", "id-1", "order-1"),
            partly("\"orderAmount\":1000,\"priceCurrency\":\"USD\",\"transAmount\":600")));
  }

  @ParameterizedTest
  @MethodSource("roads")
  void it_needs_review_at_once_and_its_order_stays_taken(Answer toSend, Answer shown) {
    shop.sends(toSend);
    shop.pay(SALE);
    shop.questions(shown);
    shop.work("id-1");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.payment("id-1").stage().word()).isEqualTo("ATTENTION");
    assertThat(shop.payment("id-1").otherAmount()).isNotNull();
    assertThat(shop.payment("id-1").timeline()).contains("instead of 1000 USD");
    shop.questions(shown);
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains(PENDING);
    assertThat(Shop.body(shop.pay(SALE))).contains(PENDING);
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C08");
  }

  @Test
  void a_callers_query_that_shows_it_lists_it_for_review() {
    shop.sends(Shop.code("C08"));
    shop.onSend(() -> {
      shop.questions(PARTLY);
      assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains(PENDING);
      return Shop.code("C08");
    });
    shop.pay(SALE);
    shop.pass(1000);
    shop.workNow("id-1");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C08");
  }

  @ParameterizedTest
  @MethodSource("laterWords")
  void no_later_word_of_the_platform_frees_its_order(Answer later) {
    shop.sends(PARTLY);
    shop.pay(SALE);
    for (int i = 0; i < 4; i++) {
      shop.questions(later);
      shop.work("id-1");
    }
    assertThat(shop.payment("id-1").isEnded()).isFalse();
    assertThat(shop.wire.stream().filter("send"::equals)).hasSize(1);
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C08");
    assertThat(shop.resolve("id-1", Verdict.UNPAID, false)).isInstanceOf(Resolved.Refused.class);
  }

  static Stream<Answer> laterWords() {
    return Stream.of(
        Shop.code("C12"),
        Shop.status("F", "id-1", "order-1"),
        Shop.status("C", "id-1", "order-1"),
        Shop.status("P", "id-1", "order-1"),
        Shop.status("S", "id-1", "order-2"),
        Shop.SILENCE);
  }

  @Test
  void the_whole_amount_after_all_is_paid() {
    shop.sends(PARTLY);
    shop.pay(SALE);
    shop.questions(Shop.status("S", "id-1", "order-1"));
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(shop.isListed("id-1")).isFalse();
  }

  @Test
  void unpaid_needs_force_whatever_the_platform_says_by_then() {
    shop.sends(PARTLY);
    shop.pay(SALE);
    shop.pass(700_000);
    for (Answer shown : new Answer[] {PARTLY, Shop.code("C12"), Shop.SILENCE}) {
      shop.questions(shown);
      assertThat(shop.resolve("id-1", Verdict.UNPAID, false)).isInstanceOf(Resolved.Refused.class);
    }
    // Its answers carry no Date, so the window is over when this process has seen it for so long.
    shop.pass(700_000);
    Answer others = Shop.status("S", "id-1", "order-2");
    for (Answer shown : new Answer[] {PARTLY, Shop.code("C12"), others, Shop.SILENCE}) {
      shop.questions(shown);
      assertThat(shop.resolve("id-1", Verdict.UNPAID, false)).isInstanceOf(Resolved.Refused.class);
    }
    assertThat(shop.resolve("id-1", Verdict.UNPAID, true)).isInstanceOf(Resolved.Done.class);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.UNPAID);
  }

  @ParameterizedTest
  @MethodSource("words")
  void an_operators_paid_answers_with_the_platforms_own_bytes(Answer shownThen) {
    shop.sends(PARTLY);
    shop.pay(SALE);
    shop.questions(shownThen);
    assertThat(shop.resolve("id-1", Verdict.PAID, false)).isInstanceOf(Resolved.Done.class);
    byte[] platforms = ((Answer.Spoken) PARTLY).reply().body();
    assertThat(shop.pay(SALE).reply().body()).isEqualTo(platforms);
    shop.questions(PARTLY);
    assertThat(shop.ask("transactionRequestId=id-1").reply().body()).isEqualTo(platforms);
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C10");
  }

  static Stream<Answer> words() {
    return Stream.of(PARTLY, Shop.SILENCE, Shop.code("C12"));
  }

  @Test
  void a_void_of_it_passes() {
    shop.sends(PARTLY);
    shop.pay(SALE);
    shop.questions(PARTLY);
    Answer undone = Shop.says("""
        {"code":"0","data":{"transactionStatus":"S","transactionId":"T-v","transactionRequestId":"void-1"}}""");
    shop.sends(undone);
    assertThat(Shop.body(shop.post(Operation.VOID, """
            {"appId":"a","merchantId":"M1","transactionRequestId":"void-1","description":"d",\
            "terminalSn":"t","originalTransactionRequestId":"id-1"}"""))).contains("\"S\"");
  }

  @Test
  void what_moved_though_it_was_answered_unpaid_can_be_given_back() {
    shop.sends(Shop.status("C", "id-1", "order-1"));
    shop.pay(SALE);
    shop.questions(PARTLY);
    shop.sends(Shop.status("S", "refund-1", "order-1"));
    assertThat(Shop.body(shop.post(Operation.REFUND, Shop.refund("refund-1", "id-1"))))
        .contains("\"S\"");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.payment("id-1").otherAmount()).isEqualTo("600 USD");
  }

  @Test
  void a_tip_is_paid() {
    Answer tipped = partly("\"orderAmount\":1000,\"priceCurrency\":\"USD\",\"transAmount\":1150");
    shop.sends(tipped);
    assertThat(shop.pay(SALE).reply()).isEqualTo(((Answer.Spoken) tipped).reply());
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void a_sum_alone_is_asked_about_at_once() {
    shop.sends(partly("\"transAmount\":600"));
    shop.questions(Shop.status("S", "id-1", "order-1"));
    shop.pay(SALE);
    shop.workNow("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void where_other_amounts_pass_the_platforms_answer_goes_to_the_caller() {
    Shop passes = new Shop(PASS);
    passes.sends(PARTLY);
    assertThat(passes.pay(SALE).reply()).isEqualTo(((Answer.Spoken) PARTLY).reply());
    assertThat(passes.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(passes.payment("id-1").timeline()).contains("600 USD instead of 1000 USD");

    passes.sends(Shop.SILENCE);
    passes.questions(Shop.status("S", "id-2", "order-2", "\"orderAmount\":1"));
    passes.pay(Shop.sale("id-2", "order-2"));
    passes.questions(Shop.status("S", "id-2", "order-2", "\"orderAmount\":1"));
    assertThat(Shop.body(passes.ask("transactionRequestId=id-2"))).contains("\"S\"");
    assertThat(passes.payment("id-2").outcome()).isEqualTo(Outcome.PAID);
  }

  /** Refused for the moment until its callers had gone, so its order is free. */
  private void released() {
    shop.sends(Shop.code("C08"), Shop.code("C08"), Shop.code("C08"));
    shop.pay(SALE);
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.RELEASED);
  }

  private String shownPartly() {
    shop.questions(PARTLY);
    return Shop.body(shop.ask("transactionRequestId=id-1"));
  }

  private String other() {
    shop.questions(PARTLY); // how its payer stands
    return Shop.body(shop.pay(Shop.sale("id-2", "order-1")));
  }

  @Test
  void what_moved_for_a_released_payment_is_listed_and_keeps_its_order_before_p_is_answered() {
    released();
    assertThat(shownPartly()).contains("\"P\"");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.payment("id-1").otherAmount()).isEqualTo("600 USD");
    assertThat(shop.payment("id-1").timeline()).contains("600 USD instead of 1000 USD");
    assertThat(other()).contains("C10");
    shop.forgetAnswers();
    int sent = shop.wire.size();
    assertThat(Shop.body(shop.pay(SALE))).as("the repeat").contains("\"P\"");
    assertThat(shop.wire).hasSize(sent);
    assertThat(shownPartly()).contains("\"P\"");
    shop.pass(7_200_000);
    assertThat(shop.payment("id-1")).as("kept until an operator has seen it").isNotNull();
  }

  @Test
  void what_moved_for_a_released_payment_is_not_answered_while_it_cannot_be_written() {
    released();
    shop.store.onMove(move -> move.equals("contradict") ? Mishap.SWALLOWED : Mishap.NONE);
    assertThat(shownPartly()).contains("E01");
    shop.store.onMove(move -> Mishap.NONE);
    assertThat(shownPartly()).contains("\"P\"");
  }

  @Test
  void what_moved_for_a_released_payment_is_an_operators_to_decide() {
    released();
    shownPartly();
    assertThat(shop.resolve("id-1", Verdict.UNPAID, false)).isInstanceOf(Resolved.Refused.class);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.resolve("id-1", Verdict.PAID, false)).isInstanceOf(Resolved.Done.class);
    assertThat(shop.isListed("id-1")).isFalse();
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"");
    assertThat(other()).contains("C10");
  }

  @Test
  void what_moved_for_a_released_payment_is_undone_by_force_and_its_id_may_come_again() {
    released();
    shownPartly();
    assertThat(shop.resolve("id-1", Verdict.UNPAID, true)).isInstanceOf(Resolved.Done.class);
    assertThat(shop.isListed("id-1")).isFalse();
    shop.sends(Shop.status("S", "id-1", "order-1"));
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"");
    assertThat(other()).as("this time all of it").contains("C10");
  }

  @Test
  void what_did_not_pay_as_an_operator_decided_leaves_its_order_free_and_is_no_news() {
    released();
    shownPartly();
    shop.resolve("id-1", Verdict.UNPAID, true);
    assertThat(shownPartly()).contains("\"P\"");
    assertThat(shop.isListed("id-1")).isFalse();
    shop.sends(Shop.status("S", "id-2", "order-1"));
    assertThat(other()).contains("T-id-2");
  }

  @Test
  void the_same_goes_for_what_an_operator_has_ended_before() {
    shop.sends(PARTLY);
    shop.pay(SALE);
    shop.pass(700_000);
    shop.questions(PARTLY, PARTLY);
    shop.resolve("id-1", Verdict.UNPAID, false);
    shop.pass(700_000);
    assertThat(shop.resolve("id-1", Verdict.UNPAID, true)).isInstanceOf(Resolved.Done.class);
    assertThat(shownPartly()).contains("\"C\"");
    assertThat(shop.isListed("id-1")).isFalse();
    shop.sends(Shop.status("S", "id-2", "order-1"));
    assertThat(other()).contains("T-id-2");
    shop.forgetAnswers();
    shop.questions(partly("\"orderAmount\":1200"));
    shop.ask("transactionRequestId=id-1");
    assertThat(shop.isListed("id-1")).as("another sum").isTrue();
  }

  private static String why(Resolved resolved) {
    return ((Resolved.Refused) resolved).because();
  }

  /** Answered unpaid, and what moved was seen by a question before a refund. */
  private void settledUnpaid() {
    shop.sends(Shop.status("C", "id-1", "order-1"));
    shop.pay(SALE);
    shownPartly();
    assertThat(shop.isListed("id-1")).isTrue();
  }

  @Test
  void what_a_page_moved_is_not_answered_as_paid_whoever_showed_it() {
    String partly = "\"orderAmount\":1000,\"transAmount\":600";
    shop.sends(Shop.status("S", "id-1", "order-1", partly));
    assertThat(page()).contains("E02").doesNotContain("\"S\"");
    assertThat(page()).contains("E02");
    assertThat(shop.isListed("id-1")).isTrue();
  }

  @Test
  void a_page_that_has_moved_another_amount_is_not_given_to_be_pressed_again() {
    shop.sends(Shop.says("""
        {"code":"0","data":{"sessionId":"cs","checkoutUrl":"https://p/1","transactionRequestId":"id-1"}}"""));
    assertThat(page()).contains("https://p/1");
    assertThat(page()).contains("https://p/1");
    shop.questions(PARTLY);
    shop.ask("transactionRequestId=id-1");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(page()).contains("E02").doesNotContain("https://p/1");
  }

  private String page() {
    return Shop.body(shop.post(Operation.CREATE_SESSION, SALE));
  }

  @Test
  void unpaid_needs_force_for_what_was_answered_unpaid_and_moved_money() {
    settledUnpaid();
    assertThat(why(shop.resolve("id-1", Verdict.UNPAID, false)))
        .contains("600 USD", "only by force");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(other()).contains("C10");
    assertThat(shop.resolve("id-1", Verdict.UNPAID, true)).isInstanceOf(Resolved.Done.class);
    assertThat(shop.isListed("id-1")).isFalse();
    assertThat(shownPartly()).contains("\"C\"");
    assertThat(shop.isListed("id-1")).isFalse();
    shop.sends(Shop.status("S", "id-2", "order-1"));
    shop.forgetAnswers();
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("T-id-2");
  }

  @Test
  void unpaid_needs_force_for_what_was_answered_unpaid_and_was_paid_in_whole() {
    shop.sends(Shop.status("C", "id-1", "order-1"));
    shop.pay(SALE);
    shop.questions(Shop.status("S", "id-1", "order-1"));
    shop.ask("transactionRequestId=id-1");
    assertThat(why(shop.resolve("id-1", Verdict.UNPAID, false))).contains("only by force");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.resolve("id-1", Verdict.UNPAID, true)).isInstanceOf(Resolved.Done.class);
  }

  @Test
  void an_unpaid_answer_stays_whoever_says_paid_and_its_order_stays_paid() {
    settledUnpaid();
    assertThat(why(shop.resolve("id-1", Verdict.PAID, false))).contains("its order counts as paid");
    assertThat(shop.isListed("id-1")).isFalse();
    assertThat(other()).contains("C10");
  }

  @Test
  void unpaid_needs_force_for_what_was_forgotten_as_unpaid_and_moved_money() {
    Shop late = forgotten(Shop.SETTINGS);
    late.questions(PARTLY);
    late.pay(SALE);
    Dossier seen = late.admin.inspect(Shop.id("id-1")).result().orElseThrow();
    assertThat(seen.left().moved()).isEqualTo("600 USD");
    assertThat(seen.left().timeline()).contains("600 USD instead of 1000 USD");
    assertThat(why(late.resolve("id-1", Verdict.UNPAID, false)))
        .contains("600 USD", "only by force");
    assertThat(late.isListed("id-1")).isTrue();
    assertThat(late.resolve("id-1", Verdict.UNPAID, true)).isInstanceOf(Resolved.Done.class);
    late.questions(PARTLY, PARTLY);
    assertThat(Shop.body(late.pay(SALE))).contains("\"C\"");
    assertThat(Shop.body(late.ask("transactionRequestId=id-1"))).contains("\"C\"");
    assertThat(late.isListed("id-1")).isFalse();
    late.sends(Shop.status("S", "id-2", "order-1"));
    assertThat(Shop.body(late.pay(Shop.sale("id-2", "order-1")))).contains("T-id-2");
  }

  @Test
  void what_was_forgotten_as_unpaid_and_moved_money_is_paid_if_an_operator_says_so() {
    Shop late = forgotten(Shop.SETTINGS);
    late.questions(PARTLY);
    late.ask("transactionRequestId=id-1");
    assertThat(late.resolve("id-1", Verdict.PAID, false)).isInstanceOf(Resolved.Done.class);
    assertThat(late.isListed("id-1")).isFalse();
    late.questions(PARTLY);
    assertThat(Shop.body(late.pay(SALE))).contains("\"S\"");
    late.questions(PARTLY);
    assertThat(Shop.body(late.ask("transactionRequestId=id-1"))).contains("\"S\"");
    late.questions(PARTLY);
    assertThat(Shop.body(late.pay(Shop.sale("id-2", "order-1")))).contains("C10");
  }

  @Test
  void what_moved_after_its_unpaid_was_forgotten_is_listed_and_keeps_its_order() {
    shop.sends(Shop.status("C", "id-1", "order-1"));
    shop.pay(SALE);
    shop.pass(86_400_001);
    assertThat(shop.payment("id-1")).isNull();
    shop.questions(PARTLY);
    assertThat(Shop.body(shop.pay(SALE))).contains("\"P\"");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(other()).contains("C10");
  }

  /** A sale that was answered unpaid, and of which only that is left. */
  private static Shop forgotten(FlowSettings settings) {
    Shop shop = new Shop(settings);
    shop.sends(Shop.status("C", "id-1", "order-1"));
    shop.pay(SALE);
    shop.pass(86_400_001);
    return shop;
  }

  static Stream<Answer> moved() {
    return Stream.of(
        PARTLY,
        partly("\"orderAmount\":1000,\"priceCurrency\":\"USD\",\"transAmount\":600"),
        partly("\"transAmount\":600"),
        partly(""),
        Shop.status("S", "id-1", "order-1"),
        Shop.says("""
            {"code":"0","data":{"transactionStatus":"S","transactionType":"AUTH","transactionRequestId":"id-1",\
            "referenceOrderId":"order-1"}}"""));
  }

  @ParameterizedTest
  @MethodSource("moved")
  void how_much_was_asked_for_is_not_known_of_what_is_forgotten_so_no_answer_is_paid(Answer shown) {
    Shop late = forgotten(Shop.SETTINGS);
    late.questions(shown);
    assertThat(Shop.body(late.ask("transactionRequestId=id-1"))).contains(PENDING);
    assertThat(late.isListed("id-1")).isTrue();
    late.questions(shown);
    assertThat(Shop.body(late.pay(Shop.sale("id-2", "order-1")))).contains("C10");
    late.forgetAnswers();
    late.questions(PARTLY);
    assertThat(Shop.body(late.pay(SALE))).as("a repeat, which says how much").contains(PENDING);
    late.questions(Shop.status("S", "id-1", "order-1"));
    assertThat(Shop.body(late.pay(SALE))).as("all of it").contains("\"S\"");
    late.questions(Shop.status("S", "id-1", "order-1"));
    assertThat(Shop.body(late.ask("transactionRequestId=id-1"))).contains("\"S\"");
  }

  /** All that a platform may say of it afterwards, which shows less than it showed before. */
  static Stream<Answer> less() {
    return Stream.of(
        Shop.code("C12"),
        Shop.status("F", "id-1", "order-1"),
        Shop.status("C", "id-1", "order-1"),
        Shop.says("{\"code\":\"0\",\"data\":{\"transactionStatus\":\"F\","
            + "\"transactionRequestId\":\"id-1\",\"transactionResultCode\":\"51\"}}"),
        Shop.code("E02"),
        Shop.SILENCE);
  }

  @ParameterizedTest
  @MethodSource("less")
  void while_money_that_moved_is_undecided_no_answer_is_unpaid(Answer heard) {
    for (String sale : List.of(SALE, SALE.replace("1000", "1200"))) {
      Shop late = forgotten(Shop.SETTINGS);
      late.questions(Shop.status("S", "id-1", "order-1"));
      late.ask("transactionRequestId=id-1");
      late.questions(heard);
      assertThat(Shop.body(late.pay(sale))).doesNotContain("\"C\"", "\"F\"");
      late.forgetAnswers();
      late.questions(heard);
      assertThat(Shop.body(late.ask("transactionRequestId=id-1"))).contains(PENDING);
      late.forgetAnswers();
      late.store.onMove(move -> move.equals("undecided") ? Mishap.UNREACHED : Mishap.NONE);
      late.questions(heard);
      assertThat(Shop.body(late.pay(SALE))).contains(PENDING);
      late.forgetAnswers();
      late.questions(heard);
      assertThat(Shop.body(late.ask("transactionRequestId=id-1"))).contains("E01");
    }
  }

  @Test
  void a_page_that_moved_money_after_its_end_was_forgotten_is_not_answered_as_closed() {
    Shop late = new Shop();
    String page = SALE.replace("\"terminalSn\":\"t\"", "\"notifyUrl\":\"https://a.b\"");
    late.sends(Shop.says("{\"code\":\"0\",\"data\":{\"hostedUrl\":\"https://p/1\"}}"));
    late.post(Operation.CREATE_SESSION, page);
    late.pass(86_400_001);
    late.questions(Shop.code("C12"));
    late.workNow("id-1");
    assertThat(late.payment("id-1").outcome()).isEqualTo(Outcome.UNPAID);
    late.pass(86_400_001);
    late.questions(PARTLY);
    late.ask("transactionRequestId=id-1");
    late.questions(Shop.code("C12"));
    assertThat(Shop.body(late.post(Operation.CREATE_SESSION, page))).doesNotContain("C11");
  }

  @Test
  void that_one_sum_is_decided_says_nothing_of_another_that_moved_since() {
    Shop late = forgotten(Shop.SETTINGS);
    late.questions(PARTLY);
    late.ask("transactionRequestId=id-1");
    late.resolve("id-1", Verdict.UNPAID, true);
    late.questions(partly("\"orderAmount\":1200"), PARTLY, PARTLY, Shop.code("C12"));
    for (int question = 0; question < 4; question++) {
      String answered =
          Shop.body(question == 2 ? late.pay(SALE) : late.ask("transactionRequestId=id-1"));
      assertThat(answered).contains(PENDING);
    }
  }

  @Test
  void what_moved_under_a_forgotten_reissued_id_is_undecided_too() {
    String reissued = PlatformId.of(new PaymentId("M1", "id-1"), 2);
    Answer failed = Shop.status("F", "id-1", "order-1");
    shop.questions(failed, Shop.status("S", reissued, "order-1", "\"orderAmount\":600"));
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains(PENDING);
    shop.forgetAnswers();
    shop.questions(failed, Shop.code("C12"), Shop.code("C12"));
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains(PENDING);
    shop.forgetAnswers();
    shop.questions(Shop.code("C12"));
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains(PENDING);
  }

  /** A sale that the platform refused, and of which only that is left. */
  private void refusedAndForgotten() {
    shop.sends(Shop.code("C14"));
    shop.pay(SALE);
    shop.pass(86_400_001);
    assertThat(shop.payment("id-1")).isNull();
  }

  @ParameterizedTest
  @MethodSource("moved")
  void what_was_refused_and_shows_money_is_listed_for_review_before_it_is_answered(Answer shown) {
    refusedAndForgotten();
    shop.questions(shown);
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains(PENDING);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(other()).contains("C10");
    shop.forgetAnswers();
    shop.questions(Shop.code("C12"), Shop.code("C12"));
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains(PENDING);
    assertThat(Shop.body(shop.pay(SALE))).contains(PENDING);
  }

  @Test
  void what_was_refused_and_an_operator_has_disowned_is_never_answered_as_paid() {
    refusedAndForgotten();
    shop.questions(PARTLY);
    shop.ask("transactionRequestId=id-1");
    shop.resolve("id-1", Verdict.UNPAID, true);
    for (Answer heard : List.of(PARTLY, Shop.code("C12"))) {
      shop.forgetAnswers();
      shop.questions(heard);
      assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).doesNotContain("\"S\"", PENDING);
    }
    assertThat(shop.isListed("id-1")).isFalse();
  }

  @Test
  void what_was_refused_is_answered_in_the_platforms_words_where_nothing_moved() {
    refusedAndForgotten();
    for (Answer heard : List.of(Shop.code("C12"), Shop.status("C", "id-1", "order-1"))) {
      shop.questions(heard, Shop.code("C12"), Shop.code("C12"));
      assertThat(shop.ask("transactionRequestId=id-1").reply())
          .isEqualTo(((Answer.Spoken) heard).reply());
      shop.forgetAnswers();
    }
    assertThat(shop.isListed("id-1")).isFalse();
  }

  @Test
  void who_has_moved_another_amount_is_not_named_as_who_has_paid() {
    String paid = "\"transactionStatus\":\"S\"";
    Shop late = forgotten(Shop.SETTINGS);
    late.questions(PARTLY);
    late.ask("transactionRequestId=id-1");
    late.questions(PARTLY);
    assertThat(Shop.body(late.pay(Shop.sale("id-2", "order-1"))))
        .contains("C10", PENDING, "id-1")
        .doesNotContain(paid);
    late.forgetAnswers();
    late.questions(Shop.status("S", "id-1", "order-1"), PARTLY);
    late.pay(SALE);
    assertThat(Shop.body(late.pay(Shop.sale("id-2", "order-1")))).contains("C10", paid);

    released();
    shownPartly();
    assertThat(other()).contains("C10", PENDING).doesNotContain(paid);
    shop.resolve("id-1", Verdict.PAID, false);
    assertThat(other()).contains("C10", paid);
  }

  @Test
  void whoever_uses_its_id_for_another_request_does_not_get_it_as_not_paid_either() {
    Shop late = forgotten(Shop.SETTINGS);
    String another = SALE.replace("1000", "1200");
    assertThat(Shop.body(late.pay(another))).contains("C06", "\"C\"");
    late.questions(PARTLY);
    late.ask("transactionRequestId=id-1");
    assertThat(Shop.body(late.pay(another))).contains("C06", PENDING);

    released();
    shownPartly();
    assertThat(Shop.body(shop.pay(another))).contains("C06", PENDING);
  }

  @Test
  void what_moved_is_not_answered_before_the_ledger_has_it_nor_else_than_p_when_it_has_not() {
    Shop late = forgotten(Shop.SETTINGS);
    late.store.onMove(move -> move.equals("contradict") ? Mishap.UNREACHED : Mishap.NONE);
    late.questions(PARTLY, PARTLY);
    assertThat(Shop.body(late.ask("transactionRequestId=id-1"))).contains(PENDING);
    assertThat(Shop.body(late.pay(SALE))).contains(PENDING);
  }

  @Test
  void the_order_that_the_answer_about_a_refund_names_is_not_paid_by_it() {
    Shop late = forgotten(Shop.SETTINGS);
    late.questions(Shop.says("""
        {"code":"0","data":{"transactionStatus":"S","transactionType":"REFUND","transactionRequestId":"id-1",\
        "referenceOrderId":"order-1"}}"""));
    assertThat(Shop.body(late.ask("transactionRequestId=id-1"))).contains(PENDING);
    assertThat(late.isListed("id-1")).isTrue();
    late.sends(Shop.status("S", "id-2", "order-1"));
    assertThat(Shop.body(late.pay(Shop.sale("id-2", "order-1")))).contains("T-id-2");
  }

  private static final FlowSettings PASS =
      Shop.with(new FlowSettings.Orders(SessionPolicy.REPLACE, 5000, true, false, Scope.MERCHANT));

  @Test
  void where_other_amounts_pass_they_do_so_on_every_road_and_pay_the_order() {
    Shop asked = forgotten(PASS);
    asked.questions(PARTLY);
    assertThat(Shop.body(asked.ask("transactionRequestId=id-1"))).contains("\"S\"");
    assertThat(Shop.body(asked.pay(Shop.sale("id-2", "order-1")))).contains("C10");

    Shop repeated = forgotten(PASS);
    repeated.questions(PARTLY);
    assertThat(Shop.body(repeated.pay(SALE))).contains("\"S\"");
    assertThat(Shop.body(repeated.pay(Shop.sale("id-2", "order-1")))).contains("C10");

    Shop refunded = new Shop(PASS);
    refunded.sends(Shop.status("C", "id-1", "order-1"));
    refunded.pay(SALE);
    refunded.questions(PARTLY);
    refunded.sends(Shop.status("S", "refund-1", "order-1"));
    assertThat(Shop.body(refunded.post(Operation.REFUND, Shop.refund("refund-1", "id-1"))))
        .contains("\"S\"");
    assertThat(refunded.payment("id-1").otherAmount())
        .as("it is no other amount")
        .isNull();
  }

  @Test
  void where_other_amounts_pass_what_a_query_showed_paid_stays_so_to_queries() {
    Shop ended = new Shop(PASS);
    ended.sends(Shop.status("C", "id-1", "order-1"));
    ended.pay(SALE);
    ended.questions(PARTLY);
    assertThat(Shop.body(ended.ask("transactionRequestId=id-1"))).contains("\"S\"");
    for (Answer word : List.of(Shop.SILENCE, Shop.status("F", "id-1", "order-1"))) {
      ended.questions(word);
      assertThat(Shop.body(ended.ask("transactionRequestId=id-1"))).contains("\"S\"");
    }
  }

  @Test
  void what_moved_under_a_forgotten_reissued_id_is_not_answered_as_failed() {
    String reissued = PlatformId.of(new PaymentId("M1", "id-1"), 2);
    Answer failed = Shop.status("F", "id-1", "order-1");
    Answer moved = Shop.status(
        "S",
        reissued,
        "order-1",
        "\"orderAmount\":1000,\"priceCurrency\":\"USD\",\"transAmount\":600");
    shop.questions(failed, moved);
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains(PENDING);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(other()).contains("C10");

    Shop passes = new Shop(PASS);
    passes.questions(failed, moved);
    assertThat(Shop.body(passes.ask("transactionRequestId=id-1"))).contains("\"S\"");
  }
}
