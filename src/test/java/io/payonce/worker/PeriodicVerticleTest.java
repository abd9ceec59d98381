package io.payonce.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.HalfLane;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PeriodicVerticleTest {
  @Test
  void the_next_time_comes_when_the_last_is_over_however_it_ended(Vertx vertx) {
    List<Promise<Void>> times = new CopyOnWriteArrayList<>();
    PeriodicVerticle verticle = new PeriodicVerticle(1, () -> new HalfLane(null), lane -> () -> {
      Promise<Void> time = Promise.promise();
      times.add(time);
      return time.future();
    });
    await(vertx.deployVerticle(verticle));
    until(() -> times.size() == 1);
    await(vertx.timer(20));
    assertThat(times).as("while it works there is no other").hasSize(1);
    times.get(0).fail("away");
    until(() -> times.size() == 2);
    await(vertx.undeploy(verticle.deploymentID()));
    times.get(1).complete();
    await(vertx.timer(20));
    assertThat(times).as("and none when it has ended").hasSize(2);
  }

  private static void until(Callable<Boolean> so) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(so);
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
