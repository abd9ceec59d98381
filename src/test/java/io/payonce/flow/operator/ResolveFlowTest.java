package io.payonce.flow.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.FlowFixture;
import io.payonce.flow.QuestionsOnly;
import io.payonce.flow.port.Accounts;
import io.payonce.ledger.FakeLedger;
import io.payonce.ledger.FakeLedgerAdmin;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import io.payonce.platform.PlatformRequest;
import io.payonce.recovery.Resolution.Verdict;
import io.payonce.recovery.Stage;
import io.payonce.recovery.Window;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator decides by what the platform said, and that is as old as the question. */
class ResolveFlowTest {
  private static final PaymentId ID = new PaymentId("M1", "id-1");
  private static final byte[] BODY = """
      {"appId":"a","merchantId":"M1","transactionRequestId":"id-1","referenceOrderId":"order-1"}""".getBytes(StandardCharsets.UTF_8);
  private static final Answer NOT_FOUND = spoken("C12", null);

  /** A platform that answers one question, when the test wants it to. */
  private static final class OneAnswer extends QuestionsOnly {
    private final Promise<Answer> answer = Promise.promise();

    @Override
    public Future<Answer> call(PlatformRequest question) {
      return answer.future();
    }
  }

  private final OneAnswer platform = new OneAnswer();
  private final FlowFixture fixture = new FlowFixture();
  private final FakeLedger ledger = fixture.ledger;

  @BeforeEach
  void one_payment_needs_review() {
    fixture.defer(fixture.begin(ID, Operation.SALE, "order-1", BODY), "ATTENTION", "1.1.1.");
    fixture
        .sightings()
        .millis(ID, FlowFixture.DAWN_MILLIS); // a worker of this pod has looked at it
  }

  /** Another send leaves, and its worker puts the payment off again. */
  private void sendAgain(String history) {
    fixture.pass(1000);
    Intent intent = ledger
        .claim(ID)
        .compose(claimed -> ledger.recordIntent(
            claimed.orElseThrow().lease(), Stage.read("SENDING", history), null, null, "again"))
        .result()
        .orElseThrow();
    fixture.defer(intent, "IN_DOUBT", history);
  }

  private Future<Resolved> says(Verdict word) {
    return new ResolveFlow(
            new FakeLedgerAdmin(ledger),
            ledger,
            Accounts.only(platform, null),
            fixture,
            fixture,
            FlowFixture.SETTINGS)
        .resolve(new ResolveRequest(
            ID,
            new ResolveRequest.Decision(word, false, "a note", "anna", "trace-1"),
            ResolveRequest.Hints.NONE));
  }

  private Resolved answered(Future<Resolved> resolved, Answer answer) {
    assertThat(resolved.isComplete()).as("the platform is asked first").isFalse();
    platform.answer.complete(answer);
    return resolved.result();
  }

  private Payment payment() {
    return ledger.find(ID).result().orElseThrow();
  }

  private static Answer spoken(String code, TransactionStatus status) {
    Envelope envelope = new Envelope(
        code, null, status, status == null ? null : "T1", "id-1", null, null, Amount.UNSAID);
    return new Answer.Spoken(
        Reply.json("{\"code\":\"%s\"}".formatted(code).getBytes(StandardCharsets.UTF_8)),
        envelope,
        -1);
  }

  @Test
  void unpaid_is_granted_when_the_question_came_after_every_sends_window() {
    fixture.pass(Window.MILLIS);
    Resolved resolved = answered(says(Verdict.UNPAID), NOT_FOUND);
    assertThat(resolved)
        .isEqualTo(new Resolved.Done(
            Outcome.UNPAID, "an operator's word; not found after every send's window"));
    assertThat(payment().outcome()).isEqualTo(Outcome.UNPAID);
  }

  @Test
  void unpaid_is_refused_when_the_question_came_before_though_its_answer_came_after() {
    fixture.pass(Window.MILLIS - 1);
    Future<Resolved> resolved = says(Verdict.UNPAID);
    fixture.pass(60_000);
    assertThat(answered(resolved, NOT_FOUND))
        .isEqualTo(new Resolved.Refused(
            null, "a send may still take effect", FlowFixture.DAWN_MILLIS + Window.MILLIS));
    assertThat(payment().isEnded()).isFalse();
  }

  @Test
  void unpaid_is_given_back_when_another_sends_whole_window_fell_after_the_question() {
    fixture.pass(Window.MILLIS);
    Future<Resolved> resolved = says(Verdict.UNPAID);
    sendAgain("1.2.2.");
    fixture.pass(Window.MILLIS);
    isGivenBack(answered(resolved, NOT_FOUND));
  }

  @Test
  void a_final_status_is_given_back_when_another_send_left_after_the_question() {
    Future<Resolved> resolved = says(Verdict.UNPAID);
    sendAgain("1.2.1.");
    isGivenBack(answered(resolved, spoken("0", TransactionStatus.FAIL)));
  }

  @Test
  void a_first_attempts_failure_says_nothing_of_the_second() {
    Future<Resolved> resolved = says(Verdict.UNPAID);
    sendAgain("2.2.1.");
    isGivenBack(answered(resolved, spoken("0", TransactionStatus.FAIL)));
  }

  private void isGivenBack(Resolved resolved) {
    assertThat(resolved).isInstanceOf(Resolved.Refused.class);
    assertThat(((Resolved.Refused) resolved).because())
        .isEqualTo("it was sent again meanwhile; look again");
    assertThat(payment().isEnded()).isFalse();
    assertThat(payment().timeline()).endsWith("refused; it was sent again meanwhile; look again\n");
    fixture.pass(1);
    assertThat(ledger.claim(ID).result()).as("whoever comes next").isPresent();
  }

  @Test
  void the_platforms_paid_ends_the_payment_at_once_whatever_the_operator_says() {
    Resolved resolved = answered(says(Verdict.UNPAID), spoken("0", TransactionStatus.SUCCESS));
    assertThat(resolved)
        .isEqualTo(new Resolved.Refused(Outcome.PAID, "the platform says it is paid", 0));
    assertThat(payment().outcome()).isEqualTo(Outcome.PAID);
  }

  @Test
  void paid_is_granted_at_any_time() {
    Resolved resolved = answered(says(Verdict.PAID), NOT_FOUND);
    assertThat(resolved).isInstanceOf(Resolved.Done.class);
    assertThat(payment().outcome()).isEqualTo(Outcome.PAID);
    assertThat(new String(payment().answer().body(), StandardCharsets.UTF_8))
        .endsWith(",\"traceId\":\"trace-1\"}");
  }
}
