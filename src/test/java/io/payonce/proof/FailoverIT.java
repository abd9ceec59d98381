package io.payonce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.logs.Logs;
import io.payonce.redis.RawRedis;
import io.payonce.redis.RedisCluster;
import io.payonce.redis.RedisSentinels;
import io.payonce.redis.Signals;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Redis with replicas loses its primary, and sometimes what the primary knew. */
@Logs(value = "REPLICA", maybe = true)
class FailoverIT {
  private static final Duration WHOLE = Duration.ofSeconds(20);
  private static final int ORDERS = 12;
  private static final int MEASURED = 300;

  @Test
  void payments_go_on_after_a_sentinel_failover() throws Exception {
    try (RedisSentinels redis = RedisSentinels.start();
        Pods pods = new Pods().add(sentinels(redis, 1)).add(sentinels(redis, 1))) {
      Load load = new Load(pods.bases(), 1, true).start(8);
      waitForCharges(pods, 20);
      failOver(redis);
      int then = pods.platform().charges().all().size();
      waitForCharges(pods, then + 20);
      assertSound("sentinel failover", load, pods);
    }
  }

  @Test
  void payments_go_on_when_a_cluster_loses_a_primary() throws Exception {
    try (RedisCluster redis = RedisCluster.start();
        Pods pods = new Pods().add(cluster(redis)).add(cluster(redis))) {
      Load load = new Load(pods.bases(), 2, true).start(12);
      waitForCharges(pods, 30);
      redis.node(1).kill();
      Thread.sleep(6000);
      waitForCharges(pods, pods.platform().charges().all().size() + 30);
      assertSound("cluster that lost a primary", load, pods);
    }
  }

  /**
   * The replica lags, the primary dies, and the replica becomes primary: the last writes are lost.
   */
  @Test
  void with_replicas_demanded_a_stale_replica_costs_no_truth() {
    try (RedisSentinels redis = RedisSentinels.start();
        Pods pods = new Pods().add(sentinels(redis, 1))) {
      pods.platform().settings("refusePaidOrder", false);
      assertThat(pay(pods, "before", "a")).isEqualTo(CallerAnswer.PAID);
      Signals.freeze(redis.replica().pid());
      List<CallerAnswer> stale = all(pods, "a");
      assertThat(stale).containsOnly(CallerAnswer.PENDING);
      assertThat(charges(pods))
          .as("nothing is sent that a failover could forget")
          .isEqualTo(1);
      failOver(redis);
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> pay(pods, "afterwards", "a") == CallerAnswer.PAID);
      // An intent that no replica had counts as a send that may have left: where all three of a
      // payment are such, its callers get P until the last one's window is over.
      // Until each event loop has found the new primary some are answered that nothing was sent,
      // truly.
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .untilAsserted(
              () -> assertThat(all(pods, "a")).isSubsetOf(CallerAnswer.PAID, CallerAnswer.PENDING));
      assertThat(all(pods, "b"))
          .as("neither lets another id pass")
          .containsOnly(CallerAnswer.NOT_SENT);
      for (int order = 0; order < ORDERS; order++) {
        assertThat(pods.platform().charges().of(CallerAnswer.MERCHANT + "7", "order" + order))
            .hasSizeLessThan(2);
      }
    }
  }

  /** What {@code redis.minReplicas} is for: here only the platform's own memory would help. */
  @Test
  void without_replicas_demanded_a_stale_replica_forgets_who_has_paid() {
    try (RedisSentinels redis = RedisSentinels.start();
        Pods pods = new Pods().add(sentinels(redis, 0))) {
      assertThat(pay(pods, "before", "a")).isEqualTo(CallerAnswer.PAID);
      Signals.freeze(redis.replica().pid());
      assertThat(all(pods, "a")).containsOnly(CallerAnswer.PAID);
      failOver(redis);
      eventually(pods, "a");
      assertThat(charges(pods))
          .as("the same id is safe: the platform knows it")
          .isEqualTo(1 + ORDERS);
      assertThat(all(pods, "b"))
          .as("here by the ledger, which knows again")
          .containsOnly(CallerAnswer.NOT_SENT);
    }
  }

  @Test
  void what_waiting_for_a_replica_costs() {
    try (RedisSentinels redis = RedisSentinels.start();
        Pods without = new Pods().add(sentinels(redis, 0));
        Pods with = new Pods().add(sentinels(redis, 1))) {
      measure(without, "warm-a");
      measure(with, "warm-b");
      long[] fast = measure(without, "without");
      long[] safe = measure(with, "replica");
      System.out.printf(
          "WAIT one payment at a time, micros p50/p99: minReplicas=0 %d/%d, minReplicas=1 %d/%d%n",
          fast[MEASURED / 2],
          fast[MEASURED * 99 / 100],
          safe[MEASURED / 2],
          safe[MEASURED * 99 / 100]);
    }
  }

  private static long[] measure(Pods pods, String prefix) {
    long[] micros = new long[MEASURED];
    for (int i = 0; i < MEASURED; i++) {
      long since = System.nanoTime();
      assertThat(pay(pods, prefix + i, "a")).isEqualTo(CallerAnswer.PAID);
      micros[i] = (System.nanoTime() - since) / 1000;
    }
    Arrays.sort(micros);
    return micros;
  }

  private static void failOver(RedisSentinels redis) {
    redis.primary().kill();
    Signals.thaw(redis.replica().pid());
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> IntStream.range(0, 3).allMatch(sentinel -> isSwitched(redis, sentinel)));
    // The old primary comes back as a replica, so that minReplicas can be kept again.
    redis.primary().restart();
    RawRedis.ask(
        redis.primary().port(), "REPLICAOF", "127.0.0.1", redis.replica().port());
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> RawRedis.text(RawRedis.ask(redis.replica().port(), "INFO", "replication"))
            .contains("state=online"));
  }

  /** Before every sentinel knows, an old primary that comes back is taken for the present one. */
  private static boolean isSwitched(RedisSentinels redis, int sentinel) {
    return RawRedis.text(RawRedis.ask(
            redis.sentinel(sentinel).port(), "SENTINEL", "GET-MASTER-ADDR-BY-NAME", "mymaster"))
        .contains("" + redis.replica().port());
  }

  private static void eventually(Pods pods, String id) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> all(pods, id).stream().allMatch(answered -> answered == CallerAnswer.PAID));
  }

  private static List<CallerAnswer> all(Pods pods, String id) {
    return IntStream.range(0, ORDERS)
        .parallel()
        .mapToObj(order -> pay(pods, "order" + order, id))
        .toList();
  }

  private static CallerAnswer pay(Pods pods, String order, String id) {
    JsonObject sale = CallerAnswer.sale(CallerAnswer.MERCHANT + "7", order, order + "-" + id, null);
    return CallerAnswer.pay(pods.bases().get(0), sale, WHOLE);
  }

  private static int charges(Pods pods) {
    return pods.platform().charges().all().size();
  }

  private static void waitForCharges(Pods pods, int charges) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> pods.platform().charges().all().size() >= charges);
  }

  private static void assertSound(String what, Load load, Pods pods) throws InterruptedException {
    var baskets = load.stop();
    load.askForTheEnd(90);
    Verdict verdict = Verdict.of(load, baskets, pods.platform().charges().all(), basket -> false);
    System.out.println("FAILOVER " + what + ": " + verdict);
    assertThat(verdict.doubles()).isEmpty();
    assertThat(verdict.losses()).isEmpty();
    assertThat(verdict.contradictions()).isEmpty();
  }

  private static Map<String, String> sentinels(RedisSentinels redis, int replicas) {
    return Map.of(
        "redis.mode",
        "sentinel",
        "redis.uris",
        String.join(",", redis.uris()),
        "redis.minReplicas",
        "" + replicas);
  }

  private static Map<String, String> cluster(RedisCluster redis) {
    return Map.of(
        "redis.mode", "cluster",
        "redis.uris", String.join(",", redis.uris()),
        "redis.minReplicas", "0");
  }
}
