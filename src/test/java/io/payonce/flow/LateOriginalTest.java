package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.FakeStore.Mishap;
import io.payonce.ledger.Outcome;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows on a payment that begins after it: none of its sends leaves while that is open. */
class LateOriginalTest {
  private static final String SALE = Shop.sale("id-1", "order-1");
  private static final Answer NOT_FOUND = Shop.code("C12");

  private final Shop shop = new Shop();

  private static Operation operation(String name) {
    return name.equals("void") ? Operation.VOID : Operation.REFUND;
  }

  private static String body(String name) {
    return name.equals("void") ? Shop.undo("f-1", "id-1") : Shop.refund("f-1", "id-1");
  }

  private long sends() {
    return shop.wire.stream().filter("send"::equals).count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"void", "refund"})
  void it_is_asked_about_and_sent_again_once_its_original_has_ended(String name) {
    shop.post(operation(name), body(name));
    shop.pay(SALE);
    long before = sends();
    for (int i = 0; i < 3; i++) {
      shop.forgetAnswers();
      shop.questions(NOT_FOUND, NOT_FOUND);
      shop.workNow("f-1");
      shop.pass(40_000);
    }
    assertThat(sends()).isEqualTo(before);
    assertThat(shop.payment("f-1").isEnded()).isFalse();
    assertThat(shop.payment("f-1").timeline()).contains("its original is not known yet");
    shop.forgetAnswers();
    shop.questions(Shop.status("S", "id-1", "order-1"));
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    shop.forgetAnswers();
    shop.questions(NOT_FOUND, NOT_FOUND);
    shop.sends(Shop.status("S", "f-1", "order-1"));
    shop.workNow("f-1");
    assertThat(sends()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"void", "refund"})
  void money_that_moved_though_not_the_amount_asked_for_may_be_given_back(String name) {
    shop.post(operation(name), body(name));
    shop.sends(Shop.status("S", "id-1", "order-1", "\"orderAmount\":600"));
    shop.pay(SALE);
    assertThat(shop.payment("id-1").otherAmount()).contains("600");
    long before = sends();
    shop.pass(40_000);
    shop.questions(NOT_FOUND, NOT_FOUND);
    shop.sends(Shop.status("S", "f-1", "order-1"));
    shop.workNow("f-1");
    assertThat(sends()).isEqualTo(name.equals("void") ? before + 1 : before);
  }

  /** The sale begins after the follow-up has looked for it, and before that begins. */
  private void saleBeginsBetween(String sale, Answer answered) {
    shop.sends(answered);
    AtomicBoolean once = new AtomicBoolean();
    shop.store.onMove(move -> {
      if (move.equals("begin") && once.compareAndSet(false, true)) {
        shop.pay(sale);
      }
      return Mishap.NONE;
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"void", "refund"})
  void its_first_send_waits_too_where_the_original_begins_while_it_is_looked_for(String name) {
    saleBeginsBetween(SALE, Shop.status("P", "id-1", "order-1"));
    shop.questions(Shop.status("S", "id-1", "order-1"));
    shop.onSend(() -> {
      assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
      return Shop.status("S", "f-1", "order-1");
    });
    assertThat(Shop.body(shop.post(operation(name), body(name)))).contains("\"S\"", "f-1");
    assertThat(sends()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"void", "refund"})
  void it_does_not_leave_for_an_original_that_stays_open_while_its_caller_waits(String name) {
    saleBeginsBetween(SALE, Shop.status("P", "id-1", "order-1"));
    assertThat(Shop.body(shop.post(operation(name), body(name)))).contains("C08", "id-1");
    assertThat(sends()).isEqualTo(1);
    assertThat(shop.payment("f-1")).isNull();
  }

  @Test
  void an_original_that_has_begun_again_is_asked_about_by_its_own_worker_only() {
    shop.sends(Shop.code("C08"), Shop.code("C08"), Shop.code("C08"));
    shop.pay(SALE);
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.RELEASED);
    shop.post(Operation.REFUND, Shop.refund("f-1", "id-1"));
    shop.sends(new Answer.Silent("timeout"));
    shop.noQuestions(true);
    shop.pay(SALE);
    shop.noQuestions(false);
    shop.pass(40_000);
    shop.wire.clear();
    shop.questions(Shop.status("S", "f-1", "order-1"));
    shop.workNow("f-1");
    assertThat(shop.payment("f-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(shop.wire).noneMatch(line -> line.contains("=id-1"));
  }
}
