package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.engine.MoneyWrites;
import io.payonce.flow.engine.RetryTimingTest;
import io.payonce.flow.engine.WaitingCaller;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.PlatformRetryAfter;
import io.payonce.json.ProxyEnvelope;
import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Payments;
import io.payonce.ledger.Tombstone;
import io.payonce.limit.Limits;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.TransactionStatus;
import io.payonce.platform.Platform;
import io.payonce.recovery.Stage;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the headers of an answer say of a payment that the ledger knows. */
class HeaderWordsTest {
  private static final PaymentId ID = new PaymentId("M1", "id-1");
  private static final Answer NO_WORD = new Answer.Silent("none");

  private static <T> T always(Class<T> type, Object answer) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> answer));
  }

  private static Answer spoken(String code, TransactionStatus status) {
    Envelope envelope =
        new Envelope(code, null, status, null, "id-1", "order-1", null, Amount.UNSAID);
    byte[] body = "{\"code\":\"%s\"}".formatted(code).getBytes(StandardCharsets.UTF_8);
    return new Answer.Spoken(Reply.json(body), envelope, -1);
  }

  /** @param stage null when it has ended */
  private static Payment payment(String stage, Outcome outcome, String history, Reply answer) {
    return Payments.sale(stage, outcome, history, answer, "");
  }

  private static Payment held(int sends) {
    return payment("HELD", null, "1." + sends + ".0.", null);
  }

  private static Inbound inbound(Operation operation, String query, String body) {
    return Calls.of(operation, query, body.getBytes(StandardCharsets.UTF_8), 0, "call-1");
  }

  private static Outbound query(Payment known, Answer answer) {
    Ledger ledger = (Ledger) Proxy.newProxyInstance(
        Ledger.class.getClassLoader(),
        new Class<?>[] {Ledger.class},
        (self, move, args) ->
            Future.succeededFuture(move.getName().equals("find") ? Optional.of(known) : null));
    Platform platform = always(Platform.class, Future.succeededFuture(answer));
    return new QueryFlow(
            ledger,
            new MoneyWrites(ledger, null),
            Accounts.only(platform, null),
            null,
            Shop.SETTINGS)
        .handle(inbound(Operation.QUERY, "appId=a&merchantId=M1&transactionRequestId=id-1", ""))
        .result();
  }

  /** A ledger in which nothing goes by another name. */
  private static Ledger named(Object answer) {
    return Ledger.class.cast(java.lang.reflect.Proxy.newProxyInstance(
        Ledger.class.getClassLoader(),
        new Class<?>[] {Ledger.class},
        (self, method, args) -> method.getName().equals("findByAlias")
            ? Future.succeededFuture(Optional.empty())
            : answer));
  }

  private static Outbound abort(Payment known, Answer answer) {
    Ledger ledger = named(Future.succeededFuture(Optional.of(known)));
    Platform platform = always(Platform.class, Future.succeededFuture(answer));
    Accounts accounts = Accounts.only(platform, always(Limits.class, null));
    CallFlow calls = new CallFlow(accounts, RetryTimingTest.STILL, null, Shop.SETTINGS);
    return new AbortFlow(ledger, new OriginalLookup(ledger), accounts, calls, RetryTimingTest.STILL)
        .handle(inbound(Operation.ABORT, null, """
            {"appId":"a","merchantId":"M1","terminalSn":"t","description":"d",
             "originalTransactionRequestId":"id-1"}"""))
        .result();
  }

  private static Outbound repeat(BeginResult begin) {
    Platform platform = always(Platform.class, Future.succeededFuture(NO_WORD));
    Ledger ledger = always(
        Ledger.class,
        Future.succeededFuture(
            begin instanceof BeginResult.Known known ? Optional.of(known.payment()) : null));
    try {
      WaitingCaller caller = new WaitingCaller(
          ID,
          Operation.SALE,
          RetryTimingTest.work(Operation.SALE, Stage.first(), "").fields(),
          "trace-2",
          0,
          0,
          null);
      OutcomeSignal board = always(OutcomeSignal.class, PlatformRetryAfter.NONE);
      return new CallerReplies(
              ledger,
              board,
              RetryTimingTest.STILL,
              new TombstoneReply(Accounts.only(platform, null), ledger, null, Shop.SETTINGS))
          .replyToExisting(begin, caller, null)
          .result();
    } catch (Exception bug) {
      throw new IllegalStateException(bug);
    }
  }

  private static void says(Outbound out, Sent sent, int attempts) {
    assertThat(out).isNotNull();
    assertThat(out.sent()).isEqualTo(sent);
    assertThat(out.attempts()).isEqualTo(attempts);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void a_query_counts_the_sends_of_the_payment_not_itself(int sends) {
    Payment doubtful = payment("IN_DOUBT", null, "1." + sends + ".1.s", null);
    Reply refusal = ProxyEnvelope.refusal("C03", "no", "trace-0");
    Payment refused = payment(null, Outcome.REFUSED, "1." + sends + ".0.", refusal);
    says(query(doubtful, spoken("0", TransactionStatus.PROCESSING)), Sent.YES, sends);
    says(query(doubtful, spoken("0", TransactionStatus.SUCCESS)), Sent.YES, sends);
    says(query(doubtful, spoken("C12", null)), Sent.YES, sends);
    says(query(refused, spoken("C12", null)), Sent.YES, sends);
    says(query(refused, NO_WORD), Sent.YES, sends);
    says(query(refused, new Answer.Unsent("refused")), Sent.YES, sends);
  }

  @Test
  void of_a_held_payment_no_answer_says_that_it_was_sent() {
    says(query(held(0), spoken("C12", null)), Sent.UNKNOWN, 0);
    says(query(held(2), spoken("C12", null)), Sent.YES, 2);
    says(abort(held(0), spoken("C12", null)), Sent.UNKNOWN, 0);
    says(abort(held(2), spoken("C12", null)), Sent.YES, 2);
  }

  @Test
  void only_the_stored_answer_of_an_earlier_request_is_replayed() {
    Reply paid =
        ProxyEnvelope.verdict(TransactionStatus.SUCCESS, "paid", "id-1", "order-1", "trace-0");
    assertThat(repeat(new BeginResult.Known(payment(null, Outcome.PAID, "1.1.0.", paid)))
            .replayed())
        .isTrue();
    Outbound pending = repeat(new BeginResult.Known(payment("IN_DOUBT", null, "1.2.1.", null)));
    assertThat(pending.outcome()).isEqualTo(CallOutcome.PENDING);
    says(pending, Sent.YES, 2);
    assertThat(pending.replayed()).isFalse();
    Outbound late = repeat(new BeginResult.Expired(new Tombstone(Outcome.PAID, "id-1")));
    assertThat(late.outcome()).isEqualTo(CallOutcome.LATE);
    assertThat(late.replayed()).isFalse();
  }

  @Test
  void a_stored_refusal_says_when_to_come_again_unless_the_request_must_change_first() {
    assertThat(released("E01", "1.0.0.")).isEqualTo(1);
    assertThat(released("C02", "1.0.0.")).isZero();
    assertThat(released("E02", "1.1.0.")).isZero();
  }

  private static int released(String code, String history) {
    Reply answer = ProxyEnvelope.refusal(code, "nothing was sent", "trace-0");
    return repeat(new BeginResult.Known(payment(null, Outcome.RELEASED, history, answer)))
        .retryAfterSeconds();
  }
}
