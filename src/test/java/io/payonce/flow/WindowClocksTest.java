package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.engine.LeasedPayment;
import io.payonce.flow.engine.RetryTiming;
import io.payonce.flow.port.Trace;
import io.payonce.ledger.Claim.Claimed;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.recovery.Stage;
import io.payonce.recovery.Window;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Which clocks end the window of a send: three that know nothing of each other. */
class WindowClocksTest {
  private static final PaymentId ID = new PaymentId("M1", "id-1");
  private static final byte[] BODY = """
      {"appId":"a","merchantId":"M1","transactionRequestId":"id-1","referenceOrderId":"order-1"}""".getBytes(StandardCharsets.UTF_8);
  private static final long PLATFORM_AHEAD = 7_200_000;

  private final FlowFixture testPod = new FlowFixture();
  private final RetryTiming pauses = new RetryTiming(FlowFixture.SETTINGS, testPod);

  private void begins() {
    testPod.wallAheadMillis = PLATFORM_AHEAD;
    testPod.defer(testPod.begin(ID, Operation.SALE, "order-1", BODY), "IN_DOUBT", "1.1.1.");
    testPod.pass(1);
  }

  private LeasedPayment claimed() throws Exception {
    Claimed claimed = testPod.ledger.claim(ID).result().orElseThrow();
    return LeasedPayment.ofClaim(claimed, testPod, Trace.OFF);
  }

  private boolean isOver(LeasedPayment work, Answer answer) {
    return pauses.moment(work, 0, answer).windowOver();
  }

  private Answer notFound(long dateMillis) {
    Envelope envelope = new Envelope("C12", null, null, null, null, null, null, Amount.UNSAID);
    return new Answer.Spoken(Reply.json(new byte[0]), envelope, -1, dateMillis);
  }

  private Answer notFound() {
    return notFound(testPod.nowMillis() + PLATFORM_AHEAD);
  }

  @Test
  void a_ledger_whose_clock_jumps_ahead_ends_no_window() throws Exception {
    begins();
    testPod.ledgerAheadMillis = 11 * 60_000;
    LeasedPayment work = claimed();
    assertThat(isOver(work, notFound())).isFalse();
    assertThat(isOver(work, notFound(Answer.Spoken.NO_DATE))).isFalse();
    assertThat(isOver(work, new Answer.Silent("none"))).isFalse();
    testPod.pass(Window.MILLIS);
    assertThat(isOver(work, notFound())).isTrue();
  }

  @Test
  void a_platform_whose_clock_jumps_ahead_ends_no_window_either() throws Exception {
    begins();
    assertThat(isOver(claimed(), notFound(testPod.nowMillis() + 2 * PLATFORM_AHEAD)))
        .isFalse();
  }

  @Test
  void a_platform_without_a_date_is_believed_once_this_process_has_waited_as_long()
      throws Exception {
    begins();
    LeasedPayment early = claimed();
    pauses.saw(early);
    testPod.pass(Window.MILLIS - 1);
    assertThat(isOver(early, notFound(Answer.Spoken.NO_DATE))).isFalse();
    testPod.pass(1);
    assertThat(isOver(early, notFound(Answer.Spoken.NO_DATE))).isTrue();
    testPod.forgetSightings();
    assertThat(isOver(claimed(), notFound(Answer.Spoken.NO_DATE)))
        .as("another process has seen nothing yet")
        .isFalse();
  }

  @Test
  void another_send_has_a_window_of_its_own() throws Exception {
    begins();
    testPod.pass(Window.MILLIS);
    LeasedPayment first = claimed();
    assertThat(isOver(first, notFound())).isTrue();
    testPod.ledger.recordIntent(
        first.lease(), Stage.read("SENDING", "1.2.2."), null, null, "again");
    testPod.pass(60_000);
    LeasedPayment second = claimed();
    assertThat(isOver(second, notFound())).isFalse();
    testPod.pass(Window.MILLIS);
    assertThat(isOver(second, notFound())).isTrue();
  }
}
