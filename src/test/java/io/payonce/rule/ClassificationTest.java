package io.payonce.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import io.payonce.rule.Classification.Expected;
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
    for (Answer other : new Answer[] {
      paid("id-2", "order-1", TEN),
      paid("id-1", "order-2", TEN),
      paid("id-1", "order-1", new Amount(999L, "USD")),
      paid("id-1", "order-1", new Amount(1000L, "EUR"))
    }) {
      assertThat(Classification.ofSend(other, SALE)).isEqualTo(Report.UNKNOWN);
      assertThat(Classification.ofConfirm(other, SALE)).isEqualTo(Report.FOREIGN);
    }
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
  void silence_and_nothing_left_are_told_apart() {
    assertThat(Classification.ofSend(new Answer.Unsent("refused"), SALE)).isEqualTo(Report.UNSENT);
    assertThat(Classification.ofSend(new Answer.Silent("reset"), SALE)).isEqualTo(Report.UNKNOWN);
    assertThat(Classification.ofConfirm(new Answer.Unsent("refused"), SALE))
        .isEqualTo(Report.UNKNOWN);
  }

  @Test
  void c12_is_a_refusal_of_a_copy_and_not_found_to_a_confirm() {
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
