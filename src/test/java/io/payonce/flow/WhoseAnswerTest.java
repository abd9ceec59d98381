package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.Outbound;
import io.payonce.ledger.Outcome;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.recovery.Mark;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whose answer it is, is asked on every road before anything is answered, named, rewritten or
 * written.
 */
class WhoseAnswerTest {
  private static final String SALE = Shop.sale("sale-1", "order-1");
  private static final String PENDING = "\"transactionStatus\":\"P\"";

  private final Shop shop = new Shop();

  /** A sale that is paid, and a refund of it that is in doubt. */
  private void aRefundInDoubt() {
    shop.sends(Shop.status("S", "sale-1", "order-1"), Shop.SILENCE);
    shop.pay(SALE);
    shop.post(Operation.REFUND, Shop.refund("refund-1", "sale-1"));
  }

  @Test
  void two_ids_in_one_query_name_one_payment() {
    aRefundInDoubt();
    for (String status : new String[] {"S", "P", "F"}) {
      shop.questions(Shop.status(status, "sale-1", "order-1"));
      Outbound out = shop.ask("transactionId=T-sale-1&transactionRequestId=refund-1");
      assertThat(Shop.body(out)).contains("\"C02\"").doesNotContain("transactionStatus");
      assertThat(out.sent()).isNotEqualTo(Outbound.Sent.NO);
    }
    shop.questions(Shop.status("S", "sale-1", "order-1"));
    assertThat(Shop.body(shop.ask("transactionId=T-sale-1&transactionRequestId=sale-1")))
        .contains("\"S\"");
  }

  @Test
  void a_transaction_unknown_here_does_not_answer_for_the_request_beside_it() {
    aRefundInDoubt();
    // By T-other the platform would answer another's S; the refund is asked for by its own id.
    shop.questions(Shop.status("S", "other-1", "order-9"));
    assertThat(Shop.body(shop.ask("transactionId=T-other-1&transactionRequestId=refund-1")))
        .contains(PENDING)
        .contains("refund-1");
    assertThat(shop.wire.get(shop.wire.size() - 1))
        .contains("transactionRequestId=refund-1")
        .doesNotContain("transactionId=");
    assertThat(shop.payment("refund-1").isEnded()).isFalse();
    assertThat(shop.ledger.findByAlias(Shop.MERCHANT, "T-other-1").result()).isEmpty();
  }

  @Test
  void what_the_ledger_does_not_know_is_not_answered_under_another_id() {
    shop.questions(Shop.status("S", "other-1", "order-9"));
    assertThat(Shop.body(shop.ask("transactionId=T-other-1&transactionRequestId=gone-1")))
        .contains("\"C02\"")
        .doesNotContain("\"S\"");
    shop.questions(Shop.status("S", "other-1", "order-9"));
    assertThat(Shop.body(shop.ask("transactionRequestId=gone-1"))).contains("\"E02\"");
    shop.questions(Shop.status("S", "other-1", "order-9"));
    assertThat(Shop.body(shop.ask("transactionId=T-gone-1"))).contains("\"E02\"");
  }

  @Test
  void what_began_while_a_question_was_on_its_way_is_written_before_it_is_answered() {
    shop.sends(Shop.SILENCE);
    shop.question(() -> {
      shop.pay(SALE);
      return Shop.status("S", "sale-1", "order-1");
    });
    assertThat(Shop.body(shop.ask("transactionRequestId=sale-1"))).contains("\"S\"");
    assertThat(shop.payment("sale-1").outcome()).isEqualTo(Outcome.PAID);
  }

  static Stream<Answer> aboutAnother() {
    return Stream.of(
        Shop.status("S", "other-1", "order-1"),
        Shop.status("S", "sale-1", "order-9"),
        Shop.status("S", "sale-1", "order-1", "\"orderAmount\":600"),
        Shop.status("S", "sale-1", "order-1", "\"priceCurrency\":\"EUR\""),
        Shop.status("P", "other-1", "order-1"),
        Shop.status("P", "sale-1", "order-9"),
        Shop.status("P", "sale-1", "order-1", "\"orderAmount\":600"),
        Shop.status("F", "other-1", "order-9"),
        Shop.status("WHAT", "sale-1", "order-1"));
  }

  @ParameterizedTest
  @MethodSource("aboutAnother")
  void an_answer_about_another_is_not_given_for_an_unsettled_payment(Answer another) {
    shop.sends(Shop.SILENCE);
    shop.pay(SALE);
    shop.questions(another);
    Outbound out = shop.ask("transactionRequestId=sale-1");
    assertThat(Shop.body(out)).contains(PENDING).doesNotContain("T-");
    assertThat(shop.payment("sale-1").isEnded()).isFalse();
    String name = ((Answer.Spoken) another).envelope().transactionId();
    assertThat(shop.ledger.findByAlias(Shop.MERCHANT, name).result())
        .isEqualTo(
            shop.payment("sale-1").otherAmount() == null
                ? java.util.Optional.empty()
                : java.util.Optional.of(Shop.id("sale-1")));
  }

  @ParameterizedTest
  @MethodSource("aboutAnother")
  void an_answer_about_another_is_not_given_for_a_refused_payment(Answer another) {
    shop.sends(Shop.code("C14"));
    shop.pay(SALE);
    shop.questions(another);
    String answered = Shop.body(shop.ask("transactionRequestId=sale-1"));
    assertThat(answered)
        .doesNotContain("\"S\"")
        .doesNotContain("T-other")
        .doesNotContain("order-9");
  }

  @ParameterizedTest
  @MethodSource("aboutAnother")
  void an_answer_about_another_is_not_given_for_a_paid_payment(Answer another) {
    Answer paid = Shop.status("S", "sale-1", "order-1");
    shop.sends(paid);
    shop.pay(SALE);
    shop.questions(another);
    assertThat(shop.ask("transactionRequestId=sale-1").reply().body())
        .isEqualTo(((Answer.Spoken) paid).reply().body());
  }

  @Test
  void a_confirm_that_was_answered_for_another_id_says_nothing_after_c06() {
    shop.sends(Shop.code("C06"));
    shop.pay(SALE);
    shop.questions(Shop.status("S", "other-1", "order-9"));
    shop.work("sale-1");
    assertThat(shop.payment("sale-1").isEnded()).isFalse();
    shop.questions(Shop.status("S", "sale-1", "order-9"));
    shop.work("sale-1");
    assertThat(shop.payment("sale-1").outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(shop.ledger.findByAlias(Shop.MERCHANT, "T-sale-1").result()).isEmpty();
  }

  @Test
  void an_abort_is_not_noted_on_what_an_answer_about_another_transaction_names() {
    shop.sends(Shop.SILENCE);
    shop.pay(SALE);
    shop.questions(Shop.status("P", "sale-1", "order-1"));
    Outbound out = shop.post(Operation.ABORT, """
        {"appId":"a","merchantId":"M1","terminalSn":"t","description":"d",\
        "originalTransactionId":"T-other-1"}""");
    assertThat(Shop.body(out)).contains("\"E01\"");
    assertThat(shop.payment("sale-1").history().has(Mark.ABORTED)).isFalse();
  }

  @Test
  void what_a_question_before_the_first_send_shows_of_another_is_no_answer_of_ours() {
    shop.store.lapse();
    shop.pass(1);
    Answer others = Shop.status("S", "sale-1", "order-9");
    shop.questions(others);
    assertThat(Shop.body(shop.pay(SALE))).doesNotContain("order-9", "\"S\"");
    for (int i = 0; i < 5 && !shop.payment("sale-1").isEnded(); i++) {
      shop.questions(others);
      shop.work("sale-1");
      Outbound answered = shop.pay(SALE);
      assertThat(Shop.body(answered)).doesNotContain("order-9", "\"S\"");
    }
    assertThat(shop.payment("sale-1").outcome()).isNotEqualTo(Outcome.PAID);
    assertThat(shop.wire).doesNotContain("send");
  }

  private static String both(String id, String transaction, String request) {
    return Shop.undo(id, request)
        .replace("{\"appId\"", "{\"originalTransactionId\":\"" + transaction + "\",\"appId\"");
  }

  @Test
  void two_names_of_an_original_name_one_payment_or_nothing_is_sent() {
    Shop two = new Shop();
    two.sends(Shop.status("S", "id-1", "order-1"), Shop.SILENCE);
    two.pay(Shop.sale("id-1", "order-1"));
    two.pay(Shop.sale("id-2", "order-2"));
    for (Operation operation : List.of(Operation.VOID, Operation.ABORT)) {
      Outbound refused = two.post(operation, both("v-1", "T-id-1", "id-2"));
      assertThat(Shop.body(refused)).contains("C02", "two payments");
      assertThat(refused.sent()).isNotEqualTo(Outbound.Sent.YES);
    }
    assertThat(two.payment("id-2").history().has(Mark.ABORTED)).isFalse();
    assertThat(two.wire)
        .filteredOn(line -> !line.contains("transactionRequestId="))
        .hasSize(2);
    two.sends(Shop.status("S", "v-1", "order-1"));
    String done = Shop.body(two.post(Operation.VOID, both("v-1", "T-id-1", "id-1")));
    assertThat(done).contains("\"S\"");
    assertThat(Shop.body(two.post(Operation.VOID, both("v-1", "T-id-1", "id-1"))))
        .isEqualTo(done);
  }

  @Test
  void a_transaction_unknown_here_is_the_one_of_the_id_beside_it() {
    Shop doubtful = new Shop();
    doubtful.sends(Shop.SILENCE);
    doubtful.pay(Shop.sale("id-1", "order-1"));
    assertThat(Shop.body(doubtful.post(Operation.VOID, both("v-1", "T-9", "id-1"))))
        .contains("C08", "id-1");
    assertThat(doubtful.payment("id-1").history().has(Mark.ABORTED)).isTrue();
    assertThat(doubtful.wire).containsOnlyOnce("send");
  }
}
