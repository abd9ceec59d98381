package io.payonce.outcome.report;

import static io.payonce.outcome.report.Entries.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.json.EnvelopeScan;
import io.payonce.ledger.Outcome;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.report.PlatformComparison.Verdict;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In what an outcome and the platform's answer about it can differ. */
class PlatformComparisonTest {
  private static final String AT = "2026-11-23T10:00:00Z";

  private static Answer answer(String json) {
    byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new Answer.Spoken(Reply.json(body), EnvelopeScan.scan(body), -1);
  }

  /** @param more members of its data */
  private static Answer status(String status, String more) {
    return answer("{'code':'0','data':{'transactionRequestId':'r1','referenceOrderId':'ORDER-1',"
        + "'transactionStatus':'" + status + "'" + (more.isEmpty() ? "" : "," + more) + "}}");
  }

  private static String compared(OutcomeEntry entry, Answer answer) {
    Verdict verdict = PlatformComparison.compare(entry, "r1", true, false, answer);
    if (!verdict.isAnswered()) {
      return "unanswered";
    }
    return verdict.difference() == null ? "same" : verdict.difference().word();
  }

  @ParameterizedTest
  @CsvSource({
    "S, same, status",
    "F, status, same",
    "C, status, same",
    "I, status, status",
    "P, status, status",
    "X, unanswered, unanswered"
  })
  void a_status_is_what_was_answered_or_it_is_not(String status, String ifPaid, String ifUnpaid) {
    OutcomeEntry paid = sale(AT, "r1").entry();
    assertThat(compared(paid, status(status, ""))).isEqualTo(ifPaid);
    for (Outcome outcome : new Outcome[] {Outcome.UNPAID, Outcome.REFUSED, Outcome.RELEASED}) {
      OutcomeEntry unpaid = sale(AT, "r1").ended(outcome).entry();
      assertThat(compared(unpaid, status(status, ""))).isEqualTo(ifUnpaid);
    }
  }

  @Test
  void what_the_platform_does_not_know_cannot_have_been_paid() {
    Answer unheard = answer("{'code':'C12','msg':'no such transaction'}");
    assertThat(compared(sale(AT, "r1").entry(), unheard)).isEqualTo("unknown");
    assertThat(compared(sale(AT, "r1").ended(Outcome.UNPAID).entry(), unheard)).isEqualTo("same");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"code\":\"E02\"}'",
    "'{\"code\":\"S04\"}'",
    "'{\"code\":\"0\",\"data\":{\"transactionRequestId\":\"another\",\"transactionStatus\":\"S\"}}'",
    "'{\"code\":\"0\"}'"
  })
  void an_answer_that_says_nothing_of_it_is_no_agreement(String json) {
    assertThat(compared(sale(AT, "r1").entry(), answer(json))).isEqualTo("unanswered");
    assertThat(compared(sale(AT, "r1").entry(), new Answer.Silent("timeout")))
        .isEqualTo("unanswered");
  }

  @Test
  void another_order_under_our_id_is_not_ours() {
    Answer other = answer("{'code':'0','data':{'transactionRequestId':'r1',"
        + "'referenceOrderId':'ANOTHER','transactionStatus':'S'}}");
    assertThat(compared(sale(AT, "r1").entry(), other)).isEqualTo("foreign");
    assertThat(compared(sale(AT, "r1").ended(Outcome.UNPAID).entry(), other)).isEqualTo("same");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'orderAmount':1000,'priceCurrency':'USD' | same | amount",
        "'orderAmount':700,'priceCurrency':'USD','transAmount':900 | amount | same",
        "'orderAmount':700,'priceCurrency':'USD' | amount | amount",
        "'orderAmount':1000,'priceCurrency':'EUR' | amount | amount",
        "'orderAmount':1000,'priceCurrency':'USD','transAmount':900 | amount | same"
      })
  void sums_are_compared_with_what_the_journal_says_moved(
      String amount, String asAsked, String otherwise) {
    Answer answer = status("S", "'amount':{" + amount + "}");
    assertThat(compared(sale(AT, "r1").entry(), answer)).isEqualTo(asAsked);
    assertThat(compared(sale(AT, "r1").moving(new Amount(700L, "USD", 900L)).entry(), answer))
        .isEqualTo(otherwise);
  }

  @Test
  void a_tip_is_no_difference_but_is_counted() {
    Answer tipped =
        status("S", "'amount':{'orderAmount':1000,'priceCurrency':'USD','transAmount':1200}");
    Verdict verdict = PlatformComparison.compare(sale(AT, "r1").entry(), "r1", true, false, tipped);
    assertThat(verdict.difference()).isNull();
    assertThat(verdict.beyond()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "VOIDED, undone, same",
    "REFUNDED, undone, same",
    "PART_REFUNDED, same, same",
    "CAPTURE, same, same"
  })
  void what_was_undone_elsewhere_is_reported(String related, String byOthers, String byUs) {
    Answer answer = status("S", "'relatedTransactionStatus':'" + related + "'");
    OutcomeEntry entry = sale(AT, "r1").entry();
    assertThat(compared(entry, answer)).isEqualTo(byOthers);
    Verdict ours = PlatformComparison.compare(entry, "r1", true, true, answer);
    assertThat(ours.difference() == null ? "same" : ours.difference().word()).isEqualTo(byUs);
  }

  /** The first id was seen to have failed before the second was sent. */
  @Test
  void an_id_that_was_given_up_must_not_be_paid() {
    OutcomeEntry entry = sale(AT, "r1").entry();
    assertThat(PlatformComparison.compare(entry, "r1", false, false, status("F", ""))
            .difference())
        .isNull();
    assertThat(PlatformComparison.compare(entry, "r1", false, false, status("S", ""))
            .difference()
            .word())
        .isEqualTo("status");
  }

  @Test
  void the_journal_itself_knows_what_was_undone() {
    Undoings undoings = new Undoings();
    undoings.note(
        sale(AT, "v1").as(Operation.VOID, null, null).locking("req:r1").entry());
    undoings.note(
        sale(AT, "f1").as(Operation.REFUND, 5L, "USD").locking("txn:T9").entry());
    undoings.note(sale(AT, "v2")
        .as(Operation.VOID, null, null)
        .locking("req:r2")
        .ended(Outcome.UNPAID)
        .entry());
    assertThat(undoings.has(sale(AT, "r1").entry())).isTrue();
    assertThat(undoings.has(sale(AT, "r1").of("M2").entry())).isFalse();
    assertThat(undoings.has(sale(AT, "r2").entry())).isFalse();
  }

  /** Given back on Monday, begun again and paid on Tuesday: the platform's S is Tuesday's. */
  @Test
  void what_was_begun_again_under_its_id_is_asked_about_once() {
    LaterLives lives = new LaterLives();
    OutcomeEntry released = sale(AT, "r1").ended(Outcome.RELEASED).entry();
    lives.note(released);
    assertThat(lives.follow(released)).isFalse();
    OutcomeEntry paid = sale("2026-11-24T10:00:00Z", "r1").begun(2).entry();
    lives.note(paid);
    assertThat(lives.follow(released)).isTrue();
    assertThat(lives.follow(paid)).isFalse();
  }

  @Test
  void a_difference_is_one_line() {
    OutcomeEntry entry = sale(AT, "r1").entry();
    Verdict verdict = PlatformComparison.compare(entry, "r1", true, false, status("F", ""));
    assertThat(DifferenceJson.line(entry, "r1", verdict))
        .isEqualTo("{\"cursor\":\"1795428000000-3-7\",\"at\":\"2026-11-23T10:00:00Z\","
            + "\"merchantId\":\"M1\",\"appId\":\"app-1\",\"order\":\"ORDER-1\","
            + "\"transactionRequestId\":\"r1\",\"platformId\":\"r1\",\"transactionId\":\"T1\","
            + "\"operation\":\"sale\",\"status\":\"PAID\",\"amount\":1000,\"currency\":\"USD\","
            + "\"differs\":\"status\",\"platformCode\":\"0\",\"platformStatus\":\"F\","
            + "\"platformAmount\":null,\"platformCurrency\":null,\"relatedStatus\":null}");
  }
}
