package io.payonce.flow.operator;

import static io.payonce.outcome.report.Entries.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.flow.QuestionsOnly;
import io.payonce.flow.operator.ReconcileFlow.Reconciled;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.Time;
import io.payonce.json.EnvelopeScan;
import io.payonce.model.Answer;
import io.payonce.model.Operation;
import io.payonce.model.Reply;
import io.payonce.model.Whose;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeEntry.Course;
import io.payonce.outcome.OutcomeEntry.Facts;
import io.payonce.outcome.OutcomeEntry.Names;
import io.payonce.outcome.report.Entries;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The platform is asked politely, once for each id, and nothing else is done. */
class ReconcileFlowTest {
  private static final String AT = "2026-11-23T10:00:00Z";

  private final Clock clock = new Clock();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Long> askedAtMillis = new ArrayList<>();
  private final ReconcileFlow flow = new ReconcileFlow(
      Accounts.only(new Questioned(), null),
      named -> named.equals("here") ? Whose.OURS : Whose.stranger(named),
      clock,
      5);

  /** Time passes only where a flow waits. */
  private static final class Clock implements Time {
    private long millis;

    @Override
    public long nanos() {
      return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public double chance() {
      return 0;
    }

    @Override
    public Future<Void> pause(long pauseMillis) {
      millis += pauseMillis;
      return Future.succeededFuture();
    }
  }

  /** Answers questions one after the other; the last answer stays. */
  private final class Questioned extends QuestionsOnly {
    @Override
    public Future<Answer> call(PlatformRequest message) {
      assertThat(message.method()).isEqualTo("GET");
      asked.add(message.target());
      askedAtMillis.add(clock.millis);
      return Future.succeededFuture(answers.size() > 1 ? answers.poll() : answers.peek());
    }
  }

  private static Answer code(String code, long retryAfterMillis) {
    byte[] body = ("{\"code\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8);
    return new Answer.Spoken(Reply.json(body), EnvelopeScan.scan(body), retryAfterMillis);
  }

  private static Answer paid(String id) {
    byte[] body = ("{\"code\":\"0\",\"data\":{\"transactionRequestId\":\"" + id
            + "\",\"transactionStatus\":\"S\"}}")
        .getBytes(StandardCharsets.UTF_8);
    return new Answer.Spoken(Reply.json(body), EnvelopeScan.scan(body), -1);
  }

  private Reconciled ask(Entries entry) {
    return flow.ask(entry.entry(), each -> false).result();
  }

  @Test
  void questions_leave_at_the_rate_that_was_asked_for() {
    answers.add(paid("r1"));
    for (int i = 0; i < 4; i++) {
      assertThat(ask(sale(AT, "r1")).isAnswered()).isTrue();
    }
    assertThat(askedAtMillis).containsExactly(0L, 200L, 400L, 600L);
    assertThat(asked)
        .containsOnly("/v1/transaction/query?appId=app-1&merchantId=M1&transactionRequestId=r1");
  }

  @Test
  void a_platform_that_is_too_busy_is_left_alone_as_long_as_it_says() {
    answers.addAll(List.of(code("S04", 7000), code("S04", -1), code("S04", -1), paid("r1")));
    assertThat(ask(sale(AT, "r1")).isAnswered()).isTrue();
    assertThat(askedAtMillis).containsExactly(0L, 7000L, 9000L, 13_000L);
  }

  @Test
  void silence_is_asked_again_and_then_reported() {
    answers.add(new Answer.Silent("timeout"));
    Reconciled reconciled = ask(sale(AT, "r1"));
    assertThat(reconciled.isAnswered()).isFalse();
    assertThat(reconciled.unasked()).isNull();
    assertThat(askedAtMillis).containsExactly(0L, 1000L, 3000L, 7000L);
  }

  @Test
  void each_id_that_was_sent_is_asked_about() {
    answers.addAll(List.of(code("C12", -1), paid("p2-x")));
    OutcomeEntry entry = sale(AT, "r1").entry();
    Facts of = entry.facts();
    Names names = new Names("app-1", "ORDER-1", List.of("r1", "p2-x"), "T1");
    Course here = new Course(1, 1, "here", "status S");
    Facts facts =
        new Facts(of.kind(), of.operation(), of.outcome(), of.former(), names, of.money(), here);
    Reconciled reconciled = flow.ask(
            OutcomeEntry.of(entry.cursor(), entry.id(), facts), each -> false)
        .result();
    assertThat(reconciled.isAnswered()).isTrue();
    assertThat(reconciled.asked()).allMatch(each -> each.verdict().difference() == null);
    assertThat(asked).hasSize(2).last().asString().endsWith("=p2-x");
  }

  @ParameterizedTest
  @MethodSource("io.payonce.model.Operation#known")
  void only_what_the_platform_has_a_query_for_is_asked_about(Operation operation) {
    boolean can = Set.of(
            Operation.SALE,
            Operation.AUTH,
            Operation.FORCED_AUTH,
            Operation.CHECKOUT_SALE,
            Operation.INCREMENTAL_AUTH,
            Operation.POST_AUTH,
            Operation.REFUND,
            Operation.CHECKOUT_REFUND,
            Operation.VOID,
            Operation.CREATE_SESSION)
        .contains(operation);
    Facts facts = sale(AT, "r1").as(operation, 1L, "USD").entry().facts();
    assertThat(ReconcileFlow.canBeAsked(facts)).isEqualTo(can);
  }
}
