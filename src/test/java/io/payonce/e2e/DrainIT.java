package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.server.Pod;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A pod that was told to stop. */
class DrainIT {
  @Test
  void a_pod_that_drains_turns_new_calls_away_and_finishes_those_inside() {
    try (House house = new House(Map.of(
        "server.drainMs", "12000",
        "upstream.requestTimeoutMs", "8000",
        "recovery.leaseMs", "10000"))) {
      Pod pod = house.pod();
      Caller caller = new Caller("http://127.0.0.1:" + pod.port(), House.KEY);
      CompletableFuture<Got> inside = caller.postAsync(
          Caller.SALE, Caller.sale("order-in", "drain-in", "slow 5s").encode());
      House.until(() -> !house.platform().copies().sent("drain-in").isEmpty());
      Future<Void> gone = pod.drain();
      House.until(() -> caller.query("drain-none").status() == 503);
      assertThat(inside.isDone()).isFalse();
      assertThat(inside.join().isPaid()).isTrue();
      House.await(gone);
    }
  }
}
