package io.payonce.flow;

import static io.payonce.flow.Cashier.text;
import static io.payonce.flow.Cashier.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.Checkout.Mood;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.ledger.FakeStore.Mishap;
import io.payonce.model.Abilities;
import io.payonce.model.PaymentId;
import org.junit.jupiter.api.Test;

/** What follows on a payment takes part in its order's lock; the platform here guards nothing. */
class FollowUpTest {
  private final Cashier shop = new Cashier();
  private final Checkout checkout = shop.checkout;

  // an order is given back

  @Test
  void a_settled_void_gives_the_order_back() {
    assertThat(word(shop.sale("A"))).isEqualTo("S");
    assertThat(word(shop.sale("B"))).isEqualTo("C10");
    assertThat(word(shop.voidOf("V", "A"))).isEqualTo("S");
    checkout.silent = true; // the platform need not be asked
    assertThat(word(shop.sale("B"))).isEqualTo("S");
    assertThat(checkout.kept()).hasSize(1);
  }

  @Test
  void a_voided_hold_gives_the_order_back_also_when_its_answer_was_lost() {
    shop.auth("A");
    checkout.moods.put("V", Mood.LOST);
    assertThat(word(shop.voidOf("V", "A"))).isEqualTo("S");
    assertThat(word(shop.sale("B"))).isEqualTo("S");
  }

  @Test
  void refunds_that_come_up_to_the_whole_give_the_order_back_and_parts_do_not() {
    shop.sale("A");
    assertThat(word(shop.refund("R1", "A", 60))).isEqualTo("S");
    shop.pass(10_000);
    assertThat(word(shop.sale("B"))).isEqualTo("C10");
    assertThat(word(shop.refund("R2", "A", 40))).isEqualTo("S");
    assertThat(word(shop.sale("B"))).isEqualTo("S");
  }

  @Test
  void a_whole_refund_gives_the_order_back_though_its_payer_could_not_be_asked_then() {
    shop.sale("A");
    checkout.silent = true;
    assertThat(word(shop.refund("R", "A", 100))).isEqualTo("S");
    assertThat(word(shop.sale("B"))).as("nobody knows").isEqualTo("C10");
    checkout.silent = false;
    checkout.lagging = true;
    shop.pass(4000);
    assertThat(word(shop.sale("B"))).as("it does not show yet").isEqualTo("C10");
    checkout.lagging = false;
    shop.pass(4000);
    assertThat(word(shop.sale("B"))).isEqualTo("S");
    assertThat(checkout.kept()).hasSize(1);
  }

  @Test
  void a_whole_refund_in_doubt_gives_the_order_back_once_it_is_known() {
    shop.sale("A");
    checkout.moods.put("R", Mood.LOST);
    checkout.silent = true;
    assertThat(word(shop.refund("R", "A", 100))).isEqualTo("P");
    assertThat(word(shop.sale("B"))).as("it is under way").isEqualTo("C08");
    checkout.silent = false;
    shop.pass(30_000);
    assertThat(word(shop.sale("B"))).isEqualTo("S");
  }

  @Test
  void a_whole_refund_of_a_sale_that_is_forgotten_gives_its_order_back() {
    shop.sale("A");
    shop.sleep(90_000_000);
    assertThat(word(shop.sale("B"))).as("its mark lives on").isEqualTo("C10");
    assertThat(word(shop.refund("R1", "A", 60))).isEqualTo("S");
    shop.sleep(4000);
    assertThat(word(shop.sale("B"))).isEqualTo("C10");
    assertThat(word(shop.refund("R2", "A", 40))).isEqualTo("S");
    shop.sleep(4000);
    assertThat(word(shop.sale("B"))).isEqualTo("S");
  }

  @Test
  void no_call_waits_for_how_much_a_refund_has_left() {
    shop.sale("A");
    checkout.hangs = true;
    assertThat(word(shop.refund("R", "A", 100))).isEqualTo("S");
    assertThat(checkout.questions).isEqualTo(1);
    checkout.hangs = false;
    assertThat(word(shop.sale("B"))).as("whoever wants the order asks").isEqualTo("S");
  }

  @Test
  void what_was_learned_of_a_payer_just_before_its_refund_is_not_answered_after_it() {
    shop.sale("A");
    assertThat(word(shop.sale("B"))).isEqualTo("C10");
    checkout.hangs = true;
    assertThat(word(shop.refund("R", "A", 100))).isEqualTo("S");
    checkout.hangs = false;
    assertThat(word(shop.sale("B"))).isEqualTo("S");
    assertThat(checkout.kept()).hasSize(1);
  }

  @Test
  void who_wants_an_order_while_others_ask_about_its_payer_after_a_refund_comes_again() {
    shop.sale("A");
    checkout.hangs = true;
    assertThat(word(shop.refund("R", "A", 60))).isEqualTo("S");
    checkout.hangs = false;
    shop.sleep(1);
    assertThat(word(shop.sale("B"))).as("it is asked, and has paid").isEqualTo("C10");
    shop.sleep(1);
    assertThat(word(shop.sale("C"))).as("others ask").isEqualTo("C08");
    shop.sleep(4000);
    assertThat(word(shop.sale("C"))).isEqualTo("C10");
  }

  @Test
  void who_finds_an_order_paid_that_is_given_back_meanwhile_begins_again() {
    shop.sale("A");
    checkout.hangs = true;
    assertThat(word(shop.refund("R", "A", 100))).isEqualTo("S");
    shop.store.onMove(move -> {
      if (move.equals("inquire")) {
        shop.store.onMove(other -> Mishap.NONE);
        shop.ledger.giveBack(new PaymentId(Cashier.MERCHANT, "A"), Cashier.ORDER, true);
      }
      return Mishap.NONE;
    });
    assertThat(word(shop.sale("B"))).as("and nobody is asked").isEqualTo("S");
  }

  @Test
  void a_payment_voided_at_the_platform_itself_gives_the_order_back() {
    shop.sale("A");
    checkout.named("A").voided = true;
    assertThat(word(shop.sale("B"))).isEqualTo("S");
    assertThat(word(shop.sale("C"))).isEqualTo("C10");
  }

  @Test
  void before_c10_is_answered_again_its_payer_is_asked_once_in_a_few_seconds_and_named() {
    shop.sale("A");
    int before = checkout.questions;
    Outbound first = shop.sale("B");
    assertThat(text(first))
        .contains("\"code\":\"C10\"", "\"transactionRequestId\":\"A\"", "\"transactionId\":\"T1\"");
    assertThat(first.sent()).isEqualTo(Sent.NO);
    shop.sale("C");
    shop.sale("D");
    assertThat(checkout.questions - before).isEqualTo(1);
    shop.pass(4000);
    shop.sale("B");
    assertThat(checkout.questions - before).isEqualTo(2);
  }

  @Test
  void while_a_pod_of_the_first_version_may_live_orders_stay_paid() {
    shop.sale("A");
    checkout.named("A").voided = true;
    shop.store.abilities(Abilities.NONE);
    assertThat(word(shop.sale("B"))).isEqualTo("C10");
    shop.store.abilities(Abilities.ALL);
    assertThat(word(shop.sale("B"))).isEqualTo("S");
  }

  // voids of refunds

  @Test
  void the_void_of_a_refund_takes_the_order_and_pays_it_again() {
    shop.sale("A");
    shop.refund("R", "A", 100);
    checkout.moods.put("V", Mood.PROCESSING);
    assertThat(word(shop.voidOf("V", "R"))).isEqualTo("P");
    assertThat(word(shop.sale("B"))).isEqualTo("C08");
    checkout.named("V").status = 'S';
    checkout.named("R").voided = true;
    shop.pass(60_000);
    assertThat(word(shop.sale("B"))).isEqualTo("C10");
    assertThat(checkout.kept()).hasSize(1);
  }

  @Test
  void the_void_of_a_void_takes_the_order_and_pays_it_again() {
    shop.sale("A");
    assertThat(word(shop.voidOf("V", "A"))).isEqualTo("S");
    checkout.moods.put("W", Mood.PROCESSING);
    assertThat(word(shop.voidOf("W", "V"))).isEqualTo("P");
    assertThat(word(shop.sale("B"))).isEqualTo("C08");
    checkout.succeed(checkout.named("W"));
    shop.pass(60_000);
    assertThat(word(shop.sale("B"))).isEqualTo("C10");
    assertThat(shop.sent("B")).isZero();
  }

  @Test
  void the_void_of_a_void_is_not_sent_when_the_order_has_been_paid_since() {
    shop.sale("A");
    shop.voidOf("V", "A");
    assertThat(word(shop.sale("B"))).isEqualTo("S");
    assertThat(word(shop.voidOf("W", "V"))).isEqualTo("C10");
    assertThat(shop.sent("W")).isZero();
  }

  @Test
  void the_void_of_a_refund_is_not_sent_when_the_order_has_been_paid_since() {
    shop.sale("A");
    shop.refund("R", "A", 100);
    assertThat(word(shop.sale("B"))).isEqualTo("S");
    assertThat(word(shop.voidOf("V", "R"))).isEqualTo("C10");
    assertThat(shop.sent("V")).isZero();
    assertThat(checkout.kept()).hasSize(1);
  }

  // originals that the ledger holds unsettled

  @Test
  void a_follow_up_of_a_payment_in_doubt_goes_on_when_that_turns_out_to_be_paid() {
    checkout.moods.put("A", Mood.LOST);
    shop.store.onMove(move -> move.equals("claim") ? Mishap.UNREACHED : Mishap.NONE);
    assertThat(word(shop.sale("A"))).isEqualTo("P");
    shop.store.onMove(move -> Mishap.NONE);
    assertThat(word(shop.refund("R", "A", 100))).isEqualTo("S");
    assertThat(shop.sent("A")).isEqualTo(1);
  }

  @Test
  void a_follow_up_of_an_open_payment_is_not_sent_and_its_id_is_not_burnt() {
    checkout.moods.put("A", Mood.PROCESSING);
    assertThat(word(shop.sale("A"))).isEqualTo("P");
    Outbound answered = shop.refund("R", "A", 100);
    assertThat(text(answered)).contains("C08", "\"transactionRequestId\":\"A\"");
    assertThat(answered.retryAfterSeconds()).isPositive();
    assertThat(answered.sent()).isEqualTo(Sent.NO);
    assertThat(shop.sent("R")).isZero();
    checkout.named("A").status = 'S';
    assertThat(word(shop.refund("R", "A", 100))).isEqualTo("S");
  }

  @Test
  void a_follow_up_of_an_unpaid_payment_is_refused_by_name_and_not_sent() {
    checkout.moods.put("A", Mood.DECLINED);
    assertThat(word(shop.sale("A"))).isEqualTo("F");
    Outbound answered = shop.refund("R", "A", 100);
    assertThat(text(answered)).contains("C24", "\"transactionRequestId\":\"A\"", "\"F\"");
    assertThat(answered.sent()).isEqualTo(Sent.NO);
    assertThat(shop.sent("R")).isZero();
  }

  @Test
  void what_was_answered_unpaid_and_is_paid_can_be_given_back() {
    for (boolean isVoid : new boolean[] {false, true}) {
      Cashier cashier = new Cashier();
      PaymentId a = new PaymentId(Cashier.MERCHANT, "A");
      cashier.checkout.moods.put("A", Mood.DECLINED);
      assertThat(word(cashier.sale("A"))).isEqualTo("F");
      assertThat(word(cashier.refund("R", "A", 100))).isEqualTo("C24");
      cashier.checkout.named("A").status = 'S';
      cashier.store.onMove(move -> move.equals("settle") ? Mishap.SWALLOWED : Mishap.NONE);
      Outbound unwritten = cashier.refund("R", "A", 100);
      assertThat(word(unwritten)).isEqualTo("E01");
      assertThat(cashier.sent("R")).isZero();
      cashier.store.onMove(move -> Mishap.NONE);
      assertThat(word(isVoid ? cashier.voidOf("R", "A") : cashier.refund("R", "A", 100)))
          .isEqualTo("S");
      assertThat(cashier.store.attention()).containsKey(a);
      assertThat(word(cashier.sale("B"))).as("nothing is left of it").isEqualTo("S");
      assertThat(cashier.checkout.kept()).hasSize(1);
    }
  }

  @Test
  void a_void_of_a_payment_in_doubt_stops_its_sends_and_is_never_answered_that_there_is_none() {
    checkout.moods.put("A", Mood.LATE);
    shop.store.onMove(move -> move.equals("claim") ? Mishap.UNREACHED : Mishap.NONE);
    assertThat(word(shop.sale("A"))).isEqualTo("P");
    shop.store.onMove(move -> Mishap.NONE);
    assertThat(word(shop.voidOf("V", "A"))).isEqualTo("C08");
    shop.pass(120_000);
    assertThat(shop.sent("A")).as("none after the void").isEqualTo(1);
    checkout.onTheWay.forEach(Runnable::run);
    shop.pass(60_000);
    assertThat(word(shop.voidOf("V", "A"))).isEqualTo("S");
    assertThat(checkout.kept()).isEmpty();
    assertThat(word(shop.sale("B"))).isEqualTo("S");
  }

  @Test
  void the_repeat_of_a_void_gets_its_answer_also_while_its_original_is_void() {
    shop.sale("A");
    Outbound first = shop.voidOf("V", "A");
    assertThat(text(shop.voidOf("V", "A"))).isEqualTo(text(first));
    assertThat(shop.sent("V")).isEqualTo(1);
  }

  @Test
  void what_the_platform_refuses_for_how_an_original_stands_may_come_again() {
    assertThat(word(shop.refund("R", "portal-1", 10))).isEqualTo("C12");
    assertThat(word(shop.refund("R", "portal-1", 10))).isEqualTo("C12");
    assertThat(shop.sent("R")).isEqualTo(2);
    shop.sale("A");
    assertThat(word(shop.refund("R2", "A", 500))).isEqualTo("C15");
    assertThat(word(shop.refund("R2", "A", 100))).isEqualTo("S");
  }

  @Test
  void a_void_refused_while_its_original_begins_has_to_wait_and_stops_it() {
    checkout.moods.put("A", Mood.LATE);
    checkout.beforeNext = () -> shop.store.onMove(move -> {
      if (move.equals("release")) {
        shop.store.onMove(each -> Mishap.NONE);
        shop.begin("A");
      }
      return Mishap.NONE;
    });
    Outbound answered = shop.voidOf("V", "A");
    assertThat(word(answered)).isEqualTo("C08");
    assertThat(answered.retryAfterSeconds()).isPositive();
    assertThat(shop.ledger
            .find(new PaymentId(Cashier.MERCHANT, "A"))
            .result()
            .orElseThrow()
            .history()
            .encode())
        .contains("a");
  }

  // one original, one lock

  @Test
  void however_a_follow_up_names_its_original_it_takes_the_same_lock() {
    shop.sale("A");
    checkout.moods.put("R1", Mood.PROCESSING);
    assertThat(word(shop.refund("R1", "A", 50))).isEqualTo("P");
    assertThat(word(shop.refundByName("R2", "T1", 50))).isEqualTo("C08");
    assertThat(word(shop.refundOfOrder("R3", 50))).isEqualTo("C08");
    assertThat(shop.sent("R2") + shop.sent("R3")).isZero();
  }

  @Test
  void a_refund_of_the_order_keeps_others_out_as_well() {
    shop.sale("A");
    checkout.moods.put("R1", Mood.PROCESSING);
    assertThat(word(shop.refundOfOrder("R1", 50))).isEqualTo("P");
    assertThat(word(shop.refund("R2", "A", 50))).isEqualTo("C08");
    assertThat(word(shop.refundByName("R3", "T1", 50))).isEqualTo("C08");
  }

  @Test
  void a_second_refund_without_an_original_is_refused_where_merchants_want_it() {
    Cashier strict = new Cashier(true);
    strict.sale("A");
    assertThat(word(strict.refundOfOrder("R1", 20))).isEqualTo("S");
    Outbound second = strict.refundOfOrder("R2", 20);
    assertThat(text(second)).contains("C15", "\"transactionRequestId\":\"R1\"");
    assertThat(strict.sent("R2")).isZero();
    assertThat(word(strict.refund("R3", "A", 20))).as("one with an original").isEqualTo("S");
    strict.checkout.named("R1").voided = true;
    strict.pass(5000);
    assertThat(word(strict.refundOfOrder("R4", 20))).as("the first was voided").isEqualTo("S");
  }

  @Test
  void a_second_refund_without_an_original_is_refused_also_where_the_payer_is_unknown() {
    Cashier strict = new Cashier(true);
    assertThat(word(strict.refundOfOrder("R1", 20))).isEqualTo("S");
    assertThat(word(strict.refundOfOrder("R2", 20))).isEqualTo("C15");
    assertThat(word(strict.refundOfOrder("R1", 20))).as("a repeat").isEqualTo("S");
    assertThat(word(strict.sale("A"))).as("a refund pays nothing").isEqualTo("S");
  }

  @Test
  void merchants_who_do_not_want_it_refund_an_order_as_often_as_they_like() {
    shop.sale("A");
    assertThat(word(shop.refundOfOrder("R1", 20))).isEqualTo("S");
    assertThat(word(shop.refundOfOrder("R2", 20))).isEqualTo("S");
  }
}
