package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Report;
import io.payonce.flow.engine.EngineResult;
import io.payonce.flow.engine.LeasedPayment;
import io.payonce.flow.engine.MoneyWrites;
import io.payonce.flow.engine.PaymentEngine;
import io.payonce.flow.engine.RetryTiming;
import io.payonce.flow.engine.RetryTimingTest;
import io.payonce.flow.engine.StoredReply;
import io.payonce.flow.engine.UndoneOrders;
import io.payonce.flow.engine.WaitingCaller;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Telemetry;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Payments;
import io.payonce.limit.Unlimited;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import io.payonce.platform.Platform;
import io.payonce.recovery.History;
import io.payonce.recovery.Stage;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a worker may answer of an end that the ledger did not take from it. */
class UnwrittenAnswerTest {
  private static final Answer NO_WORD = new Answer.Silent("none");
  private static final Reply ANY = Reply.json("{}".getBytes(StandardCharsets.UTF_8));

  private static <T> T port(Class<T> type, Object answer) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> answer));
  }

  /** What becomes of a payment in doubt whose confirm shows this status. */
  private static EngineResult ending(CloseResult close, TransactionStatus status) throws Exception {
    return ending(Future.succeededFuture(close), status);
  }

  private static EngineResult ending(Future<CloseResult> close, TransactionStatus status)
      throws Exception {
    PaymentEngine conclusion = new PaymentEngine(
        port(Ledger.class, close),
        new MoneyWrites(port(Ledger.class, close), RetryTimingTest.STILL),
        Accounts.only(port(Platform.class, Future.succeededFuture(shown(status))), new Unlimited()),
        new UndoneOrders(port(Ledger.class, close), null),
        new RetryTiming(Shop.SETTINGS, RetryTimingTest.STILL),
        RetryTimingTest.STILL,
        port(Telemetry.class, null));
    Stage doubt = Stage.read("IN_DOUBT", "1.1.1.");
    return conclusion.resume(RetryTimingTest.work(Operation.SALE, doubt, "")).result();
  }

  private static Answer shown(TransactionStatus status) {
    Envelope envelope =
        new Envelope("0", null, status, "T1", "id-1", "order-1", null, Amount.UNSAID);
    return new Answer.Spoken(ANY, envelope, -1);
  }

  @Test
  void a_stale_workers_no_is_answered_to_no_caller() throws Exception {
    assertThat(ending(new CloseResult.Closed(), TransactionStatus.CLOSED))
        .isInstanceOf(EngineResult.Ended.class);
    assertThat(ending(new CloseResult.Stale(), TransactionStatus.CLOSED))
        .isInstanceOf(EngineResult.LeftForRecovery.class);
    assertThat(ending(new CloseResult.Stale(), TransactionStatus.SUCCESS))
        .isInstanceOf(EngineResult.Ended.class);
  }

  @Test
  void what_a_confirm_shows_paid_is_answered_only_when_it_is_written() throws Exception {
    Future<CloseResult> away = Future.failedFuture(new LedgerUnavailable("away", true));
    assertThat(ending(away, TransactionStatus.SUCCESS))
        .isInstanceOf(EngineResult.LeftForRecovery.class);
    assertThat(ending(new CloseResult.Closed(), TransactionStatus.SUCCESS))
        .isInstanceOf(EngineResult.Ended.class);
  }

  @Test
  void what_another_worker_has_written_is_read_and_answered() throws Exception {
    Payment ended = Payments.sale(null, Outcome.PAID, "1.1.0.", ANY, "");
    assertThat(ending(new CloseResult.Already(ended), TransactionStatus.CLOSED))
        .isInstanceOf(EngineResult.LeftForRecovery.class);
    assertThat(ending(new CloseResult.Already(ended), TransactionStatus.SUCCESS))
        .isInstanceOf(EngineResult.LeftForRecovery.class);
  }

  private static String own(Outcome outcome, String history, Answer answer) throws Exception {
    LeasedPayment work = RetryTimingTest.work(Operation.SALE, Stage.read("IN_DOUBT", "1.1.1."), "");
    Reply reply = StoredReply.atEnd(work, outcome, History.decode(history), Report.UNKNOWN, answer);
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  @Test
  void what_we_say_of_an_end_ourselves_names_the_call_that_came_to_it() throws Exception {
    assertThat(own(Outcome.UNPAID, "1.1.1.", NO_WORD))
        .contains("\"C\"")
        .endsWith(",\"traceId\":\"trace-1\"}");
    for (String own : List.of(
        own(Outcome.RELEASED, "1.0.0.", new Answer.Unsent("refused")),
        own(Outcome.RELEASED, "1.0.0.", new Answer.Unsent("too long", "too long")),
        own(Outcome.RELEASED, "1.1.0.", NO_WORD))) {
      assertThat(own).endsWith(",\"traceId\":\"trace-1\"}");
    }
  }

  private static boolean answered(String stage, String answer) throws Exception {
    LeasedPayment work = RetryTimingTest.work(Operation.SALE, Stage.read("OPEN", "1.1.0.op"), "");
    Reply reply = answer == null ? null : Reply.json(answer.getBytes(StandardCharsets.UTF_8));
    return StoredReply.isAnswerable(Stage.read(stage, "1.1.0.op"), reply, work.answeredAs());
  }

  @Test
  void only_an_acceptance_is_answered_for_a_payment_without_an_end() throws Exception {
    for (String stage : List.of("OPEN", "IN_DOUBT", "SENDING", "ATTENTION", "HELD")) {
      boolean open = stage.equals("OPEN");
      assertThat(answered(stage, status("I", "id-1"))).as(stage).isEqualTo(open);
      assertThat(answered(stage, status("P", "id-1"))).as(stage).isEqualTo(open);
      assertThat(answered(stage, "{\"code\":\"0\"}")).as(stage).isEqualTo(open);
      for (String other : List.of(
          "{}", "no JSON", "{\"code\":\"C12\"}", status("S", "id-1"), status("P", "id-2"))) {
        assertThat(answered(stage, other)).as(stage + " " + other).isFalse();
      }
      assertThat(answered(stage, null)).isFalse();
    }
  }

  private static String status(String status, String id) {
    return "{\"code\":\"0\",\"data\":{\"transactionStatus\":\"" + status
        + "\",\"transactionRequestId\":\"" + id + "\"}}";
  }

  @Test
  void an_acceptance_is_not_the_answer_of_an_end() throws Exception {
    Reply accepted = Reply.json(status("I", "id-1").getBytes(StandardCharsets.UTF_8));
    LeasedPayment work = RetryTimingTest.work(Operation.SALE, Stage.read("OPEN", "1.1.0.opx"), "")
        .withAnswer(accepted);
    Answer closed = shown(TransactionStatus.CLOSED);
    History history = History.decode("1.1.0.opx");
    assertThat(StoredReply.atEnd(work, Outcome.REFUSED, history, Report.CLOSED, closed))
        .isEqualTo(((Answer.Spoken) closed).reply());
    assertThat(new String(
            StoredReply.atEnd(work, Outcome.UNPAID, history, Report.NOT_FOUND, NO_WORD)
                .body(),
            StandardCharsets.UTF_8))
        .contains("\"C\"");
  }

  /** A released payment may have begun again with another body, before its first caller looked. */
  @Test
  void a_caller_is_answered_only_about_its_own_request() throws Exception {
    Reply paid = Reply.json(status("S", "id-1").getBytes(StandardCharsets.UTF_8));
    Payment payment = Payments.sale(null, Outcome.PAID, "1.1.0.", paid, "");
    Ledger ledger = port(Ledger.class, Future.succeededFuture(Optional.of(payment)));
    CallerReplies hold = new CallerReplies(ledger, null, RetryTimingTest.STILL, null);
    for (String print : Arrays.asList(Payments.PRINT, null)) {
      assertThat(answered(hold, print).reply()).isSameAs(paid);
    }
    Outbound other = answered(hold, "another");
    assertThat(other.outcome()).isEqualTo(CallOutcome.PENDING);
    assertThat(new String(other.reply().body(), StandardCharsets.UTF_8)).contains("\"P\"");
  }

  private static Outbound answered(CallerReplies hold, String print) throws Exception {
    LeasedPayment work = RetryTimingTest.work(Operation.SALE, Stage.first(), "");
    WaitingCaller caller =
        new WaitingCaller(work.id(), Operation.SALE, work.fields(), "trace-1", 0, 0, print);
    return hold.replyAfterSend(new EngineResult.LeftForRecovery(History.FIRST), caller)
        .result();
  }
}
