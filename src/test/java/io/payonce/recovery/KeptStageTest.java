package io.payonce.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Code;
import io.payonce.codes.Health;
import io.payonce.codes.Report;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import org.junit.jupiter.api.Test;

/** What a send that must wait leaves behind. */
class KeptStageTest {
  private static final Deadlines EARLY = new Deadlines(false, false, false);
  private static final Policy POLICY = new Policy(3, true, false, Operation.Doubt.CONFIRM, true);

  @Test
  void a_refused_and_mended_send_is_held_and_sent_when_it_may() {
    Decision resend = Stage.first().next(Report.REMEDIED, EARLY, POLICY);
    assertThat(resend.action()).isEqualTo(Action.RESEND);
    Stage kept = Stage.first().kept(resend);
    assertThat(kept.word()).isEqualTo("HELD");
    assertThat(kept.history()).isEqualTo(History.FIRST.sendAccountedFor().withRemedied());
    assertThat(kept.due(EARLY, POLICY))
        .isEqualTo(new Decision(Action.RESEND, resend.next(), "the pause is over"));
  }

  @Test
  void a_payment_in_doubt_or_held_stays_as_it_was() {
    Stage doubt = Stage.read("IN_DOUBT", "1.1.1.");
    assertThat(doubt.kept(doubt.next(Report.NOT_FOUND, EARLY, POLICY))).isEqualTo(doubt);
    Stage held = Stage.read("HELD", "1.1.0.");
    assertThat(held.kept(held.due(EARLY, POLICY))).isEqualTo(held);
  }

  @Test
  void a_refusal_or_a_decline_is_the_word_of_a_platform_that_works() {
    for (Code code : Code.values()) {
      boolean sick = code == Code.E01 || code == Code.E03;
      assertThat(Health.of(spoken(code.text())))
          .as(code.text())
          .isEqualTo(sick ? Health.UNHEALTHY : Health.HEALTHY);
    }
  }

  private static Answer spoken(String code) {
    Envelope envelope = new Envelope(code, null, null, null, null, null, null, Amount.UNSAID);
    return new Answer.Spoken(Reply.json(new byte[0]), envelope, -1);
  }
}
