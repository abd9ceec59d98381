package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.FakeStore.Mishap;
import io.payonce.ledger.Outcome;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.recovery.PlatformId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Money that a caller's call has shown is written as soon as the ledger takes it, though nobody
 * calls again.
 */
class UnwrittenMoneyTest {
  private static final String SALE = Shop.sale("id-1", "order-1");
  private static final String OTHER = Shop.sale("id-2", "order-1");
  private static final Answer CLOSED = Shop.status("C", "id-1", "order-1");
  private static final Answer PAID = Shop.status("S", "id-1", "order-1");
  private static final Answer PARTLY = Shop.status("S", "id-1", "order-1", "\"orderAmount\":600");
  private static final long FORGOTTEN_MILLIS = 86_400_001;

  private final Shop shop = new Shop();
  private final AtomicInteger refused = new AtomicInteger();

  private void ledgerRefuses(int times) {
    ledgerRefuses(times, Set.of("settle", "contradict", "takeover"));
  }

  private void ledgerRefuses(int times, Set<String> writes) {
    shop.store.onMove(move -> writes.contains(move) && refused.incrementAndGet() <= times
        ? Mishap.UNREACHED
        : Mishap.NONE);
  }

  private void ended() {
    shop.sends(CLOSED);
    shop.pay(SALE);
    ledgerRefuses(3);
  }

  private void forgotten() {
    ended();
    shop.pass(FORGOTTEN_MILLIS);
  }

  private void assertWritten() {
    assertThat(refused).hasValueGreaterThan(3);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(OTHER))).contains("C10");
  }

  private String asks(Answer shown) {
    shop.questions(shown);
    return Shop.body(shop.ask("transactionRequestId=id-1"));
  }

  @Test
  void by_a_query_of_what_has_ended_unpaid() {
    for (Answer shown : List.of(PAID, PARTLY)) {
      UnwrittenMoneyTest one = new UnwrittenMoneyTest();
      one.ended();
      assertThat(one.asks(shown)).doesNotContain("\"S\"");
      one.assertWritten();
    }
  }

  @Test
  void by_a_query_of_what_has_been_forgotten() {
    forgotten();
    asks(PAID);
    assertWritten();
  }

  @Test
  void by_a_late_repeat_of_what_has_been_forgotten() {
    for (Answer shown : List.of(PAID, PARTLY)) {
      UnwrittenMoneyTest one = new UnwrittenMoneyTest();
      one.forgotten();
      one.shop.questions(shown);
      assertThat(Shop.body(one.shop.pay(SALE))).contains("\"P\"");
      one.assertWritten();
    }
  }

  @Test
  void by_a_follow_up_of_what_has_ended_unpaid() {
    for (Answer shown : List.of(PAID, PARTLY)) {
      UnwrittenMoneyTest one = new UnwrittenMoneyTest();
      one.ended();
      one.shop.questions(shown);
      one.shop.post(Operation.REFUND, Shop.refund("r-1", "id-1"));
      assertThat(one.shop.wire).containsOnlyOnce("send");
      one.assertWritten();
    }
  }

  @Test
  void by_a_query_of_what_is_in_doubt() {
    shop.sends(Shop.SILENCE);
    shop.noQuestions(true);
    shop.pay(SALE);
    ledgerRefuses(3);
    assertThat(asks(PAID)).contains("\"P\"");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void by_a_query_of_what_is_in_doubt_and_has_moved_another_amount() {
    for (String write : List.of("takeover", "defer")) {
      UnwrittenMoneyTest one = new UnwrittenMoneyTest();
      one.shop.sends(Shop.SILENCE);
      one.shop.noQuestions(true);
      one.shop.pay(SALE);
      one.ledgerRefuses(3, Set.of(write));
      assertThat(one.asks(PARTLY)).contains("\"P\"");
      assertThat(one.shop.payment("id-1").otherAmount()).contains("600");
    }
  }

  @Test
  void by_a_query_of_what_ended_unpaid_while_it_was_on_its_way() {
    shop.sends(Shop.SILENCE);
    shop.noQuestions(true);
    shop.pay(SALE);
    shop.noQuestions(false);
    shop.question(() -> {
      shop.questions(CLOSED);
      shop.work("id-1");
      return PARTLY;
    });
    shop.ask("transactionRequestId=id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(OTHER))).contains("C10");
  }

  @Test
  void by_a_query_of_what_ended_unpaid_just_before_it_was_taken_over() {
    shop.sends(Shop.SILENCE);
    shop.noQuestions(true);
    shop.pay(SALE);
    shop.noQuestions(false);
    AtomicInteger takeovers = new AtomicInteger();
    shop.store.onMove(move -> {
      if (move.equals("takeover") && takeovers.incrementAndGet() == 1) {
        shop.questions(CLOSED);
        shop.work("id-1");
      }
      return Mishap.NONE;
    });
    asks(PARTLY);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.UNPAID);
    assertThat(shop.isListed("id-1")).isTrue();
  }

  @Test
  void by_a_confirm_that_shows_another_amount() {
    shop.sends(Shop.SILENCE);
    shop.noQuestions(true);
    shop.pay(SALE);
    shop.noQuestions(false);
    ledgerRefuses(2, Set.of("defer"));
    shop.questions(PARTLY, Shop.status("F", "id-1", "order-1"));
    shop.work("id-1");
    assertThat(shop.payment("id-1").otherAmount()).contains("600");
    shop.work("id-1");
    assertThat(shop.wire).containsOnlyOnce("send");
  }

  @Test
  void by_a_query_by_transaction_of_what_the_ledger_could_not_look_up() {
    for (Answer shown : List.of(PAID, PARTLY)) {
      UnwrittenMoneyTest one = new UnwrittenMoneyTest();
      one.shop.sends(Shop.code("C14"));
      one.shop.pay(SALE);
      one.shop.question(() -> {
        one.ledgerRefuses(3, Set.of("find"));
        return shown;
      });
      assertThat(Shop.body(one.shop.ask("transactionId=T-id-1"))).contains("E01");
      one.assertWritten();
    }
  }

  @Test
  void by_a_query_of_what_was_charged_once_more() {
    String second = PlatformId.of(Shop.id("id-1"), 2);
    shop.sends(Shop.SILENCE, Shop.status("S", second, "order-1"));
    shop.questions(Shop.status("F", "id-1", "order-1"));
    shop.pay(SALE);
    ledgerRefuses(3);
    shop.questions(Shop.says("""
        {"code":"0","data":{"transactionStatus":"S","transactionId":"T-9","transactionRequestId":"id-1",\
        "referenceOrderId":"order-1","amount":{"orderAmount":1000,"priceCurrency":"USD"}}}"""));
    shop.ask("transactionId=T-9");
    assertWritten();
  }

  @Test
  void by_who_wants_the_order_of_a_page() {
    for (Answer shown : List.of(PAID, PARTLY)) {
      UnwrittenMoneyTest one = new UnwrittenMoneyTest();
      one.shop.sends(Shop.says("""
          {"code":"0","data":{"sessionId":"cs","checkoutUrl":"https://p/1","transactionRequestId":"id-1"}}"""));
      one.shop.post(Operation.CREATE_SESSION, SALE);
      one.ledgerRefuses(3);
      one.shop.questions(Shop.says("""
          {"code":"0","data":{"sessionId":"cs","sessionStatus":"EXPIRED","transactionRequestId":"id-1"}}"""), shown);
      one.shop.pay(OTHER);
      assertThat(one.refused).hasValueGreaterThan(3);
      assertThat(one.shop.payment("id-1").outcome() == Outcome.PAID
              || one.shop.payment("id-1").otherAmount() != null)
          .isTrue();
    }
  }

  @Test
  void but_not_for_ever() {
    ended();
    ledgerRefuses(1_000_000);
    asks(PAID);
    assertThat(refused).hasValueBetween(5, 12);
    asks(PAID);
    assertThat(refused).hasValueBetween(10, 24);
  }
}
