package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.FakeStore;
import io.payonce.ledger.Outcome;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.recovery.PlatformId;
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
