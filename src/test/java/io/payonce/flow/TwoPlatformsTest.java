package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.Outbound;
import io.payonce.json.EnvelopeScan;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One ledger and two platforms: what one of them was sent is nothing that the other can know. */
class TwoPlatformsTest {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final Shop first = new Shop();
  private final Shop other = Shop.beside(first, "b.example");

  @BeforeEach
  void paid() {
    first.sends(Shop.status("S", "sale-1", "order-1"));
    assertThat(word(first.pay(Shop.sale("sale-1", "order-1")))).isEqualTo("S");
  }

  private static String word(Outbound out) {
    Envelope said = EnvelopeScan.scan(out.reply().body());
    return said.code().equals("0") && said.status() != null
        ? String.valueOf(said.status().letter())
        : said.code();
  }

  private void refusedHere(Outbound out) {
    assertThat(word(out)).as(Shop.body(out)).isEqualTo("C08");
    assertThat(Shop.body(out)).contains("the platform a.example");
    assertThat(Shop.body(out))
        .as("it names the payment that it speaks of")
        .containsPattern(
            "\"data\":\\{\"\\w*([tT]ransactionRequestId|referenceOrderId)\":\"(sale|order)-");
    assertThat(out.sent()).isEqualTo(Outbound.Sent.NO);
    assertThat(out.retryAfterSeconds()).isPositive();
    assertThat(other.wire).isEmpty();
  }

  @Test
  void a_refund_goes_to_the_platform_that_has_the_sale() {
    refusedHere(other.post(Operation.REFUND, Shop.refund("refund-1", "sale-1")));
    refusedHere(
        other.post(Operation.REFUND, Shop.refundOf("refund-1", "referenceOrderId", "order-1")));
    refusedHere(other.post(Operation.VOID, Shop.undo("void-1", "sale-1")));
    first.sends(Shop.status("S", "refund-1", "order-1"));
    assertThat(word(first.post(Operation.REFUND, Shop.refund("refund-1", "sale-1"))))
        .isEqualTo("S");
    Outbound repeated = other.post(Operation.REFUND, Shop.refund("refund-1", "sale-1"));
    assertThat(word(repeated)).as("its own answer is known to all").isEqualTo("S");
    assertThat(other.wire).isEmpty();
  }

  @Test
  void also_when_nothing_but_its_tombstone_is_left() {
    first.pass(DAY_MILLIS + 1000);
    assertThat(first.payment("sale-1")).isNull();
    refusedHere(other.post(Operation.REFUND, Shop.refund("refund-1", "sale-1")));
    refusedHere(other.post(Operation.VOID, Shop.undo("void-1", "sale-1")));
  }

  @Test
  void a_void_of_what_is_unsettled_elsewhere_stops_it_and_is_not_sent() {
    first.sends(Shop.status("P", "sale-2", "order-2"));
    assertThat(word(first.pay(Shop.sale("sale-2", "order-2")))).isEqualTo("P");
    refusedHere(other.post(Operation.VOID, Shop.undo("void-2", "sale-2")));
    assertThat(first.payment("sale-2").stage().history().encode()).contains("a");
  }

  @Test
  void a_follow_up_of_what_ended_unpaid_elsewhere_is_refused_as_ever() {
    first.sends(Shop.says("""
        {"code":"0","data":{"transactionStatus":"F","transactionResultCode":"051","transactionRequestId":"sale-3",\
        "referenceOrderId":"order-3","amount":{"orderAmount":1000,"priceCurrency":"USD"}}}"""));
    assertThat(word(first.pay(Shop.sale("sale-3", "order-3")))).isEqualTo("F");
    Outbound answered = other.post(Operation.REFUND, Shop.refund("refund-3", "sale-3"));
    assertThat(word(answered)).isEqualTo("C24");
    assertThat(other.wire).isEmpty();
  }

  @Test
  void the_other_platform_is_not_asked_whether_a_payer_was_undone() {
    assertThat(word(other.pay(Shop.sale("sale-4", "order-1")))).isEqualTo("C10");
    assertThat(other.wire).isEmpty();
    first.pass(DAY_MILLIS + 1000);
    assertThat(word(other.pay(Shop.sale("sale-4", "order-1")))).isEqualTo("C10");
    assertThat(other.wire).as("nor when its record is forgotten").isEmpty();
  }

  @Test
  void repeats_and_queries_of_what_ended_elsewhere_are_answered_from_the_ledger() {
    assertThat(word(other.pay(Shop.sale("sale-1", "order-1")))).isEqualTo("S");
    assertThat(word(other.ask("transactionRequestId=sale-1"))).isEqualTo("S");
    first.pass(DAY_MILLIS + 1000);
    assertThat(word(other.pay(Shop.sale("sale-1", "order-1")))).isEqualTo("S");
    assertThat(word(other.ask("transactionRequestId=sale-1"))).isEqualTo("S");
    assertThat(other.wire).isEmpty();
  }

  @Test
  void two_platforms_may_give_the_same_name() {
    other.sends(Shop.says("""
        {"code":"0","data":{"transactionStatus":"S","transactionId":"T-sale-1","transactionRequestId":"sale-5",\
        "referenceOrderId":"order-5","amount":{"orderAmount":1000,"priceCurrency":"USD"}}}"""));
    assertThat(word(other.pay(Shop.sale("sale-5", "order-5")))).isEqualTo("S");
    other.sends(Shop.status("S", "refund-5", "order-5"));
    String refund = Shop.refundOf("refund-5", "originalTransactionId", "T-sale-1");
    assertThat(word(other.post(Operation.REFUND, refund))).isEqualTo("S");
    assertThat(other.payment("refund-5").order()).isEqualTo("req:sale-5");
    first.sends(Shop.status("S", "refund-1", "order-1"));
    refund = Shop.refundOf("refund-1", "originalTransactionId", "T-sale-1");
    assertThat(word(first.post(Operation.REFUND, refund))).isEqualTo("S");
    assertThat(first.payment("refund-1").order()).isEqualTo("req:sale-1");
  }

  @Test
  void what_this_platform_says_of_a_transaction_is_no_word_on_the_others_payment() {
    first.sends(Shop.status("P", "sale-6", "order-6"));
    first.pay(Shop.sale("sale-6", "order-6"));
    other.questions(Shop.status("S", "sale-6", "order-6"));
    other.ask("transactionId=T-of-b");
    assertThat(first.payment("sale-6").isEnded()).isFalse();
  }

  @Test
  void what_began_elsewhere_while_a_question_was_under_way_is_answered_from_the_ledger() {
    other.question(() -> {
      first.sends(Shop.status("P", "sale-9", "order-9"));
      assertThat(word(first.pay(Shop.sale("sale-9", "order-9")))).isEqualTo("P");
      return Shop.status("S", "sale-9", "order-9");
    });
    Outbound answered = other.ask("transactionRequestId=sale-9");
    assertThat(word(answered)).isEqualTo("P");
    assertThat(answered.sent()).isEqualTo(Outbound.Sent.YES);
    assertThat(first.payment("sale-9").isEnded()).isFalse();
  }
}
