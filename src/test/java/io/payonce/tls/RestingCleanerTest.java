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
    cleaner = resting(600_000);
  }

  private RestingCleaner resting(long millis) {
    return new RestingCleaner(vertx, PERIOD_MILLIS, millis);
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
  void without_a_connection_it_rests() {
    arm();
    awaitLater(3 * PERIOD_MILLIS);
    assertThat(looks).hasValue(0);
  }

  @Test
  void a_rest_ends_by_itself() {
    cleaner = resting(3 * PERIOD_MILLIS);
    arm();
    awaitLooks(1);
  }

  @Test
  void a_rest_that_a_connection_has_ended_ends_once() {
    cleaner = resting(5 * PERIOD_MILLIS);
    arm();
    cleaner.opened(new EmbeddedChannel());
    awaitLooks(1);
    awaitLater(20 * PERIOD_MILLIS);
    assertThat(looks).hasValue(1);
  }

  private void awaitLater(long millis) {
    AtomicInteger later = new AtomicInteger();
    vertx.setTimer(millis, timer -> later.incrementAndGet());
    await().atMost(Duration.ofMinutes(1)).until(() -> later.get() == 1);
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
    arm();
    awaitLater(3 * PERIOD_MILLIS);
    assertThat(looks).hasValue(1);
    cleaner.opened(new EmbeddedChannel());
    awaitLooks(2);
  }

  @Test
  void one_connection_has_one_cleaner() {
    arm();
    cleaner.opened(new EmbeddedChannel());
    cleaner.opened(new EmbeddedChannel());

    awaitLooks(1);
    awaitLater(3 * PERIOD_MILLIS);
    assertThat(looks).hasValue(1);
  }

  @Test
  void what_others_wait_for_comes() {
    cleaner.setTimer(PERIOD_MILLIS + 1, timer -> looks.incrementAndGet());

    awaitLooks(1);
  }
}
