package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.operator.Resolved;
import io.payonce.flow.port.Outbound;
import io.payonce.ledger.FakeStore.Mishap;
import io.payonce.ledger.Outcome;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Resolution.Verdict;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** "Paid", once answered, binds: it is written before it is answered. */
class PaidBindsTest {
  /** Of the first id, another transaction than the one that this is known by. */
  private static final Answer FORMER = Shop.says("""
      {"code":"0","data":{"transactionStatus":"S","transactionId":"T-9","transactionRequestId":"id-1",\
      "referenceOrderId":"order-1","amount":{"orderAmount":1000,"priceCurrency":"USD"}}}""");

  private static final String SALE = Shop.sale("id-1", "order-1");
  private static final String OTHER = Shop.sale("id-2", "order-1");
  private static final String PENDING = "\"transactionStatus\":\"P\"";
  private static final Answer PAID = Shop.status("S", "id-1", "order-1");

  private final Shop shop = new Shop();

  private String ask() {
    shop.questions(PAID);
    return Shop.body(shop.ask("transactionRequestId=id-1"));
  }

  private void ledgerIsAway() {
    shop.store.onMove(move -> move.equals("settle") ? Mishap.SWALLOWED : Mishap.NONE);
  }

  private void ledgerIsBack() {
    shop.store.onMove(move -> Mishap.NONE);
  }

  @Test
  void what_a_query_showed_paid_is_not_released_by_the_next_refusal() {
    shop.sends(Shop.code("C08"));
    shop.onSend(() -> {
      assertThat(ask()).contains("\"S\"");
      return Shop.code("C08");
    });
    shop.pay(SALE);
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"");
    assertThat(Shop.body(shop.pay(OTHER))).contains("C10");
  }

  @Test
  void what_a_query_shows_paid_of_a_released_payment_is_written() {
    shop.sends(Shop.code("C08"), Shop.code("C08"), Shop.code("C08"));
    shop.pay(SALE);
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(ask()).contains("\"S\"");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(OTHER))).contains("C10");
  }

  @Test
  void what_a_query_shows_paid_though_it_was_answered_unpaid_is_written_and_listed() {
    shop.sends(Shop.status("C", "id-1", "order-1"));
    shop.pay(SALE);
    assertThat(ask()).contains("\"S\"");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.payment("id-1").timeline()).contains("by=a caller's query\tstatus=S");
    assertThat(Shop.body(shop.pay(OTHER))).contains("C10");
  }

  @Test
  void what_a_query_showed_paid_stays_so_to_queries_whatever_the_platform_says_next() {
    for (Answer no : List.of(Shop.status("C", "id-1", "order-1"), Shop.code("C14"))) {
      Shop ended = new Shop();
      ended.sends(no);
      String first = Shop.body(ended.pay(SALE));
      ended.questions(PAID);
      assertThat(Shop.body(ended.ask("transactionRequestId=id-1"))).contains("\"S\"");
      for (Answer word : List.of(
          Shop.SILENCE,
          Shop.code("C12"),
          Shop.code("E01"),
          Shop.status("F", "id-1", "order-1"),
          Shop.status("C", "id-1", "order-1"),
          Shop.status("P", "id-1", "order-1"),
          Shop.status("S", "id-1", "order-9"),
          Shop.status("S", "id-1", "order-1", "\"orderAmount\":600"))) {
        ended.questions(word);
        assertThat(Shop.body(ended.ask("transactionRequestId=id-1")))
            .contains("\"transactionStatus\":\"S\"", "id-1")
            .doesNotContain("order-9", "600");
      }
      assertThat(Shop.body(ended.pay(SALE))).as("the same request").isEqualTo(first);
      assertThat(Shop.body(ended.pay(SALE.replace("1000", "999")))).contains("C06", "\"S\"");
    }
  }

  @Test
  void what_was_paid_after_all_is_answered_as_unpaid_again_once_an_operator_says_so() {
    shop.sends(Shop.status("C", "id-1", "order-1"));
    shop.pay(SALE);
    ask();
    shop.resolve("id-1", Verdict.UNPAID, false);
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains("\"S\"");
    assertThat(shop.resolve("id-1", Verdict.UNPAID, true)).isInstanceOf(Resolved.Done.class);
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains("\"C\"");
    assertThat(ask()).as("unless it is shown anew").contains("\"S\"");
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains("\"S\"");
  }

  @Test
  void what_was_paid_after_all_can_be_given_back_while_the_platform_is_silent() {
    shop.sends(Shop.status("C", "id-1", "order-1"), Shop.status("S", "v-1", "order-1"));
    shop.pay(SALE);
    ask();
    assertThat(Shop.body(shop.post(Operation.VOID, Shop.undo("v-1", "id-1")))).contains("\"S\"");
  }

  @Test
  void what_a_query_shows_paid_under_an_id_that_had_failed_is_not_taken_for_anothers() {
    String second = PlatformId.of(Shop.id("id-1"), 2);
    shop.sends(Shop.SILENCE, Shop.code("C14"));
    shop.questions(Shop.status("F", "id-1", "order-1"));
    shop.pay(SALE);
    assertThat(shop.payment("id-1").platformId()).isEqualTo(second);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.UNPAID);
    shop.questions(FORMER);
    assertThat(Shop.body(shop.ask("transactionId=T-9"))).contains("\"S\"", "T-9");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(OTHER))).contains("C10");
  }

  @Test
  void what_a_query_shows_charged_once_more_under_a_former_id_needs_review_and_is_no_answer() {
    String second = PlatformId.of(Shop.id("id-1"), 2);
    shop.sends(Shop.SILENCE, Shop.status("S", second, "order-1"));
    shop.questions(Shop.status("F", "id-1", "order-1"));
    assertThat(Shop.body(shop.pay(SALE))).contains("T-" + second);
    assertThat(shop.isListed("id-1")).isFalse();
    shop.questions(FORMER);
    assertThat(Shop.body(shop.ask("transactionId=T-9"))).contains("T-" + second, "\"S\"");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.payment("id-1").otherAmount()).contains("T-9");
    String timeline = shop.payment("id-1").timeline();
    shop.questions(FORMER);
    shop.ask("transactionId=T-9");
    assertThat(shop.payment("id-1").timeline()).as("it is known").isEqualTo(timeline);
  }

  private static final Answer FORMER_PARTLY = Shop.says("""
      {"code":"0","data":{"transactionStatus":"S","transactionId":"T-9","transactionRequestId":"id-1",\
      "referenceOrderId":"order-1","amount":{"orderAmount":600,"priceCurrency":"USD"}}}""");

  @Test
  void what_a_query_shows_charged_once_more_with_another_amount_needs_review_and_is_no_answer() {
    String second = PlatformId.of(Shop.id("id-1"), 2);
    shop.sends(Shop.SILENCE, Shop.status("S", second, "order-1"));
    shop.questions(Shop.status("F", "id-1", "order-1"));
    shop.pay(SALE);
    shop.questions(FORMER_PARTLY);
    assertThat(Shop.body(shop.ask("transactionId=T-9"))).contains("T-" + second, "\"S\"");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.payment("id-1").otherAmount()).contains("600", "T-9");
  }

  @Test
  void what_a_stale_worker_was_answered_of_what_is_paid_by_another_id_needs_review() {
    String second = PlatformId.of(Shop.id("id-1"), 2);
    shop.onSend(() -> {
      shop.sends(Shop.status("S", second, "order-1"));
      for (int i = 0; i < 2; i++) {
        shop.pass(20_000);
        shop.questions(Shop.status("F", "id-1", "order-1"));
        shop.workNow("id-1");
        shop.forgetAnswers();
      }
      return FORMER_PARTLY;
    });
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"", "T-" + second);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.payment("id-1").otherAmount()).contains("600", "T-9");
  }

  @Test
  void what_is_paid_under_a_former_id_and_the_next_one_is_charged_twice_whoever_comes_first() {
    String second = PlatformId.of(Shop.id("id-1"), 2);
    shop.sends(Shop.SILENCE, Shop.SILENCE);
    shop.questions(Shop.status("F", "id-1", "order-1"));
    shop.pay(SALE);
    shop.questions(FORMER);
    assertThat(Shop.body(shop.ask("transactionId=T-9"))).contains("\"S\"", "T-9");
    shop.questions(Shop.status("S", second, "order-1"));
    assertThat(Shop.body(shop.ask("transactionId=T-" + second))).contains("T-9");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.payment("id-1").otherAmount()).contains("T-" + second);
  }

  @Test
  void a_send_that_is_charged_after_a_former_id_was_shown_paid_needs_review() {
    String second = PlatformId.of(Shop.id("id-1"), 2);
    shop.sends(Shop.SILENCE);
    shop.onSend(() -> {
      shop.questions(FORMER);
      assertThat(Shop.body(shop.ask("transactionId=T-9"))).contains("\"S\"", "T-9");
      return Shop.status("S", second, "order-1");
    });
    shop.questions(Shop.status("F", "id-1", "order-1"));
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"", "T-9").doesNotContain(second);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.payment("id-1").otherAmount()).contains("T-" + second);
  }

  @Test
  void a_second_charge_is_noted_also_when_the_ledger_was_away_as_it_was_answered() {
    for (String away : List.of("settle", "contradict")) {
      Shop outage = new Shop();
      String second = PlatformId.of(Shop.id("id-1"), 2);
      outage.sends(Shop.SILENCE);
      AtomicInteger refused = new AtomicInteger();
      outage.onSend(() -> {
        outage.questions(FORMER);
        assertThat(Shop.body(outage.ask("transactionId=T-9"))).contains("\"S\"", "T-9");
        outage.store.onMove(move ->
            move.equals(away) && refused.incrementAndGet() < 4 ? Mishap.UNREACHED : Mishap.NONE);
        return Shop.status("S", second, "order-1");
      });
      outage.questions(Shop.status("F", "id-1", "order-1"));
      assertThat(Shop.body(outage.pay(SALE))).contains("\"S\"");
      outage.pass(60_000);
      assertThat(refused).hasValue(4);
      assertThat(outage.isListed("id-1")).isTrue();
      assertThat(outage.payment("id-1").otherAmount()).contains("T-" + second);
    }
  }

  @Test
  void another_amount_under_an_id_that_had_failed_needs_review_when_a_query_shows_it() {
    shop.sends(Shop.SILENCE, Shop.SILENCE);
    shop.questions(Shop.status("F", "id-1", "order-1"));
    shop.pay(SALE);
    shop.questions(Shop.says("""
        {"code":"0","data":{"transactionStatus":"S","transactionId":"T-9","transactionRequestId":"id-1",\
        "referenceOrderId":"order-1","amount":{"orderAmount":600}}}"""));
    assertThat(Shop.body(shop.ask("transactionId=T-9"))).contains(PENDING);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.payment("id-1").otherAmount()).contains("600");
  }

  private static final Answer PAGE = Shop.says("""
      {"code":"0","data":{"sessionId":"cs","checkoutUrl":"https://p/1","transactionRequestId":"id-1"}}""");
  private static final Answer EXPIRED = Shop.says("""
      {"code":"0","data":{"sessionId":"cs","sessionStatus":"EXPIRED","transactionRequestId":"id-1"}}""");
  private static final Answer CLOSED = Shop.status("C", "id-1", "order-1");

  private void openPage() {
    shop.sends(PAGE);
    shop.post(Operation.CREATE_SESSION, SALE);
  }

  private String wanted(String id, Answer... questions) {
    shop.forgetAnswers();
    shop.questions(questions);
    return Shop.body(shop.pay(Shop.sale(id, "order-1")));
  }

  @Test
  void a_page_that_was_seen_paid_never_gives_way_whatever_is_said_of_it_next() {
    openPage();
    assertThat(wanted("id-2", EXPIRED, PAID)).contains("C10", "id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(wanted("id-3", EXPIRED, CLOSED, CLOSED)).contains("C10");
    assertThat(shop.wire).containsOnlyOnce("send");
  }

  @Test
  void that_a_page_was_seen_paid_is_not_answered_before_it_is_written() {
    openPage();
    ledgerIsAway();
    assertThat(wanted("id-2", EXPIRED, PAID)).contains("C08").doesNotContain("\"S\"");
    ledgerIsBack();
    assertThat(wanted("id-2", PAID, PAID)).contains("C10");
  }

  @Test
  void a_page_that_has_moved_another_amount_never_gives_way() {
    openPage();
    Answer partly = Shop.status("S", "id-1", "order-1", "\"orderAmount\":600");
    assertThat(wanted("id-2", EXPIRED, partly)).contains("C08");
    assertThat(shop.isListed("id-1")).isTrue();
    for (int i = 0; i < 3; i++) {
      assertThat(wanted("id-3", EXPIRED, CLOSED, CLOSED)).contains("C08");
      shop.pass(20_000);
    }
    assertThat(shop.wire).containsOnlyOnce("send");
  }

  private static final Answer PARTLY = Shop.status("S", "id-1", "order-1", "\"orderAmount\":600");

  @Test
  void another_amount_that_a_page_has_moved_though_its_order_is_anothers_keeps_that_order() {
    openPage();
    shop.sends(Shop.code("C14"));
    assertThat(wanted("id-2", EXPIRED, CLOSED)).contains("C14");
    assertThat(shop.payment("id-1").isEnded()).isFalse();
    assertThat(shop.notify(PARTLY).succeeded()).isTrue();
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(wanted("id-3")).contains("C10", "id-1").doesNotContain("\"S\"");
    assertThat(shop.wire).filteredOn("send"::equals).hasSize(2);
    shop.pass(3_000_000);
    shop.questions(CLOSED);
    shop.resolve("id-1", Verdict.UNPAID, true);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.UNPAID);
    shop.sends(Shop.status("S", "id-4", "order-1"));
    assertThat(wanted("id-4")).as("an operator has decided").contains("\"S\"");
  }

  @Test
  void a_refund_of_an_order_waits_for_who_has_moved_its_money_and_has_not_ended() {
    openPage();
    shop.sends(Shop.code("C14"));
    assertThat(wanted("id-2", EXPIRED, CLOSED)).contains("C14");
    shop.notify(PARTLY);
    String refund = Shop.refundOf("r-1", "referenceOrderId", "order-1");
    assertThat(Shop.body(shop.post(Operation.REFUND, refund))).contains("C08", "id-1");
    assertThat(shop.wire).filteredOn("send"::equals).hasSize(2);
    shop.pass(3_000_000);
    shop.questions(PARTLY);
    shop.resolve("id-1", Verdict.PAID, true);
    shop.sends(Shop.status("S", "r-1", "order-1"));
    assertThat(Shop.body(shop.post(Operation.REFUND, refund))).contains("\"S\"", "r-1");
  }

  @Test
  void another_amount_that_a_page_has_moved_keeps_its_order_from_a_further_send_of_who_has_it() {
    openPage();
    shop.sends(Shop.SILENCE);
    assertThat(wanted("id-2", EXPIRED, CLOSED)).contains(PENDING);
    shop.notify(PARTLY);
    for (int i = 0; i < 3; i++) {
      shop.forgetAnswers();
      shop.questions(Shop.code("C12"));
      shop.work("id-2");
    }
    assertThat(shop.wire).filteredOn("send"::equals).hasSize(2);
  }

  @Test
  void no_further_send_leaves_for_an_order_that_another_payment_has_paid_meanwhile() {
    shop.sends(Shop.status("C", "id-1", "order-1"), Shop.SILENCE);
    shop.pay(SALE);
    shop.pay(OTHER);
    ask();
    for (Answer shown : List.of(Shop.code("C12"), Shop.status("F", "id-2", "order-1"))) {
      shop.questions(shown);
      shop.work("id-2");
    }
    assertThat(shop.wire).filteredOn("send"::equals).hasSize(2);
    assertThat(shop.payment("id-2").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(Shop.body(shop.pay(OTHER))).contains("\"F\"");
  }

  @Test
  void what_was_answered_as_paid_is_written_as_soon_as_the_ledger_is_back() {
    AtomicInteger settles = new AtomicInteger();
    shop.store.onMove(move ->
        move.equals("settle") && settles.incrementAndGet() < 6 ? Mishap.SWALLOWED : Mishap.NONE);
    shop.sends(PAID);
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(settles).hasValue(6);
  }

  @Test
  void an_unpaid_end_is_not_answered_before_it_is_written() {
    ledgerIsAway();
    shop.sends(CLOSED);
    assertThat(Shop.body(shop.pay(SALE))).contains(PENDING).doesNotContain("\"C\"");
  }

  @Test
  void what_a_confirm_has_shown_paid_is_not_forgotten_while_the_ledger_is_away() {
    AtomicInteger settles = new AtomicInteger();
    shop.store.onMove(move ->
        move.equals("settle") && settles.incrementAndGet() < 4 ? Mishap.UNREACHED : Mishap.NONE);
    shop.sends(Shop.SILENCE);
    shop.questions(PAID, Shop.code("C12"), Shop.code("C12"));
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"");
    assertThat(shop.wire).containsOnlyOnce("send");
  }

  @Test
  void what_a_query_shows_under_way_is_not_sent_again_though_the_next_does_not_find_it() {
    for (String status : List.of("I", "P")) {
      Shop doubtful = new Shop();
      doubtful.sends(Shop.SILENCE);
      doubtful.pay(SALE);
      doubtful.questions(Shop.status(status, "id-1", "order-1"));
      assertThat(Shop.body(doubtful.ask("transactionRequestId=id-1"))).contains("T-id-1");
      for (int i = 0; i < 4; i++) {
        doubtful.questions(Shop.code("C12"));
        doubtful.work("id-1");
      }
      assertThat(doubtful.wire).containsOnlyOnce("send");
      assertThat(doubtful.payment("id-1").outcome()).isNull();
    }
  }

  @Test
  void what_the_ledger_has_not_taken_is_not_answered_as_paid() {
    shop.sends(Shop.SILENCE);
    shop.pay(SALE);
    ledgerIsAway();
    assertThat(ask()).contains(PENDING).doesNotContain("\"S\"");
    ledgerIsBack();
    assertThat(ask()).contains("\"S\"");
  }

  @Test
  void a_contradiction_that_the_ledger_has_not_taken_is_not_answered() {
    shop.sends(Shop.code("C14"));
    shop.pay(SALE);
    ledgerIsAway();
    assertThat(ask()).doesNotContain("\"S\"");
    ledgerIsBack();
    assertThat(ask()).contains("\"S\"");
    assertThat(shop.isListed("id-1")).isTrue();
  }

  @Test
  void only_the_answer_to_an_own_send_is_passed_on_before_it_is_written() {
    ledgerIsAway();
    shop.sends(PAID);
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"");

    Answer other = Shop.status("S", "id-3", "order-3");
    shop.sends(Shop.SILENCE);
    shop.questions(other);
    String sale = Shop.sale("id-3", "order-3");
    assertThat(Shop.body(shop.pay(sale))).contains(PENDING);
    shop.work("id-3");
    assertThat(shop.payment("id-3").isEnded()).isFalse();
    assertThat(Shop.body(shop.pay(sale))).contains(PENDING);
  }

  @Test
  void what_is_paid_after_its_unpaid_was_forgotten_is_written_before_a_late_comer_is_answered() {
    shop.sends(Shop.status("C", "id-1", "order-1"));
    shop.pay(SALE);
    shop.pass(86_400_001);
    assertThat(shop.payment("id-1")).isNull();
    shop.questions(PAID, PAID);
    ledgerIsAway();
    assertThat(Shop.body(shop.pay(SALE))).contains(PENDING);
    ledgerIsBack();
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(OTHER))).contains("C10");
    shop.questions(Shop.code("C12"));
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"");
  }

  @Test
  void what_a_tombstone_says_is_paid_no_f_of_the_platform_overrules() {
    shop.sends(PAID);
    shop.pay(SALE);
    shop.pass(86_400_001);
    for (String status : new String[] {"F", "C", "P"}) {
      shop.questions(Shop.status(status, "id-1", "order-1"));
      assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"");
    }
  }

  @Test
  void what_a_tombstone_says_is_paid_is_answered_to_a_query_whatever_the_platform_says() {
    shop.sends(PAID);
    shop.pay(SALE);
    shop.pass(86_400_001);
    for (String status : new String[] {"F", "C", "P", "I"}) {
      assertPaidByLedger(Shop.status(status, "id-1", "order-1"));
    }
    assertPaidByLedger(Shop.code("C12"));
    assertPaidByLedger(Shop.code("E01"));
    assertPaidByLedger(Shop.SILENCE);
    String declined =
        "{\"code\":\"0\",\"data\":{\"transactionStatus\":\"F\",\"transactionRequestId\":\"id-1\",";
    assertPaidByLedger(Shop.says(declined + "\"transactionResultCode\":\"051\"}}"));
    shop.questions(PAID);
    assertThat(shop.ask("transactionRequestId=id-1").reply().body())
        .isEqualTo(((Answer.Spoken) PAID).reply().body());
    assertThat(shop.isListed("id-1")).isFalse();
  }

  private void assertPaidByLedger(Answer heard) {
    for (String by : new String[] {"transactionRequestId=id-1", "transactionId=T-id-1"}) {
      shop.questions(heard, heard);
      Outbound out = shop.ask(by);
      assertThat(Shop.body(out)).contains("\"S\"").contains("id-1");
      assertThat(out.source()).isEqualTo(Outbound.Source.LEDGER);
      assertThat(out.sent()).isEqualTo(Outbound.Sent.YES);
      shop.forgetAnswers();
    }
  }

  @Test
  void what_was_forgotten_as_paid_by_a_later_attempt_is_asked_for_under_its_id() {
    shop.sends(Shop.code("E02"));
    shop.questions(Shop.status("F", "id-1", "order-1"));
    String reissued = PlatformId.of(new PaymentId("M1", "id-1"), 2);
    Answer paid = Shop.status("S", reissued, "order-1");
    shop.sends(paid);
    shop.pay(SALE);
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    shop.pass(86_400_001);
    shop.questions(Shop.status("F", "id-1", "order-1"), paid);
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1")))
        .contains("\"S\"")
        .contains("T-" + reissued)
        .contains("\"transactionRequestId\":\"id-1\"");
    shop.questions(Shop.code("C12"), Shop.code("C12"));
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains("\"S\"");
  }

  @Test
  void what_a_question_shows_paid_after_its_unpaid_was_forgotten_is_written_and_listed() {
    shop.sends(Shop.status("C", "id-1", "order-1"));
    shop.pay(SALE);
    shop.pass(86_400_001);
    shop.questions(Shop.code("C12"));
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains("\"C\"");
    shop.store.onMove(move -> move.equals("contradict") ? Mishap.SWALLOWED : Mishap.NONE);
    assertThat(ask()).contains(PENDING).doesNotContain("\"S\"");
    assertThat(shop.isListed("id-1")).isFalse();
    ledgerIsBack();
    assertThat(ask()).as("nobody knows if it is all").contains(PENDING).doesNotContain("\"S\"");
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(OTHER))).contains("C10");
  }
}
