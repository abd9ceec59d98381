package io.payonce.ledger.redis;

import static io.payonce.ledger.LedgerWords.KEEP;
import static io.payonce.ledger.LedgerWords.LEASE;
import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.paid;
import static io.payonce.ledger.LedgerWords.refused;
import static io.payonce.ledger.LedgerWords.sale;
import static io.payonce.ledger.LedgerWords.settings;
import static io.payonce.ledger.LedgerWords.unpaid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.ledger.BeginResult;
import io.payonce.ledger.BrokenRecord;
import io.payonce.ledger.CloseResult;
import io.payonce.ledger.Contradiction;
import io.payonce.ledger.Deferral;
import io.payonce.ledger.LedgerAdmin.Buried;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Settlement;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.logs.Logs;
import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.Lease;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.redis.LuaScript;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is settled is one string, holds what the hash held, and becomes one again to be changed. */
@Logs(value = "answered UNPAID, platform reports PAID", maybe = true)
@Logs(value = "money moved that was answered otherwise", maybe = true)
@Logs(value = "answered refused for now, then PAID", maybe = true)
class PackedRecordTest extends EmptyRedis {
  private static final String SHORT = "50000";

  private final LedgerSettings settings = settings(LEASE, KEEP, KEEP, true);
  private RedisLedger ledger;
  private RedisLedger hashes;
  private PaymentId id;
  private LedgerKeys keys;

  @BeforeEach
  void onePayment() {
    ledger = redis.ledger(settings);
    hashes = redis.ledger(settings, ability -> ability != Ability.PACKED);
    id = fresh();
    keys = LedgerKeys.of(id);
  }

  private Lease settled(Settlement end) {
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    assertThat(await(ledger.settle(lease, end))).isInstanceOf(CloseResult.Closed.class);
    return lease;
  }

  private boolean exists(String key) {
    return redis.run(Command.EXISTS, key).toLong() == 1;
  }

  private long life(String key) {
    return redis.run(Command.PTTL, key).toLong();
  }

  private void isPacked() {
    assertThat(exists(keys.payment())).isFalse();
    assertThat(exists(keys.ended())).isTrue();
  }

  private void isHash() {
    assertThat(exists(keys.payment())).isTrue();
    assertThat(exists(keys.ended())).isFalse();
  }

  private Map<String, String> hash() {
    Response all = redis.run(Command.HGETALL, keys.payment());
    Map<String, String> fields = new TreeMap<>();
    all.getKeys().forEach(field -> fields.put(field, all.get(field).toString()));
    return fields;
  }

  private RedisLedgerAdmin admin() {
    return new RedisLedgerAdmin(redis.lane, new Sealer(TestRedis.KEY), settings, Abilities.ALL);
  }

  @Test
  void what_is_settled_is_one_string_that_lives_as_long_as_the_hash_would_have() {
    for (Settlement end : new Settlement[] {paid("T1"), unpaid(), refused()}) {
      onePayment();
      settled(end);
      isPacked();
      assertThat(life(keys.ended())).isBetween(KEEP - 60_000, KEEP);
      Payment found = await(ledger.find(id)).orElseThrow();
      assertThat(found.outcome()).isEqualTo(end.outcome());
      assertThat(found.answer().body()).isEqualTo(end.answer().body());
      assertThat(await(ledger.begin(sale(id, "ref:1")))).isInstanceOf(BeginResult.Known.class);
      assertThat(await(ledger.begin(sale(id, "ref:2")))).isInstanceOf(BeginResult.Known.class);
      assertThat(await(ledger.recall(sale(id, "ref:1"))).orElseThrow())
          .isInstanceOf(BeginResult.Known.class);
      assertThat(await(ledger.abort(id))).isPresent();
      assertThat(await(admin().inspect(id)).orElseThrow().payment().timeline())
          .isEqualTo(found.timeline());
      isPacked();
    }
  }

  @Test
  void while_a_pod_cannot_read_it_it_stays_a_hash_that_all_read() {
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(hashes.settle(lease, paid("T1")));
    isHash();
    assertThat(life(keys.payment())).isPositive();
    assertThat(await(ledger.begin(sale(id, "ref:1")))).isInstanceOf(BeginResult.Known.class);
    assertThat(await(ledger.settle(lease, unpaid()))).isInstanceOf(CloseResult.Already.class);
    isHash();
  }

  /** All that a hash has it has again, whatever it had. */
  @Test
  void thawed_it_is_the_hash_that_it_was() {
    String[] rare = {
      "nu",
      "-",
      "it",
      "1800000000001",
      "n",
      "3",
      "ab",
      "1",
      "fp",
      "x".repeat(22),
      "shut",
      "5 ",
      "was",
      "paid:a\nb",
      "for",
      "a\nb",
      "od",
      "7 USD",
      "bad",
      "2",
      "ap",
      "app-1",
      "am",
      ""
    };
    Map<String, String> expected = null;
    for (boolean packs : new boolean[] {false, true}) {
      PaymentId other = new PaymentId("M" + id.merchantId(), "request");
      keys = LedgerKeys.of(other);
      redis.run(Command.DEL, keys.payment(), keys.ended(), keys.archive(), keys.archive() + ":0");
      Lease lease = begun(ledger, sale(other, "ref:" + packs)).intent().lease();
      for (int i = 0; i < rare.length; i += 2) {
        redis.run(Command.HSET, keys.payment(), rare[i], rare[i + 1]);
      }
      await((packs ? ledger : hashes).settle(lease, unpaid()));
      if (packs) {
        isPacked();
        redis.run(Command.PEXPIRE, keys.ended(), SHORT);
        redis.run(Command.ZADD, keys.attention(), "1", other.toString());
        assertThat(await(admin().acknowledge(other, "seen"))).isTrue();
        isHash();
        assertThat(life(keys.payment())).isBetween(1L, Long.parseLong(SHORT));
      }
      Map<String, String> had = hash();
      had.computeIfPresent(
          "log", (field, log) -> log.replaceAll("\\d{13}", "T").replace("T seen\n", ""));
      had.remove("ans");
      had.put("is", had.get("is").replaceAll("\\d{13}", "T").replaceAll("ref:.*", ""));
      had.remove("pf"); // the ledger's first platform need not be named
      if (expected == null) {
        expected = had;
      }
      assertThat(had).isEqualTo(expected);
    }
  }

  @Test
  void what_is_rare_is_packed_each_by_itself() {
    String[] names = {"nu", "it", "n", "ab", "fp", "shut", "was", "for", "bad", "od"};
    for (String name : names) {
      onePayment();
      Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
      redis.run(Command.HSET, keys.payment(), name, "5 x");
      await(ledger.settle(lease, unpaid()));
      isPacked();
      redis.run(Command.ZADD, keys.attention(), "1", id.toString());
      assertThat(await(admin().acknowledge(id, "seen"))).isTrue();
      assertThat(hash()).containsEntry(name, "5 x");
    }
  }

  @Test
  void its_answer_is_byte_for_byte_what_was_sealed() {
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    byte[] every = new byte[70_000];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) (i * 31);
    }
    Settlement end = LedgerWords.paid("T1");
    await(ledger.settle(
        lease,
        new Settlement(
            end.outcome(),
            io.payonce.model.Reply.json(every),
            end.history(),
            "T1",
            end.platformId(),
            true,
            "paid")));
    isPacked();
    assertThat(await(ledger.find(id)).orElseThrow().answer().body()).isEqualTo(every);
  }

  @Test
  void paid_after_an_unpaid_answer_thaws_it_for_good() {
    Lease lease = settled(unpaid());
    redis.run(Command.PEXPIRE, keys.ended(), SHORT);
    await(ledger.settle(lease, paid("T1")));
    isHash();
    assertThat(life(keys.payment())).isEqualTo(-1);
    assertThat(hash()).containsEntry("out", "UNPAID").containsEntry("late", " platform-id ");
  }

  @Test
  void what_is_settled_once_more_stays_as_it_is() {
    Lease lease = settled(paid("T1"));
    assertThat(await(ledger.settle(lease, paid("T1")))).isInstanceOf(CloseResult.Already.class);
    assertThat(await(ledger.release(lease, LedgerWords.released())))
        .isInstanceOf(CloseResult.Already.class);
    isPacked();
  }

  @Test
  void money_that_moved_otherwise_thaws_it_for_good() {
    settled(unpaid());
    assertThat(await(ledger.contradict(id, "ref:1", true, "600 USD", "shown")))
        .isEqualTo(Contradiction.NOTED);
    isHash();
    assertThat(life(keys.payment())).isEqualTo(-1);
    assertThat(redis.journal(id)).last().satisfies(line -> {
      assertThat(line.kind()).isEqualTo("contradicted");
      assertThat(line.platform()).isEqualTo("platform");
    });
  }

  @Test
  void what_needs_an_operator_or_may_begin_again_stays_a_hash() {
    Lease released = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.release(released, LedgerWords.released()));
    isHash();
    await(ledger.settlePaid(released.payment(), paid("T1")));
    isHash();
    assertThat(life(keys.payment())).isEqualTo(-1);

    onePayment();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    await(ledger.defer(
        lease,
        new Deferral(
            io.payonce.recovery.Stage.first().withOtherAmount(),
            0,
            null,
            1,
            "moved",
            null,
            "6 USD")));
    Lease again = await(ledger.takeOver(id, "an operator")).orElseThrow().lease();
    await(ledger.settle(again, unpaid()));
    isHash();
    assertThat(hash()).containsEntry("od", "6 USD");
  }

  @Test
  void what_is_too_long_for_its_form_stays_a_hash() {
    String order = "ref:" + "o".repeat(300);
    Lease lease = begun(ledger, sale(id, order)).intent().lease();
    await(ledger.settle(lease, paid("T1")));
    isHash();
    assertThat(await(ledger.find(id)).orElseThrow().order()).isEqualTo(order);
  }

  @Test
  void what_an_operator_has_added_is_packed_with_its_terms() {
    Operation charge = LedgerWords.charge();
    NewPayment asked =
        NewPayment.plain(sale(id, "ref:1").ref(), charge, LedgerWords.bytes("{}"), 0);
    await(ledger.settle(begun(ledger, asked).intent().lease(), unpaid()));
    isPacked();
    assertThat(await(ledger.find(id)).orElseThrow().operation()).isEqualTo(charge);
    list();
    assertThat(await(admin().acknowledge(id, "seen"))).isTrue();
    assertThat(hash().get("is")).startsWith("2 ").contains(" " + charge.stored() + " ");
  }

  @Test
  void what_cannot_be_read_is_not_begun_anew() {
    settled(paid("T1"));
    for (String odd : new String[] {"\2later", "\1torn", "", "x"}) {
      redis.run(Command.SET, keys.ended(), odd);
      assertThatThrownBy(() -> await(ledger.begin(sale(id, "ref:1"))))
          .isInstanceOf(UnreadableRecord.class);
      assertThatThrownBy(() -> await(ledger.find(id))).isInstanceOf(UnreadableRecord.class);
      assertThat(redis.run(Command.GET, keys.ended())).hasToString(odd);
      assertThat(exists(keys.payment())).isFalse();
    }
    redis.run(Command.SET, keys.ended(), "\2later");
    assertThatThrownBy(() -> await(ledger.find(id))).hasMessageContaining("newer version");
  }

  @Test
  void it_is_no_workers_business_and_stays_listed_for_review() {
    Lease lease = settled(unpaid());
    redis.run(Command.ZADD, keys.due(), "1", id.toString());
    redis.run(Command.ZADD, keys.attention(), "1", id.toString());
    assertThat(await(ledger.claim(id))).isEmpty();
    assertThat(redis.run(Command.ZSCORE, keys.due(), id.toString())).isNull();
    assertThat(await(ledger.quarantine(lease, "failed"))).isFalse();
    assertThat(redis.run(Command.ZSCORE, keys.due(), id.toString())).isNull();
    assertThat(redis.run(Command.ZSCORE, keys.attention(), id.toString())).isNotNull();
    isPacked();
  }

  private void list() {
    redis.run(Command.ZADD, keys.attention(), "1", id.toString());
  }

  @Test
  void what_a_newer_version_packed_is_left_to_it() {
    settled(unpaid());
    redis.run(Command.SET, keys.ended(), "\2later");
    list();
    assertThat(await(admin().acknowledge(id, "seen"))).isFalse();
    assertThat(await(admin().disown(id, "ref:1", "it did not pay"))).isFalse();
    BrokenRecord wreck = await(admin().salvage(id));
    assertThat(await(admin().bury(wreck, Outcome.UNPAID, null, false, "an operator")))
        .isEqualTo(Buried.NEWER);
    isPacked();
    assertThat(redis.run(Command.GET, keys.ended())).hasToString("\2later");
    assertThat(redis.run(Command.ZSCORE, keys.attention(), id.toString())).isNotNull();
  }

  @Test
  void what_a_newer_version_ended_as_a_hash_is_left_to_it() {
    await(hashes.settle(begun(ledger, sale(id, "ref:1")).intent().lease(), unpaid()));
    redis.run(Command.HSET, keys.payment(), "is", "3" + hash().get("is").substring(1));
    Map<String, String> before = hash();
    list();
    assertThat(await(admin().acknowledge(id, "seen"))).isFalse();
    assertThat(hash()).isEqualTo(before);
  }

  @Test
  void what_is_torn_is_buried_and_what_moved_on_stays_packed() {
    settled(unpaid());
    redis.run(Command.SET, keys.ended(), "\1torn");
    BrokenRecord torn = await(admin().salvage(id));
    assertThat(await(admin().bury(torn, Outcome.UNPAID, null, false, "an operator")))
        .isEqualTo(Buried.BURIED);
    assertThat(exists(keys.payment()) || exists(keys.ended())).isFalse();
    assertThat(redis.run(Command.HGET, keys.wreck(), "raw")).hasToString("\1torn");
    assertThat(await(ledger.begin(sale(id, "ref:1")))).isInstanceOf(BeginResult.Expired.class);

    onePayment();
    Lease lease = begun(ledger, sale(id, "ref:1")).intent().lease();
    BrokenRecord wreck = await(admin().salvage(id));
    await(ledger.settle(lease, unpaid()));
    assertThat(await(admin().bury(wreck, Outcome.UNPAID, null, false, "an operator")))
        .isEqualTo(Buried.MOVED);
    isPacked();
  }

  /** A pod that does not see what is packed may have begun it anew: the hash is what lives. */
  @Test
  void a_thaw_does_not_write_over_a_hash_that_lives() {
    settled(paid("T1"));
    redis.run(Command.RENAME, keys.ended(), keys.touch());
    redis.run(Command.DEL, keys.archive(), keys.archive() + ":0");
    await(hashes.settle(begun(hashes, sale(id, "ref:1")).intent().lease(), unpaid()));
    redis.run(Command.RENAME, keys.touch(), keys.ended());
    list();
    Map<String, String> lives = hash();
    assertThat(await(admin().acknowledge(id, "seen"))).isTrue();
    lives.computeIfPresent("log", (field, log) -> hash().get(field));
    assertThat(hash()).isEqualTo(lives).containsEntry("out", "UNPAID");
    assertThat(hash().get("log")).endsWith(" seen\n");
    list();
    BrokenRecord wreck = await(admin().salvage(id));
    assertThat(await(admin().bury(wreck, Outcome.UNPAID, null, false, "an operator")))
        .isEqualTo(Buried.BURIED);
    assertThat(exists(keys.ended())).as("or it would be told again").isFalse();
    assertThat(redis.run(Command.HGET, keys.wreck(), "out")).hasToString("UNPAID");
  }

  /** A line of Lua among what the scripts share. */
  private Response eval(String before, String body) {
    String source = before + LedgerScript.with("local payment, packed = unpack(KEYS)\n" + body);
    return await(redis.lane.eval(
        LuaScript.of("shared", source), List.of(keys.payment(), keys.ended()), List.of()));
  }

  @Test
  void thawed_in_its_last_millisecond_it_is_there_for_who_goes_on_with_it() {
    settled(unpaid());
    String last = """
        local real = redis
        local redis = {call = function(verb, ...)
          if verb == 'PTTL' then return 0 end
          return real.call(verb, ...)
        end}
        """;
    Response stage =
        eval(last, "thaw(payment, packed)\nreturn redis.call('HGET', payment, 'st')\n");
    assertThat(stage).hasToString("SETTLED");
  }

  @Test
  void a_line_more_stands_in_what_is_packed_and_in_nothing_that_cannot_be_read() {
    settled(paid("T1"));
    redis.run(Command.PEXPIRE, keys.ended(), SHORT);
    Payment before = await(ledger.find(id)).orElseThrow();
    String answered = "relog(packed, 1900000000000, 'told')\n";
    eval("", answered);
    Payment after = await(ledger.find(id)).orElseThrow();
    assertThat(after.timeline()).isEqualTo(before.timeline() + "1900000000000 told\n");
    assertThat(after.answer().body()).isEqualTo(before.answer().body());
    assertThat(life(keys.ended())).isBetween(1L, Long.parseLong(SHORT));
    for (String odd : new String[] {"\2later", "\1torn", "", "x"}) {
      redis.run(Command.SET, keys.ended(), odd);
      eval("", answered);
      assertThat(redis.run(Command.GET, keys.ended())).hasToString(odd);
    }
  }
}
