package io.payonce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.Standstill;
import io.payonce.redis.RawRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances behind a plain TCP balancer are replaced one after the other by a later version of
 * the program, as a Deployment does it: no caller notices, and no payment waits for a lost lease.
 */
class RollingUpdateIT {
  private static final int SHOPPERS = 8;
  private static final int QUIET = 12;
  private static final int SOME = 25;
  private static final int PLAYS = 3;
  private static final Set<CallerAnswer> NOTICED = EnumSet.of(
      CallerAnswer.NOTHING,
      CallerAnswer.NOT_SENT,
      CallerAnswer.NOT_BY_THIS_CALL,
      CallerAnswer.REFUSED);

  @TempDir
  Path folder;

  /** A machine that stands still cuts calls off by itself: then it is played once more. */
  @Test
  void callers_do_not_notice_that_old_pods_make_room_for_new_ones() throws Exception {
    for (int play = 1; ; play++) {
      try (Standstill machine = Standstill.watch()) {
        List<PaymentLog> noticed = update(Files.createDirectory(folder.resolve("" + play)));
        if (noticed.isEmpty() || play == PLAYS || !machine.wasSeen()) {
          assertThat(noticed).isEmpty();
          return;
        }
      }
    }
  }

  /** Returns what callers noticed; that nothing is charged twice or lost is asserted. */
  private static List<PaymentLog> update(Path classes) throws Exception {
    List<Instance> started = new ArrayList<>();
    try (SharedInfrastructure infrastructure = SharedInfrastructure.withoutDisk();
        ReadyPods service = new ReadyPods();
        QuietCallers quiet = new QuietCallers(service.base())) {
      Map<String, String> patient = Map.of("PAYONCE_SERVER_DRAIN_MS", "10000");
      try {
        started.add(Instance.start(infrastructure.environment(patient)));
        started.add(Instance.start(infrastructure.environment(patient)));
        started.forEach(service::add);
        Load load = new Load(List.of(service.base()), 1, false).calm().start(SHOPPERS);
        quiet.start(QUIET);
        waitForCharges(infrastructure);
        String next = NextRelease.in(classes);
        for (Instance leaving : List.copyOf(started)) {
          started.add(Instance.start(infrastructure.environment(patient), next));
          replace(service, leaving, started.get(started.size() - 1), infrastructure);
        }
        waitForCharges(infrastructure);
        List<PaymentLog> baskets = new ArrayList<>(load.stop());
        baskets.addAll(quiet.stop());
        load.askForTheEnd(30);
        judge(infrastructure, load, baskets);
        return baskets.stream()
            .filter(basket -> basket.answered().stream().anyMatch(NOTICED::contains))
            .toList();
      } finally {
        started.forEach(Instance::close);
      }
    }
  }

  private static void replace(
      ReadyPods service, Instance old, Instance young, SharedInfrastructure infrastructure)
      throws InterruptedException {
    service.add(young);
    waitForCharges(infrastructure);
    service.remove(old);
    // What preStop is for; whoever has a connection keeps it.
    Awaitility.await().until(() -> !service.names(old));
    assertThat(old.stop()).as(old.log()).isZero();
  }

  private static void judge(
      SharedInfrastructure infrastructure, Load load, List<PaymentLog> baskets) {
    Verdict verdict = Verdict.of(
        load, baskets, infrastructure.platform().charges().all(), infrastructure::looksAfter);
    System.out.printf("ROLLING UPDATE %d calls: %s%n", load.calls(), verdict);
    assertThat(verdict.doubles()).isEmpty();
    assertThat(verdict.contradictions()).isEmpty();
    assertThat(verdict.losses()).isEmpty();
    assertThat(verdict.waiting()).isEmpty();
    Map<String, Integer> versions = new HashMap<>();
    long longest = 0;
    try (RawRedis redis = new RawRedis(infrastructure.redis().port())) {
      List<?> packed = (List<?>) redis.call("KEYS", "payonce:*:ended:*");
      packed.forEach(key -> versions.merge("1", 1, Integer::sum));
      for (Object key : (List<?>) redis.call("KEYS", "payonce:*:payment:*")) {
        List<?> record = (List<?>) redis.call("HMGET", key, "is", "st", "log");
        versions.merge(((String) record.get(0)).substring(0, 2).trim(), 1, Integer::sum);
        assertThat(record.get(1)).as("%s", record).isEqualTo("SETTLED");
        longest = Math.max(longest, lifeMillis((String) record.get(2)));
      }
    }
    System.out.printf(
        "ROLLING UPDATE the longest payment took %d ms, a lease is %d ms%n",
        longest, SharedInfrastructure.LEASE_MILLIS);
    assertThat(versions).containsOnlyKeys("1", "3");
  }

  private static long lifeMillis(String timeline) {
    List<Long> times = timeline
        .lines()
        .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
        .toList();
    return times.get(times.size() - 1) - times.get(0);
  }

  private static void waitForCharges(SharedInfrastructure infrastructure) {
    int then = infrastructure.platform().charges().all().size();
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> infrastructure.platform().charges().all().size() >= then + SOME);
  }
}
