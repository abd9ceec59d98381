package io.payonce.flow;

import static io.payonce.flow.Shop.SILENCE;
import static io.payonce.flow.Shop.code;
import static io.payonce.flow.Shop.id;
import static io.payonce.flow.Shop.sale;
import static io.payonce.flow.Shop.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.flow.port.Outbound.Source;
import io.payonce.json.EnvelopeScan;
import io.payonce.ledger.FakeStore.Mishap;
import io.payonce.ledger.Outcome;
import io.payonce.limit.Admission;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.SendFailure;
import io.payonce.model.StageName;
import io.payonce.model.TransactionStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What Payonce promises of a payment, a sentence a test, over a ledger in memory and a scripted
 * platform. The second half of each sentence is what keeps money safe.
 */
class PaymentFlowTest {
  private static final Answer PAID = status("S", "id-1", "order-1");
  private static final Answer PAID_TOO = status("S", "id-2", "order-1");

  private final Shop shop = new Shop();
  private final List<Outbound> answered = new ArrayList<>();

  @Test
  void a_paid_payment_is_answered_with_the_platforms_own_bytes() {
    Outbound out = shop.sends(PAID).pay(sale("id-1", "order-1"));
    assertThat(out.reply()).isSameAs(((Answer.Spoken) PAID).reply());
    assertThat(out.source()).isEqualTo(Source.PLATFORM);
    assertThat(out.sent()).isEqualTo(Sent.YES);
    assertThat(out.attempts()).isEqualTo(1);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void nothing_is_sent_before_its_intent_and_its_due_time_are_in_the_ledger() {
    shop.onSend(() -> written(1, SILENCE)).onSend(() -> written(2, PAID));
    shop.questions(code("C12"));
    assertThat(statusOf(shop.pay(sale("id-1", "order-1")))).isEqualTo(TransactionStatus.SUCCESS);
    assertThat(sends()).isEqualTo(2);
  }

  /** Looked up while that send is on its way. */
  private Answer written(int send, Answer answer) {
    assertThat(shop.payment("id-1").stage().name()).isEqualTo(StageName.SENDING);
    assertThat(shop.payment("id-1").history().sends()).isEqualTo(send);
    assertThat(shop.payment("id-1").intentAtMillis()).isEqualTo(shop.nowMillis());
    assertThat(shop.store.dueAt(id("id-1"))).isGreaterThan(shop.nowMillis());
    return answer;
  }

  @Test
  void the_same_request_again_gets_the_stored_answer_byte_for_byte_and_nothing_is_sent() {
    Outbound first = shop.sends(PAID).pay(sale("id-1", "order-1"));
    Outbound again = shop.pay(sale("id-1", "order-1"));
    assertThat(again.reply()).isEqualTo(first.reply());
    assertThat(again.replayed()).isTrue();
    assertThat(again.source()).isEqualTo(Source.LEDGER);
    assertThat(sends()).isEqualTo(1);
  }

  @Test
  void the_same_id_with_another_body_is_c06_and_nothing_is_sent() {
    shop.sends(PAID).pay(sale("id-1", "order-1"));
    assertThat(codeOf(shop.pay(sale("id-1", "order-2")))).isEqualTo("C06");
    assertThat(sends()).isEqualTo(1);
  }

  @Test
  void a_second_payment_of_an_order_in_flight_is_c08_and_nothing_is_sent() {
    shop.onSend(() -> {
      answered.add(shop.pay(sale("id-2", "order-1")));
      return PAID;
    });
    shop.pay(sale("id-1", "order-1"));
    assertThat(codeOf(answered.get(0))).isEqualTo("C08");
    assertThat(answered.get(0).retryAfterSeconds()).isPositive();
    assertThat(sends()).isEqualTo(1);
  }

  @Test
  void a_second_payment_of_a_paid_order_is_c10_and_nothing_is_sent() {
    shop.sends(PAID).questions(PAID).pay(sale("id-1", "order-1"));
    assertThat(codeOf(shop.pay(sale("id-2", "order-1")))).isEqualTo("C10");
    assertThat(sends()).isEqualTo(1);
  }

  @Test
  void a_lasting_refusal_is_passed_on_and_frees_the_order() {
    Answer refusal = code("C14");
    Outbound out = shop.sends(refusal, PAID_TOO).pay(sale("id-1", "order-1"));
    assertThat(out.reply()).isSameAs(((Answer.Spoken) refusal).reply());
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(statusOf(shop.pay(sale("id-2", "order-1")))).isEqualTo(TransactionStatus.SUCCESS);
  }

  @Test
  void a_request_of_which_no_byte_left_is_e01_says_that_nothing_was_sent_and_frees_the_order() {
    shop.sends(new Answer.Unsent(SendFailure.REFUSED.word()), PAID_TOO);
    Outbound out = shop.pay(sale("id-1", "order-1"));
    assertThat(codeOf(out)).isEqualTo("E01");
    assertThat(out.sent()).isEqualTo(Sent.NO);
    assertThat(statusOf(shop.pay(sale("id-2", "order-1")))).isEqualTo(TransactionStatus.SUCCESS);
  }

  @Test
  void silence_is_answered_p_at_the_end_of_the_wait_budget_and_leaves_a_due_time() {
    long begun = shop.nowMillis();
    Outbound out = shop.pay(sale("id-1", "order-1"));
    assertThat(statusOf(out)).isEqualTo(TransactionStatus.PROCESSING);
    assertThat(out.retryAfterSeconds()).isEqualTo(Outbound.ASK_AGAIN_SECONDS);
    assertThat(shop.nowMillis() - begun).isEqualTo(Shop.SETTINGS.waitBudgetMillis());
    assertThat(shop.store.dueAt(id("id-1"))).isNotNull();
    assertThat(codeOf(shop.pay(sale("id-2", "order-1")))).as("its order").isEqualTo("C08");
  }

  @Test
  void a_waiting_caller_gets_the_outcome_that_recovery_finds_in_time() {
    Outbound out = shop.sends(SILENCE).questions(PAID).pay(sale("id-1", "order-1"));
    assertThat(out.reply()).isEqualTo(((Answer.Spoken) PAID).reply());
    assertThat(shop.wire).hasSize(2).first().isEqualTo("send");
    assertThat(shop.store.dueAt(id("id-1"))).isNull();
  }

  @Test
  void a_ledger_that_is_unavailable_before_the_begin_is_e01_and_after_it_p() {
    shop.store.onMove(move -> Mishap.UNREACHED);
    Outbound before = shop.pay(sale("id-1", "order-1"));
    assertThat(codeOf(before)).isEqualTo("E01");
    assertThat(before.sent()).isEqualTo(Sent.NOT_BY_THIS_CALL);
    assertThat(shop.wire).isEmpty();

    shop.store.onMove(move -> move.equals("begin") ? Mishap.NONE : Mishap.UNREACHED);
    Outbound after = shop.pay(sale("id-1", "order-1"));
    assertThat(statusOf(after)).isEqualTo(TransactionStatus.PROCESSING);
    assertThat(sends()).isEqualTo(1);
  }

  /** It may have ended otherwise, and callers were answered so. */
  @Test
  void paid_is_not_the_answer_where_it_cannot_be_read_what_was_answered_before() {
    shop.store.tear("settle", "find", "recall");
    Outbound out = shop.sends(PAID).pay(sale("id-1", "order-1"));
    assertThat(statusOf(out)).isEqualTo(TransactionStatus.PROCESSING);
    assertThat(sends()).isEqualTo(1);
  }

  @Test
  void an_open_breaker_refuses_new_payments_and_still_replays_known_ones() {
    Outbound first = shop.sends(PAID).pay(sale("id-1", "order-1"));
    shop.holdBack(Admission.Reason.BROKEN);
    Outbound refused = shop.pay(sale("id-2", "order-2"));
    assertThat(codeOf(refused)).isEqualTo("E01");
    assertThat(refused.sent()).isEqualTo(Sent.NO);
    assertThat(refused.retryAfterSeconds()).isPositive();
    assertThat(shop.pay(sale("id-1", "order-1")).reply()).isEqualTo(first.reply());
    assertThat(sends()).isEqualTo(1);
  }

  private long sends() {
    return shop.wire.stream().filter("send"::equals).count();
  }

  private static String codeOf(Outbound out) {
    return envelope(out).code();
  }

  private static TransactionStatus statusOf(Outbound out) {
    return envelope(out).status();
  }

  private static Envelope envelope(Outbound out) {
    return EnvelopeScan.scan(out.reply().body());
  }
}
