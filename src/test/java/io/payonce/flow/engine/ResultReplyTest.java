package io.payonce.flow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Report;
import io.payonce.flow.CallerReplies;
import io.payonce.flow.Shop;
import io.payonce.flow.TombstoneReply;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Outbound;
import io.payonce.json.EnvelopeScan;
import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Tombstone;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.platform.Platform;
import io.payonce.recovery.Action;
import io.payonce.recovery.Decision;
import io.payonce.recovery.History;
import io.payonce.recovery.Stage;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** No "done" without what was to be done, on every road by which such a call may end. */
class ResultReplyTest {
  private static final Reply C08 = reply("{\"code\":\"C08\"}");
  private static final Reply C06 = reply("{\"code\":\"C06\"}");

  private static Reply reply(String json) {
    return Reply.json(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer.Spoken spoken(String json) {
    Reply reply = reply(json);
    return new Answer.Spoken(reply, EnvelopeScan.scan(reply.body()), -1);
  }

  private static LeasedPayment work(Operation operation, Stage stage, Reply soFar)
      throws Exception {
    byte[] body = """
        {"appId":"a","merchantId":"M1",%s}""".formatted(
            operation == Operation.TIP_ADJUST
                ? "\"originalTransactionRequestId\":\"sale-1\""
                : "\"transactionRequestId\":\"id-1\"")
        .getBytes(StandardCharsets.UTF_8);
    return RetryTimingTest.work(null, operation, body, stage, 0).withAnswer(soFar);
  }

  private static WaitingCaller caller(Operation operation) throws Exception {
    LeasedPayment work = work(operation, Stage.first(), null);
    return new WaitingCaller(work.id(), operation, work.fields(), "trace-2", 0, 0, null);
  }

  private static String text(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  private static void isNoDone(Operation operation, Reply answered) {
    assertThat(text(answered)).doesNotContain("\"code\":\"0\"").doesNotContain("call~");
    assertThat(text(answered))
        .contains(
            operation == Operation.TIP_ADJUST
                ? "\"originalTransactionRequestId\":\"sale-1\""
                : "\"transactionRequestId\":\"id-1\"");
  }

  @ParameterizedTest
  @CsvSource({"create-session", "tip-adjust", "batch-close"})
  void an_outcome_that_is_not_known_is_not_answered_as_done(Operation operation) throws Exception {
    Ledger ledger = (Ledger) Proxy.newProxyInstance(
        Ledger.class.getClassLoader(),
        new Class<?>[] {Ledger.class},
        (self, method, args) -> Future.succeededFuture(Optional.empty()));
    Outbound out = new CallerReplies(ledger, null, RetryTimingTest.STILL, null)
        .replyAfterSend(new EngineResult.LeftForRecovery(History.FIRST), caller(operation))
        .result();
    assertThat(out.outcome()).isEqualTo(CallOutcome.PENDING);
    assertThat(text(out.reply())).contains("\"E02\"", "\"transactionStatus\":\"P\"");
    isNoDone(operation, out.reply());
  }

  /** A refund meets a tip where a former version's record lets one lock the other. */
  @ParameterizedTest
  @CsvSource({"tip-adjust", "refund"})
  void who_waits_for_a_call_without_an_id_is_answered_with_what_it_follows_on(Operation operation)
      throws Exception {
    Ledger ledger = (Ledger) Proxy.newProxyInstance(
        Ledger.class.getClassLoader(),
        new Class<?>[] {Ledger.class},
        (self, method, args) -> method.getName().equals("mayHaveForgotten")
            ? false
            : Future.succeededFuture(Optional.empty()));
    WaitingCaller tip = caller(Operation.TIP_ADJUST);
    WaitingCaller caller =
        new WaitingCaller(tip.id(), operation, tip.fields(), "trace-2", 0, 0, null);
    Outbound out = new CallerReplies(ledger, null, RetryTimingTest.STILL, null)
        .replyToExisting(new BeginResult.OrderTaken("call~2"), caller, null)
        .result();
    assertThat(text(out.reply())).contains("\"C08\"", "\"transactionStatus\":\"P\"");
    isNoDone(Operation.TIP_ADJUST, out.reply());
  }

  @ParameterizedTest
  @CsvSource({"create-session", "tip-adjust", "batch-close"})
  void an_end_without_its_result_is_not_answered_as_done(Operation operation) throws Exception {
    Stage doubt = Stage.read("IN_DOUBT", "1.1.1.");
    LeasedPayment work = work(operation, doubt, null);
    for (Outcome outcome : List.of(Outcome.PAID, Outcome.UNPAID, Outcome.RELEASED)) {
      Reply answered = StoredReply.atEnd(work, outcome, doubt.history(), Report.UNKNOWN, null);
      isNoDone(operation, answered);
    }
  }

  @Test
  void what_a_query_shows_of_a_batch_is_answered_as_done_only_with_its_number() throws Exception {
    Stage doubt = Stage.read("IN_DOUBT", "1.1.1.");
    LeasedPayment work = work(Operation.BATCH_CLOSE, doubt, null);
    Answer shown = spoken("{\"code\":\"0\",\"data\":{\"transactionStatus\":\"S\"}}");
    Reply answered = StoredReply.asked(work, Outcome.PAID, doubt.history(), Report.PAID, shown);
    isNoDone(Operation.BATCH_CLOSE, answered);
    assertThat(text(answered)).contains("it was done", "batch-close-list");
    Answer failed = spoken("{\"code\":\"0\",\"data\":{\"transactionStatus\":\"F\"}}");
    answered = StoredReply.asked(work, Outcome.UNPAID, doubt.history(), Report.FAILED, failed);
    isNoDone(Operation.BATCH_CLOSE, answered);
    assertThat(text(answered)).contains("\"C11\"", "not done");
    Answer.Spoken whole =
        spoken("{\"code\":\"0\",\"data\":{\"transactionStatus\":\"S\",\"batchNo\":\"7\"}}");
    assertThat(StoredReply.asked(work, Outcome.PAID, doubt.history(), Report.PAID, whole))
        .isSameAs(whole.reply());
  }

  @Test
  void an_open_batch_is_not_answered_as_done() throws Exception {
    LeasedPayment work = work(Operation.BATCH_CLOSE, Stage.first(), null);
    Stage open = Stage.read("OPEN", "1.1.0.sop");
    Reply accepted = reply("{\"code\":\"0\",\"data\":{\"transactionStatus\":\"P\"}}");
    assertThat(StoredReply.isAnswerable(open, accepted, work.answeredAs())).isFalse();
    LeasedPayment sale = work(Operation.SALE, Stage.first(), null);
    assertThat(StoredReply.isAnswerable(open, accepted, sale.answeredAs())).isTrue();
  }

  @Test
  void what_is_remembered_of_a_batch_is_not_answered_as_done() throws Exception {
    Platform silent = (Platform) Proxy.newProxyInstance(
        Platform.class.getClassLoader(),
        new Class<?>[] {Platform.class},
        (self, method, args) -> Future.succeededFuture(new Answer.Silent("none")));
    Ledger nothingMoved = (Ledger) Proxy.newProxyInstance(
        Ledger.class.getClassLoader(),
        new Class<?>[] {Ledger.class},
        (self, method, args) -> Future.succeededFuture(false));
    for (Outcome outcome : List.of(Outcome.PAID, Outcome.UNPAID)) {
      Outbound out = new TombstoneReply(
              Accounts.only(silent, null), nothingMoved, null, Shop.SETTINGS)
          .answer(new Tombstone(outcome, "id-1"), caller(Operation.BATCH_CLOSE))
          .result();
      isNoDone(Operation.BATCH_CLOSE, out.reply());
    }
  }

  private static Reply kept(Operation operation, String next, Report report, Reply heard)
      throws Exception {
    Stage stage = Stage.read("IN_DOUBT", next);
    LeasedPayment work = work(operation, Stage.read("SENDING", next), null);
    return StoredReply.keptSoFar(
        work, new Decision(Action.WAIT, stage, "because"), report, spoken(text(heard)));
  }

  @ParameterizedTest
  @CsvSource({"create-session", "sale", "refund"})
  void a_refusal_of_a_repeat_is_never_the_outcome_of_the_first_send(Operation operation)
      throws Exception {
    assertThat(kept(operation, "1.2.1.", Report.BUSY, C08)).isNull();
    assertThat(kept(operation, "1.2.2.s", Report.ID_IN_USE, C06)).isNull();
    assertThat(kept(operation, "1.2.2.s", Report.ALREADY_PAID, C06)).isNull();
    assertThat(kept(operation, "1.2.2.", Report.UNKNOWN, reply("{\"code\":\"E03\"}")))
        .isNull();
    assertThat(kept(operation, "1.1.0.", Report.BUSY, C08)).isNotNull();
    assertThat(kept(operation, "1.1.1.sr", Report.ID_IN_USE, C06)).isNotNull();
    assertThat(kept(operation, "1.1.0.x", Report.ALREADY_PAID, C06)).isNotNull();
  }

  @Test
  void what_an_earlier_release_kept_of_a_repeat_is_not_answered_either() throws Exception {
    for (String history : List.of("1.3.1.", "1.3.3.s", "1.3.2.sr")) {
      Stage doubt = Stage.read("IN_DOUBT", history);
      LeasedPayment session = work(Operation.CREATE_SESSION, doubt, C08);
      Reply answered =
          StoredReply.atEnd(session, Outcome.RELEASED, doubt.history(), Report.UNKNOWN, null);
      assertThat(text(answered)).contains("\"E02\"");
      LeasedPayment sale = work(Operation.SALE, doubt, C08);
      answered = StoredReply.atEnd(sale, Outcome.UNPAID, doubt.history(), Report.NOT_FOUND, null);
      assertThat(text(answered)).contains("\"transactionStatus\":\"C\"");
    }
    Stage only = Stage.read("IN_DOUBT", "1.1.1.sr");
    LeasedPayment session = work(Operation.CREATE_SESSION, only, C06);
    assertThat(StoredReply.atEnd(session, Outcome.RELEASED, only.history(), Report.UNKNOWN, null))
        .isSameAs(C06);
  }

  @Test
  void another_request_that_was_done_before_is_not_answered_as_paid() throws Exception {
    BeginResult other = new BeginResult.OtherBody(null, new Tombstone(Outcome.PAID, "id-1"));
    for (Operation operation : List.of(Operation.CREATE_SESSION, Operation.BATCH_CLOSE)) {
      assertThat(answered(other, operation))
          .contains("\"C06\"")
          .doesNotContain("transactionStatus");
    }
    assertThat(answered(other, Operation.SALE)).contains("\"C06\"", "\"transactionStatus\":\"S\"");
  }

  private static String answered(BeginResult begin, Operation operation) throws Exception {
    CallerReplies hold = new CallerReplies(null, null, RetryTimingTest.STILL, null);
    return text(hold.replyToExisting(begin, caller(operation), null).result().reply());
  }

  /** Not what the platform says of its last press, and not what is said of other calls. */
  @ParameterizedTest
  @EnumSource(names = {"CLOSED", "FAILED", "DECLINED", "NOT_FOUND"})
  void whoever_wants_a_page_that_has_ended_unpaid_has_to_make_another(Report report)
      throws Exception {
    Stage open = Stage.read("OPEN", "1.1.0.sop");
    LeasedPayment page = RetryTimingTest.work(Operation.CREATE_SESSION, open, "");
    Answer closed = spoken("{\"code\":\"0\",\"data\":{\"transactionStatus\":\"C\"}}");
    Reply answered = StoredReply.atEnd(page, Outcome.UNPAID, open.history(), report, closed);
    assertThat(text(answered)).contains("\"C11\"", "the page is closed", "make another");
  }
}
