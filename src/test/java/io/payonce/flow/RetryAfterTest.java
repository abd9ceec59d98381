package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.PlatformRetryAfter;
import io.payonce.ledger.Outcome;
import io.payonce.model.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the platform says when to come again, the answer with its refusal says that too. */
class RetryAfterTest {
  private static final String SALE = Shop.sale("id-1", "order-1");

  private final Shop shop = new Shop();

  @ParameterizedTest
  @ValueSource(strings = {"S01", "S06", "S10", "C03", "C14", "C24", "M04", "S77", "C77"})
  void a_refusal_that_is_passed_on_keeps_its_pause(String code) {
    Answer refused = Shop.code(code, 8001);
    shop.sends(refused);
    Outbound out = shop.pay(SALE);
    assertThat(out.reply()).isSameAs(((Answer.Spoken) refused).reply());
    assertThat(out.retryAfterSeconds()).isEqualTo(9);
    shop.sends(Shop.code(code));
    assertThat(shop.pay(Shop.sale("id-2", "order-2")).retryAfterSeconds()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"S04", "C08", "C26", "C27"})
  void one_that_was_met_by_a_resend_is_answered_with_what_is_left_of_its_pause(String code) {
    shop.sends(Shop.code(code, 2000), Shop.code(code, 2000), Shop.code(code, 7000));
    Outbound out = shop.pay(SALE);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(out.source()).isEqualTo(Outbound.Source.LEDGER);
    assertThat(out.retryAfterSeconds()).isBetween(6, 7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"S04", "C08", "C26", "C27"})
  void where_none_is_known_a_moment_is_enough(String code) {
    shop.sends(Shop.code(code), Shop.code(code), Shop.code(code));
    Outbound out = shop.pay(SALE);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(out.retryAfterSeconds()).isEqualTo(1);
  }

  @Test
  void a_pause_that_no_caller_can_wait_for_is_answered_at_once() {
    shop.sends(Shop.code("S04", 60_000));
    assertThat(shop.pay(SALE).retryAfterSeconds()).isEqualTo(60);
    assertThat(shop.wire).containsExactly("send");
  }

  @Test
  void a_caller_whose_outcome_is_unknown_learns_when_to_ask_again() {
    shop.sends(Shop.SILENCE);
    assertThat(shop.pay(SALE).retryAfterSeconds()).isPositive();
    shop.questions(Shop.SILENCE);
    Outbound asked = shop.ask("transactionRequestId=id-1");
    assertThat(Shop.body(asked)).contains("\"transactionStatus\":\"P\"");
    assertThat(asked.retryAfterSeconds()).isPositive();
  }

  @Test
  void a_question_that_is_refused_keeps_the_pause_too() {
    shop.questions(Shop.code("S04", 5000));
    assertThat(shop.ask("transactionRequestId=unheard-of").retryAfterSeconds()).isEqualTo(5);
  }

  @Test
  void what_has_been_paid_is_not_to_be_sent_again() {
    shop.sends(new Answer.Spoken(paid().reply(), paid().envelope(), 9000));
    assertThat(shop.pay(SALE).retryAfterSeconds()).isZero();
  }

  private static Answer.Spoken paid() {
    return (Answer.Spoken) Shop.status("S", "id-1", "order-1");
  }

  @Test
  void of_many_pauses_the_latest_are_known_while_they_last() {
    long[] now = {0};
    PlatformRetryAfter pauses = new PlatformRetryAfter(() -> now[0]);
    for (int i = 0; i < 20_000; i++) {
      pauses.learned(Shop.id("id-" + i), 10);
    }
    assertThat(pauses.seconds(Shop.id("id-0"))).isZero();
    assertThat(pauses.seconds(Shop.id("id-19999"))).isEqualTo(10);
    now[0] = 9_000_000_001L;
    assertThat(pauses.seconds(Shop.id("id-19999"))).isEqualTo(1);
    now[0] = 10_000_000_000L;
    assertThat(pauses.seconds(Shop.id("id-19999"))).isZero();
  }
}
