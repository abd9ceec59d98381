package io.payonce.ledger.redis;

import static io.payonce.ledger.LedgerWords.KEEP;
import static io.payonce.ledger.LedgerWords.LEASE;
import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.deferral;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.paid;
import static io.payonce.ledger.LedgerWords.released;
import static io.payonce.ledger.LedgerWords.sale;
import static io.payonce.ledger.LedgerWords.settings;
import static io.payonce.ledger.LedgerWords.under;
import static io.payonce.ledger.LedgerWords.unpaid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.ledger.BrokenRecord;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.EndListener;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.OutcomeLine;
import io.payonce.ledger.Road;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.logs.Logs;
import io.payonce.model.Abilities;
import io.payonce.model.Account;
import io.payonce.model.Lease;
import io.payonce.model.PaymentId;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How entries of the journal are written, trimmed and refused, on real Redis. */
class JournalWriteTest extends EmptyRedis {
  private final LedgerSettings settings = settings(LEASE, KEEP, KEEP, true);
  private final RedisLedger ledger = redis.ledger(settings);

  private Lease begin(PaymentId id) {
    return begun(ledger, sale(id, "o-1").over(new Road("https://shop.example/"), "app-1"))
        .intent()
        .lease();
  }

  /** All that a script may change, but the count of moves. */
  private static List<String> all(PaymentId id) {
    LedgerKeys keys = LedgerKeys.of(id);
    List<String> all = new ArrayList<>();
    all.add(hash(keys.payment()));
    all.add("" + redis.run(Command.PTTL, keys.payment()).toLong() / 1_000_000);
    all.add("" + redis.run(Command.GET, keys.order("o-1")));
    all.add("" + redis.run(Command.GET, keys.tomb()));
    all.add(hash(keys.wreck()));
    all.add(hash(keys.notice()));
    all.add("" + redis.run(Command.ZSCORE, keys.due(), id.toString()));
    all.add("" + redis.run(Command.ZSCORE, keys.attention(), id.toString()));
    all.add("" + redis.run(Command.ZSCORE, keys.outbox(), id.toString()));
    all.add("" + redis.journal(id).size());
    return all;
  }

  private static String hash(String key) {
    Response all = redis.run(Command.HGETALL, key);
    Map<String, String> sorted = new TreeMap<>();
    all.getKeys().forEach(field -> sorted.put(field, all.get(field).toString()));
    return sorted.toString();
  }

  private void isRefusedWhole(PaymentId id, Supplier<Future<?>> move) {
    List<String> before = all(id);
    assertThatThrownBy(() -> await(move.get()))
        .isInstanceOfSatisfying(
            LedgerUnavailable.class,
            away -> assertThat(List.of(away.word(), "" + away.mayHaveRun()))
                .containsExactly("NOPERM", "true"));
    assertThat(all(id)).isEqualTo(before);
  }

  @Test
  void an_accounts_payments_are_named_as_such_in_the_journal_and_in_its_callers_notices() {
    HomePlatform home =
        new HomePlatform("platform", Set.of("north"), 600_000, 15_000, System::nanoTime);
    RedisLedger both = redis.ledger(settings.with(home));
    PaymentId id = fresh();
    Road road = new Road("https://shop.example/");
    Lease lease = begun(both, under(new Account("north"), sale(id, "o-1").over(road, "app-1")))
        .intent()
        .lease();
    await(both.settle(lease, paid("T1")));
    LedgerKeys keys = LedgerKeys.of(id);
    assertThat(redis.run(Command.HGET, keys.notice(), "pf").toString()).isEqualTo("platform/north");
    assertThat(redis.run(Command.XRANGE, keys.outcomes(), "-", "+").toString())
        .contains("platform/north");
    PaymentId other = fresh();
    await(both.settle(
        begun(both, sale(other, "o-1").over(road, "app-1")).intent().lease(), paid("T1")));
    assertThat(redis.run(Command.HGET, LedgerKeys.of(other).notice(), "pf")).isNull();
  }

  /** An ACL is asked about each command: what came before would stay done. */
  @Test
  @Logs("answered UNPAID, platform reports PAID")
  void who_may_not_write_the_journal_ends_and_changes_nothing() {
    redis.run(Command.ACL, "SETUSER", "few", "on", ">pw", "~*", "+@all", "-xadd");
    RedisLane lane = RedisLane.open(
        redis.vertx, RedisSettings.standalone(redis.redis.uri().replace("://", "://few:pw@")));
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(lane::connected);
    Sealer sealer = new Sealer(TestRedis.KEY);
    RedisLedger few =
        new RedisLedger(lane, sealer, settings, LocalClock.of(redis.vertx), Abilities.ALL);
    RedisLedgerAdmin admin = new RedisLedgerAdmin(lane, sealer, settings, Abilities.ALL);
    PaymentId id = fresh();
    Lease begun = begin(id);
    isRefusedWhole(id, () -> few.settle(begun, unpaid()));
    await(ledger.defer(begun, deferral("HELD", 0)));
    Lease lease = await(ledger.claim(id)).orElseThrow().lease();
    isRefusedWhole(id, () -> few.release(lease, released()));
    BrokenRecord wreck = await(admin.salvage(id));
    isRefusedWhole(id, () -> admin.bury(wreck, Outcome.UNPAID, null, false, "an operator"));
    await(ledger.settle(lease, unpaid()));
    isRefusedWhole(id, () -> few.settlePaid(lease.payment(), paid("T1")));
    isRefusedWhole(id, () -> few.contradict(id, "o-1", true, "90 USD", "seen"));
    await(ledger.settlePaid(lease.payment(), paid("T1")));
    isRefusedWhole(id, () -> admin.disown(id, "o-1", "an operator"));
    redis.run(Command.DEL, LedgerKeys.of(id).payment());
    isRefusedWhole(id, () -> few.contradict(id, "o-1", true, "90 USD", "seen"));
    redis.run(
        Command.SET,
        LedgerKeys.of(id).tomb(),
        "UNPAID " + lease.payment().fingerprint() + " platform-id");
    isRefusedWhole(id, () -> few.settlePaid(lease.payment(), paid("T1")));
    await(lane.close());
  }

  /** What ends makes room, so it is let in; and no end is without its entry. */
  @Test
  void a_payment_ends_and_is_journalled_also_when_memory_is_full() {
    PaymentId id = fresh();
    Lease lease = begin(id);
    redis.run(Command.CONFIG, "SET", "maxmemory", "100kb");
    try {
      assertThat(await(ledger.settle(lease, paid("T1")))).isInstanceOf(CloseResult.Closed.class);
    } finally {
      redis.run(Command.CONFIG, "SET", "maxmemory", "0");
    }
    assertThat(redis.journal(id)).extracting(OutcomeLine::kind).containsExactly("settled");
    assertThat(redis.notices(id)).hasSize(1);
    assertThat(redis.run(Command.HGET, LedgerKeys.of(id).notice(), "txn").toString())
        .as("what a page's answer does not name")
        .isEqualTo("T1");
  }

  @Test
  void a_payment_ends_and_is_notified_also_when_memory_is_full_and_no_journal_is_kept() {
    PaymentId id = fresh();
    Lease lease = begin(id);
    RedisLedger silent = redis.ledger(LedgerWords.journalling(settings, 0));
    redis.run(Command.CONFIG, "SET", "maxmemory", "100kb");
    try {
      assertThat(await(silent.settle(lease, paid("T1")))).isInstanceOf(CloseResult.Closed.class);
    } finally {
      redis.run(Command.CONFIG, "SET", "maxmemory", "0");
    }
    assertThat(redis.notices(id)).hasSize(1);
  }

  @Test
  void the_journal_of_a_shard_ends_some_time_after_its_last_entry() {
    PaymentId id = fresh();
    await(ledger.settle(begin(id), unpaid()));
    assertThat(redis.run(Command.PTTL, LedgerKeys.of(id).outcomes()).toLong())
        .isBetween(604_700_000L, 604_800_000L);
    redis.run(Command.PEXPIRE, LedgerKeys.of(id).outcomes(), "60000");
    PaymentId next = id.other("next");
    await(ledger.settle(begin(next), unpaid()));
    assertThat(redis.run(Command.PTTL, LedgerKeys.of(id).outcomes()).toLong())
        .isGreaterThan(604_700_000L);
  }

  @Test
  void entries_that_are_too_old_leave_with_the_next_one() {
    redis.run(Command.CONFIG, "SET", "stream-node-max-entries", "1");
    PaymentId id = fresh();
    RedisLedger brief = redis.ledger(LedgerWords.journalling(settings, 60_000));
    String stream = LedgerKeys.of(id).outcomes();
    long now = System.currentTimeMillis();
    redis.run(Command.XADD, stream, (now - 120_000) + "-0", "p", "too-old");
    redis.run(Command.XADD, stream, (now - 30_000) + "-0", "p", "young");
    await(brief.settle(begin(id), unpaid()));
    assertThat(redis.run(Command.XRANGE, stream, "-", "+").toString())
        .contains("young", id.toString())
        .doesNotContain("too-old");
    redis.run(Command.CONFIG, "SET", "stream-node-max-entries", "100");
  }

  /** For the log: who repeats an end, or comes too late, says nothing. */
  @Test
  void who_ends_a_payment_gets_its_notice_and_no_one_else() {
    List<String> heard = new ArrayList<>();
    EndListener ear = (of, how) -> {
      EndListener.End end = how.get();
      heard.add(of.requestId() + " " + end.operation().label() + " " + end.outcome() + " "
          + end.sends() + " " + (end.tookMillis() >= 0));
    };
    RedisLedger listened = new RedisLedger(
        redis.lane,
        new Sealer(TestRedis.KEY),
        settings,
        LocalClock.of(redis.vertx),
        Abilities.ALL,
        ear);
    PaymentId id = fresh();
    Lease lease = begin(id);
    await(listened.settle(lease, unpaid()));
    await(listened.settle(lease, unpaid()));
    PaymentId released = id.other("released");
    await(listened.release(begin(released), released()));
    PaymentId buried = id.other("buried");
    begin(buried);
    RedisLedgerAdmin admin =
        new RedisLedgerAdmin(redis.lane, new Sealer(TestRedis.KEY), settings, Abilities.ALL, ear);
    await(admin
        .salvage(buried)
        .compose(wreck -> admin.bury(wreck, Outcome.UNPAID, null, false, "an operator")));
    PaymentId late = id.other("late");
    await(ledger.settle(begin(late), unpaid()));
    await(admin
        .salvage(late)
        .compose(wreck -> admin.bury(wreck, Outcome.UNPAID, null, false, "an operator")));
    assertThat(heard)
        .containsExactly(
            "request sale UNPAID 1 true",
            "released sale RELEASED 1 true",
            "buried sale UNPAID 0 true");
  }

  @Test
  void what_is_not_notified_yet_is_kept_for_as_long_as_it_is_tried_and_listed() {
    PaymentId id = fresh();
    await(ledger.settle(begin(id), unpaid()));
    assertThat(redis.run(Command.PTTL, LedgerKeys.of(id).notice()).toLong())
        .isBetween(863_900_000L, 864_000_000L);
  }

  /** Who delivers it now has the payment to himself, and looks whether there is more. */
  @Test
  @Logs("answered UNPAID, platform reports PAID")
  void more_to_notify_does_not_take_a_payment_from_who_delivers_it() {
    PaymentId id = fresh();
    Lease lease = begin(id);
    await(ledger.settle(lease, unpaid()));
    redis.run(Command.ZADD, LedgerKeys.of(id).outbox(), "9999999999999", id.toString());
    await(ledger.settlePaid(lease.payment(), paid("T1")));
    assertThat(
            redis.run(Command.ZSCORE, LedgerKeys.of(id).outbox(), id.toString()).toDouble())
        .isEqualTo(9_999_999_999_999.0);
    assertThat(redis.notices(id)).hasSize(2);
  }
}
