package io.payonce.ledger.maintenance;

import static io.payonce.ledger.LedgerWords.KEEP;
import static io.payonce.ledger.LedgerWords.LEASE;
import static io.payonce.ledger.LedgerWords.await;
import static io.payonce.ledger.LedgerWords.begun;
import static io.payonce.ledger.LedgerWords.elsewhere;
import static io.payonce.ledger.LedgerWords.fresh;
import static io.payonce.ledger.LedgerWords.paid;
import static io.payonce.ledger.LedgerWords.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.Ledger;
import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.redis.EmptyRedis;
import io.payonce.ledger.redis.LedgerEpochs;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.logs.Logs;
import io.payonce.model.Abilities;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A ledger that goes back in time, under one shard's nose or under all of them. */
@Logs("no pod is left that could say whether its data is as it was")
@Logs("the ledger has gone back in time")
class LedgerEpochsTest extends EmptyRedis {
  /** One pod, with what it alone has seen. */
  private record Pod(LedgerSettings settings, Ledger ledger, Charter charter) {
    static Pod start() {
      return start(-1);
    }

    static Pod start(long lease) {
      LedgerSettings settings = LedgerSettings.of(lease, KEEP, KEEP);
      Charter charter = new Charter(
          redis.lane,
          settings,
          new Charter.Wanted(false, "payonce"),
          rest -> Future.succeededFuture());
      Pod pod = new Pod(settings, redis.ledger(settings), charter);
      await(charter.open());
      return pod;
    }

    LedgerEpochs epochs() {
      return settings.epochs();
    }

    boolean asksFirst(PaymentId id) {
      return epochs().asksFirst(Shards.of(id.merchantId()), System.currentTimeMillis());
    }

    boolean doubts(PaymentId id) {
      return await(ledger.find(id)).orElseThrow().doubtedSinceMillis() > 0;
    }
  }

  /** What the shard of a payment is now; to be put back later, as a snapshot is. */
  private static Runnable snapshot(PaymentId id) {
    int shard = Shards.of(id.merchantId());
    String[] keys = {
      LedgerKeys.of(id).payment(),
      LedgerKeys.due(shard),
      LedgerKeys.of(id).order("ref:1"),
      LedgerKeys.epoch(shard)
    };
    Response[] dumps = new Response[keys.length];
    for (int i = 0; i < keys.length; i++) {
      dumps[i] = redis.run(Command.DUMP, keys[i]);
    }
    return () -> {
      for (int i = 0; i < keys.length; i++) {
        redis.run(Command.DEL, keys[i]);
        if (dumps[i] != null) {
          LedgerWords.await(redis.lane.send(
              "any",
              io.vertx.redis.client.Request.cmd(Command.RESTORE)
                  .arg(keys[i])
                  .arg("0")
                  .arg(dumps[i].toBytes())));
        }
      }
    };
  }

  private static void soon(BooleanSupplier there) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(there::getAsBoolean);
  }

  @Test
  void a_first_start_on_an_empty_redis_trusts_it_at_once() {
    PaymentId id = fresh();
    Pod pod = Pod.start();
    assertThat(begun(pod.ledger(), sale(id, "ref:1")).confirmsFirst()).isFalse();
    assertThat(pod.doubts(id)).isFalse();
    assertThat(pod.epochs().lapses()).isZero();
  }

  @Test
  void a_lapse_that_was_seen_is_noted_though_other_moves_have_overtaken_it() {
    PaymentId id = fresh();
    Pod pod = Pod.start();
    begun(pod.ledger(), sale(id, "ref:1"));
    int shard = Shards.of(id.merchantId());
    long seen = pod.epochs().seen(shard);
    redis.run(Command.INCRBY, LedgerKeys.epoch(shard), "20");
    await(new ScriptRunner(redis.lane, pod.settings()).learn(shard, seen));
    assertThat(pod.doubts(id) && pod.asksFirst(id)).isTrue();
    long raised = pod.epochs().seen(shard);
    await(new ScriptRunner(redis.lane, pod.settings()).learn(shard, seen));
    assertThat(pod.epochs().seen(shard)).as("known, and not raised again").isEqualTo(raised);
  }

  @Test
  void a_lapse_that_redis_did_not_get_is_written_by_whoever_notices_next() {
    LedgerEpochs epochs = new LedgerEpochs();
    assertThat(epochs.heard(7, 0, 1000, false)).isFalse();
    assertThat(epochs.heard(7, 1000, 991, false)).isTrue();
    assertThat(epochs.heard(7, 1000, 992, false)).as("one is on its way").isFalse();
    epochs.unlearnt(7);
    assertThat(epochs.heard(7, 1000, 993, false)).isTrue();
    epochs.unlearnt(7);
    assertThat(epochs.heard(7, 1000, 1001, false))
        .as("also once it has caught up")
        .isTrue();
    epochs.learn(7, 2000, 5);
    assertThat(epochs.heard(7, 2000, 2001, false)).isFalse();
  }

  private static boolean isPacked(Ledger ledger, PaymentId id) {
    await(ledger.settle(begun(ledger, sale(id, id.requestId())).intent().lease(), paid("T1")));
    return redis.run(Command.EXISTS, LedgerKeys.of(id).ended()).toLong() == 1;
  }

  /** The mark that keeps pods of former versions away is lost with all the rest. */
  @Test
  void from_the_first_answer_of_a_ledger_that_has_gone_back_its_mark_is_waited_for_anew() {
    PaymentId id = fresh();
    List<LedgerSettings> pods =
        List.of(LedgerSettings.of(LEASE, KEEP, KEEP), LedgerSettings.of(LEASE, KEEP, KEEP));
    List<MarkedForms> forms = pods.stream()
        .map(pod -> new MarkedForms(Abilities.ALL, System::nanoTime, true, pod.epochs()::known))
        .toList();
    List<RedisLedger> ledgers =
        List.of(redis.ledger(pods.get(0), forms.get(0)), redis.ledger(pods.get(1), forms.get(1)));
    forms.forEach(MarkedForms::marked);
    assertThat(isPacked(ledgers.get(0), id)).isTrue();
    assertThat(isPacked(ledgers.get(1), id.other("second"))).isTrue();
    redis.run(Command.FLUSHALL);
    assertThat(isPacked(ledgers.get(0), id.other("third"))).as("who notices").isFalse();
    soon(() ->
        redis.run(Command.EXISTS, LedgerKeys.lapse(Shards.of(id.merchantId()))).toLong() == 1);
    assertThat(isPacked(ledgers.get(1), id.other("fourth"))).as("the others").isFalse();
    assertThat(redis.run(Command.EXISTS, LedgerKeys.of(id).archive()).toLong()).isZero();
    forms.forEach(MarkedForms::marked);
    assertThat(isPacked(ledgers.get(0), id.other("fifth"))).isTrue();
  }

  @Test
  void one_lost_move_is_noticed_by_the_next() {
    PaymentId id = fresh();
    Pod pod = Pod.start();
    Runnable restore = snapshot(id);
    begun(pod.ledger(), sale(id, "ref:1"));
    restore.run();
    begun(pod.ledger(), sale(id, "ref:1"));
    soon(() -> pod.asksFirst(id));
    assertThat(pod.epochs().lapses()).isEqualTo(1);
  }

  @Test
  void a_glance_reads_how_far_others_have_counted_and_notices_that_it_is_less() {
    PaymentId id = fresh();
    int shard = Shards.of(id.merchantId());
    List<Integer> all = IntStream.range(0, Shards.COUNT).boxed().toList();
    Pod idle = Pod.start();
    await(idle.ledger().glance(all)); // whoever puts a canary up learns the count besides
    begun(Pod.start().ledger(), sale(id, "ref:1"));
    Runnable restore = snapshot(id);
    PaymentId second = new PaymentId(id.merchantId(), "second");
    begun(Pod.start().ledger(), sale(second, "ref:2"));
    await(idle.ledger().glance(all));
    assertThat(idle.epochs().seen(shard)).isEqualTo(2);
    restore.run();
    await(idle.ledger().glance(all));
    soon(() -> idle.asksFirst(id));
    assertThat(idle.epochs().lapses()).isEqualTo(1);
  }

  @Test
  void a_look_that_shows_no_more_than_was_seen_is_no_lapse() {
    LedgerEpochs epochs = new LedgerEpochs();
    epochs.heard(7, 0, 1000, true);
    assertThat(epochs.heard(7, 1000, 1000, false)).isFalse();
    assertThat(epochs.heard(7, 1000, 1001, true)).isFalse();
    assertThat(epochs.heard(7, 1001, 1001, true)).isTrue();
  }

  @Test
  void a_pod_that_has_seen_more_than_redis_shows_knows_that_the_ledger_has_gone_back() {
    PaymentId id = fresh();
    Pod pod = Pod.start();
    Pod other = Pod.start();
    var lease = begun(pod.ledger(), sale(id, "ref:1")).intent().lease();
    Runnable restore = snapshot(id);
    assertThat(await(other.ledger().find(id))).isPresent();
    await(pod.ledger().settle(lease, paid("T1")));
    restore.run();
    assertThat(await(pod.ledger().find(id)).orElseThrow().isEnded()).isFalse();
    soon(() -> pod.doubts(id) && pod.asksFirst(id));
    assertThat(pod.epochs().lapses()).isEqualTo(1);
    PaymentId unknown = new PaymentId(id.merchantId(), "unknown");
    assertThat(begun(pod.ledger(), sale(unknown, "ref:2")).confirmsFirst()).isTrue();
    assertThat(pod.doubts(unknown))
        .as("it may have begun before the lapse, too")
        .isTrue();
    assertThat(pod.ledger().mayHaveForgotten(unknown)).isTrue();
    await(other.ledger().find(id));
    soon(() -> other.doubts(id) && other.asksFirst(id));
    assertThat(other.epochs().lapses()).as("another pod noticed it").isZero();
    Pod later = Pod.start();
    assertThat(later.doubts(id) && later.asksFirst(id))
        .as("and who comes later is told")
        .isTrue();
    PaymentId elsewhere = elsewhere(List.of(Shards.of(id.merchantId())));
    assertThat(begun(pod.ledger(), sale(elsewhere, "ref:1")).confirmsFirst())
        .as("one shard alone went back")
        .isFalse();
  }

  @Test
  void answers_that_overtake_each_other_are_no_lapse() {
    PaymentId id = fresh();
    Pod pod = Pod.start();
    begun(pod.ledger(), sale(id, "ref:1"));
    for (int i = 0; i < 200; i++) {
      pod.ledger().find(id);
      pod.ledger().abort(id);
    }
    await(pod.ledger().find(id));
    assertThat(pod.epochs().lapses()).isZero();
    assertThat(pod.asksFirst(id)).isFalse();
  }

  @Test
  void when_all_pods_start_cold_on_another_run_of_redis_it_counts_as_gone_back() {
    PaymentId id = fresh();
    begun(Pod.start().ledger(), sale(id, "ref:1"));
    assertThat(Pod.start().doubts(id)).as("the same Redis still runs").isFalse();
    redis.run(Command.SET, LedgerKeys.run(Shards.of(id.merchantId())), "another run");
    Pod cold = Pod.start();
    assertThat(cold.doubts(id)).isTrue();
    assertThat(cold.asksFirst(id)).isTrue();
    assertThat(cold.asksFirst(elsewhere(List.of(Shards.of(id.merchantId()))))).isFalse();
  }

  @Test
  void a_pod_that_lives_through_a_restart_of_redis_vouches_for_its_data() {
    PaymentId id = fresh();
    Pod alive = Pod.start();
    begun(alive.ledger(), sale(id, "ref:1"));
    String run = LedgerKeys.run(Shards.of(id.merchantId()));
    redis.run(Command.SET, run, "another run");
    for (int i = 0; i < 30; i++) {
      await(alive.charter().vouch());
    }
    assertThat(redis.run(Command.GET, run).toString()).isNotEqualTo("another run");
    assertThat(Pod.start().doubts(id)).isFalse();
  }
}
