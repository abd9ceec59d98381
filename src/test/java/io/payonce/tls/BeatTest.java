package io.payonce.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BeatTest {
  private static final long MILLIS = 20;

  private final List<Long> ranAt = new CopyOnWriteArrayList<>();
  private final List<Context> ranOn = new CopyOnWriteArrayList<>();

  @Test
  void who_arms_again_at_once_works_at_most_once_a_beat(Vertx vertx) {
    Context loop = vertx.getOrCreateContext();
    long since = System.nanoTime();
    loop.runOnContext(go -> again(loop));
    await().atMost(Duration.ofMinutes(1)).until(() -> ranAt.size() >= 20);
    // However late each of them was: no two were of one beat.
    assertThat(ranAt.get(19) - since)
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(19 * MILLIS));
    assertThat(ranOn).containsOnly(loop);
  }

  private void again(Context loop) {
    Beat.next(loop, MILLIS, () -> {
      ranAt.add(System.nanoTime());
      ranOn.add(Vertx.currentContext());
      again(loop);
    });
  }

  @Test
  void what_is_cancelled_before_its_beat_is_not_done(Vertx vertx) {
    Context loop = vertx.getOrCreateContext();
    Promise<Boolean> cancelled = Promise.promise();
    Promise<Void> later = Promise.promise();
    loop.runOnContext(go -> {
      cancelled.complete(Beat.next(loop, MILLIS, () -> ranOn.add(loop)).cancel(false));
      Beat.next(loop, 2 * MILLIS, later::complete);
    });
    assertThat(cancelled.future().await()).isTrue();
    later.future().await();
    assertThat(ranOn).isEmpty();
  }
}
