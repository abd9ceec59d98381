package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.WebhookResult;
import io.payonce.ledger.FakeStore.Mishap;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Resolution.Verdict;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of the platform's own messages, whenever they come and whatever they say. */
class WebhookFlowTest {
  private static final String SALE = Shop.sale("id-1", "order-1");
  private static final Answer OPEN = Shop.status("I", "id-1", "order-1");
  private static final Answer PAID = Shop.status("S", "id-1", "order-1");
  private static final Answer FAILED = Shop.status("F", "id-1", "order-1");
  private static final Answer CLOSED = Shop.status("C", "id-1", "order-1");
  private static final String QUERY = "transactionRequestId=";

  private final Shop shop = new Shop();

  private void open() {
    shop.sends(OPEN);
    shop.pay(SALE);
    assertThat(outcome()).isNull();
  }

  private Outcome outcome() {
    return shop.payment("id-1").outcome();
  }

  private static WebhookResult result(Future<WebhookResult> handled) {
    if (handled.failed()) {
      throw new AssertionError(handled.cause());
    }
    return handled.result();
  }

  private WebhookResult notify(Answer said) {
    return result(shop.notify(said));
  }

  private long questions() {
    return shop.wire.stream().filter(line -> line.contains(QUERY)).count();
  }

  @Test
  void s_settles_what_is_open_without_a_question_and_a_repeat_changes_nothing() {
    open();
    assertThat(notify(PAID)).isEqualTo(WebhookResult.SETTLED);
    assertThat(outcome()).isEqualTo(Outcome.PAID);
    assertThat(Shop.body(shop.pay(SALE))).isEqualTo(Shop.body(shop.pay(SALE))).contains("\"S\"");
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C10");
    assertThat(questions()).isEqualTo(1); // of who wants the order, not of the notification
    assertThat(notify(PAID)).isEqualTo(WebhookResult.REPEATED);
    assertThat(shop.isListed("id-1")).isFalse();
  }

  @Test
  void s_before_the_answer_to_the_send_settles_and_the_answer_agrees() {
    for (Answer answer : List.of(PAID, Shop.SILENCE, Shop.code("E02"), OPEN, Shop.code("S04"))) {
      Shop quick = new Shop();
      quick.onSend(() -> {
        assertThat(result(quick.notify(PAID))).isEqualTo(WebhookResult.SETTLED);
        return answer;
      });
      quick.questions(PAID, PAID);
      assertThat(Shop.body(quick.pay(SALE))).contains("\"S\"", "T-id-1");
      assertThat(quick.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
      assertThat(quick.wire).containsOnlyOnce("send");
      assertThat(quick.isListed("id-1")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"F", "C"})
  void a_no_settles_nothing_and_is_asked_about_at_once(String status) {
    open();
    assertThat(notify(Shop.status(status, "id-1", "order-1"))).isEqualTo(WebhookResult.CONFIRMED);
    assertThat(outcome()).isNull();
    shop.questions(PAID);
    shop.workOnHints();
    assertThat(outcome()).as("the query decides").isEqualTo(Outcome.PAID);
  }

  @Test
  void a_no_that_the_query_confirms_ends_it() {
    open();
    notify(CLOSED);
    shop.questions(CLOSED);
    shop.workOnHints();
    assertThat(outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(notify(CLOSED)).isEqualTo(WebhookResult.REPEATED);
  }

  @Test
  void s_after_an_unpaid_answer_needs_review_and_the_answer_stays() {
    shop.sends(CLOSED);
    shop.pay(SALE);
    assertThat(notify(PAID)).isEqualTo(WebhookResult.SETTLED);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(SALE))).contains("\"C\"");
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C10");
    assertThat(shop.payment("id-1").timeline()).contains("notification");
  }

  @Test
  void s_after_a_refusal_that_gave_the_order_back_pays_it() {
    shop.sends(Shop.code("C14"));
    shop.pay(SALE);
    assertThat(notify(PAID)).isEqualTo(WebhookResult.SETTLED);
    assertThat(shop.isListed("id-1")).isTrue();
  }

  @Test
  void money_of_another_amount_needs_review_whether_it_runs_or_has_ended() {
    Answer partly = Shop.status("S", "id-1", "order-1", "\"orderAmount\":600");
    open();
    assertThat(notify(partly)).isEqualTo(WebhookResult.CONFIRMED);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(outcome()).isNull();
    assertThat(shop.payment("id-1").otherAmount()).contains("600");
    assertThat(notify(partly)).isEqualTo(WebhookResult.REPEATED);

    Shop ended = new Shop();
    ended.sends(CLOSED);
    ended.pay(SALE);
    assertThat(result(ended.notify(partly))).isEqualTo(WebhookResult.SETTLED);
    assertThat(ended.isListed("id-1")).isTrue();
    assertThat(result(ended.notify(partly))).isIn(WebhookResult.SETTLED, WebhookResult.REPEATED);
  }

  @Test
  void a_sum_without_its_meaning_is_asked_about() {
    open();
    assertThat(notify(Shop.status("S", "id-1", "order-1", "\"transAmount\":600")))
        .isEqualTo(WebhookResult.CONFIRMED);
    assertThat(outcome()).isNull();
    assertThat(shop.isListed("id-1")).isFalse();
    assertThat(notify(Shop.status("S", "id-1", "order-1", "\"transAmount\":1000")))
        .isEqualTo(WebhookResult.SETTLED);
  }

  @Test
  void a_late_sum_that_does_not_say_what_it_is_of_needs_review() {
    for (Answer no : List.of(CLOSED, Shop.code("C14"), Shop.code("M01"))) {
      Shop ended = new Shop();
      ended.sends(no);
      ended.pay(SALE);
      Answer sum = Shop.status("S", "id-1", "order-1", "\"transAmount\":600");
      assertThat(result(ended.notify(sum))).isEqualTo(WebhookResult.SETTLED);
      assertThat(ended.isListed("id-1")).isTrue();
      assertThat(Shop.body(ended.pay(Shop.sale("id-2", "order-1")))).contains("C10");
      assertThat(result(ended.notify(sum))).isIn(WebhookResult.SETTLED, WebhookResult.REPEATED);
      assertThat(ended.wire).containsOnlyOnce("send");
    }
  }

  @Test
  void a_late_s_that_names_only_its_transaction_needs_review() {
    String unnamed = """
        {"code":"0","data":{"transactionStatus":"S","transactionId":"T-id-1"%s}}""";
    for (String more :
        List.of("", ",\"referenceOrderId\":\"order-1\",\"amount\":{\"orderAmount\":600}")) {
      Shop ended = new Shop();
      ended.sends(CLOSED);
      ended.pay(SALE);
      assertThat(result(ended.notify(Shop.says(unnamed.formatted(more)))))
          .isEqualTo(WebhookResult.SETTLED);
      assertThat(ended.isListed("id-1")).isTrue();
      assertThat(Shop.body(ended.pay(Shop.sale("id-2", "order-1")))).contains("C10");
      assertThat(ended.payment("id-1").otherAmount()).contains(more.isEmpty() ? "1000" : "600");
    }
  }

  @Test
  void neither_an_address_nor_a_no_nor_what_was_paid_is_a_late_s() {
    shop.sends(CLOSED);
    shop.pay(SALE);
    String of = "{\"code\":\"0\",\"data\":{\"transactionStatus\":\"%s\"%s}}";
    for (String said : List.of(
        of.formatted("S", ""),
        of.formatted("S", ",\"transactionId\":\"T-9\""),
        of.formatted("S", ",\"transactionId\":\"T-id-1\",\"referenceOrderId\":\"order-9\""),
        of.formatted("F", ",\"transactionId\":\"T-id-1\""))) {
      assertThat(result(shop.notify("id-1", Shop.says(said)))).isEqualTo(WebhookResult.REPEATED);
    }
    assertThat(shop.isListed("id-1")).isFalse();

    Shop paid = new Shop();
    paid.sends(PAID);
    paid.pay(SALE);
    Answer again = Shop.says(of.formatted("S", ",\"transactionId\":\"T-id-1\""));
    assertThat(result(paid.notify(again))).isEqualTo(WebhookResult.REPEATED);
    assertThat(paid.isListed("id-1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"I", "P"})
  void what_it_says_is_under_way_is_not_sent_again_though_a_query_does_not_find_it(String status) {
    shop.sends(Shop.SILENCE);
    shop.pay(SALE);
    assertThat(notify(Shop.status(status, "id-1", "order-1"))).isEqualTo(WebhookResult.CONFIRMED);
    for (int i = 0; i < 4; i++) {
      shop.questions(Shop.code("C12"));
      shop.work("id-1");
    }
    assertThat(shop.wire).containsOnlyOnce("send");
    assertThat(outcome()).isNull();
    shop.questions(PAID);
    shop.work("id-1");
    assertThat(outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void s_of_another_order_under_our_id_settles_nothing() {
    open();
    assertThat(notify(Shop.status("S", "id-1", "order-9"))).isEqualTo(WebhookResult.CONFIRMED);
    assertThat(outcome()).isNull();
  }

  @Test
  void s_of_another_order_under_the_id_of_what_has_ended_changes_nothing() {
    shop.sends(CLOSED);
    shop.pay(SALE);
    assertThat(notify(Shop.status("S", "id-1", "order-9"))).isEqualTo(WebhookResult.REPEATED);
    assertThat(shop.isListed("id-1")).isFalse();
  }

  @Test
  void where_the_id_may_have_been_anothers_before_the_query_decides() {
    shop.sends(Shop.code("C06"));
    shop.pay(SALE);
    assertThat(notify(PAID)).isEqualTo(WebhookResult.CONFIRMED);
    assertThat(outcome()).isNull();
    shop.questions(PAID);
    shop.workOnHints();
    assertThat(outcome()).isEqualTo(Outcome.PAID);
  }

  /** What had the id was of another order; then a transaction of ours has it, and it paid. */
  @Test
  void what_was_refused_as_anothers_id_and_paid_its_own_order_is_listed_whoever_shows_it() {
    Answer others = Shop.status("S", "id-1", "order-9");
    for (boolean asked : List.of(true, false)) {
      Shop one = new Shop();
      one.sends(Shop.code("C06"));
      one.questions(others);
      assertThat(Shop.body(one.pay(SALE))).contains("C06");
      one.questions(others);
      assertThat(Shop.body(one.ask("transactionRequestId=id-1"))).contains("C12");
      assertThat(result(one.notify(others))).isEqualTo(WebhookResult.REPEATED);
      assertThat(one.isListed("id-1")).isFalse();
      one.questions(PAID);
      if (asked) {
        assertThat(Shop.body(one.ask("transactionRequestId=id-1"))).contains("\"S\"");
      } else {
        assertThat(result(one.notify(PAID))).isEqualTo(WebhookResult.SETTLED);
      }
      assertThat(one.isListed("id-1")).isTrue();
      assertThat(Shop.body(one.pay(Shop.sale("id-2", "order-1")))).contains("C10");
    }
  }

  @Test
  void what_is_no_news_here_may_still_be_news_to_a_replica() {
    for (Answer said : List.of(PAID, CLOSED)) {
      Shop away = new Shop();
      away.sends(said);
      away.pay(SALE);
      away.store.onMove(each -> each.equals("safely") ? Mishap.SWALLOWED : Mishap.NONE);
      assertThat(away.notify(said).cause()).isInstanceOf(LedgerUnavailable.class);
    }
  }

  @Test
  void the_body_counts_and_not_the_address_that_it_came_to() {
    open();
    shop.sends(Shop.status("I", "id-2", "order-2"));
    shop.pay(Shop.sale("id-2", "order-2"));
    Answer second = Shop.status("S", "id-2", "order-2");
    assertThat(result(shop.notify("id-1", second))).isEqualTo(WebhookResult.SETTLED);
    assertThat(outcome()).isNull();
    assertThat(shop.payment("id-2").outcome()).isEqualTo(Outcome.PAID);
    Answer third = Shop.status("S", "id-3", "order-1");
    assertThat(result(shop.notify("id-1", third))).isEqualTo(WebhookResult.UNKNOWN);
    assertThat(outcome()).isNull();
  }

  @Test
  void what_names_no_request_settles_nothing_and_is_asked_about() {
    open();
    Answer unnamed = Shop.says("""
        {"code":"0","data":{"transactionStatus":"S","transactionId":"T-id-1","referenceOrderId":"order-1",\
        "amount":{"orderAmount":1000,"priceCurrency":"USD"}}}""");
    assertThat(notify(unnamed)).isEqualTo(WebhookResult.CONFIRMED);
    assertThat(result(shop.notify(
            "id-1", Shop.says("{\"code\":\"0\",\"data\":{\"transactionStatus\":\"S\"}}"))))
        .isEqualTo(WebhookResult.CONFIRMED);
    assertThat(outcome()).isNull();
  }

  @Test
  void a_body_that_names_no_merchant_is_understood_at_the_payments_own_address_only() {
    open();
    assertThat(result(shop.notifyWithoutNames(null, PAID))).isEqualTo(WebhookResult.UNKNOWN);
    assertThat(outcome()).isNull();
    assertThat(result(shop.notifyWithoutNames("id-1", PAID))).isEqualTo(WebhookResult.SETTLED);
  }

  @Test
  void an_id_that_no_caller_can_have_used_names_no_payment() {
    for (String id : List.of("a/b", "x".repeat(65), "ä", "id 1")) {
      assertThat(notify(Shop.status("S", id, "order-1"))).isEqualTo(WebhookResult.UNKNOWN);
    }
    assertThat(questions()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"I", "P"})
  void what_is_under_way_is_no_news(String status) {
    open();
    assertThat(notify(Shop.status(status, "id-1", "order-1"))).isEqualTo(WebhookResult.REPEATED);
    shop.workOnHints();
    assertThat(questions()).isZero();
  }

  @Test
  void an_unknown_status_is_asked_about_and_none_is_no_news() {
    open();
    assertThat(notify(Shop.status("X", "id-1", "order-1"))).isEqualTo(WebhookResult.CONFIRMED);
    assertThat(notify(Shop.says("{\"code\":\"0\",\"data\":{\"transactionRequestId\":\"id-1\"}}")))
        .isEqualTo(WebhookResult.REPEATED);
    assertThat(outcome()).isNull();
  }

  /** A sale whose first id failed and that goes on under the second. */
  private String reissued(Answer... toSecond) {
    shop.sends(Shop.code("E02")).questions(FAILED).sends(toSecond);
    shop.pay(SALE);
    String second = PlatformId.of(new PaymentId("M1", "id-1"), 2);
    assertThat(shop.payment("id-1").platformId()).isEqualTo(second);
    return second;
  }

  @Test
  void s_of_a_reissued_id_settles_under_the_callers_own() {
    String second = reissued(Shop.SILENCE);
    assertThat(notify(Shop.status("S", second, "order-1"))).isEqualTo(WebhookResult.SETTLED);
    assertThat(Shop.body(shop.pay(SALE)))
        .contains("\"S\"", "\"id-1\"")
        .doesNotContain(second + "\",\"r");
  }

  @Test
  void a_no_of_an_id_that_had_failed_before_says_nothing_new_and_its_s_pays() {
    reissued(Shop.SILENCE);
    long before = questions();
    assertThat(result(shop.notify("id-1", FAILED))).isEqualTo(WebhookResult.CONFIRMED);
    assertThat(outcome()).isNull();
    assertThat(notify(PAID)).isEqualTo(WebhookResult.SETTLED);
    assertThat(outcome()).isEqualTo(Outcome.PAID);
    assertThat(questions()).isEqualTo(before);
  }

  @Test
  void money_of_another_amount_under_an_id_that_had_failed_is_before_an_operator() {
    String second = reissued(Shop.SILENCE);
    Answer partly = Shop.status("S", "id-1", "order-1", "\"orderAmount\":600");
    assertThat(notify(partly)).isEqualTo(WebhookResult.CONFIRMED);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.payment("id-1").otherAmount()).contains("600");
    assertThat(notify(Shop.status("F", second, "order-1"))).isEqualTo(WebhookResult.CONFIRMED);
    shop.questions(Shop.status("F", second, "order-1"));
    shop.work("id-1");
    assertThat(outcome()).as("an operator decides").isNull();
    assertThat(notify(partly)).isEqualTo(WebhookResult.REPEATED);
  }

  @Test
  void what_moved_under_an_id_that_had_failed_stays_before_an_operator_when_the_other_pays() {
    String second = reissued(Shop.SILENCE);
    Answer partly = Shop.status("S", "id-1", "order-1", "\"orderAmount\":600");
    notify(partly);
    shop.questions(Shop.status("S", second, "order-1", "\"orderAmount\":700"));
    shop.work("id-1");
    assertThat(shop.payment("id-1").otherAmount()).as("the first is kept").contains("600");
    assertThat(notify(Shop.status("S", second, "order-1"))).isEqualTo(WebhookResult.SETTLED);
    assertThat(outcome()).isEqualTo(Outcome.PAID);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.payment("id-1").otherAmount()).contains("600", " as T-id-1");
    shop.pass(86_400_001);
    assertThat(shop.payment("id-1")).as("kept until it was looked at").isNotNull();
    assertThat(notify(partly)).isEqualTo(WebhookResult.SETTLED);
    assertThat(shop.isListed("id-1")).isTrue();
  }

  @Test
  void what_is_put_right_under_the_same_id_needs_no_operator() {
    reissued(Shop.SILENCE);
    notify(Shop.status("S", "id-1", "order-1", "\"orderAmount\":600"));
    assertThat(notify(PAID)).isEqualTo(WebhookResult.SETTLED);
    assertThat(outcome()).isEqualTo(Outcome.PAID);
    assertThat(shop.isListed("id-1")).isFalse();
  }

  @Test
  void what_was_charged_under_two_of_its_ids_is_before_an_operator_whichever_came_first() {
    String second = reissued(Shop.SILENCE);
    Answer later = Shop.status("S", second, "order-1");
    notify(later);
    assertThat(notify(later)).isEqualTo(WebhookResult.REPEATED);
    assertThat(shop.isListed("id-1")).isFalse();
    assertThat(notify(PAID)).isEqualTo(WebhookResult.SETTLED);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"");

    Shop other = new Shop();
    other.sends(Shop.code("E02")).questions(FAILED).sends(Shop.SILENCE);
    other.pay(SALE);
    assertThat(result(other.notify(PAID))).isEqualTo(WebhookResult.SETTLED);
    assertThat(other.isListed("id-1")).isFalse();
    assertThat(result(other.notify(later))).isEqualTo(WebhookResult.SETTLED);
    assertThat(other.isListed("id-1")).isTrue();
  }

  @Test
  void s_of_what_is_forgotten_needs_review_and_keeps_its_order() {
    shop.sends(CLOSED);
    shop.pay(SALE);
    shop.pass(86_400_001);
    assertThat(shop.payment("id-1")).isNull();
    assertThat(notify(CLOSED)).isEqualTo(WebhookResult.REPEATED);
    assertThat(shop.isListed("id-1")).isFalse();
    assertThat(notify(PAID)).isEqualTo(WebhookResult.SETTLED);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C10");
  }

  @Test
  void what_left_no_trace_but_that_its_money_moved_is_not_sent_again_before_an_operator_decides() {
    assertThat(result(shop.notify("id-1", PAID))).isEqualTo(WebhookResult.SETTLED);
    for (Answer shown : List.of(
        Shop.SILENCE,
        Shop.code("C12"),
        CLOSED,
        Shop.status("S", "id-1", "order-1", "\"orderAmount\":600"))) {
      shop.questions(shown);
      assertThat(Shop.body(shop.pay(SALE))).contains("\"P\"", "id-1");
    }
    shop.questions(PAID);
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"", "T-id-1");
    assertThat(shop.wire).doesNotContain("send");
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C10");
    shop.questions(Shop.code("C12"));
    shop.resolve("id-1", Verdict.UNPAID, true);
    shop.sends(PAID);
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"");
  }

  @Test
  void s_of_what_was_paid_and_forgotten_is_no_news() {
    shop.sends(PAID);
    shop.pay(SALE);
    shop.pass(86_400_001);
    assertThat(notify(PAID)).isEqualTo(WebhookResult.REPEATED);
    assertThat(shop.isListed("id-1")).isFalse();
  }

  @Test
  void s_of_what_the_ledger_has_lost_needs_review_where_the_address_shows_that_it_was_ours() {
    assertThat(result(shop.notify("id-1", CLOSED))).isEqualTo(WebhookResult.UNKNOWN);
    assertThat(result(shop.notify("id-1", PAID))).isEqualTo(WebhookResult.SETTLED);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C10");
  }

  @Test
  void what_is_unknown_here_is_asked_about_once_a_second_at_most() {
    for (int i = 0; i < 50; i++) {
      assertThat(notify(Shop.status("S", "other-" + i, "order-1")))
          .isEqualTo(WebhookResult.UNKNOWN);
    }
    assertThat(questions()).isEqualTo(1);
    shop.pass(1000);
    notify(Shop.status("S", "other-99", "order-1"));
    assertThat(questions()).isEqualTo(2);
    assertThat(shop.isListed("other-99")).isFalse();
  }

  @Test
  void what_names_only_an_unknown_transaction_is_found_by_asking() {
    shop.sends(Shop.SILENCE);
    shop.pay(SALE);
    Answer unnamed = Shop.says(
        "{\"code\":\"0\",\"data\":{\"transactionStatus\":\"S\",\"transactionId\":\"T-id-1\"}}");
    shop.forgetAnswers();
    shop.questions(PAID);
    assertThat(notify(unnamed)).isEqualTo(WebhookResult.SETTLED);
    assertThat(outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void what_another_platform_was_sent_is_none_of_this_ones() {
    open();
    Shop other = Shop.beside(shop, "b.example");
    assertThat(result(other.notify(PAID))).isEqualTo(WebhookResult.UNKNOWN);
    assertThat(result(other.notify("id-1", CLOSED))).isEqualTo(WebhookResult.UNKNOWN);
    assertThat(outcome()).isNull();
  }

  @Test
  void one_press_that_failed_does_not_end_a_page_and_s_pays_it() {
    String page = SALE.replace("\"terminalSn\":\"t\"", "\"notifyUrl\":\"https://a.b\"");
    shop.sends(Shop.says(
        "{\"code\":\"0\",\"data\":{\"checkoutUrl\":\"https://p/1\",\"sessionId\":\"s\"}}"));
    shop.post(Operation.CREATE_SESSION, page);
    assertThat(notify(FAILED)).isEqualTo(WebhookResult.REPEATED);
    assertThat(outcome()).isNull();
    assertThat(notify(PAID)).isEqualTo(WebhookResult.SETTLED);
    assertThat(outcome()).isEqualTo(Outcome.PAID);
    assertThat(Shop.body(shop.post(Operation.CREATE_SESSION, page))).contains("https://p/1");
  }

  @Test
  void s_of_a_void_gives_the_order_back() {
    shop.sends(PAID);
    shop.pay(SALE);
    shop.sends(Shop.SILENCE);
    shop.post(Operation.VOID, Shop.undo("void-1", "id-1"));
    Answer voided = Shop.says("""
        {"code":"0","data":{"transactionStatus":"S","transactionId":"T-v","transactionRequestId":"void-1",\
        "transactionType":"VOID"}}""");
    shop.forgetAnswers();
    assertThat(notify(voided)).isEqualTo(WebhookResult.SETTLED);
    shop.sends(Shop.status("S", "id-2", "order-1"));
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("T-id-2");
  }

  @Test
  void what_is_shown_as_undone_since_is_asked_about_and_frees_its_order() {
    shop.sends(PAID);
    shop.pay(SALE);
    Answer undone = Shop.says("""
        {"code":"0","data":{"transactionStatus":"S","transactionId":"T-id-1","transactionRequestId":"id-1",\
        "referenceOrderId":"order-1","relatedTransactionStatus":"VOIDED",\
        "amount":{"orderAmount":1000,"priceCurrency":"USD"}}}""");
    shop.questions(undone);
    assertThat(notify(undone)).isEqualTo(WebhookResult.REPEATED);
    shop.sends(Shop.status("S", "id-2", "order-1"));
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("T-id-2");
  }

  @Test
  void nothing_is_taken_as_received_that_the_ledger_has_not_surely_written() {
    for (Mishap mishap : List.of(Mishap.UNREACHED, Mishap.SWALLOWED, Mishap.REPLY_LOST)) {
      for (String move : List.of("find", "takeover", "settle", "safely")) {
        Shop away = new Shop();
        away.sends(OPEN);
        away.pay(SALE);
        away.store.onMove(each -> each.equals(move) ? mishap : Mishap.NONE);
        Future<WebhookResult> first = away.notify(PAID);
        away.store.onMove(each -> Mishap.NONE);
        if (first.succeeded()) {
          assertThat(move + mishap).as("read again").isEqualTo("settle" + Mishap.REPLY_LOST);
          assertThat(away.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
        } else {
          assertThat(first.cause()).isInstanceOf(LedgerUnavailable.class);
        }
        assertThat(result(away.notify(PAID))).isIn(WebhookResult.SETTLED, WebhookResult.REPEATED);
        assertThat(away.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
        assertThat(away.isListed("id-1")).isFalse();
      }
    }
  }

  @Test
  void a_no_is_not_taken_as_received_before_the_time_of_the_next_look_is_written() {
    for (String move : List.of("find", "expedite", "safely")) {
      Shop away = new Shop();
      away.sends(OPEN);
      away.pay(SALE);
      away.store.onMove(each -> each.equals(move) ? Mishap.SWALLOWED : Mishap.NONE);
      assertThat(away.notify(CLOSED).cause()).isInstanceOf(LedgerUnavailable.class);
    }
  }

  @Test
  void s_of_a_payment_that_cannot_be_read_is_noted_where_its_own_address_shows_that_it_is_ours() {
    shop.sends(CLOSED);
    shop.pay(SALE);
    shop.store.tear("find");
    assertThat(shop.notify(PAID).cause()).isInstanceOf(UnreadableRecord.class);
    assertThat(shop.notify("id-1", CLOSED).cause()).isInstanceOf(UnreadableRecord.class);
    assertThat(shop.isListed("id-1")).isFalse();
    assertThat(result(shop.notify("id-1", PAID))).isEqualTo(WebhookResult.SETTLED);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(result(shop.notify("id-1", PAID))).isEqualTo(WebhookResult.SETTLED);
    shop.store.tear("find", "contradict");
    assertThat(shop.notify("id-1", PAID).cause()).isInstanceOf(UnreadableRecord.class);
  }

  @Test
  void s_under_a_reissued_id_of_what_cannot_be_read_is_repeated_until_its_own_address_shows_it() {
    String second = reissued(Shop.SILENCE);
    Answer paid = Shop.status("S", second, "order-1");
    shop.store.tear(Shop.id("id-1"));
    assertThat(shop.notify(paid).cause()).isInstanceOf(UnreadableRecord.class);
    assertThat(shop.isListed("id-1")).isFalse();
  }
}
