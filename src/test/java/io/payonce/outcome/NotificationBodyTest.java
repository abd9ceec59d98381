package io.payonce.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.Outcome;
import io.payonce.model.Account;
import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shape of what callers' hooks are sent, to the byte. */
class NotificationBodyTest {
  private static final Amount ASKED = new Amount(1999L, "USD");

  @Test
  void what_the_platform_said_is_kept_to_the_byte_and_the_ids_are_the_callers_own() {
    assertThat(body(Outcome.PAID, """
        {"code":"0","msg":"ok","traceId":"t","data":{ "transactionId":"T1","transactionRequestId": "derived-2",
        "referenceOrderId":"order 1","transactionStatus":"S","amount":{"transAmount": 19.990e2, "tip":null},
        "stan":007e0,"note":"\\u00e9 \\" \\\\","list":[1, {"a":2}],"none":null,"yes":true}}""".replace("007e0", "7e0"))).isEqualTo("""
        {"transactionId":"T1","transactionRequestId":"id-1","referenceOrderId":"order 1","transactionStatus":"S",\
        "amount":{"transAmount": 19.990e2, "tip":null},"stan":7e0,"note":"\\u00e9 \\" \\\\","list":[1, {"a":2}],\
        "none":null,"yes":true,"transactionType":"SALE"}""");
  }

  @Test
  void a_refusal_by_code_is_notified_as_failed_with_the_code_where_reasons_stand() {
    assertThat(body(Outcome.REFUSED, "{\"code\":\"C14\",\"msg\":\"bad \\\"amount\\\"\"}"))
        .isEqualTo("""
        {"transactionRequestId":"id-1","referenceOrderId":"order 1","transactionStatus":"F",\
        "amount":{"orderAmount":1999,"priceCurrency":"USD"},"transactionType":"SALE","transactionResultCode":"C14",\
        "transactionResultMsg":"bad \\"amount\\""}""");
    assertThat(body(Outcome.RELEASED, "{\"code\":\"S04\",\"data\":null}"))
        .contains("\"transactionStatus\":\"F\"", "\"transactionResultCode\":\"S04\"")
        .doesNotContain("transactionResultMsg");
  }

  @Test
  void an_issuers_decline_keeps_its_reason() {
    assertThat(body(Outcome.UNPAID, """
        {"code":"0","data":{"transactionStatus":"F","transactionResultCode":"051"}}"""))
        .contains("\"transactionStatus\":\"F\"", "\"transactionResultCode\":\"051\"");
    assertThat(body(Outcome.UNPAID, """
        {"code":"0","data":{"transactionStatus":"C"}}""")).contains("\"transactionStatus\":\"C\"");
  }

  @ParameterizedTest
  @CsvSource({
    "PAID,     F, S", "PAID,     C, S", "PAID,     P, S", "PAID,     X, S",
    "UNPAID,   S, F", "UNPAID,   I, F", "REFUSED,  S, F", "RELEASED, S, F"
  })
  void what_is_notified_is_the_outcome_whatever_the_kept_answer_says(
      Outcome outcome, String kept, String answered) {
    String body = body(
        outcome,
        "{\"code\":\"0\",\"data\":{\"transactionId\":\"T1\",\"transactionStatus\":\"" + kept
            + "\"}}");
    assertThat(body)
        .contains("\"transactionStatus\":\"" + answered + "\"", "\"transactionRequestId\":\"id-1\"")
        .as("its other members speak of what was not decided")
        .doesNotContain("T1");
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void without_an_answer_it_says_who_and_how_and_how_much(Outcome outcome) {
    assertThat(text(notice(outcome, null, "order 1", ASKED)))
        .isEqualTo("""
        {"transactionRequestId":"id-1","referenceOrderId":"order 1","transactionStatus":"%s",\
        "amount":{"orderAmount":1999,"priceCurrency":"USD"},"transactionType":"SALE"}""".formatted(outcome == Outcome.PAID ? "S" : "F"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "[]", "{\"data\":{\"a\":1,\"a\":2}}", "{\"data\":[1]}"})
  void an_answer_that_cannot_be_read_says_nothing(String answer) {
    assertThat(text(notice(Outcome.UNPAID, answer, null, Amount.UNSAID)))
        .isEqualTo("{\"transactionRequestId\":\"id-1\",\"transactionStatus\":\"F\"}");
  }

  @Test
  void null_is_no_value_and_what_the_platform_says_of_an_amount_stands() {
    assertThat(body(Outcome.PAID, """
        {"code":"0","data":{"transactionStatus":null,"referenceOrderId":null,"amount":null}}""")).isEqualTo("""
        {"transactionStatus":"S","referenceOrderId":"order 1",\
        "amount":{"orderAmount":1999,"priceCurrency":"USD"},"transactionRequestId":"id-1","transactionType":"SALE"}""");
    assertThat(body(Outcome.PAID, """
        {"code":"0","data":{"transactionStatus":"S","amount":{"orderAmount":5}}}""")).contains("\"amount\":{\"orderAmount\":5}");
  }

  @Test
  void a_paid_page_is_notified_with_the_transaction_that_its_kept_answer_does_not_name() {
    String page = "{\"code\":\"0\",\"data\":{\"checkoutUrl\":\"https://pay/1\"}}";
    assertThat(text(notice(Outcome.PAID, page, "order 1", ASKED, "T7")))
        .contains("\"transactionId\":\"T7\"", "\"transactionStatus\":\"S\"");
    assertThat(text(notice(Outcome.UNPAID, page, "order 1", ASKED, "T7")))
        .as("a later success's name says nothing of a failure")
        .doesNotContain("T7");
    String sale =
        "{\"code\":\"0\",\"data\":{\"transactionId\":\"T1\",\"transactionStatus\":\"S\"}}";
    assertThat(text(notice(Outcome.PAID, sale, "order 1", ASKED, "T7")))
        .contains("T1")
        .doesNotContain("T7");
  }

  private static String body(Outcome outcome, String answer) {
    return text(notice(outcome, answer, "order 1", ASKED));
  }

  private static String text(Notice notice) {
    return new String(NotificationBody.of(notice), StandardCharsets.UTF_8);
  }

  private static Notice notice(Outcome outcome, String answer, String order, Amount asked) {
    return notice(outcome, answer, order, asked, null);
  }

  private static Notice notice(
      Outcome outcome, String answer, String order, Amount asked, String transactionId) {
    return new Notice(
        new PaymentId("M1", "id-1"),
        Account.DEFAULT,
        "uuid",
        1,
        new Notice.Ending(
            outcome,
            answer == null ? null : Reply.json(answer.getBytes(StandardCharsets.UTF_8)),
            order == null ? null : Operation.SALE,
            order,
            asked,
            transactionId),
        "https://hooks.example.com/",
        new Notice.Tries(0, null, 0, 0, 0));
  }
}
