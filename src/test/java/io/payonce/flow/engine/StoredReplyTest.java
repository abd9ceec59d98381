package io.payonce.flow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Report;
import io.payonce.flow.Shop;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.recovery.Action;
import io.payonce.recovery.Decision;
import io.payonce.recovery.Stage;
import org.junit.jupiter.api.Test;

class StoredReplyTest {
  private static final Decision ASK =
      new Decision(Action.CONFIRM, Stage.read("IN_DOUBT", "1.1.0.sr"), "whose is it?");

  /** An id that is taken is reported alike by a refusal and by a query that shows who has it. */
  @Test
  void a_refusal_is_kept_and_anothers_transaction_is_not() throws Exception {
    LeasedPayment work =
        RetryTimingTest.work(Operation.SALE, Stage.read("SENDING", "1.1.1."), "soon");
    Answer refusal = Shop.code("C06");
    assertThat(StoredReply.keptSoFar(work, ASK, Report.ID_IN_USE, refusal).body())
        .isEqualTo(((Answer.Spoken) refusal).reply().body());
    Answer others = Shop.status("S", "id-1", "order-9");
    assertThat(StoredReply.keptSoFar(work, ASK, Report.ID_IN_USE, others)).isNull();
  }
}
