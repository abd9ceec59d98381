package io.payonce.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD)
class RestingCleanerTest {
  private static final int PERIOD_MILLIS = 7;

  private final AtomicInteger looks = new AtomicInteger();
  private Vertx vertx;
  private RestingCleaner cleaner;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    cleaner = new RestingCleaner(vertx, PERIOD_MILLIS);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** As a pool's cleaner does at each look. */
  private long arm() {
    return cleaner.setTimer(PERIOD_MILLIS, timer -> looks.incrementAndGet());
  }

  private void awaitLooks(int many) {
    await().atMost(Duration.ofMinutes(1)).until(() -> looks.get() == many);
  }

  @Test
  void without_a_connection_nothing_is_armed() {
    assertThat(vertx.cancelTimer(arm())).isFalse();
  }

  @Test
  void the_first_connection_wakes_it_and_it_goes_on_while_one_is_open() {
    EmbeddedChannel first = new EmbeddedChannel();
    EmbeddedChannel second = new EmbeddedChannel();
    arm();
    cleaner.opened(first);
    cleaner.opened(second);
    awaitLooks(1);

    first.close();
    arm();
    awaitLooks(2);
  }

  @Test
  void it_rests_after_the_last_and_wakes_for_the_next() {
    EmbeddedChannel last = new EmbeddedChannel();
    arm();
    cleaner.opened(last);
    awaitLooks(1);

    last.close();
    assertThat(vertx.cancelTimer(arm())).isFalse();
    cleaner.opened(new EmbeddedChannel());
    awaitLooks(2);
  }

  @Test
  void one_connection_has_one_cleaner() {
    arm();
    cleaner.opened(new EmbeddedChannel());
    cleaner.opened(new EmbeddedChannel());

    AtomicInteger later = new AtomicInteger();
    vertx.setTimer(3 * PERIOD_MILLIS, timer -> later.incrementAndGet());
    await().atMost(Duration.ofMinutes(1)).until(() -> later.get() == 1);
    assertThat(looks).hasValue(1);
  }

  @Test
  void what_others_wait_for_comes() {
    cleaner.setTimer(PERIOD_MILLIS + 1, timer -> looks.incrementAndGet());

    awaitLooks(1);
  }
}
