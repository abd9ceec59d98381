package io.payonce.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.Overheard;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class LooksTest {
  private static final long MILLIS = 10;

  private final AtomicInteger looks = new AtomicInteger();

  private void awaitLooks(int many) {
    int until = looks.get() + many;
    await().atMost(Duration.ofMinutes(1)).until(() -> looks.get() >= until);
  }

  private static void awaitUninterruptibly(CountDownLatch held) {
    try {
      held.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void it_looks_again_and_again_and_not_on_an_event_loop(Vertx vertx) {
    AtomicInteger onLoops = new AtomicInteger();
    Looks.every(vertx, MILLIS, () -> {
      onLoops.addAndGet(Context.isOnEventLoopThread() ? 1 : 0);
      looks.incrementAndGet();
    });

    awaitLooks(3);
    assertThat(onLoops).hasValue(0);
  }

  @Test
  void what_hangs_is_not_begun_again_and_holds_up_no_other(Vertx vertx) {
    CountDownLatch held = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    Looks.every(vertx, MILLIS, () -> {
      begun.incrementAndGet();
      awaitUninterruptibly(held);
    });
    Looks.every(vertx, MILLIS, looks::incrementAndGet);
    await().atMost(Duration.ofMinutes(1)).until(() -> begun.get() == 1);

    awaitLooks(3);
    assertThat(begun).hasValue(1);
    held.countDown();
    await().atMost(Duration.ofMinutes(1)).until(() -> begun.get() > 1);
  }

  @Test
  void a_bug_ends_no_other_look_and_not_its_own(Vertx vertx) {
    try (Overheard log = Overheard.listen()) {
      Looks.every(vertx, MILLIS, () -> {
        throw new IllegalStateException("a bug");
      });
      Looks.every(vertx, MILLIS, looks::incrementAndGet);

      awaitLooks(2);
      await().atMost(Duration.ofMinutes(1)).until(() -> log.warnings().size() > 1);
      vertx.close().await();
      assertThat(log.warnings())
          .containsOnly("a look at a file failed; the next one comes all the same");
    }
  }
}
