package io.payonce.ledger.redis;

import static io.payonce.ledger.LedgerWords.KEEP;
import static io.payonce.ledger.LedgerWords.LEASE;
import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.paid;
import static io.payonce.ledger.LedgerWords.sale;
import static io.payonce.ledger.LedgerWords.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.BrokenRecord;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.Cursor;
import io.payonce.ledger.LedgerAdmin;
import io.payonce.ledger.LedgerAdmin.Buried;
import io.payonce.ledger.LedgerAdmin.Listing;
import io.payonce.ledger.NoticeLine;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.OutcomeLine;
import io.payonce.ledger.PlatformOfRecord;
import io.payonce.ledger.Road;
import io.payonce.ledger.Tombstone;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.maintenance.Audit.Repair;
import io.payonce.ledger.maintenance.Auditor;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.logs.Logs;
import io.payonce.model.Abilities;
import io.payonce.model.Lease;
import io.payonce.model.PaymentId;
import io.vertx.redis.client.Command;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that cannot be read, and orders whose records are gone, on real Redis. */
class BrokenRecordsTest extends EmptyRedis {
  private final LedgerSettings settings = settings(LEASE, KEEP, KEEP, true);
  private final RedisLedger ledger = redis.ledger(settings);
  private final LedgerAdmin admin =
      new RedisLedgerAdmin(redis.lane, new Sealer(TestRedis.KEY), settings, Abilities.ALL);

  private PaymentId unreadable() {
    PaymentId id = fresh();
    begun(ledger, sale(id, "o-1"));
    redis.run(Command.HSET, LedgerKeys.of(id).payment(), "body", "garbage");
    return id;
  }

  /** Of what has ended, which is packed: the answer stands last. */
  private void breakAnswer(PaymentId id) {
    assertThat(redis.run(Command.EXISTS, LedgerKeys.of(id).payment()).toLong()).isZero();
    redis.run(Command.APPEND, LedgerKeys.of(id).ended(), "garbage");
    assertThatThrownBy(() -> await(ledger.find(id))).isInstanceOf(UnreadableRecord.class);
  }

  private PaymentId gone() {
    PaymentId id = fresh();
    begun(ledger, sale(id, "o-1"));
    redis.run(Command.DEL, LedgerKeys.of(id).payment());
    redis.run(Command.ZREM, LedgerKeys.of(id).due(), id.toString());
    return id;
  }

  private Buried bury(BrokenRecord wreck, Outcome outcome) {
    return await(admin.bury(wreck, outcome, null, outcome == Outcome.PAID, "an operator"));
  }

  private BeginResult rival(PaymentId id) {
    return await(ledger.begin(sale(id.other("rival"), "o-1")));
  }

  @Test
  void a_record_that_cannot_be_read_says_what_it_can_and_is_noticed() {
    PaymentId id = unreadable();
    BrokenRecord wreck = await(admin.salvage(id));
    assertThat(wreck.order()).isEqualTo("o-1");
    assertThat(wreck.operation()).isNotNull();
    assertThat(wreck.gone()).isFalse();
    assertThat(wreck.outcome()).isNull();
    assertThat(wreck.sends().lastAtMillis())
        .isPositive()
        .isLessThanOrEqualTo(wreck.sends().nowMillis());
    assertThat(await(admin.page(Listing.ATTENTION, Cursor.START, 10)).items()).hasSize(1);
    long noticed = wreck.sends().lastAtMillis();
    assertThat(await(admin.salvage(id)).sends().lastAtMillis()).isEqualTo(noticed);
  }

  @Test
  void unpaid_frees_the_order_and_repeats_get_that_answer() {
    PaymentId id = unreadable();
    assertThat(bury(await(admin.salvage(id)), Outcome.UNPAID)).isEqualTo(Buried.BURIED);
    assertThat(await(ledger.begin(sale(id, "o-1"))))
        .isEqualTo(new BeginResult.Expired(new Tombstone(Outcome.UNPAID, id.requestId())));
    assertThat(rival(id)).isInstanceOf(BeginResult.Begun.class);
    assertThat(await(admin.inspect(id)).orElseThrow().unreadable()).isNull();
    assertThat(await(admin.page(Listing.ATTENTION, Cursor.START, 10)).items()).isEmpty();
    assertThat(redis.run(Command.HGET, LedgerKeys.of(id).wreck(), "log").toString())
        .contains("an operator");
    assertThat(redis.run(Command.PTTL, LedgerKeys.of(id).wreck()).toLong()).isPositive();
  }

  @Test
  @Logs("money moved that was answered otherwise")
  void who_buries_what_moved_money_has_decided_what_that_means() {
    PaymentId id = unreadable();
    redis.run(Command.HSET, LedgerKeys.of(id).payment(), "oa", "600 USD");
    assertThat(bury(await(admin.salvage(id)), Outcome.UNPAID)).isEqualTo(Buried.BURIED);
    assertThat(await(ledger.isUndecided(id))).isFalse();
    assertThat(await(ledger.contradict(id, "o-1", true, "600 USD", "shown")))
        .isEqualTo(Contradiction.DECIDED);
    await(ledger.contradict(id, "o-1", true, "700 USD", "shown"));
    assertThat(await(ledger.isUndecided(id))).isTrue();
  }

  @Test
  void paid_marks_the_order_and_repeats_get_that_answer() {
    PaymentId id = unreadable();
    assertThat(bury(await(admin.salvage(id)), Outcome.PAID)).isEqualTo(Buried.BURIED);
    assertThat(rival(id)).isEqualTo(new BeginResult.OrderPaid(id.requestId()));
    assertThat(await(ledger.begin(sale(id, "o-1")))).isInstanceOf(BeginResult.Expired.class);
  }

  @Test
  void an_order_whose_record_is_gone_names_itself_once_the_auditor_came_by() {
    PaymentId id = gone();
    Auditor auditor = new Auditor(redis.lane, settings);
    List<Repair> repairs = await(auditor.walk(0, "0", 10_000)).repairs();
    assertThat(repairs).containsExactly(Repair.ORDER_WITHOUT_PAYMENT);
    assertThat(await(admin.inspect(id)).orElseThrow().left().strayOrder()).isEqualTo("o-1");
    assertThat(await(admin.inspect(id)).orElseThrow().isGone()).isTrue();
    BrokenRecord wreck = await(admin.salvage(id));
    assertThat(wreck.gone()).isTrue();
    assertThat(wreck.order()).isEqualTo("o-1");
    assertThat(bury(wreck, Outcome.UNPAID)).isEqualTo(Buried.BURIED);
    assertThat(rival(id)).isInstanceOf(BeginResult.Begun.class);
    assertThat(await(ledger.begin(sale(id, "o-1"))))
        .as("whatever the request was")
        .isInstanceOf(BeginResult.Expired.class);
    assertThat(await(ledger.recall(sale(id, "o-1")))).containsInstanceOf(BeginResult.Expired.class);
  }

  @Test
  void who_buries_what_had_not_ended_ends_it() {
    PaymentId id = fresh();
    begun(ledger, sale(id, "o-1").over(new Road("https://shop.example/"), null));
    redis.run(Command.HSET, LedgerKeys.of(id).payment(), "body", "garbage");
    bury(await(admin.salvage(id)), Outcome.UNPAID);
    OutcomeLine line = redis.journal(id).get(0);
    assertThat(List.of(line.kind(), line.outcome(), line.told(), line.order(), line.why()))
        .containsExactly("settled", "UNPAID", "", "o-1", "an operator");
    assertThat(redis.notices(id))
        .containsExactly(new NoticeLine(1, "settled", "UNPAID", null, "https://shop.example/"));
    PaymentId gone = gone();
    bury(await(admin.salvage(gone)).holding("o-1"), Outcome.UNPAID);
    assertThat(redis.journal(gone)).extracting(OutcomeLine::kind).containsExactly("settled");
  }

  @Test
  void who_buries_what_had_ended_has_decided() {
    PaymentId id = fresh();
    await(ledger.settle(begun(ledger, sale(id, "o-1")).intent().lease(), paid("T1")));
    breakAnswer(id);
    bury(await(admin.salvage(id)), Outcome.PAID);
    assertThat(redis.journal(id))
        .extracting(OutcomeLine::kind, OutcomeLine::told)
        .containsExactly(tuple("settled", ""), tuple("decided", "PAID"));
  }

  @Test
  void who_holds_an_order_is_known_by_the_order() {
    PaymentId id = gone();
    assertThat(await(admin.holder(id, "o-1"))).contains(id);
    assertThat(await(admin.holder(id, "o-2"))).isEmpty();
    assertThat(bury(await(admin.salvage(id)).holding("o-2"), Outcome.UNPAID))
        .isEqualTo(Buried.NOT_HELD);
    assertThat(rival(id)).isEqualTo(new BeginResult.OrderTaken(id.requestId()));
  }

  @Test
  void what_was_begun_again_or_taken_over_since_is_left_alone() {
    PaymentId id = gone();
    BrokenRecord wreck = await(admin.salvage(id)).holding("o-1");
    begun(ledger, sale(id, "o-1"));
    assertThat(bury(wreck, Outcome.UNPAID)).isEqualTo(Buried.MOVED);
    PaymentId other = unreadable();
    BrokenRecord seen = await(admin.salvage(other));
    redis.run(Command.HSET, LedgerKeys.of(other).payment(), "f", "another-token");
    assertThat(bury(seen, Outcome.UNPAID)).isEqualTo(Buried.MOVED);
    assertThat(rival(other)).isEqualTo(new BeginResult.OrderTaken(other.requestId()));
  }

  @Test
  void what_a_newer_version_wrote_is_left_to_it() {
    PaymentId id = unreadable();
    String is = redis.run(Command.HGET, LedgerKeys.of(id).payment(), "is").toString();
    redis.run(Command.HSET, LedgerKeys.of(id).payment(), "is", "3" + is.substring(1));
    assertThat(bury(await(admin.salvage(id)), Outcome.UNPAID)).isEqualTo(Buried.NEWER);
  }

  @Test
  void what_had_ended_touches_no_order() {
    PaymentId id = fresh();
    Lease lease = begun(ledger, sale(id, "o-1")).intent().lease();
    await(ledger.settle(lease, paid("T1")));
    breakAnswer(id);
    BrokenRecord wreck = await(admin.salvage(id));
    assertThat(wreck.outcome()).isEqualTo(Outcome.PAID);
    await(ledger.giveBack(id, "o-1", false));
    assertThat(bury(wreck, Outcome.PAID)).isEqualTo(Buried.BURIED);
    assertThat(rival(id)).as("it was given back").isInstanceOf(BeginResult.Begun.class);
    assertThat(await(ledger.begin(sale(id, "o-1"))))
        .as("under the id that was paid")
        .isEqualTo(new BeginResult.Expired(new Tombstone(Outcome.PAID, "platform-id")));
  }

  /**
   * The void of a refund brought back what another payment had paid, and that was given back anew.
   */
  @Test
  void what_had_ended_brings_nothing_back_a_second_time() {
    PaymentId id = fresh();
    PaymentId payer = id.other("payer");
    Lease lease = begun(ledger, sale(id, "o-1")).intent().lease();
    String voided = payer.requestId() + "\nrefund";
    redis.run(Command.HSET, LedgerKeys.of(id).payment(), "for", voided);
    await(ledger.settle(lease, paid("T1")));
    assertThat(rival(id)).isInstanceOf(BeginResult.OrderPaid.class);
    await(ledger.giveBack(payer, "o-1", false));
    await(ledger.giveBack(id, "o-1", false));
    breakAnswer(id);
    assertThat(bury(await(admin.salvage(id)), Outcome.PAID)).isEqualTo(Buried.BURIED);
    assertThat(rival(id)).isInstanceOf(BeginResult.Begun.class);
  }

  /** A pod of another platform on the same ledger. */
  private LedgerSettings of(String platform) {
    HomePlatform home = new HomePlatform(platform, 600_000, LEASE, System::nanoTime);
    home.first("first");
    return LedgerSettings.of(LEASE, KEEP, KEEP).with(home);
  }

  private LedgerAdmin admin(LedgerSettings of) {
    return new RedisLedgerAdmin(redis.lane, new Sealer(TestRedis.KEY), of, Abilities.ALL);
  }

  @Test
  void a_record_that_names_no_platform_is_of_the_first_one() {
    PaymentId id = unreadable();
    redis.run(Command.HDEL, LedgerKeys.of(id).payment(), "pf");
    assertThat(await(admin(of("other")).salvage(id)).whose().isStrange()).isTrue();
    assertThat(await(admin(of("first")).salvage(id)).whose().isOurs()).isTrue();
  }

  @Test
  void what_is_gone_can_have_been_of_any_platform_that_the_ledger_has_worked_for() {
    PaymentId id = gone();
    LedgerAdmin first = admin(of("first"));
    assertThat(await(first.salvage(id)).whose().maybe()).as("nobody knows").isEmpty();
    open("first");
    assertThat(await(first.salvage(id)).whose().isOurs()).isTrue();
    open("other");
    PlatformOfRecord whose = await(first.salvage(id)).whose();
    assertThat(whose.isOurs()).isFalse();
    assertThat(whose.maybe()).containsExactlyInAnyOrder("first", "other");
  }

  private void open(String platform) {
    ScriptRunner moves = new ScriptRunner(redis.lane, of(platform));
    await(moves.make(
        LedgerScript.CHARTER, List.of(LedgerKeys.charter()), List.of(platform, "payonce")));
  }

  @Test
  void a_tombstone_names_the_platform_that_is_not_the_first() {
    LedgerSettings other = of("other");
    PaymentId id = fresh();
    begun(redis.ledger(other), sale(id, "o-1"));
    redis.run(Command.HSET, LedgerKeys.of(id).payment(), "body", "garbage");
    BrokenRecord wreck = await(admin(other).salvage(id));
    await(admin(other).bury(wreck, Outcome.UNPAID, null, false, "an operator"));
    assertThat(await(admin(other).inspect(id)).orElseThrow().tombstone().stranger())
        .isNull();
    assertThat(await(admin(of("first")).inspect(id)).orElseThrow().tombstone().stranger())
        .isEqualTo("other");
  }

  @Test
  void what_was_given_back_and_is_paid_after_all_marks_its_order() {
    PaymentId id = fresh();
    begun(ledger, sale(id, "o-1"));
    String key = LedgerKeys.of(id).payment();
    redis.run(Command.HSET, key, "st", "RELEASED", "out", "RELEASED", "oa", "200/USD");
    redis.run(Command.HSET, key, "ans", "garbage");
    redis.run(Command.DEL, LedgerKeys.of(id).order("o-1"));
    BrokenRecord wreck = await(admin.salvage(id));
    assertThat(wreck.state().otherAmount()).isEqualTo("200/USD");
    assertThat(bury(wreck, Outcome.PAID)).isEqualTo(Buried.BURIED);
    assertThat(rival(id)).isEqualTo(new BeginResult.OrderPaid(id.requestId()));
  }

  @Test
  void what_is_no_record_at_all_goes_with_the_order_that_an_operator_names() {
    PaymentId id = unreadable();
    redis.run(Command.DEL, LedgerKeys.of(id).payment());
    redis.run(Command.SET, LedgerKeys.of(id).payment(), "no record");
    BrokenRecord wreck = await(admin.salvage(id));
    assertThat(wreck.gone()).isFalse();
    assertThat(bury(wreck.holding("o-1"), Outcome.UNPAID)).isEqualTo(Buried.BURIED);
    assertThat(rival(id)).isInstanceOf(BeginResult.Begun.class);
  }
}
