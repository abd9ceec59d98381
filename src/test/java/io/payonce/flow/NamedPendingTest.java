package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.engine.TimelineWords;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.recovery.PlatformId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever is answered "not paid yet" gets the transactionId too, as soon as it is known. */
class NamedPendingTest {
  private static final String SALE = Shop.sale("id-1", "order-1");
  private static final String NAMED = "\"transactionId\":\"T-id-1\"";

  private final Shop shop = new Shop();

  private static void named(Outbound answered) {
    assertThat(answered.outcome()).isEqualTo(CallOutcome.PENDING);
    assertThat(answered.retryAfterSeconds()).isPositive();
    assertThat(Shop.body(answered)).contains("\"transactionStatus\":\"P\"").contains(NAMED);
  }

  private static void unnamed(Outbound answered) {
    assertThat(answered.outcome()).isEqualTo(CallOutcome.PENDING);
    assertThat(Shop.body(answered)).contains("\"P\"").doesNotContain("transactionId\"");
  }

  @Test
  void what_was_never_named_has_no_name() {
    unnamed(shop.pay(SALE));
    unnamed(shop.pay(SALE));
    unnamed(shop.ask("transactionRequestId=id-1"));
  }

  /** In review: its acceptance is no answer any more, its name still is. */
  @Test
  void what_was_accepted_and_is_overdue_is_answered_with_its_name() {
    shop.sends(Shop.status("I", "id-1", "order-1"));
    shop.pay(SALE);
    shop.pass(2 * 86_400_000L);
    shop.work("id-1");
    assertThat(shop.payment("id-1").stage().word()).isEqualTo("ATTENTION");
    named(shop.pay(SALE));
    named(shop.ask("transactionRequestId=id-1"));
  }

  @Test
  void what_only_a_confirm_has_shown_is_answered_with_its_name_to_the_first_caller_too() {
    String moved = "\"orderAmount\":600,\"priceCurrency\":\"USD\"";
    shop.sends(Shop.SILENCE).questions(Shop.status("S", "id-1", "order-1", moved));
    named(shop.pay(SALE));
    named(shop.pay(SALE));
    named(shop.ask("transactionRequestId=id-1"));
  }

  @Test
  void what_the_call_itself_learns_of_another_amount_is_answered_with_its_name() {
    shop.sends(
        Shop.status("S", "id-1", "order-1", "\"orderAmount\":600,\"priceCurrency\":\"USD\""));
    named(shop.pay(SALE));
  }

  @Test
  void the_name_of_an_id_that_failed_is_not_answered_for_the_next() {
    shop.sends(Shop.SILENCE, Shop.SILENCE)
        .questions(Shop.status("F", "id-1", "order-1"), Shop.SILENCE);
    Outbound answered = shop.pay(SALE);
    assertThat(shop.wire.stream().filter("send"::equals)).hasSize(2);
    unnamed(answered);
    unnamed(shop.pay(SALE));
  }

  /** The platform was at it when asked first: that is over. */
  @Test
  void a_name_that_was_answered_is_not_answered_any_more_when_it_has_failed() {
    shop.sends(Shop.SILENCE, Shop.SILENCE)
        .questions(
            Shop.status("P", "id-1", "order-1"),
            Shop.status("P", "id-1", "order-1"),
            Shop.status("F", "id-1", "order-1"));
    Outbound answered = shop.pay(SALE);
    assertThat(shop.wire.stream().filter("send"::equals)).hasSize(2);
    unnamed(answered);
    unnamed(shop.pay(SALE));
    String second = PlatformId.of(new PaymentId("M1", "id-1"), 2);
    shop.questions(Shop.status("P", second, "order-1"));
    shop.work("id-1");
    assertThat(Shop.body(shop.pay(SALE))).contains("\"transactionId\":\"T-" + second + "\"");
  }

  @Test
  void another_payments_name_is_not_answered() {
    for (Answer other :
        List.of(Shop.status("S", "id-2", "order-1"), Shop.status("S", "id-1", "order-2"))) {
      Shop shop = new Shop();
      shop.sends(other).questions(other);
      Outbound answered = shop.pay(SALE);
      assertThat(Shop.body(answered)).doesNotContain("transactionId\"");
    }
  }

  @Test
  void a_name_that_could_not_be_kept_whole_is_not_answered() {
    String long64 = "T".repeat(64);
    for (String strange : List.of(long64, "a b", "x\\u0009y")) {
      String timeline = "1 \theard\tstatus=P\tis=PROCESSING\ttransaction="
          + TimelineWords.id(strange) + "\trule=r\n";
      assertThat(TimelineWords.underWay(timeline)).isEmpty();
    }
    String heard = "1 \theard\tstatus=P\tis=PROCESSING\ttransaction=T-1";
    assertThat(TimelineWords.underWay(heard)).as("cut off").isEmpty();
    assertThat(TimelineWords.underWay(heard + "\trule=r\n")).isEqualTo("T-1");
    assertThat(TimelineWords.underWay(heard + "\trule=r\n2 \tbegun\n"))
        .as("a former life")
        .isNull();
    assertThat(TimelineWords.underWay("1 begun\n2 P (PROCESSING); accepted")).isNull();
  }

  @Test
  void an_abort_that_is_not_sure_says_the_name() {
    shop.sends(Shop.status("I", "id-1", "order-1"));
    shop.pay(SALE);
    shop.questions(Shop.code("C12"));
    Outbound answered = shop.post(Operation.ABORT, Shop.undo("a-1", "id-1"));
    assertThat(Shop.body(answered)).contains(NAMED);
  }
}
