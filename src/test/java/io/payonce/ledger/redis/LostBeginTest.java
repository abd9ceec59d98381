package io.payonce.ledger.redis;

import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.Lease;
import io.payonce.model.PaymentId;
import io.payonce.redis.FaultyLane;
import io.payonce.redis.FaultyLane.Fault;
import io.payonce.redis.RawRedis;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered of a begin whose answer got lost is true, also when the begin arrives later. */
class LostBeginTest extends EmptyRedis {
  private static final long NOT_AFTER = 500;

  /** A begin repeated every 50 ms: at 0, 50 … 500, and one last time at 550. */
  private static final int LAST_CALL = 12;

  /** This pod's clock: it stands still, but for pauses. */
  private final AtomicLong nanos = new AtomicLong(5_000_000_000L);

  private final AtomicLong wall = new AtomicLong(1_000);
  private LongFunction<Future<Void>> meanwhile = millis -> Future.succeededFuture();
  private FaultyLane lane;
  private RedisLedger ledger;

  @BeforeEach
  void ledger() {
    lane = new FaultyLane(redis.lane);
    ledger = ledger(NOT_AFTER);
    begun(ledger, sale(fresh(), "ref:1"));
    lane.onScript(call -> Fault.NONE);
  }

  @Test
  void a_begin_whose_answer_is_lost_is_found_again_and_happens_once() {
    PaymentId id = fresh();
    lane.onScript(call -> call == 1 ? Fault.ANSWER_LOST : Fault.NONE);
    BeginResult.Begun begun = begun(ledger, sale(id, "ref:1"));
    assertThat(lane.calls()).isEqualTo(2);
    Payment found = await(ledger.find(id)).orElseThrow();
    assertThat(LedgerWords.events(found)).containsExactly("begun");
    assertThat(begun.atMillis()).isEqualTo(found.begunAtMillis());
    assertThat(await(ledger.settle(begun.intent().lease(), LedgerWords.unpaid())))
        .isInstanceOf(CloseResult.Closed.class);
  }

  @Test
  void the_sends_life_counts_from_the_first_time_it_was_asked_for() {
    wall.set(777);
    long asked = nanos.get();
    lane.onScript(call -> call <= 3 ? Fault.ANSWER_LOST : Fault.NONE);
    BeginResult.Begun begun = begun(ledger, sale(fresh(), "ref:1"));
    assertThat(nanos.get()).isGreaterThan(asked);
    assertThat(begun.intent().stampedAtMillis()).isEqualTo(777);
    assertThat(begun.intent().leavesBeforeNanos() - asked)
        .isEqualTo((LedgerWords.LEASE - 1000) * 1_000_000);
  }

  @Test
  void what_was_never_written_is_not_begun_and_that_is_said_at_once() {
    PaymentId id = fresh();
    lane.onScript(call -> Fault.UNREACHED);
    assertThat(away(ledger.begin(sale(id, "ref:1"))).mayHaveRun()).isFalse();
    assertThat(lane.calls()).isEqualTo(1);
  }

  @Test
  void when_redis_keeps_silent_to_the_end_the_begin_may_have_happened() {
    lane.onScript(call -> Fault.SWALLOWED);
    assertThat(away(ledger.begin(sale(fresh(), "ref:1"))).mayHaveRun()).isTrue();
    assertThat(lane.calls()).isEqualTo(LAST_CALL);
  }

  @Test
  void a_lost_begin_followed_by_no_connection_may_have_happened() {
    lane.onScript(call -> call == 1 ? Fault.SWALLOWED : Fault.UNREACHED);
    assertThat(away(ledger.begin(sale(fresh(), "ref:1"))).mayHaveRun()).isTrue();
  }

  @Test
  void a_begin_that_is_not_there_when_its_time_is_over_never_happens() {
    letTimePassInRedis();
    PaymentId id = fresh();
    lane.onScript(call -> call == 1 ? Fault.HELD : call < LAST_CALL ? Fault.UNREACHED : Fault.NONE);
    assertThat(away(ledger.begin(sale(id, "ref:1"))).mayHaveRun()).isFalse();
    assertThat(lane.calls()).isEqualTo(LAST_CALL);
    await(lane.deliver());
    assertThat(await(ledger.find(id))).isEmpty();
  }

  @Test
  void a_begin_that_is_there_when_its_time_is_over_has_happened() {
    PaymentId id = fresh();
    lane.onScript(
        call -> call == 1 ? Fault.ANSWER_LOST : call < LAST_CALL ? Fault.UNREACHED : Fault.NONE);
    begun(ledger, sale(id, "ref:1"));
  }

  @Test
  void who_has_time_is_not_left_with_a_begin_that_was_lost() {
    PaymentId id = fresh();
    lane.onScript(call -> call == 1 ? Fault.ANSWER_LOST : call < 25 ? Fault.UNREACHED : Fault.NONE);
    BeginResult.Begun begun =
        (BeginResult.Begun) await(ledger.begin(sale(id, "ref:1"), () -> 10_000));
    assertThat(LedgerWords.events(await(ledger.find(id)).orElseThrow())).containsExactly("begun");
    assertThat(await(ledger.settle(begun.intent().lease(), LedgerWords.unpaid())))
        .isInstanceOf(CloseResult.Closed.class);
  }

  @Test
  void who_has_time_has_the_payment_begun_once_the_lost_begin_never_can_be() {
    letTimePassInRedis();
    PaymentId id = fresh();
    lane.onScript(call -> call == 1 ? Fault.HELD : call < 25 ? Fault.UNREACHED : Fault.NONE);
    long asked = nanos.get();
    BeginResult.Begun begun =
        (BeginResult.Begun) await(ledger.begin(sale(id, "ref:1"), () -> 10_000));
    assertThat(begun.intent().leavesBeforeNanos() - asked)
        .as("a copy's life counts from the begin that counts")
        .isGreaterThan(LedgerWords.LEASE * 1_000_000);
    await(lane.deliver());
    assertThat(LedgerWords.events(await(ledger.find(id)).orElseThrow())).containsExactly("begun");
    assertThat(await(ledger.settle(begun.intent().lease(), LedgerWords.unpaid())))
        .isInstanceOf(CloseResult.Closed.class);
  }

  @Test
  void a_silent_ledger_is_asked_for_no_longer_than_there_is_time() {
    lane.onScript(call -> Fault.SWALLOWED);
    long until = nanos.get() + 3_000_000_000L;
    assertThat(away(ledger.begin(sale(fresh(), "ref:1"), () -> until - nanos.get()))
            .mayHaveRun())
        .isTrue();
    assertThat(lane.calls()).isBetween(LAST_CALL + 5, LAST_CALL + 15);
  }

  /** An ACL lets a script write its record, and not its due time. */
  @Test
  void a_begin_that_stopped_half_way_is_not_begun_by_being_found() {
    PaymentId id = fresh();
    RawRedis.ask(redis.redis.port(), (Object[])
        "ACL SETUSER half reset on >pw resetchannels ~* +@all -zadd".split(" "));
    RedisLane half = RedisLane.open(
        redis.vertx, RedisSettings.standalone("redis://half:pw@127.0.0.1:" + redis.redis.port()));
    Awaitility.await().until(half::connected);
    RedisLedger torn = new RedisLedger(
        half, sealer(), settings(LedgerWords.LEASE, NOT_AFTER), timing(), Abilities.ALL);
    assertThat(away(torn.begin(sale(id, "ref:1"))).mayHaveRun()).isTrue();
    assertThat(await(ledger.find(id))).as("its record was written").isPresent();
    await(half.close());
  }

  @Test
  void a_refusal_is_answered_only_when_the_lost_begin_cannot_happen_any_more() {
    letTimePassInRedis();
    PaymentId id = fresh();
    PaymentId other = new PaymentId(id.merchantId(), "other");
    Lease others = begun(ledger, sale(other, "ref:1")).intent().lease();
    lane.onScript(call -> call == 1 ? Fault.HELD : Fault.NONE);
    assertThat(await(ledger.begin(sale(id, "ref:1"))))
        .isEqualTo(new BeginResult.OrderTaken("other"));
    await(ledger.settle(others, LedgerWords.unpaid()));
    await(lane.deliver());
    assertThat(await(ledger.find(id))).isEmpty();
  }

  @Test
  void a_repeat_that_arrives_when_the_payment_was_released_begins_nothing() {
    PaymentId id = fresh();
    RedisLedger patient = ledger(60_000);
    lane.onScript(call -> call == 1 ? Fault.HELD : Fault.NONE);
    Lease lease = begun(patient, sale(id, "ref:1")).intent().lease();
    await(patient.release(lease, LedgerWords.released()));
    await(lane.deliver());
    assertThat(await(ledger.find(id)).orElseThrow().outcome()).isEqualTo(Outcome.RELEASED);
  }

  @Test
  void a_repeat_that_arrives_after_a_second_life_begins_nothing_either() {
    PaymentId id = fresh();
    RedisLedger patient = ledger(60_000);
    lane.onScript(call -> call == 1 ? Fault.HELD : Fault.NONE);
    await(patient.release(
        begun(patient, sale(id, "ref:1")).intent().lease(), LedgerWords.released()));
    await(patient.release(
        begun(patient, sale(id, "ref:1")).intent().lease(), LedgerWords.released()));
    await(lane.deliver());
    assertThat(await(ledger.find(id)).orElseThrow().outcome()).isEqualTo(Outcome.RELEASED);
  }

  @Test
  void a_lost_begin_that_another_pod_has_taken_over_is_known_and_not_ours() {
    letTimePassInRedis();
    PaymentId id = fresh();
    RedisLedger hasty =
        new RedisLedger(lane, sealer(), settings(-1, NOT_AFTER), timing(), Abilities.ALL);
    RedisLedger other = redis.ledger(settings(LedgerWords.LEASE, NOT_AFTER));
    lane.onScript(
        call -> call == 1 ? Fault.ANSWER_LOST : call < LAST_CALL ? Fault.UNREACHED : Fault.NONE);
    Future<BeginResult> begin = hasty.begin(sale(id, "ref:1"));
    Awaitility.await().until(() -> await(other.claim(id)).isPresent());
    assertThat(await(begin)).isInstanceOf(BeginResult.Known.class);
  }

  @Test
  void a_begin_too_late_is_no_begin() {
    PaymentId id = fresh();
    assertThat(away(ledger(-1_000).begin(sale(id, "ref:1"))).mayHaveRun()).isFalse();
    assertThat(await(ledger.find(id))).isEmpty();
  }

  @Test
  void a_wrong_idea_of_redis_clock_is_set_right_by_the_first_refusal() {
    PaymentId id = fresh();
    begun(ledger, sale(id, "ref:1"));
    nanos.addAndGet(-10_000_000_000L);
    lane.onScript(call -> Fault.NONE);
    begun(ledger, sale(new PaymentId(id.merchantId(), "second"), "ref:2"));
    assertThat(lane.calls()).isEqualTo(2);
    begun(ledger, sale(new PaymentId(id.merchantId(), "third"), "ref:3"));
    assertThat(lane.calls()).isEqualTo(3);
  }

  private RedisLedger ledger(long notAfter) {
    return new RedisLedger(
        lane, sealer(), settings(LedgerWords.LEASE, notAfter), timing(), Abilities.ALL);
  }

  private static Sealer sealer() {
    return new Sealer(TestRedis.KEY);
  }

  private LocalClock timing() {
    return new LocalClock(wall::get, nanos::get, this::pause);
  }

  private Future<Void> pause(long millis) {
    nanos.addAndGet(millis * 1_000_000);
    wall.addAndGet(millis);
    return meanwhile.apply(millis);
  }

  /** Where a late begin must meet a Redis whose own clock has gone on as well. */
  private void letTimePassInRedis() {
    meanwhile = redis.vertx::timer;
  }

  private static LedgerSettings settings(long lease, long notAfter) {
    return LedgerWords.beginsWithin(
        notAfter, LedgerSettings.of(lease, LedgerWords.KEEP, LedgerWords.KEEP));
  }

  private static LedgerUnavailable away(Future<?> move) {
    return catchThrowableOfType(LedgerUnavailable.class, () -> await(move));
  }
}
