package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.ledger.FakeStore.Mishap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** A begin that the ledger did not answer: who has time gets the outcome of the payment. */
class SilentBeginTest {
  private static final String SALE = Shop.sale("id-1", "order-1");

  /** The ledger's own way of asking again is used up after two. */
  private static final int BEGINS = 2;

  private final Shop shop = new Shop();

  private void begins(IntFunction<Mishap> mishaps) {
    AtomicInteger begins = new AtomicInteger();
    shop.store.onMove(
        move -> move.equals("begin") ? mishaps.apply(begins.incrementAndGet()) : Mishap.NONE);
  }

  @Test
  void what_never_arrived_is_begun_anew() {
    begins(begin -> begin <= BEGINS ? Mishap.SWALLOWED : Mishap.NONE);
    shop.sends(Shop.status("S", "id-1", "order-1"));
    Outbound answered = shop.pay(SALE);
    assertThat(Shop.body(answered)).contains("\"transactionStatus\":\"S\"");
    assertThat(shop.wire).containsExactly("send");
  }

  @Test
  void what_arrived_all_the_same_is_waited_for_and_not_sent_by_two() {
    begins(begin -> begin <= BEGINS ? Mishap.REPLY_LOST : Mishap.NONE);
    Outbound answered = shop.pay(SALE);
    assertThat(answered.outcome()).isEqualTo(CallOutcome.PENDING);
    assertThat(shop.wire).doesNotContain("send");
  }

  @Test
  void a_ledger_that_is_unavailable_since_makes_no_proof_of_a_begin_that_may_have_been() {
    begins(begin -> begin <= BEGINS ? Mishap.SWALLOWED : Mishap.UNREACHED);
    Outbound answered = shop.pay(SALE);
    assertThat(answered.outcome()).isEqualTo(CallOutcome.PENDING);
    assertThat(answered.sent()).isEqualTo(Sent.UNKNOWN);
    assertThat(shop.wire).isEmpty();
  }

  @Test
  void a_ledger_that_keeps_silent_is_asked_no_longer_than_the_caller_waits() {
    AtomicInteger begins = new AtomicInteger();
    begins(begin -> {
      begins.set(begin);
      return Mishap.SWALLOWED;
    });
    Outbound answered = shop.pay(SALE);
    assertThat(answered.outcome()).isEqualTo(CallOutcome.PENDING);
    assertThat(begins.get()).isBetween(BEGINS + 1, 200);
    assertThat(shop.wire).isEmpty();
  }
}
