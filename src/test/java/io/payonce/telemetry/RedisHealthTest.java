package io.payonce.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.maintenance.RedisDurability.Worry;
import io.payonce.ledger.maintenance.ServerSurvey;
import io.payonce.logs.Logs;
import io.payonce.redis.HalfLane;
import io.payonce.redis.RawRedis;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.payonce.redis.failure.RedisBulletin;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Logs(value = "Redis", maybe = true)
@ExtendWith(VertxExtension.class)
class RedisHealthTest {
  private static EmbeddedRedis redis;
  private static RedisLane whole;

  private final AtomicLong nanos = new AtomicLong(System.nanoTime() - TimeUnit.MINUTES.toNanos(1));
  private final RedisBulletin bulletin = new RedisBulletin(word -> {}, nanos::get);
  private final RedisHealth health = new RedisHealth(bulletin, 0, false, false);
  private final HalfLane half = new HalfLane(whole);
  private final ServerSurvey survey = new ServerSurvey(half);

  @BeforeAll
  static void start(Vertx vertx) {
    redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
    whole = RedisLane.open(vertx, RedisSettings.standalone(redis.uri()));
    until(whole::connected);
  }

  @AfterAll
  static void stop() {
    await(whole.close());
    redis.close();
  }

  @AfterEach
  void mend() {
    RawRedis.ask(redis.port(), "CONFIG", "SET", "min-replicas-to-write", "0");
  }

  @Test
  void a_pod_starts_while_a_part_is_unavailable() {
    half.secondAway(true);
    assertThat(health.admit(survey).toCompletionStage().toCompletableFuture())
        .succeedsWithin(Duration.ofMinutes(1));
  }

  @Test
  void what_the_reached_part_objects_to_keeps_a_pod_from_starting() {
    half.secondAway(true);
    refuseWrites();
    assertThat(health.admit(survey).toCompletionStage().toCompletableFuture())
        .failsWithin(Duration.ofMinutes(1));
    assertThat(bulletin.lines())
        .singleElement()
        .satisfies(line -> assertThat(line.part()).isEqualTo(HalfLane.FIRST));
  }

  @Test
  void a_word_that_has_gone_is_over_although_a_part_is_unavailable() {
    bulletin.tried(HalfLane.FIRST, "OOM", "full");
    half.secondAway(true);
    check();
    assertThat(bulletin.lines()).isEmpty();
  }

  /** A new connection is all that shows of a server that came back between two looks. */
  @Test
  void each_new_connection_counts() {
    String before = whole.parts().toString();
    RawRedis.ask(redis.port(), "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    until(() -> whole.connected() && !whole.parts().toString().equals(before));
  }

  /** It could not be asked whether it would say the same. */
  @Test
  void a_word_of_the_part_that_is_unavailable_is_not_over() {
    bulletin.tried(HalfLane.SECOND, "OOM", "full");
    half.secondAway(true);
    check();
    assertThat(bulletin.word()).isEqualTo("OOM");
    half.secondAway(false);
    check();
    assertThat(bulletin.word()).isEmpty();
  }

  @Test
  @Logs("FEW_REPLICAS")
  void what_pages_is_an_error_of_the_log() {
    RedisHealth alone = new RedisHealth(bulletin, 1, false, false);
    await(alone.check(alone.survey(whole), false));
    assertThat(alone.count(Worry.FEW_REPLICAS)).isEqualTo(1);
  }

  /** Not every failure has a message, and the next try must come all the same. */
  @Test
  void why_a_pod_stays_is_logged_once_whatever_it_is() {
    assertThat(health.stays(new IllegalStateException())).isTrue();
    assertThat(health.stays(new IllegalStateException())).isFalse();
    assertThat(health.closed()).contains("IllegalState");
    assertThat(health.stays(new IllegalStateException("another"))).isTrue();
    assertThat(health.closed()).isEqualTo("another");
  }

  private void check() {
    await(health.check(survey, true));
  }

  private static void refuseWrites() {
    RawRedis.ask(redis.port(), "CONFIG", "SET", "min-replicas-to-write", "1");
  }

  private static void until(Callable<Boolean> so) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(so);
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
