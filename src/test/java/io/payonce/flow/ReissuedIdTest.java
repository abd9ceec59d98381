package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.FakeStore;
import io.payonce.ledger.Outcome;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.recovery.PlatformId;
import io.payonce.recovery.Resolution.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A payment whose first id has failed goes on under another one; its caller need not know that. */
class ReissuedIdTest {
  private static final String SALE = Shop.sale("id-1", "order-1");
  private static final String SECOND = PlatformId.of(new PaymentId("M1", "id-1"), 2);
  private static final Answer FAILED = Shop.status("F", "id-1", "order-1");
  private static final Answer PAID = Shop.status("S", SECOND, "order-1");

  private final Shop shop = new Shop();
  private final FakeStore.Snapshot nothing = shop.store.snapshot();

  @BeforeEach
  void the_first_id_fails_and_the_second_leaves() {
    shop.sends(Shop.code("E02"));
    shop.questions(FAILED);
    shop.onSend(() -> Shop.SILENCE);
    shop.pay(SALE);
    shop.work("id-1");
    assertThat(shop.payment("id-1").platformId()).isEqualTo(SECOND);
    shop.wire.clear();
    shop.forgetAnswers();
  }

  private String ask() {
    return Shop.body(shop.ask("transactionRequestId=id-1"));
  }

  @Test
  void it_is_asked_for_under_the_id_that_may_have_paid_and_answered_under_its_own() {
    shop.questions(PAID);
    assertThat(ask()).contains("\"S\"").contains("\"transactionRequestId\":\"id-1\"");
    assertThat(shop.wire).singleElement().asString().contains(SECOND);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    shop.questions(PAID);
    assertThat(ask()).contains("\"S\"");
    assertThat(shop.wire).hasSize(2).allMatch(asked -> asked.contains(SECOND));
  }

  @Test
  void when_the_ledger_has_forgotten_it_the_failure_of_the_first_id_is_not_the_whole_truth() {
    shop.store.restore(nothing);
    shop.questions(FAILED, PAID);
    assertThat(ask()).contains("\"S\"").contains("\"transactionRequestId\":\"id-1\"");
    assertThat(shop.wire.get(1)).contains(SECOND);
    shop.questions(FAILED, Shop.SILENCE);
    assertThat(ask()).as("nobody says how the second stands").doesNotContain("\"F\"");
    shop.questions(FAILED, Shop.code("C12"), Shop.code("C12"));
    assertThat(ask()).contains("\"F\"");
  }

  private static Answer former(String amount) {
    return Shop.status("S", "id-1", "order-1", amount);
  }

  private static final String ASKED = "\"orderAmount\":1000,\"priceCurrency\":\"USD\"";

  @Test
  void that_the_first_id_has_paid_after_all_is_learnt_from_a_confirm_of_the_second() {
    shop.questions(former(ASKED));
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(Shop.body(shop.pay(SALE))).contains("\"S\"", "T-id-1");
    assertThat(shop.payment("id-1").timeline()).contains("T-id-1");
    assertThat(shop.wire).doesNotContain("send");
  }

  @Test
  void that_the_first_id_has_paid_after_all_is_learnt_from_the_answer_to_the_second() {
    Shop first = new Shop();
    first.sends(Shop.code("E02"), former(ASKED));
    first.questions(FAILED);
    assertThat(Shop.body(first.pay(SALE))).contains("\"S\"", "T-id-1");
    assertThat(first.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    first.pass(FlowFixture.DAY_MILLIS + 1);
    assertThat(first.ledger.tombstone(Shop.id("id-1")).result().orElseThrow().platformId())
        .isEqualTo("id-1");
  }

  @Test
  void that_the_first_id_has_moved_another_amount_is_learnt_from_a_confirm_of_the_second() {
    shop.questions(former("\"orderAmount\":600"));
    shop.work("id-1");
    assertThat(shop.payment("id-1").otherAmount()).contains("600", "T-id-1");
    assertThat(shop.isListed("id-1")).isTrue();
  }

  private void bothFail() {
    shop.questions(Shop.status("C", SECOND, "order-1"));
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.UNPAID);
  }

  private void assertNoted() {
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("C10");
  }

  @Test
  void that_the_first_id_has_paid_after_all_is_learnt_when_both_were_answered_as_failed() {
    bothFail();
    shop.questions(former(ASKED));
    assertThat(ask()).contains("\"S\"");
    assertNoted();
  }

  @Test
  void that_the_first_id_has_paid_after_all_is_learnt_when_the_payment_is_forgotten() {
    bothFail();
    shop.pass(FlowFixture.DAY_MILLIS + 1);
    assertThat(shop.payment("id-1")).isNull();
    shop.questions(former(ASKED));
    assertThat(ask()).contains("\"P\"");
    assertNoted();
  }

  @Test
  void that_the_first_id_has_paid_after_all_is_learnt_before_a_refund_of_it() {
    bothFail();
    shop.questions(former(ASKED));
    shop.post(Operation.REFUND, Shop.refund("r-1", "id-1"));
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(ask()).contains("\"S\"");
  }

  @Test
  void that_the_first_id_has_paid_after_all_is_seen_by_an_operator_who_ends_it_as_unpaid() {
    shop.pass(3_000_000);
    shop.questions(former(ASKED));
    shop.resolve("id-1", Verdict.UNPAID, true);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void that_the_first_id_has_failed_says_nothing_of_the_second() {
    shop.questions(FAILED, Shop.status("C", "id-1", "order-1"));
    shop.work("id-1");
    shop.work("id-1");
    assertThat(shop.payment("id-1").isEnded()).isFalse();
  }

  @Test
  void a_refund_by_either_id_takes_the_same_lock() {
    shop.questions(PAID);
    ask();
    shop.sends(Shop.status("P", "r-1", "order-1"));
    String first = Shop.body(shop.post(Operation.REFUND, Shop.refund("r-1", "id-1")));
    assertThat(first).contains("\"P\"");
    shop.wire.clear();
    String second = Shop.body(shop.post(Operation.REFUND, Shop.refund("r-2", SECOND)));
    assertThat(second).contains("\"C08\"").contains("r-1");
    assertThat(shop.wire).doesNotContain("send");
  }
}
