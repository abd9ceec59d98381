package io.payonce.flow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Report;
import io.payonce.flow.Shop;
import io.payonce.flow.ToUs;
import io.payonce.flow.port.Time;
import io.payonce.flow.port.Trace;
import io.payonce.json.RequestScan;
import io.payonce.ledger.Road;
import io.payonce.model.Account;
import io.payonce.model.Amount;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Leases;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.platform.PlatformRequest;
import io.payonce.recovery.Action;
import io.payonce.recovery.Stage;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

public class RetryTimingTest {
  private static final long BEGUN_MILLIS = 1_800_000_000_000L;
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  public static final Time STILL = new Time() {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public double chance() {
      return 1;
    }

    @Override
    public Future<Void> pause(long millis) {
      return Future.succeededFuture();
    }
  };

  private final RetryTiming pauses = new RetryTiming(Shop.SETTINGS, STILL);

  /** A payment in this stage, whose caller wants it to expire then. */
  public static LeasedPayment work(Operation operation, Stage stage, String timeExpire)
      throws Exception {
    byte[] body = """
        {"appId":"a","merchantId":"M1","transactionRequestId":"id-1","referenceOrderId":"order-1",
         "timeExpire":"%s"}""".formatted(timeExpire).getBytes(StandardCharsets.UTF_8);
    return work("order-1", operation, body, stage, BEGUN_MILLIS);
  }

  static LeasedPayment work(
      String order, Operation operation, byte[] body, Stage stage, long begunMillis)
      throws Exception {
    RequestFields fields = RequestScan.scan(Operation.SALE, body);
    String id = fields.transactionRequestId();
    LedgerClock clock = new LedgerClock(STILL, begunMillis);
    return LeasedPayment.begun(
            Leases.of(new PaymentId("M1", id == null ? "call~1" : id), order, "token", "print"),
            new UnsettledPayment.Request(
                operation,
                Account.DEFAULT,
                fields,
                new PlatformRequest("POST", operation.path(), List.of(), body),
                null),
            new UnsettledPayment.Times(clock, begunMillis, begunMillis, 20_000),
            new LeasedPayment.Worker(Trace.OFF, "trace-1"))
        .withStage(stage);
  }

  @Test
  void an_open_payment_needs_review_after_a_day_whatever_its_caller_wants() throws Exception {
    Stage open = Stage.read("OPEN", "1.1.0.sop");
    long longest = BEGUN_MILLIS + DAY_MILLIS + Duration.ofHours(1).toMillis();
    assertThat(pauses.deadlineMillis(work(Operation.SALE, open, "2099-01-01T00:00:00Z")))
        .isEqualTo(longest);
    assertThat(pauses.deadlineMillis(work(Operation.SALE, open, "soon"))).isEqualTo(longest);
    assertThat(pauses.deadlineMillis(work(Operation.SALE, open, "2027-01-15T08:10:00Z")))
        .isLessThan(longest);
  }

  @Test
  void what_reports_to_the_callers_own_hook_is_never_sent_under_a_reissued_id() throws Exception {
    Stage doubt = Stage.read("IN_DOUBT", "1.1.1.");
    assertThat(reissues(doubt, "")).isTrue();
    assertThat(reissues(doubt, ",\"notifyUrl\":\"\"")).isTrue();
    assertThat(reissues(doubt, ",\"notifyUrl\":null")).isTrue();
    assertThat(reissues(doubt, ",\"notifyUrl\":\"https://shop.example/hook\"")).isFalse();
    assertThat(reissues(doubt, ",\"notifyUrl\":{\"odd\":[1]}")).isFalse();
  }

  @Test
  void where_we_took_the_hooks_place_another_id_is_harmless() throws Exception {
    Stage doubt = Stage.read("IN_DOUBT", "1.1.1.");
    LeasedPayment work =
        work(Operation.SALE, doubt, "\",\"notifyUrl\":\"https://ours\",\"attach\":\"");
    for (Road road : new Road[] {new Road(null), new Road("https://shop.example/hook")}) {
      assertThat(pauses.policy(over(road, work)).reissue()).isTrue();
    }
    assertThat(pauses.policy(work).reissue()).isFalse();
  }

  private static LeasedPayment over(Road road, LeasedPayment work) {
    UnsettledPayment.Request request = work.request();
    return new LeasedPayment(
        work.lease(),
        new UnsettledPayment.Request(
            request.operation(), request.account(), request.fields(), request.message(), road),
        work.progress(),
        work.times(),
        work.worker());
  }

  private static final Answer SPOKEN = new Answer.Spoken(
      Reply.json(new byte[0]),
      new Envelope("0", null, null, null, null, null, null, Amount.UNSAID),
      -1);

  /** A fleet to which the platform last reported so long ago. */
  private static RetryTiming reported(long sinceMillis) {
    return new RetryTiming(Shop.SETTINGS.over(ToUs.since(sinceMillis)), STILL);
  }

  @Test
  void an_open_payment_is_hardly_asked_about_while_reports_on_it_come_to_us() throws Exception {
    Stage open = Stage.read("OPEN", "1.1.0.sop");
    LeasedPayment past = work(Operation.SALE, open, "");
    LeasedPayment ours = over(new Road(null), past);
    assertThat(reported(600_000).millis(ours, open, SPOKEN, 500)).isEqualTo(60_000);
    assertThat(reported(0).millis(ours, open, SPOKEN, 500)).isEqualTo(60_000);
    long todays = pauses.millis(past, open, SPOKEN, 500);
    assertThat(todays).isEqualTo(500);
    assertThat(reported(600_001).millis(ours, open, SPOKEN, 500))
        .as("none comes")
        .isEqualTo(todays);
    assertThat(reported(0).millis(past, open, SPOKEN, 500)).as("past us").isEqualTo(todays);
    Stage review = Stage.read("ATTENTION", "1.1.0.sop");
    assertThat(reported(0).millis(ours, review, SPOKEN, 500)).as("for review").isEqualTo(todays);
    Stage doubt = Stage.read("IN_DOUBT", "1.1.1.");
    assertThat(reported(0).millis(ours, doubt, SPOKEN, 500)).as("in doubt").isEqualTo(500);
  }

  private boolean reissues(Stage stage, String more) throws Exception {
    LeasedPayment work = work(Operation.SALE, stage, "\"" + more + ",\"attach\":\"");
    Action act = stage
        .next(Report.FAILED, pauses.moment(work, 0, null), pauses.policy(work))
        .action();
    assertThat(act).isIn(Action.REISSUE, Action.SETTLE_UNPAID);
    return act == Action.REISSUE;
  }

  @Test
  void a_platform_that_asks_for_a_day_does_not_put_a_doubt_off_for_a_day() throws Exception {
    Stage doubt = Stage.read("IN_DOUBT", "1.1.1.");
    LeasedPayment work = work(Operation.SALE, doubt, "");
    Envelope busy = new Envelope("E01", null, null, null, null, null, null, Amount.UNSAID);
    Answer answer = new Answer.Spoken(Reply.json(new byte[0]), busy, DAY_MILLIS);
    long asked = pauses.millis(work, answer);
    assertThat(pauses.millis(work, doubt, answer, asked)).isLessThanOrEqualTo(300_000);
    assertThat(pauses.millis(work, doubt, answer, 60_000)).isEqualTo(60_000);
  }
}
