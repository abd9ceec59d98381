package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.logs.Logs;
import io.payonce.redis.Signals;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Without the ledger nothing is sent, and "nothing was sent" is said only where it is certain. */
@Logs(value = "the ledger has gone back in time", maybe = true)
class RedisUnavailableIT {
  private TestPod testPod;

  @BeforeEach
  void open() {
    testPod = new TestPod(Map.of("server.waitBudgetMs", "4000"));
    Got first = Scenario.of(testPod, null).pay();
    assertThat(first.isPaid()).as(first.headers() + first.body()).isTrue();
  }

  @AfterEach
  void close() {
    testPod.close();
  }

  @Test
  void a_dead_redis_lets_nothing_through_and_says_so_at_once() {
    Scenario scene = Scenario.of(testPod, null);
    Scenario former = Scenario.of(testPod, null);
    assertThat(former.pay().isPaid()).isTrue();
    JsonObject incomplete = former.body().copy();
    incomplete.remove("terminalSn");
    int sends = testPod.platform().sends().all().size();
    testPod.redis().kill();
    // Until every event loop has noticed, a begin may be on its way, and the answer is rightly P.
    TestPod.until(
        () -> isRefused(scene) && isRefused(scene) && isRefused(scene) && isRefused(scene));
    for (int i = 0; i < 3; i++) {
      Got got = scene.pay();
      Scenario.refuses(got, "E01", "proxy", "not-by-this-call", 0);
      assertThat(got.header("Retry-After")).isNotNull();
      Scenario.refuses(former.pay(), "E01", "proxy", "not-by-this-call", 0);
      Scenario.refuses(testPod.caller().pay(incomplete), "C01", "proxy", "not-by-this-call", 0);
      Scenario.refuses(scene.query(), "E01", "proxy", "unknown", 0);
    }
    assertThat(testPod.platform().sends().all()).hasSize(sends);
    testPod.redis().restart();
    TestPod.until(() -> scene.pay().isPaid());
    scene.charged(1).sentUnchanged(1);
  }

  private static boolean isRefused(Scenario scene) {
    return scene.pay().code().equals("E01");
  }

  @Test
  void a_redis_that_dies_while_a_payment_is_on_its_way_makes_no_answer_wrong() {
    Scenario paid = Scenario.of(testPod, "slow 2s");
    Scenario doubtful = Scenario.of(testPod, "slow 2s E02 after charge");
    Scenario declined = Scenario.of(testPod, "slow 2s decline 051");
    var first = paying(paid);
    var second = paying(doubtful);
    var third = paying(declined);
    TestPod.until(() -> !paid.sends().isEmpty()
        && !doubtful.sends().isEmpty()
        && !declined.sends().isEmpty());
    testPod.redis().kill();
    assertThat(first.join().isPaid()).as("paid is told at once").isTrue();
    assertThat(second.join().code() + second.join().outcome()).isEqualTo("0P");
    assertThat(second.join().header("Payonce-Sent")).isNotEqualTo("no");
    assertThat(third.join().code() + third.join().outcome()).isEqualTo("0P");
    assertThat(third.join().header("Payonce-Sent")).isNotEqualTo("no");
    paid.charged(1).sentUnchanged(1);
    doubtful.charged(1).sentUnchanged(1);
    declined.charged(0).sentUnchanged(1);
  }

  @Test
  void a_frozen_redis_is_never_answered_as_nothing_sent_unless_that_is_proven() {
    Scenario scene = Scenario.of(testPod, null);
    Signals.freeze(testPod.redis().pid());
    CompletableFuture<Got> paying;
    Got answered;
    try {
      paying = paying(scene);
      answered = paying.join();
    } finally {
      Signals.thaw(testPod.redis().pid());
    }
    assertThat(scene.charged(0).sends()).isEmpty();
    assertThat(answered.code() + answered.outcome() + answered.header("Payonce-Sent"))
        .isEqualTo("0Punknown");
    TestPod.until(() -> scene.pay().isPaid());
    scene.charged(1).sentUnchanged(1);
  }

  @Test
  void a_short_freeze_is_only_a_pause() throws Exception {
    Frost.untilShort(() -> {
      Scenario scene = Scenario.of(testPod, null);
      List<CompletableFuture<Got>> paying = new ArrayList<>();
      boolean isShort = Frost.during(testPod, () -> {
        paying.add(paying(scene));
        paying.add(paying(scene));
        assertThat(paying.get(1)).isNotDone();
        rest(300);
      });
      Got got = paying.get(0).join();
      if (isShort) {
        assertThat(got.isPaid()).as(got.body()).isTrue();
        scene.charged(1).sentUnchanged(1);
      }
      return isShort;
    });
  }

  /** A freeze has to last a while: there is nothing to wait for. */
  private static void rest(long millis) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
        .join();
  }

  private CompletableFuture<Got> paying(Scenario scene) {
    return testPod.caller().postAsync(Caller.SALE, scene.body().encode());
  }
}
