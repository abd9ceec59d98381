package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.redis.RawRedis;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** All pods have stopped, and Redis comes back with an older snapshot. */
class LapseIT {
  @Test
  void what_was_refused_is_not_sent_again_by_a_ledger_that_has_forgotten_it() {
    Map<String, String> brisk = Map.of(
        "recovery.leaseMs",
        "12000",
        "upstream.requestTimeoutMs",
        "8000",
        "upstream.connectTimeoutMs",
        "1000");
    try (TestPod testPod = new TestPod(brisk, 0, EmbeddedRedis.Options.defaults())) {
      JsonObject sale = Caller.sale("o-lapse", "p-lapse", "slow 5s C03 before charge, ok");
      try (PayonceProcess before = PayonceProcess.start(testPod)) {
        CompletableFuture<Got> answered = testPod.sent(before.caller(), sale);
        RawRedis.ask(testPod.redis().port(), "SAVE");
        assertThat(answered.join().code()).isEqualTo("C03");
        assertThat(before.log()).doesNotContain("started anew");
      }
      testPod.redis().kill();
      testPod.redis().restart();
      try (PayonceProcess after = PayonceProcess.start(testPod)) {
        Caller caller = after.caller();
        TestPod.until(() -> after.log().contains("Redis has been started anew"));
        TestPod.until(() -> "P".equals(caller.query("p-lapse").outcome()));
        TestPod.until(() -> timesAsked(after) >= 2); // at the first, it would have been sent again
        assertThat(testPod.platform().sends().sent("p-lapse")).hasSize(1);
        assertThat(testPod.platform().charges().of(Caller.MERCHANT, "o-lapse")).isEmpty();
        Got fresh = testPod.patiently(() -> caller.pay(Caller.sale("order-new", "p-new")));
        assertThat(fresh.isPaid()).as(fresh.body() + after.log()).isTrue();
      }
    }
  }

  /**
   * How often a worker has asked the platform about it, and got the answer that it knows nothing.
   */
  private static int timesAsked(PayonceProcess pod) {
    Caller admin = new Caller(pod.operations(), null);
    String path = "/admin/payments/" + Caller.MERCHANT + "/p-lapse";
    String timeline = admin.send(admin.request(path).GET().build()).join().body();
    return timeline.split("not found yet", -1).length - 1;
  }
}
