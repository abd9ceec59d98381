package io.payonce.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.HalfLane;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TickVerticleTest {
  private static final Vertx VERTX = Vertx.vertx();

  @AfterAll
  static void stop() {
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void the_next_time_comes_when_the_last_is_over_however_it_ended() {
    List<Promise<Void>> times = new CopyOnWriteArrayList<>();
    TickVerticle verticle = new TickVerticle(1, () -> new HalfLane(null), lane -> () -> {
      Promise<Void> time = Promise.promise();
      times.add(time);
      return time.future();
    });
    await(VERTX.deployVerticle(verticle));
    until(() -> times.size() == 1);
    await(VERTX.timer(20));
    assertThat(times).as("while it works there is no other").hasSize(1);
    times.get(0).fail("away");
    until(() -> times.size() == 2);
    await(VERTX.undeploy(verticle.deploymentID()));
    times.get(1).complete();
    await(VERTX.timer(20));
    assertThat(times).as("and none when it has ended").hasSize(2);
  }

  private static void until(Callable<Boolean> so) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(so);
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
