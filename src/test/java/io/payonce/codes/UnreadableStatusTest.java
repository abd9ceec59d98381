package io.payonce.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnreadableStatusTest {
  @ParameterizedTest
  @MethodSource("io.payonce.model.Operation#known")
  void an_unknown_status_leaves_every_operation_in_doubt(Operation operation) {
    Classification.Expected expected =
        new Classification.Expected(operation, "r1", null, Amount.UNSAID);
    Answer answer = spoken(TransactionStatus.UNREADABLE);
    assertThat(Classification.ofSend(answer, expected)).isEqualTo(Report.UNKNOWN);
    assertThat(Classification.ofConfirm(answer, expected)).isEqualTo(Report.UNKNOWN);
    assertThat(Classification.ofSend(spoken(null), expected)).isNotEqualTo(Report.UNKNOWN);
  }

  private static Answer spoken(TransactionStatus status) {
    Envelope envelope = new Envelope("0", null, status, null, "r1", null, null, Amount.UNSAID);
    return new Answer.Spoken(Reply.json(new byte[0]), envelope, -1);
  }
}
