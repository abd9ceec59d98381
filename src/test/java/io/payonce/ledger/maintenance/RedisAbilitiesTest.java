package io.payonce.ledger.maintenance;

import static io.payonce.ledger.LedgerWords.BODY;
import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.payment;
import static io.payonce.ledger.LedgerWords.sale;
import static io.payonce.ledger.LedgerWords.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.ledger.Cursor;
import io.payonce.ledger.LedgerAdmin;
import io.payonce.ledger.LedgerAdmin.Page;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.NewPayment;
import io.payonce.ledger.redis.Canary;
import io.payonce.ledger.redis.EmptyRedis;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.LongQuiet;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.ledger.redis.RedisLedgerAdmin;
import io.payonce.ledger.redis.TestRedis;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.model.Ability;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.payonce.redis.RedisLane;
import io.payonce.redis.SteppedLane;
import io.vertx.redis.client.Command;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** New forms are written only while every live pod can read them. */
class RedisAbilitiesTest extends EmptyRedis {
  private final LedgerSettings settings = settings(-1, 1000, 1000, true);
  private static final Ability SOME = Ability.values()[0];
  private static final long QUIET = RedisAbilities.QUIET_MILLIS;

  private long nanos;
  private final RedisAbilities pod = pod("pod", EnumSet.allOf(Ability.class));

  @Test
  void a_ledger_that_was_quiet_long_enough_has_no_pods_of_the_first_version() {
    assertThat(pod.all(SOME)).as("nothing is known yet").isFalse();
    look(pod);
    assertThat(pod.all(SOME)).as("they may not have come round yet").isFalse();
    passes(QUIET + 1);
    look(pod);
    assertThat(pod.all(SOME)).isTrue();
  }

  @Test
  void who_has_looked_at_no_shard_or_not_at_all_knows_nothing() {
    longQuiet();
    await(pod.announce(redis.lane, settings));
    assertThat(pod.all(SOME)).isFalse();
    RedisLedger ledger = redis.ledger(settings, pod);
    for (int shard = 0; shard < Shards.COUNT - 1; shard++) {
      await(ledger.due(shard, 1));
    }
    await(pod.announce(redis.lane, settings));
    assertThat(pod.all(SOME)).isFalse();
    await(ledger.due(Shards.COUNT - 1, 1));
    await(pod.announce(redis.lane, settings));
    assertThat(pod.all(SOME)).isTrue();
  }

  @Test
  void a_pod_of_the_first_version_takes_the_canary_away_and_new_forms_end_with_it() {
    longQuiet();
    look(pod);
    assertThat(pod.all(SOME)).isTrue();
    PodOfTheFirstVersion old = new PodOfTheFirstVersion();
    old.goesRound(17);
    await(redis.ledger(settings, pod).due(17, 1));
    assertThat(pod.all(SOME)).as("one shard shows it").isFalse();
    passes(QUIET / 2);
    look(pod);
    assertThat(pod.all(SOME)).as("it was here half a minute ago").isFalse();
    passes(QUIET / 2 + 1000);
    look(pod);
    assertThat(pod.all(SOME)).isTrue();
  }

  @Test
  void a_glance_sees_the_canaries_too_and_puts_up_the_one_that_has_gone() {
    List<Integer> all = IntStream.range(0, Shards.COUNT).boxed().toList();
    longQuiet();
    look(pod);
    nanos += TimeUnit.SECONDS.toNanos(11);
    await(pod.announce(redis.lane, settings));
    assertThat(pod.all(SOME)).as("seen too long ago").isFalse();
    await(redis.ledger(settings, pod).glance(all));
    await(pod.announce(redis.lane, settings));
    assertThat(pod.all(SOME)).isTrue();
    new PodOfTheFirstVersion().goesRound(17);
    assertThat(stands(17)).isFalse();
    assertThat(await(redis.ledger(settings, pod).glance(all))).isEmpty();
    assertThat(stands(17)).isTrue();
    assertThat(pod.all(SOME)).isFalse();
    redis.run(Command.ZREM, LedgerKeys.due(17), Canary.of(17));
    redis.run(Command.ZADD, LedgerKeys.due(17), "-1", "M1/no-canary");
    await(redis.ledger(settings, pod).glance(all));
    assertThat(stands(17)).as("another's is none").isTrue();
  }

  @Test
  void a_pod_of_the_first_version_finds_the_canary_in_every_shard_and_nothing_else_goes() {
    PaymentId id = fresh();
    begun(redis.ledger(settings), sale(id, "ref:1"));
    look(pod);
    PodOfTheFirstVersion old = new PodOfTheFirstVersion();
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      assertThat(stands(shard)).isTrue();
      old.goesRound(shard);
      assertThat(stands(shard)).as("shard %s", shard).isFalse();
    }
    assertThat(redis.run(Command.ZSCORE, LedgerKeys.of(id).due(), id.toString()))
        .isNotNull();
  }

  @Test
  void the_canary_is_no_payment_and_hides_none() {
    PaymentId id = fresh();
    int shard = LedgerKeys.of(id).shard();
    RedisLedger ledger = redis.ledger(settings);
    begun(ledger, sale(id, "ref:1"));
    assertThat(await(ledger.due(shard, 1))).containsExactly(id);
    assertThat(await(ledger.due(shard, 1))).containsExactly(id);
    assertThat(stands(shard)).isTrue();
    RedisLedgerAdmin admin =
        new RedisLedgerAdmin(redis.lane, new Sealer(TestRedis.KEY), settings, Abilities.ALL);
    assertThat(await(admin.totals()).unresolved()).isEqualTo(1);
    Page page = await(admin.page(LedgerAdmin.Listing.UNRESOLVED, Cursor.START, 10));
    assertThat(page.items()).hasSize(1);
  }

  @Test
  void what_one_announced_pod_cannot_read_is_not_written_until_it_has_gone() {
    longQuiet();
    RedisAbilities other = pod("other", Set.of());
    await(other.announce(redis.lane, settings));
    look(pod);
    assertThat(pod.all(SOME)).isFalse();
    await(other.leave(redis.lane, settings));
    look(pod);
    assertThat(pod.all(SOME)).as("it was heard just now").isFalse();
    for (int i = 0; i < 3; i++) {
      nanos += TimeUnit.MILLISECONDS.toNanos(RedisAbilities.FRESH_MILLIS / 2);
      look(pod);
    }
    assertThat(pod.all(SOME)).isTrue();
  }

  @Test
  void a_pod_that_died_without_a_word_counts_no_longer_than_a_quiet_time() {
    longQuiet();
    redis.run(Command.HSET, LedgerKeys.pods(), "dead", "1 ");
    redis.run(Command.HSET, LedgerKeys.pods(), "odd", "");
    look(pod);
    assertThat(pod.all(SOME)).isTrue();
    assertThat(redis.run(Command.HLEN, LedgerKeys.pods()).toLong()).isEqualTo(1);
  }

  /** As after a failover to a server whose clock is ahead: who said it a second ago will again. */
  @Test
  void a_clock_that_jumps_ahead_makes_no_pod_disappear() {
    longQuiet();
    RedisAbilities other = pod("other", Set.of());
    await(other.announce(redis.lane, settings));
    look(pod);
    SteppedLane ahead = new SteppedLane(redis.lane);
    ahead.step(3_600_000);
    for (long millis : new long[] {1, RedisAbilities.FRESH_MILLIS - 1, QUIET}) {
      nanos += TimeUnit.MILLISECONDS.toNanos(millis);
      look(pod, ahead);
      assertThat(pod.all(SOME)).as("who is not listened to says nothing").isFalse();
    }
    await(other.announce(ahead, settings));
    look(pod, ahead);
    assertThat(pod.all(SOME)).isFalse();
  }

  @Test
  void a_clock_that_jumps_ahead_lets_no_key_seal_that_another_pod_does_not_want() {
    longQuiet();
    Set<Ability> all = EnumSet.allOf(Ability.class);
    RedisAbilities pod = pod("pod", all).preferring(() -> "new");
    await(pod("other", all).preferring(() -> "old").announce(redis.lane, settings));
    look(pod);
    SteppedLane ahead = new SteppedLane(redis.lane);
    ahead.step(3_600_000);
    await(pod.announce(ahead, settings));
    assertThat(pod.all(Ability.KEYS)).isTrue();
    assertThat(pod.preferredByAll()).isEmpty();
  }

  @Test
  void what_was_known_a_while_ago_is_not_known_any_more() {
    longQuiet();
    look(pod);
    nanos += TimeUnit.SECONDS.toNanos(20);
    assertThat(pod.all(SOME)).isFalse();
    await(pod.announce(redis.lane, settings));
    assertThat(pod.all(SOME)).as("the shards were not looked at").isFalse();
    look(pod);
    assertThat(pod.all(SOME)).isTrue();
  }

  /** As in the first moments after Redis was away: a page that took no order would hold none. */
  @Test
  void what_may_have_no_lock_of_its_own_is_not_begun_while_it_is_unknown_who_lives() {
    longQuiet();
    look(pod);
    RedisLedger ledger = redis.ledger(settings, pod);
    for (Operation operation : List.of(Operation.CREATE_SESSION, Operation.TIP_ADJUST)) {
      PaymentId id = fresh();
      NewPayment payment = payment(id, operation, "ref:1", BODY);
      nanos += TimeUnit.SECONDS.toNanos(20);
      assertThatThrownBy(() -> await(ledger.begin(payment)))
          .isInstanceOfSatisfying(
              LedgerUnavailable.class, away -> assertThat(away.mayHaveRun()).isFalse());
      assertThat(await(ledger.find(id))).isEmpty();
      begun(ledger, sale(fresh(), "ref:1"));
      look(pod);
      begun(ledger, payment);
    }
  }

  @Test
  void a_ledger_that_has_lost_its_memory_does_not_know_who_lives() {
    longQuiet();
    look(pod);
    redis.run(Command.FLUSHALL);
    look(pod);
    assertThat(pod.all(SOME)).isFalse();
  }

  private RedisAbilities pod(String name, Set<Ability> abilities) {
    return new RedisAbilities(name, QUIET, () -> nanos, abilities);
  }

  private void look(RedisAbilities pod) {
    look(pod, redis.lane);
  }

  private void look(RedisAbilities pod, RedisLane lane) {
    await(pod.announce(lane, settings));
    await(pod.lookAround(redis.ledger(settings, pod)));
  }

  private static boolean stands(int shard) {
    return redis.run(Command.ZSCORE, LedgerKeys.due(shard), Canary.of(shard)) != null;
  }

  private static void longQuiet() {
    LongQuiet.in(redis.redis.port());
  }

  /** Redis' clock cannot be moved, so what it has written moves back. */
  private void passes(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      redis.run(Command.ZINCRBY, LedgerKeys.due(shard), "" + millis, Canary.of(shard));
    }
  }

  /** What it does with what is due, in its own words. */
  private static final class PodOfTheFirstVersion {
    private static final String CLAIM = """
        local payment, due, attention = unpack(KEYS)
        local member = unpack(ARGV)
        if redis.call('TYPE', payment).ok == 'none' then
          redis.call('ZREM', due, member)
          redis.call('ZREM', attention, member)
        end
        return {'GONE'}
        """;

    void goesRound(int shard) {
      List<String> due = redis.run(Command.ZRANGE, LedgerKeys.due(shard), "0", "31").stream()
          .map(Object::toString)
          .toList();
      for (String member : due) {
        LedgerKeys keys = LedgerKeys.of(PaymentId.parse(member));
        redis.run(Command.EVAL, CLAIM, "3", keys.payment(), keys.due(), keys.attention(), member);
      }
    }
  }
}
