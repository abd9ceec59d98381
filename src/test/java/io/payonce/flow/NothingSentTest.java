package io.payonce.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.engine.RetryTimingTest;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.CallOutcome;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.flow.port.Outbound.Sent;
import io.payonce.ledger.BeginResult;
import io.payonce.ledger.FakeStore.Mishap;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Payments;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.limit.Admission;
import io.payonce.limit.Limits;
import io.payonce.limit.Permit;
import io.payonce.model.Abilities;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** "Nothing was sent" is a proof about the payment, not about this call. */
class NothingSentTest {
  private static final Permit PERMIT = new Permit() {
    @Override
    public void answered(Answer answer, long tookNanos) {}

    @Override
    public void release() {}
  };
  private static final String SALE = """
      {"appId":"a","merchantId":"M1","transactionRequestId":"id-1","referenceOrderId":"order-1",
       "amount":{"orderAmount":1000,"priceCurrency":"USD"},"description":"d","terminalSn":"T"}""";
  private static final String TIP = """
      {"appId":"a","merchantId":"M1","originalTransactionRequestId":"orig-1","tipAmount":5,
       "terminalSn":"T"}""";
  private static final Future<?> NOTHING = Future.succeededFuture(Optional.empty());
  private static final Future<?> AWAY = Future.failedFuture(new LedgerUnavailable("away", false));

  /** A ledger whose moves answer so, by name. */
  private static Outbound answered(Operation operation, String body, Map<String, Future<?>> moves) {
    return answered(operation, body, moves, new Admission.Granted(PERMIT));
  }

  private static Outbound answered(
      Operation operation, String body, Map<String, Future<?>> moves, Admission turn) {
    Ledger ledger = port(Ledger.class, moves);
    Limits limits = port(Limits.class, Map.of("acquireFirstSend", Future.succeededFuture(turn)));
    Flows flow = new Flows(
        ledger,
        Accounts.only(null, limits),
        null,
        null,
        RetryTimingTest.STILL,
        null,
        Shop.SETTINGS);
    Inbound inbound = Calls.of(operation, null, body.getBytes(StandardCharsets.UTF_8), 0, "call-1");
    Future<Outbound> answered = flow.handle(inbound);
    assertThat(answered.cause()).isNull();
    return answered.result();
  }

  private static <T> T port(Class<T> type, Map<String, Future<?>> moves) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
          Object answer = switch (method.getName()) {
            case "abilities" -> Abilities.NONE;
            case "mayHaveForgotten" -> false;
            case "findByAlias", "tombstone" -> moves.getOrDefault(method.getName(), NOTHING);
            default -> moves.get(method.getName());
          };
          if (answer == null) {
            throw new UnsupportedOperationException(method.getName());
          }
          return answer;
        }));
  }

  private static Sent refused(String body, Future<?> known) {
    return answered(Operation.SALE, body, Map.of("platformId", known)).sent();
  }

  @Test
  void a_refused_body_says_no_only_when_its_id_was_never_seen() {
    Future<?> known = Future.succeededFuture(Optional.of("id-1"));
    for (String faulty : List.of(
        SALE.replace("\"terminalSn\":\"T\"", "\"x\":1"), // C01
        SALE.replace("USD", "dollars"), // C02
        SALE.replace("1000", "\"much\""),
        SALE + "}",
        SALE.substring(0, SALE.length() - 1))) {
      assertThat(refused(faulty, NOTHING)).as(faulty).isEqualTo(Sent.NO);
      assertThat(refused(faulty, known)).as(faulty).isEqualTo(Sent.UNKNOWN);
      assertThat(refused(faulty, AWAY)).as(faulty).isEqualTo(Sent.NOT_BY_THIS_CALL);
    }
    Future<?> unreadable =
        Future.failedFuture(new UnreadableRecord(new PaymentId("M1", "id-1"), "it is newer"));
    assertThat(refused(SALE + "}", unreadable)).isEqualTo(Sent.UNKNOWN);
  }

  @Test
  void a_body_that_names_no_payment_proves_nothing() {
    for (String broken : List.of("", "{", "7", SALE.replace("\"id-1\"", "7"))) {
      assertThat(refused(broken, NOTHING)).as(broken).isEqualTo(Sent.UNKNOWN);
    }
    for (String nameless : List.of("{}", SALE.replace("id-1", "a b"), SALE.replace("M1", "M/1"))) {
      assertThat(refused(nameless, NOTHING)).as(nameless).isEqualTo(Sent.NOT_BY_THIS_CALL);
    }
  }

  @Test
  void without_the_ledger_it_is_said_of_this_call_only() {
    Outbound out = answered(Operation.SALE, SALE, Map.of("begin", AWAY));
    assertThat(out.sent()).isEqualTo(Sent.NOT_BY_THIS_CALL);
    assertThat(out.retryAfterSeconds()).isPositive();
    Map<String, Future<?>> away = Map.of("platformId", AWAY, "findByAlias", AWAY);
    assertThat(answered(Operation.REFUND, followUp(), away).sent())
        .isEqualTo(Sent.NOT_BY_THIS_CALL);
  }

  @Test
  void who_is_turned_away_unread_is_answered_about_this_call_only() {
    Outbound crowded = Outbound.crowded("trace-1");
    assertThat(crowded.sent()).isEqualTo(Sent.NOT_BY_THIS_CALL);
    assertThat(crowded.retryAfterSeconds()).isPositive();
  }

  /** It is no first call of the payment that it speaks of. */
  @Test
  void an_abort_that_is_not_sent_says_nothing_of_its_payment() {
    String abort = """
        {"appId":"a","merchantId":"M1","terminalSn":"t","description":"d",
         "originalTransactionRequestId":"id-1"}""";
    Map<String, Future<?>> away = Map.of("findByAlias", AWAY, "abort", AWAY);
    assertThat(answered(Operation.ABORT, abort, away).sent()).isEqualTo(Sent.UNKNOWN);
    assertThat(Outbound.unstopped("trace-1").sent()).isEqualTo(Sent.UNKNOWN);
  }

  private static String followUp() {
    return SALE.replace(
        "\"referenceOrderId\":\"order-1\"", "\"originalTransactionRequestId\":\"o\"");
  }

  @Test
  void another_body_under_a_used_id_gets_no_proof() {
    assertThat(begins(Operation.SALE, SALE, new BeginResult.OtherBody(null, null)))
        .isEqualTo(Sent.UNKNOWN);
    assertThat(begins(Operation.SALE, SALE, new BeginResult.OrderTaken("x"))).isEqualTo(Sent.NO);
    assertThat(begins(Operation.SALE, SALE, new BeginResult.OrderPaid("x"))).isEqualTo(Sent.NO);
  }

  private static Sent begins(Operation operation, String body, BeginResult begin) {
    Future<?> begun = Future.succeededFuture(begin);
    return answered(operation, body, Map.of("begin", begun, "platformId", NOTHING, "find", NOTHING))
        .sent();
  }

  @Test
  void a_refusal_after_a_life_that_was_sent_is_no_proof() {
    for (BeginResult begin :
        List.of(new BeginResult.OrderTaken("x"), new BeginResult.OrderPaid("x"))) {
      Future<?> begun = Future.succeededFuture(begin);
      for (int sends : new int[] {0, 2}) {
        Future<?> givenBack = Future.succeededFuture(Optional.of(released(sends)));
        assertThat(answered(Operation.SALE, SALE, Map.of("begin", begun, "find", givenBack))
                .sent())
            .isEqualTo(sends == 0 ? Sent.NO : Sent.YES);
      }
      assertThat(answered(Operation.SALE, SALE, Map.of("begin", begun, "find", AWAY))
              .sent())
          .isEqualTo(Sent.NOT_BY_THIS_CALL);
    }
  }

  @Test
  void a_life_that_did_not_leave_proves_nothing_of_the_one_before() {
    Answer unsent = new Answer.Unsent("refused");
    Shop shop = new Shop();
    shop.sends(unsent, unsent);
    assertThat(shop.pay(SALE).sent()).isEqualTo(Sent.NO);
    assertThat(shop.pay(SALE).sent()).as("none of both").isEqualTo(Sent.NO);
    shop.sends(Shop.code("M01"), unsent, unsent);
    assertThat(shop.pay(SALE).sent()).isEqualTo(Sent.YES);
    assertThat(shop.pay(SALE).sent()).isEqualTo(Sent.YES);
    shop.holdBack(Admission.Reason.BROKEN);
    assertThat(shop.pay(SALE).sent()).isEqualTo(Sent.YES);
    shop.holdBack(null);
    shop.store.onMove(move -> move.equals("find") ? Mishap.UNREACHED : Mishap.NONE);
    assertThat(shop.pay(SALE).sent()).isEqualTo(Sent.NOT_BY_THIS_CALL);
  }

  @Test
  void who_is_turned_away_is_answered_what_is_known_of_its_payment() {
    Admission later = new Admission.Refused(Admission.Reason.BROKEN, 1000);
    Payment paid = ended(Outcome.PAID, 1, PAID);
    Future<?> known = Future.succeededFuture(Optional.of(new BeginResult.Known(paid)));
    Outbound out = answered(Operation.SALE, SALE, Map.of("recall", known), later);
    assertThat(out.reply()).isSameAs(PAID);
    assertThat(out.sent()).isEqualTo(Sent.YES);

    Map<String, Future<?>> unheardOf = Map.of("recall", NOTHING, "find", NOTHING);
    out = answered(Operation.SALE, SALE, unheardOf, later);
    assertThat(out.outcome()).isEqualTo(CallOutcome.BROKEN);
    assertThat(out.sent()).isEqualTo(Sent.NO);
    Map<String, Future<?>> away = Map.of("recall", AWAY);
    assertThat(answered(Operation.SALE, SALE, away, later).sent()).isEqualTo(Sent.NOT_BY_THIS_CALL);
  }

  @Test
  void a_begin_that_was_not_answered_may_have_happened() {
    Future<?> unanswered = Future.failedFuture(new LedgerUnavailable("no answer", true));
    Outbound out = answered(Operation.SALE, SALE, Map.of("begin", unanswered));
    assertThat(out.outcome()).isEqualTo(CallOutcome.PENDING);
    assertThat(out.sent()).isEqualTo(Sent.UNKNOWN);
    assertThat(new String(out.reply().body(), StandardCharsets.UTF_8))
        .contains("\"transactionStatus\":\"P\"");
  }

  private static final Reply PAID = Reply.json(
      "{\"code\":\"0\",\"data\":{\"transactionStatus\":\"S\",\"transactionRequestId\":\"id-1\"}}"
          .getBytes(StandardCharsets.UTF_8));

  private static Payment released(int sends) {
    return ended(Outcome.RELEASED, sends, null);
  }

  private static Payment ended(Outcome outcome, int sends, Reply answer) {
    return Payments.sale(null, outcome, "1." + sends + ".0.", answer, "");
  }

  @Test
  void what_is_paid_was_sent_whatever_its_record_counts() {
    for (Outcome outcome : List.of(Outcome.PAID, Outcome.UNPAID)) {
      BeginResult known = new BeginResult.Known(ended(outcome, 0, PAID));
      assertThat(begins(Operation.SALE, SALE, known))
          .isEqualTo(outcome == Outcome.PAID ? Sent.YES : Sent.NO);
    }
  }

  @Test
  void a_call_without_an_id_speaks_for_itself_alone() {
    assertThat(begins(Operation.TIP_ADJUST, TIP, new BeginResult.OrderTaken("x")))
        .isEqualTo(Sent.NOT_BY_THIS_CALL);
  }
}
