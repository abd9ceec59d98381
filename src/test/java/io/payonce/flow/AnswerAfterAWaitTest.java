package io.payonce.flow;

import static io.payonce.flow.Cashier.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.Checkout.Mood;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.ledger.FakeStore.Mishap;
import io.payonce.model.PaymentId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Who is refused for another payment's sake has waited for a look at that one: what became of its
 * own payment meanwhile, by another call, is what it must be answered.
 */
class AnswerAfterAWaitTest {
  private final Cashier shop = new Cashier();
  private final Checkout checkout = shop.checkout;

  /** Something that happens before a certain look, or what befalls the look itself. */
  private void beforeLook(int number, Runnable deed, Mishap mishap) {
    AtomicInteger looks = new AtomicInteger();
    shop.store.onMove(move -> {
      if (!move.equals("find") || looks.incrementAndGet() != number) {
        return Mishap.NONE;
      }
      deed.run();
      return mishap;
    });
  }

  /** How many looks a call makes that is refused. */
  private int looks(Runnable call) {
    AtomicInteger looks = new AtomicInteger();
    shop.store.onMove(move -> {
      looks.addAndGet(move.equals("find") ? 1 : 0);
      return Mishap.NONE;
    });
    call.run();
    shop.store.onMove(move -> Mishap.NONE);
    return looks.get();
  }

  private void aIsOpen() {
    checkout.moods.put("A", Mood.PROCESSING);
    assertThat(word(shop.sale("A"))).isEqualTo("P");
  }

  private void aFails() {
    checkout.named("A").status = 'C';
    shop.pass(60_000);
  }

  private void quietly(Runnable deed) {
    shop.store.onMove(move -> Mishap.NONE);
    deed.run();
  }

  @Test
  void c08_is_not_answered_where_another_call_has_paid_meanwhile() {
    aIsOpen();
    int looks = looks(() -> assertThat(word(shop.sale("B"))).isEqualTo("C08"));
    beforeLook(
        looks,
        () -> quietly(() -> {
          aFails();
          assertThat(word(shop.sale("B"))).isEqualTo("S");
        }),
        Mishap.NONE);
    Outbound answered = shop.sale("B");
    assertThat(word(answered)).isEqualTo("S");
    assertThat(answered.sent()).isEqualTo(Sent.YES);
    assertThat(shop.sent("B")).isEqualTo(1);
  }

  @Test
  void a_look_that_took_long_is_looked_up_again() {
    aIsOpen();
    int looks = looks(() -> shop.sale("B"));
    AtomicInteger made = new AtomicInteger();
    shop.store.onMove(move -> {
      if (move.equals("find") && made.incrementAndGet() == looks) {
        shop.pass(1000);
      } else if (made.get() == looks + 1) {
        quietly(() -> {
          aFails();
          assertThat(word(shop.sale("B"))).isEqualTo("S");
        });
      }
      return Mishap.NONE;
    });
    assertThat(word(shop.sale("B"))).isEqualTo("S");
  }

  @Test
  void what_could_not_be_looked_up_again_is_not_answered() {
    aIsOpen();
    int looks = looks(() -> shop.sale("B"));
    for (Mishap mishap : List.of(Mishap.UNREACHED, Mishap.SWALLOWED, Mishap.REPLY_LOST)) {
      beforeLook(looks, () -> {}, mishap);
      Outbound answered = shop.sale("B");
      assertThat(word(answered)).isEqualTo("E01");
      assertThat(answered.sent()).isEqualTo(Sent.NOT_BY_THIS_CALL);
      assertThat(answered.retryAfterSeconds()).isPositive();
    }
    shop.store.onMove(move -> {
      shop.pass(move.equals("find") ? 200 : 0);
      return Mishap.NONE;
    });
    assertThat(word(shop.sale("B"))).as("always too old").isEqualTo("E01");
  }

  @Test
  void c10_is_not_answered_where_another_call_has_paid_meanwhile() {
    shop.sale("A");
    int looks = looks(() -> assertThat(word(shop.sale("B"))).isEqualTo("C10"));
    shop.pass(10_000); // or who has paid would not be asked again
    beforeLook(
        looks,
        () -> quietly(() -> {
          checkout.named("A").voided = true;
          shop.ledger.giveBack(new PaymentId(Cashier.MERCHANT, "A"), Cashier.ORDER, false);
          assertThat(word(shop.sale("B"))).isEqualTo("S");
        }),
        Mishap.NONE);
    assertThat(word(shop.sale("B"))).isEqualTo("S");
    assertThat(shop.sent("B")).isEqualTo(1);
  }

  @Test
  void c15_that_could_not_be_looked_up_again_is_not_answered() {
    Cashier strict = new Cashier(true);
    strict.sale("A");
    strict.refundOfOrder("R1", 20);
    assertThat(word(strict.refundOfOrder("R2", 20))).isEqualTo("C15");
    strict.store.onMove(move -> move.equals("find") ? Mishap.UNREACHED : Mishap.NONE);
    assertThat(word(strict.refundOfOrder("R2", 20))).isEqualTo("E01");
  }

  @Test
  void a_follow_up_need_not_wait_when_another_call_has_done_it_meanwhile() {
    aIsOpen();
    int looks = looks(() -> assertThat(word(shop.refund("R", "A", 50))).isEqualTo("C08"));
    beforeLook(
        looks,
        () -> quietly(() -> {
          checkout.succeed(checkout.named("A"));
          shop.pass(60_000);
          assertThat(word(shop.refund("R", "A", 50))).isEqualTo("S");
        }),
        Mishap.NONE);
    Outbound answered = shop.refund("R", "A", 50);
    assertThat(word(answered)).isEqualTo("S");
    assertThat(answered.sent()).isEqualTo(Sent.YES);
    assertThat(shop.sent("R")).isEqualTo(1);
  }
}
