package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.Outbound;
import io.payonce.ledger.FakeStore;
import io.payonce.ledger.Outcome;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.recovery.PlatformId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A payment that a ledger which has gone back in time may have known, under reissued ids, too. */
class ForgottenTest {
  private static final String SALE = Shop.sale("id-1", "order-1");
  private static final String SECOND = PlatformId.of(new PaymentId("M1", "id-1"), 2);
  private static final String THIRD = PlatformId.of(new PaymentId("M1", "id-1"), 3);
  private static final Answer FAILED = Shop.status("F", "id-1", "order-1");
  private static final Answer NOT_FOUND = Shop.code("C12");

  private final Shop shop = new Shop();
  private final FakeStore.Snapshot nothing = shop.store.snapshot();

  @BeforeEach
  void lapse() {
    shop.store.lapse();
    shop.pass(1);
  }

  private void nothingIsSent() {
    assertThat(shop.wire).isNotEmpty().doesNotContain("send");
  }

  @Test
  void what_failed_under_its_own_id_may_have_been_paid_under_a_reissued_one() {
    shop.questions(FAILED, Shop.status("S", SECOND, "order-1"));
    Outbound answered = shop.pay(SALE);
    assertThat(Shop.body(answered))
        .contains("\"S\"", "T-" + SECOND, "\"transactionRequestId\":\"id-1\"");
    assertThat(answered.sent()).isEqualTo(Outbound.Sent.YES);
    assertThat(shop.payment("id-1").platformId()).isEqualTo(SECOND);
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C10");
    nothingIsSent();
  }

  @Test
  void each_further_attempt_may_have_failed_too() {
    shop.questions(FAILED, Shop.status("F", SECOND, "order-1"));
    shop.questions(Shop.status("S", THIRD, "order-1"));
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"", "T-" + THIRD);
    nothingIsSent();
  }

  @Test
  void what_failed_under_every_id_has_failed() {
    shop.questions(FAILED, Shop.status("F", SECOND, "order-1"));
    shop.questions(Shop.status("F", THIRD, "order-1"));
    assertThat(Shop.body(shop.pay(SALE))).contains("\"F\"", "\"id-1\"");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.UNPAID);
    nothingIsSent();
  }

  @Test
  void that_a_reissued_id_is_not_found_counts_once_every_sends_window_is_over() {
    shop.questions(FAILED, NOT_FOUND);
    assertThat(Shop.body(shop.pay(SALE))).contains("\"P\"");
    shop.questions(NOT_FOUND);
    shop.work("id-1");
    assertThat(shop.payment("id-1").isEnded()).isFalse();
    shop.pass(700_000); // no Date: this process has seen it for so long
    shop.questions(NOT_FOUND);
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(Shop.body(shop.pay(SALE))).contains("\"F\"", "\"id-1\"");
    nothingIsSent();
  }

  private void takeOver() {
    shop.pass(700_000);
    shop.work("id-1");
  }

  /** While a forgotten send can take effect. */
  private void soon() {
    shop.pass(60_000);
    shop.workNow("id-1");
  }

  private void isPaidUnder(String platformId) {
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(shop.payment("id-1").platformId()).isEqualTo(platformId);
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C10");
    nothingIsSent();
  }

  @Test
  void who_takes_it_over_asks_for_each_further_attempt_too() {
    for (Answer second : List.of(Shop.SILENCE, NOT_FOUND)) {
      shop.questions(FAILED, second);
      assertThat(Shop.body(shop.pay(SALE))).contains("\"P\"");
      assertThat(shop.payment("id-1").history().generation()).isEqualTo(2);
      shop.questions(Shop.status("F", SECOND, "order-1"), Shop.status("S", THIRD, "order-1"));
      takeOver();
      isPaidUnder(THIRD);
      shop.store.restore(nothing);
      lapse();
      shop.wire.clear();
    }
  }

  @Test
  void who_takes_it_over_sends_nothing_though_there_is_no_answer_yet() {
    shop.questions(Shop.SILENCE);
    assertThat(Shop.body(shop.pay(SALE))).contains("\"P\"");
    shop.questions(NOT_FOUND);
    soon();
    nothingIsSent();
    shop.questions(FAILED);
    soon();
    nothingIsSent();
    shop.questions(FAILED, Shop.status("S", SECOND, "order-1"));
    takeOver();
    isPaidUnder(SECOND);
  }

  @Test
  void who_takes_it_over_from_a_pod_that_died_asking_knows_of_it() {
    shop.question(() -> {
      throw new IllegalStateException("it dies");
    });
    assertThat(shop.pay(SALE)).as("nobody is left to tell it").isNull();
    soon();
    shop.questions(FAILED);
    soon();
    nothingIsSent();
    shop.questions(FAILED, Shop.status("S", SECOND, "order-1"));
    takeOver();
    isPaidUnder(SECOND);
  }

  @Test
  void what_its_first_send_is_answered_may_be_the_answer_to_a_forgotten_one() {
    shop.questions(NOT_FOUND, Shop.status("S", SECOND, "order-1"));
    shop.sends(FAILED);
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"", "T-" + SECOND);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(shop.wire).filteredOn("send"::equals).hasSize(1);
  }

  @Test
  void what_began_once_no_forgotten_send_can_take_effect_is_as_any_other() {
    shop.pass(630_000);
    shop.sends(FAILED);
    assertThat(Shop.body(shop.pay(SALE))).contains("\"F\"");
    assertThat(shop.wire).containsExactly("send");
  }

  @Test
  void that_there_is_no_record_proves_nothing_while_one_may_be_forgotten() {
    String faulty = SALE.replace("USD", "dollars");
    assertThat(shop.pay(faulty).sent()).isEqualTo(Outbound.Sent.NOT_BY_THIS_CALL);
    shop.pass(630_000);
    assertThat(shop.pay(faulty).sent()).isEqualTo(Outbound.Sent.NO);
  }

  @Test
  void whom_another_payment_keeps_out_gets_no_proof_either() {
    shop.questions(Shop.status("S", "id-1", "order-1"));
    shop.pay(SALE);
    shop.questions(Shop.status("S", "id-1", "order-1"));
    String second = Shop.sale("id-2", "order-1");
    assertThat(shop.pay(second).sent()).isEqualTo(Outbound.Sent.NOT_BY_THIS_CALL);
    shop.pass(630_000);
    shop.questions(Shop.status("S", "id-1", "order-1"));
    assertThat(shop.pay(second).sent()).isEqualTo(Outbound.Sent.NO);
  }

  @Test
  void a_decline_is_followed_by_nothing() {
    shop.questions(Shop.says("""
        {"code":"0","data":{"transactionStatus":"F","transactionRequestId":"id-1",\
        "referenceOrderId":"order-1","transactionResultCode":"51"}}"""));
    assertThat(Shop.body(shop.pay(SALE))).contains("\"F\"");
    assertThat(shop.wire).hasSize(1);
  }

  /** What is said of the send that has just left, and of no other. */
  static Stream<Answer> refusals() {
    return Stream.of("C14", "C03", "C08", "S04", "S02", "S07", "C10", "C02", "M01")
        .map(Shop::code);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void what_its_first_send_is_refused_says_nothing_of_a_forgotten_one(Answer refused) {
    shop.questions(NOT_FOUND, NOT_FOUND);
    shop.sends(refused);
    assertThat(Shop.body(shop.pay(SALE))).contains("\"P\"");
    shop.questions(NOT_FOUND);
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C08");
    shop.forgetAnswers();
    shop.questions(NOT_FOUND, NOT_FOUND);
    soon();
    assertThat(shop.payment("id-1").isEnded()).as("it lags").isFalse();
    shop.forgetAnswers();
    shop.questions(Shop.status("S", "id-1", "order-1"));
    soon();
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(shop.wire).filteredOn("send"::equals).hasSize(1);
  }

  @Test
  void what_was_refused_ends_unpaid_once_no_forgotten_send_can_take_effect() {
    shop.questions(NOT_FOUND);
    shop.sends(Shop.code("C14"));
    assertThat(Shop.body(shop.pay(SALE))).contains("\"P\"");
    shop.questions(NOT_FOUND, NOT_FOUND);
    soon();
    shop.forgetAnswers();
    shop.questions(NOT_FOUND, NOT_FOUND);
    takeOver();
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(shop.wire).filteredOn("send"::equals).hasSize(1);
  }

  @Test
  void a_page_that_is_forgotten_may_be_open_though_its_repeat_is_refused() {
    shop.sends(Shop.code("C14"));
    shop.post(Operation.CREATE_SESSION, SALE.replace("\"terminalSn\":\"t\",", ""));
    assertThat(shop.payment("id-1").isEnded()).isFalse();
    shop.questions(NOT_FOUND);
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).doesNotContain("T-id-2");
  }

  @Test
  void what_is_never_reissued_has_no_reissued_id() {
    shop.questions(FAILED);
    String hooked =
        SALE.replace("\"description\"", "\"notifyUrl\":\"https://a.b\",\"description\"");
    assertThat(Shop.body(shop.pay(hooked))).contains("\"F\"");
    assertThat(shop.wire).hasSize(1);
  }
}
