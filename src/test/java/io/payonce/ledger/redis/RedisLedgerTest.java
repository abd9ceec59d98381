package io.payonce.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.Claim.Claimed;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.Dossier;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerAdmin;
import io.payonce.ledger.LedgerContract;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.NoticeLine;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.OutcomeLine;
import io.payonce.ledger.Payment;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.logs.Logs;
import io.payonce.model.Abilities;
import io.payonce.model.Lease;
import io.payonce.model.Leases;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.recovery.Stage;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Logs("paid twice")
@Logs("its id is another request's by now")
@Logs("money moved that was answered otherwise")
@Logs("names no payment")
@Logs("answered refused for now, then PAID")
@Logs("answered UNPAID, platform reports PAID")
@Logs("money moved that was answered otherwise")
class RedisLedgerTest extends LedgerContract {
  private static TestRedis redis;

  @BeforeAll
  static void start() {
    redis = new TestRedis();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Override
  public Ledger ledger(LedgerSettings settings) {
    return redis.ledger(settings);
  }

  @Override
  public void eventually(BooleanSupplier condition) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofMinutes(1))
        .until(condition::getAsBoolean);
  }

  @Override
  public boolean needsReview(PaymentId id) {
    return redis.run(Command.ZSCORE, LedgerKeys.of(id).attention(), id.toString()) != null;
  }

  @Override
  public List<OutcomeLine> journal(PaymentId id) {
    return redis.journal(id);
  }

  @Override
  public List<NoticeLine> notices(PaymentId id) {
    return redis.notices(id);
  }

  @Override
  public boolean decides(PaymentId id, String disowned, String event) {
    return await(
        disowned == null ? admin().acknowledge(id, event) : admin().disown(id, disowned, event));
  }

  @Override
  public String left(PaymentId id) {
    return redis.run(Command.HGET, LedgerKeys.of(id).wreck(), "log").toString();
  }

  @Override
  public void lose(PaymentId id) {
    redis.run(Command.DEL, LedgerKeys.of(id).payment(), LedgerKeys.of(id).ended());
  }

  @Override
  public void loseDueTime(PaymentId id) {
    redis.run(Command.ZREM, LedgerKeys.of(id).due(), id.toString());
  }

  @Test
  void the_name_of_a_page_by_its_session_is_kept_for_as_long_as_a_page_lives() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "o-1")).intent().lease();
    String name = Ledger.session("ses-1");
    await(ledger.defer(
        lease, new Deferral(Stage.read("OPEN", "1.1.0.sop"), 0, null, 1, "made", name)));
    String other = Ledger.session("ses-2");
    await(ledger.rememberAlias(id, other));
    for (String each : List.of(name, other)) {
      assertThat(await(ledger.findByAlias(id.owner(), each))).contains(id);
      assertThat(redis.run(Command.PTTL, LedgerKeys.of(id).name(each)).toLong())
          .isBetween(RedisLedger.SESSION_MILLIS - 60_000, RedisLedger.SESSION_MILLIS);
    }
    assertThat(Ledger.session(null)).isNull();
    assertThat(Ledger.session("no id")).isNull();
    assertThat(Ledger.session("x".repeat(129))).isNull();
  }

  @Test
  void what_is_due_is_found_behind_however_many_payments_of_other_platforms() {
    HomePlatform home = new HomePlatform("other.example", 600_000, 60_000, System::nanoTime);
    RedisLedger other = redis.ledger(LedgerSettings.of(60_000, 60_000, 60_000).with(home));
    PaymentId own = alone();
    LedgerKeys keys = LedgerKeys.of(own);
    for (int i = 0; i < 2 * RedisLedger.MOST_A_LOOK; i++) {
      PaymentId theirs = own.other("theirs-" + i);
      redis.run(Command.ZADD, keys.due(), "1", theirs.toString());
      home.meet(theirs, "platform");
    }
    redis.run(Command.ZADD, keys.due(), "2", own.toString());
    assertThat(await(other.due(keys.shard(), 1))).containsExactly(own);
    redis.run(Command.ZREMRANGEBYSCORE, keys.due(), "1", "2");
  }

  @ParameterizedTest
  @CsvSource({"0,0,true", "9999999999999,0,false", "0,9999999999999,false"})
  void a_tips_tail_is_over_when_both_clocks_say_so(long last, long platformLast, boolean over) {
    PaymentId id = fresh();
    redis.run(
        Command.SET,
        LedgerKeys.of(id).order("tail:tip:req:orig"),
        "late:older " + last + " " + platformLast);
    BeginResult begin = await(ledger.begin(payment(id, Operation.TIP_ADJUST, "req:orig", BODY)));
    assertThat(begin instanceof BeginResult.Begun).isEqualTo(over);
  }

  @Test
  void a_page_takes_no_order_while_an_earlier_version_lives() {
    LedgerSettings usual = settings(LEASE, KEEP, KEEP, true);
    NewPayment page = payment(fresh(), Operation.CREATE_SESSION, "order-1", BODY);
    BeginResult.Begun begun = begun(redis.ledger(usual, Abilities.NONE), page);
    assertThat(begun.intent().lease().order()).isNull();
    PaymentId second = new PaymentId(page.id().merchantId(), "second");
    begun(ledger, sale(second, "order-1"));
    PaymentId third = new PaymentId(page.id().merchantId(), "third");
    assertThat(await(redis
            .ledger(usual, Abilities.NONE)
            .begin(payment(third, Operation.CREATE_SESSION, "order-1", BODY))))
        .as("but makes way for what has the order")
        .isEqualTo(new BeginResult.OrderTaken("second"));
    assertThat(await(ledger.find(page.id())).orElseThrow().order()).isNull();
  }

  /** An earlier version knows one lock of an original, and no other. */
  @Test
  void a_tip_takes_its_originals_own_lock_while_an_earlier_version_lives() {
    Ledger old = redis.ledger(settings(LEASE, KEEP, KEEP, true), Abilities.NONE);
    PaymentId tip = fresh();
    begun(old, payment(tip, Operation.TIP_ADJUST, "req:orig", BODY));
    PaymentId refund = new PaymentId(tip.merchantId(), "refund");
    assertThat(await(old.begin(payment(refund, Operation.REFUND, "req:orig", BODY))))
        .isEqualTo(new BeginResult.OrderTaken(tip.requestId()));
  }

  @Test
  void what_is_no_record_goes_aside_at_once_and_delays_no_other() {
    PaymentId text = overdue();
    redis.run(Command.DEL, LedgerKeys.of(text).payment());
    redis.run(Command.SET, LedgerKeys.of(text).payment(), "not a hash");
    PaymentId torn = overdue();
    redis.run(Command.HDEL, LedgerKeys.of(torn).payment(), "st");
    for (PaymentId id : List.of(text, torn)) {
      assertThatThrownBy(() -> await(ledger.claim(id))).isInstanceOf(UnreadableRecord.class);
      assertThat(needsReview(id)).isTrue();
      assertThat(await(ledger.due(LedgerKeys.of(id).shard(), 100))).doesNotContain(id);
      assertThat(redis.run(Command.ZSCORE, LedgerKeys.of(id).due(), id.toString()))
          .isNotNull();
      assertThat(redis.run(Command.GET, LedgerKeys.of(id).order("ref:1")))
          .hasToString("held:request");
    }
  }

  /** The first version gave requests a fingerprint with a key, over their bytes as they came. */
  @Test
  void a_record_of_the_first_version_is_known_by_the_fingerprint_that_it_has() {
    PaymentId id = fresh();
    ofTheFirstVersion(ledger, id);
    assertThat(known(sale(id, "ref:1")).stage().word()).isEqualTo("SENDING");
    assertThat(await(ledger.recall(sale(id, "ref:1")))).containsInstanceOf(BeginResult.Known.class);
    assertThat(begin(written(id, "{ }"))).isInstanceOf(BeginResult.OtherBody.class);
    assertThat(await(ledger.recall(written(id, "{ }"))))
        .containsInstanceOf(BeginResult.OtherBody.class);
  }

  @Test
  void a_tombstone_of_the_first_version_is_known_by_the_fingerprint_that_it_has() {
    PaymentId id = fresh();
    Lease lease = ofTheFirstVersion(ledger(FORGETFUL), id);
    await(ledger(FORGETFUL).settle(lease, paid("T1")));
    assertThat(begin(sale(id, "ref:1"))).isInstanceOf(BeginResult.Expired.class);
    assertThat(begin(written(id, "{ }"))).isInstanceOf(BeginResult.OtherBody.class);
  }

  @Test
  void while_pods_of_the_first_version_live_a_record_has_both_fingerprints() {
    PaymentId id = fresh();
    Ledger careful = redis.ledger(settings(LEASE, KEEP, KEEP, true), Abilities.NONE);
    Lease lease = begun(careful, sale(id, "ref:1")).intent().lease();
    assertThat(lease.payment().fingerprint()).isEqualTo(keyed(sale(id, "ref:1")));
    assertThat(redis.run(Command.HGET, LedgerKeys.of(id).payment(), "is").toString())
        .contains(" " + keyed(sale(id, "ref:1")) + " ");
    for (Ledger each : List.of(ledger, careful)) {
      assertThat(await(each.begin(written(id, "{ }")))).isInstanceOf(BeginResult.Known.class);
      assertThat(await(each.begin(sale(id, "ref:1")))).isInstanceOf(BeginResult.Known.class);
    }
  }

  private static Lease ofTheFirstVersion(Ledger ledger, PaymentId id) {
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    String key = LedgerKeys.of(id).payment();
    NewPayment payment = sale(id, "ref:1");
    String terms = redis.run(Command.HGET, key, "is").toString();
    redis.run(Command.HSET, key, "is", terms.replace(payment.fingerprint(), keyed(payment)));
    redis.run(Command.HDEL, key, "fp");
    return Leases.of(id, lease.order(), lease.token(), keyed(payment));
  }

  private static String keyed(NewPayment payment) {
    return new Sealer(TestRedis.KEY).fingerprint(payment.operation(), payment.body());
  }

  private static NewPayment written(PaymentId id, String otherwise) {
    NewPayment payment = sale(id, "ref:1");
    return NewPayment.plain(payment.ref(), payment.operation(), LedgerWords.bytes(otherwise), 0);
  }

  @ParameterizedTest
  @CsvSource({"st,LIMBO", "h,1.1.1.z", "is,1 0 0 dance ? ?", "is,of no shape", "body,garbage"})
  void a_record_that_cannot_be_read_goes_aside_after_three_tries(String field, String value) {
    PaymentId id = overdue();
    redis.run(Command.HSET, LedgerKeys.of(id).payment(), field, value);
    for (int i = 0; i < RedisLedger.MOST_FAILURES; i++) {
      assertThat(needsReview(id)).isFalse();
      loseDueTime(id);
      assertThatThrownBy(() -> await(ledger.claim(id))).isInstanceOf(UnreadableRecord.class);
    }
    assertThat(needsReview(id)).isTrue();
    assertThat(redis.run(Command.HGET, LedgerKeys.of(id).payment(), field)).hasToString(value);
  }

  @ParameterizedTest
  @CsvSource({"st,LIMBO", "h,1.1.1.z", "later,word", "is,3 of another shape"})
  void a_record_of_a_newer_version_is_left_to_those_who_know_it(String field, String value) {
    PaymentId id = overdue();
    LedgerKeys keys = LedgerKeys.of(id);
    terms(id, "1 ", "3 ");
    redis.run(Command.HSET, keys.payment(), field, value);
    String before = everythingOf(id);
    String due = redis.run(Command.ZSCORE, keys.due(), id.toString()).toString();
    assertThat(await(ledger.claim(id))).isEmpty();
    assertThatThrownBy(() -> await(ledger.find(id))).isInstanceOf(UnreadableRecord.class);
    assertThatThrownBy(() -> await(ledger.begin(sale(id, "ref:1"))))
        .isInstanceOf(UnreadableRecord.class);
    assertThatThrownBy(() -> await(ledger.recall(sale(id, "ref:1"))))
        .isInstanceOf(UnreadableRecord.class);
    assertThatThrownBy(() -> await(ledger.takeOver(id, "an operator")))
        .isInstanceOf(UnreadableRecord.class);
    assertThat(everythingOf(id)).isEqualTo(before);
    assertThat(needsReview(id)).isFalse();
    assertThat(redis.run(Command.ZSCORE, keys.due(), id.toString())).hasToString(due);
    redis.run(Command.ZADD, keys.due(), "1", id.toString());
    assertThat(await(ledger.claim(id))).isEmpty();
    assertThat(redis.run(Command.ZSCORE, keys.due(), id.toString()).toLong())
        .as("long overdue: it makes room for others")
        .isGreaterThan(System.currentTimeMillis());
  }

  private static NewPayment charge(PaymentId id) {
    return NewPayment.plain(sale(id, "ref:1").ref(), charge(), LedgerWords.bytes(BODY), 0);
  }

  @Test
  void what_an_operator_has_added_is_written_with_its_terms_for_who_does_not_know_it() {
    PaymentId id = fresh();
    NewPayment charge = charge(id);
    begun(expired, charge);
    assertThat(redis.run(Command.HGET, LedgerKeys.of(id).payment(), "is").toString())
        .as("an earlier version leaves it alone")
        .startsWith("2 ")
        .contains(" charge=/v1/wallet/charge;referenceOrderId;confirm ");
    Claimed claimed = await(ledger.claim(id)).orElseThrow();
    assertThat(claimed.payment().operation()).isEqualTo(charge.operation());
    await(ledger.settle(claimed.lease(), paid("T1")));
    Payment ended = await(ledger.find(id)).orElseThrow();
    assertThat(ended.operation()).isEqualTo(charge.operation());
    assertThat(ended.order()).isEqualTo("ref:1");
  }

  @Test
  void what_is_unknown_here_is_left_to_others_and_at_last_to_an_operator() {
    PaymentId id = overdue();
    String key = LedgerKeys.of(id).payment();
    String is = redis.run(Command.HGET, key, "is").toString();
    redis.run(Command.HSET, key, "is", is.replace(" sale ", " dance "));
    for (int i = 0; i < 2 * RedisLedger.MOST_FAILURES; i++) {
      loseDueTime(id);
      assertThat(await(ledger.claim(id))).isEmpty();
    }
    assertThat(needsReview(id)).isFalse();
    assertThat(redis.run(Command.ZSCORE, LedgerKeys.of(id).due(), id.toString()))
        .isNotNull();
    redis.run(
        Command.HSET, key, "is", is.replace(" sale ", " dance ").replaceFirst("^1 \\d+", "1 7"));
    for (int i = 0; i < RedisLedger.MOST_FAILURES; i++) {
      loseDueTime(id);
      assertThatThrownBy(() -> await(ledger.claim(id))).isInstanceOf(UnreadableRecord.class);
    }
    assertThat(needsReview(id)).isTrue();
  }

  private void terms(PaymentId id, String was, String becomes) {
    String key = LedgerKeys.of(id).payment();
    String terms = redis.run(Command.HGET, key, "is").toString();
    assertThat(terms).contains(was);
    redis.run(Command.HSET, key, "is", terms.replaceFirst(was, becomes));
  }

  private PaymentId overdue() {
    PaymentId id = fresh();
    begun(expired, sale(id, "ref:1"));
    return id;
  }

  @Test
  void neither_body_nor_answer_can_be_read_in_redis() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    assertThat(everythingOf(id)).doesNotContain("orderAmount");
    await(ledger.settle(lease, paid("T1")));
    assertThat(everythingOf(id)).doesNotContain("\"code\"");
  }

  @Test
  void a_long_life_keeps_its_beginning_and_its_end() {
    PaymentId id = fresh();
    begun(ledger, sale(id, "ref:1"));
    for (int i = 0; i < 300; i++) {
      await(
          ledger.expedite(id, "event " + i + (i % 7 == 0 ? " with a long\nstory".repeat(20) : "")));
    }
    String timeline = await(ledger.find(id)).orElseThrow().timeline();
    assertThat(timeline.length()).isBetween(2500, 3072);
    assertThat(timeline.lines().toList())
        .allMatch(line -> line.matches("\\d{13} (\tbegun|event \\d+( with.*)?)"));
    assertThat(timeline.lines().findFirst().orElseThrow()).endsWith(" \tbegun");
    assertThat(timeline).contains("event 0 ").contains("event 299\n").doesNotContain("event 150");
  }

  @Test
  void a_record_of_another_key_or_version_is_an_error_and_not_a_guess() {
    PaymentId id = fresh();
    begun(expired, sale(id, "ref:1"));
    String key = LedgerKeys.of(id).payment();
    Response body = redis.run(Command.HGET, key, "body");
    redis.run(Command.HSET, key, "body", "garbage");
    assertThatThrownBy(() -> await(ledger.claim(id))).isInstanceOf(UnreadableRecord.class);
    redis.run(Command.HSET, key, "st", "LIMBO");
    assertThatThrownBy(() -> await(ledger.find(id))).isInstanceOf(UnreadableRecord.class);
    redis.run(Command.HSET, key, "st", "SENDING", "h", "1.1.1.z");
    assertThatThrownBy(() -> await(ledger.find(id))).isInstanceOf(UnreadableRecord.class);
    redis.run(Command.HSET, key, "h", "1.1.1.");
    terms(id, " sale ", " dance ");
    assertThatThrownBy(() -> await(ledger.find(id)))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining(id.toString());
    assertThat(body).isNotNull();
  }

  @Test
  void an_unsettled_record_and_its_order_never_end_by_themselves() {
    PaymentId id = fresh();
    LedgerKeys keys = LedgerKeys.of(id);
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.release(lease, released()));
    assertThat(redis.run(Command.PTTL, keys.payment()).toLong()).isPositive();
    begun(ledger, sale(id, "ref:1"));
    assertThat(redis.run(Command.PTTL, keys.payment()).toLong()).isEqualTo(-1);
    assertThat(redis.run(Command.PTTL, keys.order("ref:1")).toLong()).isEqualTo(-1);
  }

  @Test
  void evidence_against_an_answer_does_not_end_by_itself() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.settle(lease, unpaid()));
    assertThat(redis.run(Command.PTTL, LedgerKeys.of(id).ended()).toLong()).isPositive();
    await(ledger.settle(lease, paid("T1")));
    assertThat(redis.run(Command.PTTL, LedgerKeys.of(id).payment()).toLong()).isEqualTo(-1);
  }

  @Test
  void money_that_moved_for_a_released_payment_does_not_end_by_itself() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.release(lease, released()));
    assertThat(await(ledger.contradict(id, "ref:1", true, "600 USD", "shown")))
        .isEqualTo(Contradiction.NOTED);
    assertThat(redis.run(Command.PTTL, LedgerKeys.of(id).payment()).toLong()).isEqualTo(-1);
  }

  @Test
  void what_an_earlier_request_of_its_id_has_paid_does_not_end_by_itself() {
    PaymentId id = fresh();
    Lease lost = begun(ledger, sale(id, "ref:1")).intent().lease();
    lose(id);
    Lease live = begun(ledger, payment(id, Operation.SALE, "ref:2", "{\"another\":1}"))
        .intent()
        .lease();
    await(ledger.settle(live, unpaid()));
    await(ledger.settle(lost, paid("T1")));
    assertThat(redis.run(Command.PTTL, LedgerKeys.of(id).payment()).toLong()).isEqualTo(-1);
  }

  private static LedgerAdmin admin() {
    return new RedisLedgerAdmin(
        redis.lane, new Sealer(TestRedis.KEY), settings(LEASE, KEEP, KEEP, true), Abilities.ALL);
  }

  /** That version begins whatever is RELEASED again, and knows no other amounts. */
  @Test
  void money_that_moved_for_a_released_payment_is_not_begun_again_by_the_first_version() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.release(lease, released()));
    await(ledger.contradict(id, "ref:1", true, "600 USD", "shown"));
    String key = LedgerKeys.of(id).payment();
    assertThat(redis.run(Command.HGET, key, "st").toString()).isEqualTo("SETTLED");
    assertThat(await(ledger.find(id)).orElseThrow().outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(await(admin().disown(id, "ref:1", "an operator"))).isTrue();
    assertThat(redis.run(Command.HGET, key, "st").toString()).isEqualTo("RELEASED");
    assertThat(await(ledger.contradict(id, "ref:1", true, "600 USD", "shown")))
        .isEqualTo(Contradiction.DECIDED);
    PaymentId other = new PaymentId(id.merchantId(), "other");
    assertThat(begin(sale(other, "ref:1"))).isInstanceOf(BeginResult.Begun.class);
  }

  @Test
  void
      what_moved_for_a_forgotten_payment_is_shown_and_an_operators_decision_takes_it_off_its_order() {
    PaymentId id = fresh();
    PaymentId other = new PaymentId(id.merchantId(), "other");
    await(ledger.contradict(id, "ref:1", true, "600 USD", "shown"));
    Dossier seen = await(admin().inspect(id)).orElseThrow();
    assertThat(seen.left().moved()).isEqualTo("600 USD");
    assertThat(seen.left().movedOrder()).isEqualTo("ref:1");
    assertThat(seen.left().timeline()).contains("shown");
    assertThat(begin(sale(other, "ref:1"))).isEqualTo(new BeginResult.OrderPaid(id.requestId()));
    await(admin().disown(id, "ref:1", "an operator"));
    assertThat(begin(sale(other, "ref:1"))).isInstanceOf(BeginResult.Begun.class);
    assertThat(await(ledger.contradict(id, "ref:1", true, "600 USD", "shown")))
        .isEqualTo(Contradiction.DECIDED);
    assertThat(needsReview(id)).isFalse();
    assertThat(await(ledger.isUndecided(id))).isFalse();
    assertThat(await(ledger.contradict(id, "ref:1", true, "700 USD", "shown")))
        .isEqualTo(Contradiction.NOTED);
    assertThat(await(ledger.isUndecided(id))).isTrue();
  }

  @Test
  void what_an_operator_has_decided_about_before_it_ended_is_no_news() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    Claimed taken = await(ledger.takeOver(id, "an operator")).orElseThrow();
    await(ledger.defer(
        taken.lease(),
        new Deferral(
            taken.payment().stage().withOtherAmount(), 1, null, 1, "moved", null, "600 USD")));
    Claimed again = await(ledger.takeOver(id, "an operator")).orElseThrow();
    await(ledger.settle(again.lease(), unpaid()));
    assertThat(await(ledger.contradict(id, "ref:1", true, "600 USD", "shown")))
        .isEqualTo(Contradiction.DECIDED);
    assertThat(lease.order()).isEqualTo("ref:1");
  }

  @Test
  void a_send_may_not_leave_as_late_as_the_lease_ends() {
    long leaves = begun(ledger, sale(fresh(), "ref:1")).intent().leavesBeforeNanos();
    assertThat(leaves - System.nanoTime()).isLessThan(LEASE * 1_000_000);
  }

  @Test
  void a_due_entry_that_names_no_payment_hides_no_other() {
    PaymentId id = fresh();
    begun(expired, sale(id, "ref:1"));
    redis.run(Command.ZADD, LedgerKeys.of(id).due(), "1", "nonsense");
    assertThat(await(ledger.due(LedgerKeys.of(id).shard(), 1000))).contains(id);
    redis.run(Command.ZREM, LedgerKeys.of(id).due(), "nonsense");
  }

  @Test
  void a_late_success_that_an_earlier_program_has_written_is_no_news() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "o-1")).intent().lease();
    await(ledger.settle(lease, unpaid()));
    await(ledger.settlePaid(lease.payment(), paid("T1")));
    redis.run(Command.HSET, LedgerKeys.of(id).payment(), "late", "1");
    await(ledger.settlePaid(lease.payment(), paid("T1")));
    assertThat(journal(id)).hasSize(2);
  }

  @Test
  void a_payment_that_has_lost_its_due_time_can_be_claimed() {
    PaymentId id = fresh();
    begun(ledger, sale(id, "ref:1"));
    redis.run(Command.ZREM, LedgerKeys.of(id).due(), id.toString());
    assertThat(await(ledger.claim(id))).isPresent();
    assertThat(redis.run(Command.ZSCORE, LedgerKeys.of(id).due(), id.toString()))
        .isNotNull();
  }

  @Test
  void an_order_that_another_holds_by_now_stays_its_own() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    redis.run(Command.SET, LedgerKeys.of(id).order("ref:1"), "held:another");
    await(ledger.settle(lease, unpaid()));
    assertThat(redis.run(Command.GET, LedgerKeys.of(id).order("ref:1")))
        .hasToString("held:another");
  }

  @Test
  void while_a_pod_of_the_first_version_lives_marks_are_as_it_reads_them() {
    Ledger old = redis.ledger(settings(LEASE, KEEP, KEEP, true), Abilities.NONE);
    PaymentId id = fresh();
    await(old.settle(begun(old, sale(id, "ref:1")).intent().lease(), paid("T1")));
    PaymentId refund = new PaymentId(id.merchantId(), "refund");
    Lease lease =
        begun(old, payment(refund, Operation.REFUND, "ref:1", BODY)).intent().lease();
    LedgerKeys keys = LedgerKeys.of(id);
    assertThat(redis.run(Command.GET, keys.order("ref:1"))).hasToString("held:refund");
    assertThat(redis.run(Command.HGET, LedgerKeys.of(refund).payment(), "was"))
        .hasToString("paid:request");
    await(ledger.settle(lease, unpaid()));
    assertThat(redis.run(Command.GET, keys.order("ref:1"))).hasToString("paid:request");
  }

  @Test
  void while_a_pod_of_the_first_version_lives_it_frees_no_order_that_a_late_payer_has_paid() {
    Ledger old = redis.ledger(settings(LEASE, KEEP, KEEP, true), Abilities.NONE);
    PaymentId late = fresh();
    PaymentId next = new PaymentId(late.merchantId(), "next");
    Lease first = begun(old, sale(late, "ref:1")).intent().lease();
    await(old.release(first, released()));
    Lease holder = begun(old, sale(next, "ref:1")).intent().lease();
    await(old.settle(first, paid("T1")));
    assertThat(redis.run(Command.GET, LedgerKeys.of(late).order("ref:1")))
        .hasToString("paid:request");
    await(old.settle(holder, unpaid()));
    assertThat(redis.run(Command.GET, LedgerKeys.of(late).order("ref:1")))
        .hasToString("paid:request");
  }

  @Test
  void whoever_paid_before_a_pod_of_the_first_version_took_the_order_stays_a_payer() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    redis.run(Command.HSET, LedgerKeys.of(id).payment(), "was", "paid:another");
    await(ledger.settle(lease, paid("T1")));
    assertThat(redis.run(Command.GET, LedgerKeys.of(id).order("ref:1")))
        .hasToString("paid:another\nrequest");
  }

  private static String everythingOf(PaymentId id) {
    StringBuilder all = new StringBuilder();
    redis.run(Command.HGETALL, LedgerKeys.of(id).payment()).forEach(all::append);
    return all.toString();
  }
}
