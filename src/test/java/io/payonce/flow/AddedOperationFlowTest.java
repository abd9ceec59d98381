package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.flow.port.Outbound.Source;
import io.payonce.flow.port.WebhookResult;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.model.AddedOperation;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.Operation.Doubt;
import io.payonce.recovery.Resolution.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments of a call that an operator has described: each kind of order, each kind of doubt. */
class AddedOperationFlowTest {
  private static final String CHARGE = "/v1/wallet/charge";

  private final Shop shop = new Shop();

  private static Operation charge(String order, Doubt doubt) {
    return charge(order, AddedOperation.REQUEST_ID, doubt);
  }

  private static Operation charge(String order, String id, Doubt doubt) {
    return new AddedOperation("charge", CHARGE, order, id, doubt, List.of()).operation();
  }

  private static Answer done(String id) {
    return Shop.says("{\"code\":\"0\",\"data\":{\"transactionRequestId\":\"" + id + "\"}}");
  }

  private static Answer doneAs(String id, String transaction) {
    return Shop.says("{\"code\":\"0\",\"data\":{\"transactionRequestId\":\"" + id
        + "\",\"transactionId\":\"" + transaction + "\"}}");
  }

  private static String body(String order, String id) {
    return switch (order) {
      case "original" -> Shop.refund(id, "sale-1");
      case "billNo" -> Shop.sale(id, "order-1").replace("referenceOrderId", "billNo");
      default -> Shop.sale(id, "order-1");
    };
  }

  private static Answer status(String status, String id) {
    return Shop.says("{\"code\":\"0\",\"data\":{\"transactionStatus\":\"" + status
        + "\",\"transactionId\":\"T-" + id + "\",\"transactionRequestId\":\"" + id + "\"}}");
  }

  private void sold() {
    shop.sends(Shop.status("S", "sale-1", "order-0"));
    shop.pay(Shop.sale("sale-1", "order-0"));
    shop.sent.clear();
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFIRM", "REPEAT_THEN_ASK", "ASK_ONLY"})
  void an_order_is_paid_once_whatever_call_pays_it(Doubt doubt) {
    Operation charge = charge("referenceOrderId", doubt);
    shop.sends(Shop.status("S", "id-1", "order-1"));
    Outbound first = shop.post(charge, Shop.sale("id-1", "order-1"));
    assertThat(Shop.body(first)).contains("\"S\"");
    assertThat(first.source()).isEqualTo(Source.PLATFORM);
    assertThat(shop.post(charge, Shop.sale("id-1", "order-1")).reply().body())
        .as("byte for byte")
        .isEqualTo(first.reply().body());
    assertThat(Shop.body(shop.post(charge, Shop.sale("id-2", "order-1")))).contains("\"C10\"");
    assertThat(Shop.body(shop.pay(Shop.sale("id-3", "order-1")))).contains("\"C10\"");
    assertThat(Shop.body(shop.pay(Shop.sale("id-1", "order-1"))))
        .as("the same id, another call")
        .contains("\"C06\"");
    assertThat(Shop.body(shop.post(charge, Shop.sale("id-1", "order-1").replace("1000", "999"))))
        .contains("\"C06\"");
    assertThat(shop.sent).hasSize(1);
    Payment payment = shop.payment("id-1");
    assertThat(payment.operation()).isEqualTo(charge);
    assertThat(payment.outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void an_order_that_a_sale_has_paid_is_not_paid_again() {
    shop.sends(Shop.status("S", "id-1", "order-1"));
    shop.pay(Shop.sale("id-1", "order-1"));
    Outbound out =
        shop.post(charge("referenceOrderId", Doubt.CONFIRM), Shop.sale("id-2", "order-1"));
    assertThat(Shop.body(out)).contains("\"C10\"", "\"id-1\"");
    assertThat(out.sent()).isEqualTo(Sent.NO);
  }

  @ParameterizedTest
  @CsvSource({
    "referenceOrderId, CONFIRM", "referenceOrderId, REPEAT_THEN_ASK", "referenceOrderId, ASK_ONLY",
    "billNo, CONFIRM", "billNo, REPEAT_THEN_ASK", "billNo, ASK_ONLY",
    "original, CONFIRM", "original, REPEAT_THEN_ASK", "original, ASK_ONLY"
  })
  void while_its_outcome_is_unknown_no_other_gets_what_it_has_locked(String order, Doubt doubt) {
    sold();
    Operation charge = charge(order, doubt);
    Outbound unknown = shop.post(charge, body(order, "id-1"));
    assertThat(Shop.body(unknown)).contains(doubt == Doubt.CONFIRM ? "\"P\"" : "\"E02\"");
    int sends = shop.sent.size();
    assertThat(Shop.body(shop.post(charge, body(order, "id-2")))).contains("\"C08\"", "\"id-1\"");
    Outbound other = order.equals("original")
        ? shop.post(Operation.REFUND, Shop.refund("id-3", "sale-1"))
        : shop.pay(Shop.sale("id-3", "order-1"));
    assertThat(Shop.body(other)).contains("\"C08\"");
    assertThat(shop.sent).hasSize(sends);
  }

  @ParameterizedTest
  @CsvSource({
    "referenceOrderId",
    "billNo",
    "original",
    "none",
  })
  void in_doubt_it_is_asked_about_and_sent_again_where_the_platform_knows_nothing(String order) {
    sold();
    shop.onSend(() -> new Answer.Silent("timeout")).sends(status("S", "id-1"));
    shop.questions(Shop.code("C12"));
    Outbound out = shop.post(charge(order, Doubt.CONFIRM), body(order, "id-1"));
    assertThat(Shop.body(out)).contains("\"S\"");
    assertThat(shop.sent).hasSize(2).containsOnly(body(order, "id-1"));
  }

  @ParameterizedTest
  @CsvSource({"referenceOrderId", "billNo", "original", "none"})
  void what_may_be_repeated_is_without_a_question(String order) {
    sold();
    shop.onSend(() -> new Answer.Silent("timeout")).sends(done("id-1"));
    int asked = questions();
    Outbound out = shop.post(charge(order, Doubt.REPEAT_THEN_ASK), body(order, "id-1"));
    assertThat(Shop.body(out))
        .isEqualTo(Shop.body(shop.post(charge(order, Doubt.REPEAT_THEN_ASK), body(order, "id-1"))));
    assertThat(Shop.body(out)).contains("\"0\"").doesNotContain("transactionStatus");
    assertThat(shop.sent).hasSize(2).containsOnly(body(order, "id-1"));
    assertThat(questions()).isEqualTo(asked);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void what_was_repeated_in_vain_needs_review_and_keeps_its_order() {
    Operation charge = charge("referenceOrderId", Doubt.REPEAT_THEN_ASK);
    shop.post(charge, Shop.sale("id-1", "order-1"));
    for (int i = 0; i < 8; i++) {
      shop.questions(Shop.code("C12"));
      shop.work("id-1");
    }
    assertThat(shop.sent).hasSize(3);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("\"C08\"");
    shop.forgetAnswers();
    shop.questions(Shop.status("S", "id-1", "order-1"));
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(shop.sent).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"referenceOrderId", "original", "none"})
  void what_is_never_sent_again_is_not_even_where_the_platform_knows_nothing(String order) {
    sold();
    Operation charge = charge(order, Doubt.ASK_ONLY);
    shop.post(charge, body(order, "id-1"));
    for (int i = 0; i < 8; i++) {
      shop.forgetAnswers();
      shop.questions(Shop.code("C12"));
      shop.work("id-1");
    }
    assertThat(shop.sent).hasSize(1);
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(shop.payment("id-1").isEnded()).isFalse();
    shop.forgetAnswers();
    shop.questions(status("S", "id-1"));
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(shop.sent).hasSize(1);
  }

  @Test
  void an_answer_without_a_status_is_no_end_of_what_is_asked_about() {
    shop.sends(done("id-1"));
    Outbound out =
        shop.post(charge("referenceOrderId", Doubt.CONFIRM), Shop.sale("id-1", "order-1"));
    assertThat(shop.payment("id-1").isEnded()).isFalse();
    assertThat(Shop.body(out)).doesNotContain("\"S\"");
    shop.questions(Shop.status("S", "id-1", "order-1"));
    shop.work("id-1");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFIRM", "REPEAT_THEN_ASK", "ASK_ONLY"})
  void another_amount_than_asked_for_pays_nothing_by_itself(Doubt doubt) {
    shop.sends(
        Shop.status("S", "id-1", "order-1", "\"orderAmount\":700,\"priceCurrency\":\"USD\""));
    Outbound out = shop.post(charge("referenceOrderId", doubt), Shop.sale("id-1", "order-1"));
    assertThat(Shop.body(out)).doesNotContain("\"S\"");
    shop.questions(
        Shop.status("S", "id-1", "order-1", "\"orderAmount\":700,\"priceCurrency\":\"USD\""));
    shop.work("id-1");
    assertThat(shop.payment("id-1").isEnded()).isFalse();
    assertThat(shop.isListed("id-1")).isTrue();
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("\"C08\"");
  }

  @ParameterizedTest
  @EnumSource(names = {"REPEAT_THEN_ASK", "ASK_ONLY"})
  void anothers_answer_is_not_done(Doubt doubt) {
    shop.sends(done("id-7"));
    shop.post(charge("none", doubt), Shop.sale("id-1", "order-1"));
    assertThat(shop.payment("id-1").isEnded()).isFalse();
  }

  @Test
  void what_is_done_to_an_original_neither_pays_its_order_nor_gives_it_back() {
    sold();
    Operation charge = charge("original", Doubt.CONFIRM);
    shop.sends(status("S", "id-1"));
    shop.post(charge, Shop.refund("id-1", "sale-1"));
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-0")))).contains("\"C10\"", "\"sale-1\"");
  }

  @Test
  void what_is_done_to_an_original_waits_until_that_one_is_known() {
    shop.pay(Shop.sale("sale-1", "order-0"));
    Operation charge = charge("original", Doubt.CONFIRM);
    assertThat(Shop.body(shop.post(charge, Shop.refund("id-1", "sale-1")))).contains("\"C08\"");
    assertThat(shop.payment("id-1")).isNull();
  }

  @Test
  void what_locks_nothing_is_one_payment_an_id_all_the_same() {
    Operation charge = charge("none", Doubt.ASK_ONLY);
    shop.sends(status("S", "id-1"), status("S", "id-2"));
    Outbound first = shop.post(charge, Shop.sale("id-1", "order-1"));
    assertThat(shop.post(charge, Shop.sale("id-1", "order-1")).reply().body())
        .isEqualTo(first.reply().body());
    assertThat(Shop.body(shop.post(charge, Shop.sale("id-2", "order-1")))).contains("\"S\"");
    assertThat(shop.sent).hasSize(2);
  }

  @Test
  void an_id_of_another_name_is_asked_about_by_its_value_and_never_reissued() {
    Operation charge = charge("billNo", "payoutId", Doubt.CONFIRM);
    String body = body("billNo", "id-1").replace("transactionRequestId", "payoutId");
    shop.sends(Shop.code("E02"));
    shop.questions(status("F", "id-1"));
    shop.post(charge, body);
    shop.work("id-1");
    assertThat(shop.wire).anyMatch(line -> line.contains("transactionRequestId=id-1"));
    assertThat(shop.sent).containsExactly(body);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.UNPAID);
  }

  /** The payment is pay-1 to its caller and to us, and id-1 to the platform. */
  private static String namedTwice() {
    return body("billNo", "id-1").replaceFirst("\\{", "{\"payoutId\":\"pay-1\",");
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFIRM", "REPEAT_THEN_ASK", "ASK_ONLY"})
  void an_answer_may_name_a_payment_by_the_usual_id_where_its_body_has_that_too(Doubt doubt) {
    Operation charge = charge("billNo", "payoutId", doubt);
    shop.sends(status("S", "id-1"));
    Outbound out = shop.post(charge, namedTwice());
    assertThat(Shop.body(out)).contains("\"S\"");
    assertThat(shop.payment("pay-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(shop.post(charge, namedTwice()).reply().body())
        .isEqualTo(out.reply().body());
    assertThat(shop.sent).containsExactly(namedTwice());
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFIRM", "ASK_ONLY"})
  void the_platform_is_asked_by_the_usual_id_where_a_body_has_that_too(Doubt doubt) {
    shop.questions(status("S", "id-1"));
    shop.post(charge("billNo", "payoutId", doubt), namedTwice());
    shop.work("pay-1");
    assertThat(shop.wire)
        .anyMatch(line -> line.contains("transactionRequestId=id-1"))
        .noneMatch(line -> line.contains("=pay-1"));
    assertThat(shop.sent).hasSize(1);
    assertThat(shop.payment("pay-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("\"C10\"");
  }

  @Test
  void so_it_is_when_nothing_but_a_tombstone_is_left() {
    Operation charge = charge("billNo", "payoutId", Doubt.CONFIRM);
    shop.sends(status("S", "id-1"));
    shop.post(charge, namedTwice());
    shop.pass(25 * 3_600_000);
    shop.wire.clear();
    shop.questions(status("S", "id-1"));
    assertThat(Shop.body(shop.post(charge, namedTwice()))).contains("\"S\"");
    assertThat(shop.wire).singleElement().asString().contains("transactionRequestId=id-1");
    assertThat(shop.sent).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFIRM", "ASK_ONLY"})
  void notifications_and_queries_by_the_usual_id_find_it(Doubt doubt) {
    for (boolean notified : new boolean[] {true, false}) {
      Shop one = new Shop();
      one.post(charge("billNo", "payoutId", doubt), namedTwice());
      if (notified) {
        assertThat(one.notify(status("S", "id-1")).result()).isEqualTo(WebhookResult.SETTLED);
      } else {
        one.forgetAnswers();
        one.questions(status("S", "id-1"));
        assertThat(Shop.body(one.ask("transactionRequestId=id-1"))).contains("\"S\"", "id-1");
      }
      assertThat(one.payment("pay-1").outcome()).isEqualTo(Outcome.PAID);
      assertThat(one.sent).hasSize(1);
      assertThat(Shop.body(one.pay(Shop.sale("id-2", "order-1")))).contains("\"C10\"");
      for (String by : List.of("transactionRequestId=id-1", "transactionId=T-id-1")) {
        one.forgetAnswers();
        one.questions(status("F", "id-1"));
        assertThat(Shop.body(one.ask(by))).as("it stands").contains("\"S\"", "id-1");
        one.questions(status("S", "id-1"));
        assertThat(Shop.body(one.ask(by))).isEqualTo(text(status("S", "id-1")));
      }
    }
  }

  @Test
  void that_it_is_paid_after_all_is_heard_by_the_usual_id() {
    Operation charge = charge("billNo", "payoutId", Doubt.CONFIRM);
    for (String by : List.of("transactionRequestId=id-1", "transactionId=T-id-1", "notified")) {
      Shop one = new Shop();
      one.sends(status("F", "id-1"));
      assertThat(Shop.body(one.post(charge, namedTwice()))).contains("\"F\"");
      one.questions(status("S", "id-1"));
      if (by.equals("notified")) {
        assertThat(one.notify(status("S", "id-1")).result()).isEqualTo(WebhookResult.SETTLED);
      } else {
        assertThat(Shop.body(one.ask(by))).contains("\"S\"");
        assertThat(one.wire).noneMatch(line -> line.contains("=pay-1"));
      }
      assertThat(one.isListed("pay-1")).isTrue();
      assertThat(Shop.body(one.pay(Shop.sale("id-2", "order-1")))).contains("\"C10\"");
    }
  }

  @Test
  void so_it_is_when_nothing_but_a_tombstone_of_it_is_left() {
    shop.sends(status("F", "id-1"));
    shop.post(charge("billNo", "payoutId", Doubt.CONFIRM), namedTwice());
    shop.pass(25 * 3_600_000);
    assertThat(shop.notify(status("S", "id-1")).result()).isEqualTo(WebhookResult.SETTLED);
    assertThat(shop.isListed("pay-1")).isTrue();
  }

  @Test
  void another_payments_id_is_not_taken_for_its_own() {
    shop.post(charge("billNo", "payoutId", Doubt.CONFIRM), namedTwice());
    shop.questions(status("S", "id-7"));
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).doesNotContain("\"S\"");
    shop.questions(status("S", "id-7"));
    assertThat(Shop.body(shop.ask("transactionRequestId=pay-1"))).doesNotContain("\"S\"");
    shop.questions(status("P", "id-1"));
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains("\"P\"", "T-id-1");
    shop.questions(status("S", "id-7"));
    assertThat(Shop.body(shop.ask("transactionId=T-id-1"))).doesNotContain("\"S\"");
    assertThat(shop.payment("pay-1").isEnded()).isFalse();
  }

  private static String text(Answer answer) {
    return new String(((Answer.Spoken) answer).reply().body(), StandardCharsets.UTF_8);
  }

  @Test
  void the_usual_id_is_reissued_after_a_failure_without_a_reason() {
    Operation charge = charge("referenceOrderId", Doubt.CONFIRM);
    shop.sends(Shop.code("E02"));
    shop.questions(Shop.status("F", "id-1", "order-1"));
    shop.post(charge, Shop.sale("id-1", "order-1"));
    assertThat(shop.sent).hasSize(2).last().asString().contains("\"p2-");
  }

  @Test
  void an_order_of_another_name_may_be_called_otherwise_in_answers() {
    Operation charge = charge("billNo", Doubt.CONFIRM);
    shop.sends(Shop.status("S", "id-1", "their-own-number"));
    assertThat(Shop.body(shop.post(charge, body("billNo", "id-1")))).contains("\"S\"");
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("\"C10\"");
  }

  private static Answer undone(String id, String order, String how) {
    return Shop.says(
        "{\"code\":\"0\",\"data\":{\"transactionStatus\":\"S\",\"transactionRequestId\":\""
            + id + "\",\"referenceOrderId\":\"" + order + "\",\"relatedTransactionStatus\":\"" + how
            + "\"}}");
  }

  /** Its order may have another name in answers, and the payment another id in its body. */
  @ParameterizedTest
  @CsvSource({
    "billNo, transactionRequestId, id-1, REFUNDED, true",
    "billNo, transactionRequestId, id-1, PART_REFUNDED, false",
    "referenceOrderId, transactionRequestId, id-1, REFUNDED, true",
    "referenceOrderId, payoutId, pay-1, REFUNDED, true",
    "billNo, payoutId, pay-1, VOIDED, true",
    "billNo, payoutId, pay-1, PART_REFUNDED, false"
  })
  void an_order_is_free_once_all_is_given_back_of_what_has_paid_it(
      String order, String id, String name, String how, boolean free) {
    Operation charge = charge(order, id, Doubt.CONFIRM);
    String body = id.equals("payoutId") ? namedTwice() : body("billNo", "id-1");
    String theirs = order.equals("billNo") ? "their-own" : "order-1";
    shop.sends(Shop.status("S", "id-1", theirs), Shop.status("S", "refund-1", theirs));
    shop.post(charge, order.equals("billNo") ? body : body.replace("billNo", order));
    shop.questions(undone("id-1", theirs, how));
    assertThat(Shop.body(shop.post(Operation.REFUND, Shop.refund("refund-1", name))))
        .contains("\"S\"");
    assertThat(shop.wire).last().asString().contains("transactionRequestId=id-1");
    shop.sends(Shop.status("S", "id-2", "order-1"));
    shop.questions(undone("id-1", theirs, how));
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1"))))
        .contains(free ? "\"code\":\"0\"" : "\"C10\"");
  }

  /** One original has one lock, however it is named. */
  @ParameterizedTest
  @ValueSource(strings = {"answered", "asked", "notified", "late", "repeated late"})
  void what_a_paid_payment_is_called_is_remembered_when_it_is_heard(String how) {
    Operation charge = charge("referenceOrderId", Doubt.ASK_ONLY);
    shop.sends(how.equals("answered") ? doneAs("id-1", "T-id-1") : done("id-1"));
    shop.post(charge, Shop.sale("id-1", "order-1"));
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    if (how.endsWith("late")) {
      shop.pass(25 * 3_600_000);
      assertThat(shop.payment("id-1")).isNull();
    }
    if (how.equals("notified")) {
      assertThat(shop.notify(status("S", "id-1")).result()).isEqualTo(WebhookResult.REPEATED);
    } else if (how.equals("repeated late")) {
      shop.questions(status("S", "id-1"));
      assertThat(Shop.body(shop.post(charge, Shop.sale("id-1", "order-1")))).contains("T-id-1");
    } else if (!how.equals("answered")) {
      shop.questions(status("S", "id-1"));
      assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains("T-id-1");
    }
    shop.post(Operation.REFUND, Shop.refund("refund-1", "id-1"));
    assertThat(Shop.body(shop.post(
            Operation.REFUND, Shop.refundOf("refund-2", "originalTransactionId", "T-id-1"))))
        .contains("\"C08\"", "\"refund-1\"");
  }

  @Test
  void another_orders_payment_gives_back_no_order() {
    shop.sends(Shop.status("S", "id-1", "order-1"));
    shop.post(charge("referenceOrderId", Doubt.CONFIRM), Shop.sale("id-1", "order-1"));
    shop.questions(undone("id-1", "order-7", "REFUNDED"));
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("\"C10\"");
  }

  @Test
  void what_was_answered_unpaid_is_asked_about_by_the_usual_id_before_it_is_undone() {
    shop.sends(status("F", "id-1"), status("S", "refund-1"));
    assertThat(Shop.body(shop.post(charge("billNo", "payoutId", Doubt.CONFIRM), namedTwice())))
        .contains("\"F\"");
    shop.questions(status("S", "id-1"));
    assertThat(Shop.body(shop.post(Operation.REFUND, Shop.refund("refund-1", "pay-1"))))
        .contains("\"S\"");
    assertThat(shop.wire).anyMatch(line -> line.contains("transactionRequestId=id-1"));
    assertThat(shop.isListed("pay-1")).isTrue();
  }

  @Test
  void what_has_begun_ends_by_what_was_said_then() {
    Operation before = charge("referenceOrderId", Doubt.ASK_ONLY);
    shop.post(before, Shop.sale("id-1", "order-1"));
    // The description has changed, or is gone: who works on the payment goes by its record.
    shop.questions(Shop.code("C12"), Shop.code("C12"));
    shop.work("id-1");
    shop.work("id-1");
    assertThat(shop.sent).hasSize(1);
    assertThat(shop.payment("id-1").operation()).isEqualTo(before);
    Outbound repeat =
        shop.post(charge("referenceOrderId", Doubt.CONFIRM), Shop.sale("id-1", "order-1"));
    assertThat(Shop.body(repeat)).as("it is the same request").doesNotContain("C06");
    assertThat(shop.sent).hasSize(1);
  }

  @Test
  void an_operator_can_decide_on_what_cannot_be_queried() {
    shop.post(charge("referenceOrderId", Doubt.ASK_ONLY), Shop.sale("id-1", "order-1"));
    shop.pass(24 * 3_600_000);
    shop.questions(Shop.code("C12"));
    shop.resolve("id-1", Verdict.PAID, false);
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
    assertThat(Shop.body(shop.pay(Shop.sale("id-2", "order-1")))).contains("\"C10\"");
  }

  @Test
  void a_query_shows_it_like_any_payment() {
    shop.post(charge("referenceOrderId", Doubt.CONFIRM), Shop.sale("id-1", "order-1"));
    shop.questions(Shop.code("C12"));
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains("\"P\"");
    shop.forgetAnswers();
    shop.questions(Shop.status("S", "id-1", "order-1"));
    assertThat(Shop.body(shop.ask("transactionRequestId=id-1"))).contains("\"S\"");
    assertThat(shop.payment("id-1").outcome()).isEqualTo(Outcome.PAID);
  }

  private int questions() {
    return (int) shop.wire.stream().filter(line -> line.contains("/query")).count();
  }
}
