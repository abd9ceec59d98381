package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.wiring.Pod;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A pod that is stopped. */
class DrainIT {
  private static final Map<String, String> PATIENT = Map.of("server.drainMs", "20000");

  @Test
  void a_pod_that_drains_turns_new_calls_away_and_finishes_those_inside() {
    try (TestPod testPod = new TestPod(PATIENT)) {
      Pod pod = testPod.pod();
      Caller caller = testPod.caller();
      CompletableFuture<Got> inside = paySlowly(testPod, "drain-in", "slow 5s");
      Future<Void> gone = pod.drain();
      TestPod.until(() -> caller.query("drain-none").status() == 503);
      assertThat(inside.isDone()).isFalse();
      assertThat(inside.join().isPaid()).isTrue();
      TestPod.await(gone);
    }
  }

  @Test
  void who_still_waits_at_the_end_of_a_drain_is_told_how_things_stand() {
    try (TestPod testPod = new TestPod(Map.of("server.drainMs", "3000"))) {
      CompletableFuture<Got> waiting =
          paySlowly(testPod, "drain-wait", "E02 after charge and pending 60s");
      TestPod.until(() -> !testPod.platform().sends().queries("drain-wait").isEmpty());
      TestPod.await(testPod.pod().drain());
      assertThat(waiting.join().outcome()).isEqualTo("P");
    }
  }

  @Test
  void a_send_on_its_way_is_waited_for_also_when_its_caller_has_gone() {
    try (TestPod testPod = new TestPod(PATIENT, 2)) {
      CompletableFuture<Got> answered =
          paySlowly(testPod, "drain-async", "slow 4s decline 051", "Prefer", "respond-async");
      assertThat(answered.join().outcome()).isEqualTo("P");
      TestPod.await(testPod.pod().drain());
      Got repeated = testPod
          .caller(1)
          .pay(sale("drain-async", "slow 4s decline 051"), "Prefer", "respond-async");
      assertThat(repeated.outcome()).isEqualTo("F");
      assertThat(repeated.header("Payonce-Replayed")).isEqualTo("true");
      assertThat(testPod.platform().sends().sent("drain-async")).hasSize(1);
    }
  }

  @Test
  void a_process_that_is_stopped_while_it_starts_ends_cleanly() {
    try (TestPod testPod = new TestPod();
        PayonceProcess pod =
            PayonceProcess.start(testPod, Map.of("PAYONCE_REDIS_URIS", "redis://127.0.0.1:1"))) {
      TestPod.until(() -> pod.log().contains("cannot connect"));
      pod.stop();
      assertThat(pod.exitCode()).as(pod.log()).isZero();
      assertThat(pod.log()).doesNotContain("Payonce serves");
    }
  }

  @Test
  void a_process_that_cannot_start_says_so_with_its_exit_code() {
    try (TestPod testPod = new TestPod();
        PayonceProcess pod = PayonceProcess.start(
            testPod,
            Map.of("PAYONCE_SERVER_PORT", Integer.toString(testPod.pod().port())))) {
      assertThat(pod.exitCode()).as(pod.log()).isEqualTo(1);
      assertThat(pod.log()).contains("cannot start: ");
    }
  }

  private static CompletableFuture<Got> paySlowly(
      TestPod testPod, String id, String directive, String... headers) {
    CompletableFuture<Got> inside =
        testPod.caller().postAsync(Caller.SALE, sale(id, directive).encode(), headers);
    TestPod.until(() -> !testPod.platform().sends().sent(id).isEmpty());
    return inside;
  }

  private static JsonObject sale(String id, String directive) {
    return Caller.sale("order-" + id, id, directive);
  }
}
