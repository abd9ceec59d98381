package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.engine.MoneyWrites;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.Outbound;
import io.payonce.ledger.FakeLedger;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Intent;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import io.payonce.platform.PlatformRequest;
import io.payonce.recovery.History;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one question brings to light, the next one must find. */
class QueryFlowTest {
  private static final PaymentId ID = new PaymentId("M1", "id-0001");
  private static final byte[] BODY = """
      {"appId":"a","merchantId":"M1","transactionRequestId":"id-0001","referenceOrderId":"order-1"}""".getBytes(StandardCharsets.UTF_8);

  /** A platform whose next answer the test sets. */
  private static final class NextAnswer extends QuestionsOnly {
    private Answer next;

    @Override
    public Future<Answer> call(PlatformRequest question) {
      boolean reissued = question.target().contains("Id=p");
      return Future.succeededFuture(reissued ? notFound() : next);
    }
  }

  private final NextAnswer platform = new NextAnswer();
  private final FlowFixture testPod = new FlowFixture();
  private final QueryFlow flow = flow(testPod.ledger);

  @BeforeEach
  void a_payment_is_in_doubt() {
    testPod.defer(testPod.begin(ID, Operation.SALE, "order-1", BODY), "IN_DOUBT", "1.1.1.s");
  }

  private QueryFlow flow(FakeLedger ledger) {
    return new QueryFlow(
        ledger,
        new MoneyWrites(ledger, null),
        Accounts.only(platform, null),
        null,
        FlowFixture.SETTINGS);
  }

  @Test
  void a_caller_who_was_given_a_transaction_id_never_gets_not_found_by_it() {
    platform.next = status(TransactionStatus.PROCESSING, "id-0001");
    assertThat(body(ask("transactionRequestId=id-0001"))).contains("T1");
    platform.next = notFound();
    assertThat(body(ask("transactionId=T1"))).contains("\"transactionStatus\":\"P\"");
  }

  @Test
  void a_caller_who_was_given_a_sessions_transaction_id_never_gets_not_found_by_it() {
    PaymentId session = new PaymentId("M1", "session-1");
    Intent begun = testPod.begin(session, Operation.CREATE_SESSION, null, BODY);
    Settlement made = new Settlement(
        Outcome.PAID, Reply.json(BODY), History.FIRST, null, null, false, "the session is made");
    testPod.ledger.settle(begun.lease(), made);

    platform.next = status(TransactionStatus.INITIAL, "session-1");
    assertThat(body(ask("transactionRequestId=session-1"))).contains("T1");
    platform.next = notFound();
    assertThat(body(ask("transactionId=T1"))).contains("\"transactionStatus\":\"P\"");
  }

  @Test
  void a_transaction_unknown_here_is_not_answered_as_failed_while_it_may_be_paid() {
    platform.next = status(TransactionStatus.FAIL, "id-0001");
    assertThat(body(ask("transactionId=T1"))).contains("\"transactionStatus\":\"P\"");
  }

  @Test
  void this_platform_is_not_asked_about_what_another_one_was_sent() {
    HomePlatform other = new HomePlatform("other.example", 600_000, 15_000, System::nanoTime);
    FakeLedger elsewhere = new FakeLedger(testPod.store, FlowFixture.settings(other));
    platform.next = null; // and would break the flow
    assertThat(body(ask(flow(elsewhere), "transactionRequestId=id-0001")))
        .contains("\"transactionStatus\":\"P\"");
  }

  @Test
  void a_transaction_that_is_not_ours_is_answered_by_the_platform() {
    platform.next = status(TransactionStatus.FAIL, "another-1");
    assertThat(body(ask("transactionId=T1"))).contains("\"transactionStatus\":\"F\"");
    platform.next = notFound();
    assertThat(body(ask("transactionId=T1"))).contains("C12");
  }

  private Outbound ask(String by) {
    return ask(flow, by);
  }

  private static Outbound ask(QueryFlow flow, String by) {
    return flow.handle(
            Calls.of(Operation.QUERY, "appId=a&merchantId=M1&" + by, new byte[0], 0, "call"))
        .result();
  }

  private static String body(Outbound out) {
    return new String(out.reply().body(), StandardCharsets.UTF_8);
  }

  private static Answer status(TransactionStatus status, String requestId) {
    String json = """
        {"code":"0","data":{"transactionId":"T1","transactionRequestId":"%s","transactionStatus":"%s"}}""".formatted(requestId, status.letter());
    return new Answer.Spoken(
        Reply.json(json.getBytes(StandardCharsets.UTF_8)),
        new Envelope("0", null, status, "T1", requestId, null, null, Amount.UNSAID),
        -1);
  }

  private static Answer notFound() {
    return new Answer.Spoken(
        Reply.json("{\"code\":\"C12\"}".getBytes(StandardCharsets.UTF_8)),
        new Envelope("C12", null, null, null, null, null, null, Amount.UNSAID),
        -1);
  }
}
