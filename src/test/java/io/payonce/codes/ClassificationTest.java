package io.payonce.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Classification.Expected;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import org.junit.jupiter.api.Test;

class ClassificationTest {
  private static final Amount TEN = new Amount(1000L, "USD");
  private static final Expected SALE = new Expected(Operation.SALE, "id-1", "order-1", TEN);
  private static final Expected SESSION =
      new Expected(Operation.CREATE_SESSION, "id-1", "order-1", TEN);

  private static Answer spoken(Envelope envelope) {
    return new Answer.Spoken(Reply.json(new byte[0]), envelope, -1);
  }

  private static Answer says(String code, TransactionStatus status, String resultCode) {
    return spoken(new Envelope(code, "t", status, "tx", "id-1", "order-1", resultCode, TEN));
  }

  private static Answer paid(String id, String order, Amount amount) {
    return spoken(
        new Envelope("0", "t", TransactionStatus.SUCCESS, "tx", id, order, "000", amount));
  }

  @Test
  void paid_needs_code_0_and_status_s() {
    Answer answer = says("0", TransactionStatus.SUCCESS, "000");
    assertThat(Classification.ofSend(answer, SALE)).isEqualTo(Report.PAID);
    assertThat(Classification.ofConfirm(answer, SALE)).isEqualTo(Report.PAID);
    Answer odd = says("E02", TransactionStatus.SUCCESS, null);
    assertThat(Classification.ofSend(odd, SALE)).isEqualTo(Report.UNKNOWN);
    assertThat(Classification.ofConfirm(odd, SALE)).isEqualTo(Report.UNKNOWN);
  }

  @Test
  void an_answer_about_another_payment_says_nothing_of_ours() {
    for (Amount amount : new Amount[] {TEN, new Amount(999L, "USD"), Amount.UNSAID}) {
      Answer wrongId = paid("id-2", "order-1", amount);
      assertThat(Classification.ofSend(wrongId, SALE)).isEqualTo(Report.UNKNOWN);
      assertThat(Classification.ofConfirm(wrongId, SALE)).isEqualTo(Report.UNKNOWN);
      Answer wrongOrder = paid("id-1", "order-2", amount);
      assertThat(Classification.ofSend(wrongOrder, SALE)).isEqualTo(Report.UNKNOWN);
      assertThat(Classification.ofConfirm(wrongOrder, SALE)).isEqualTo(Report.FOREIGN);
    }
  }

  @Test
  void success_of_ours_with_another_amount_is_money_that_moved() {
    for (Amount amount : new Amount[] {
      new Amount(600L, "USD"),
      new Amount(1000L, "EUR"),
      new Amount(1200L, null),
      new Amount(null, "EUR"),
      new Amount(600L, "USD", 600L),
      new Amount(1000L, "USD", 600L)
    }) {
      Answer other = paid("id-1", "order-1", amount);
      assertThat(Classification.ofSend(other, SALE)).isEqualTo(Report.OTHER_AMOUNT);
      assertThat(Classification.ofConfirm(other, SALE)).isEqualTo(Report.OTHER_AMOUNT);
      assertThat(Classification.ofConfirm(paid("id-1", null, amount), SALE))
          .isEqualTo(Report.OTHER_AMOUNT);
      // Whose it is, a send's answer must say itself: it answers no question.
      assertThat(Classification.ofSend(paid(null, "order-1", amount), SALE))
          .isEqualTo(Report.UNKNOWN);
    }
  }

  @Test
  void a_tip_or_a_surcharge_is_not_another_amount() {
    for (Amount amount : new Amount[] {
      new Amount(1000L, "USD", 1000L),
      new Amount(1000L, "USD", 1150L),
      new Amount(null, null, 1150L),
      new Amount(null, "USD", 1000L)
    }) {
      Answer tipped = paid("id-1", "order-1", amount);
      assertThat(Classification.ofSend(tipped, SALE)).isEqualTo(Report.PAID);
      assertThat(Classification.ofConfirm(tipped, SALE)).isEqualTo(Report.PAID);
    }
  }

  @Test
  void a_sum_alone_that_a_sends_answer_names_is_asked_about() {
    Answer sum = paid("id-1", "order-1", new Amount(null, "USD", 600L));
    assertThat(Classification.ofSend(sum, SALE)).isEqualTo(Report.UNKNOWN);
    assertThat(Classification.ofConfirm(sum, SALE)).isEqualTo(Report.OTHER_AMOUNT);
  }

  @Test
  void what_is_under_way_with_another_amount_is_neither_ours_nor_anothers() {
    for (TransactionStatus open :
        new TransactionStatus[] {TransactionStatus.INITIAL, TransactionStatus.PROCESSING}) {
      Answer other = spoken(
          new Envelope("0", "t", open, "tx", "id-1", "order-1", null, new Amount(600L, "USD")));
      assertThat(Classification.ofSend(other, SALE)).isEqualTo(Report.UNKNOWN);
      assertThat(Classification.ofConfirm(other, SALE)).isEqualTo(Report.UNKNOWN);
    }
    Answer failed = spoken(new Envelope(
        "0", "t", TransactionStatus.FAIL, "tx", "id-1", "order-1", null, new Amount(600L, "USD")));
    assertThat(Classification.ofSend(failed, SALE)).isEqualTo(Report.UNKNOWN);
    assertThat(Classification.ofConfirm(failed, SALE)).isEqualTo(Report.FOREIGN);
  }

  @Test
  void silence_on_a_point_is_agreement() {
    Answer terse = paid(null, null, Amount.UNSAID);
    assertThat(Classification.ofSend(terse, SALE)).isEqualTo(Report.PAID);
  }

  @Test
  void an_f_with_an_issuers_reason_is_a_decline() {
    Answer declined = says("0", TransactionStatus.FAIL, "051");
    Answer failed = says("0", TransactionStatus.FAIL, null);
    Answer odd = says("0", TransactionStatus.FAIL, "000");
    assertThat(Classification.ofSend(declined, SALE)).isEqualTo(Report.DECLINED);
    assertThat(Classification.ofConfirm(failed, SALE)).isEqualTo(Report.FAILED);
    assertThat(Classification.ofConfirm(odd, SALE)).isEqualTo(Report.FAILED);
  }

  @Test
  void code_0_without_status_is_open_for_a_sale_and_done_for_a_session() {
    Answer bare = says("0", null, null);
    assertThat(Classification.ofSend(bare, SALE)).isEqualTo(Report.INITIAL);
    assertThat(Classification.ofSend(bare, SESSION)).isEqualTo(Report.DONE);
    assertThat(Classification.ofConfirm(bare, SALE)).isEqualTo(Report.UNKNOWN);
  }

  @Test
  void what_cannot_be_asked_about_is_done_when_it_is_accepted() {
    Expected tip = new Expected(Operation.TIP_ADJUST, null, null, Amount.UNSAID);
    for (TransactionStatus open :
        new TransactionStatus[] {TransactionStatus.INITIAL, TransactionStatus.PROCESSING}) {
      assertThat(Classification.ofSend(says("0", open, null), tip)).isEqualTo(Report.DONE);
      assertThat(Classification.ofSend(says("0", open, null), SALE)).isNotEqualTo(Report.DONE);
    }
    Answer odd = says("0", TransactionStatus.UNREADABLE, null);
    assertThat(Classification.ofSend(odd, tip)).isEqualTo(Report.UNKNOWN);
  }

  @Test
  void silence_and_nothing_left_are_distinguished() {
    assertThat(Classification.ofSend(new Answer.Unsent("refused"), SALE)).isEqualTo(Report.UNSENT);
    assertThat(Classification.ofSend(new Answer.Silent("reset"), SALE)).isEqualTo(Report.UNKNOWN);
    assertThat(Classification.ofConfirm(new Answer.Unsent("refused"), SALE))
        .isEqualTo(Report.UNKNOWN);
  }

  @Test
  void c12_is_a_refusal_of_a_send_and_not_found_to_a_confirm() {
    Answer answer = says("C12", null, null);
    assertThat(Classification.ofSend(answer, SALE)).isEqualTo(Report.REFUSED);
    assertThat(Classification.ofConfirm(answer, SALE)).isEqualTo(Report.NOT_FOUND);
  }

  @Test
  void every_other_code_to_a_confirm_says_nothing_of_the_payment() {
    for (Code code : Code.values()) {
      if (code != Code.OK && code != Code.C12) {
        Answer answer = says(code.text(), TransactionStatus.FAIL, null);
        assertThat(Classification.ofConfirm(answer, SALE)).isEqualTo(Report.UNKNOWN);
      }
    }
  }
}
