package io.payonce.redis;

import static io.payonce.redis.Lanes.SET;
import static io.payonce.redis.Lanes.failure;
import static io.payonce.redis.Lanes.result;
import static io.payonce.redis.Lanes.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.failure.RedisFailure;
import io.payonce.redis.failure.RedisFailure.Reason;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ReplicaIT {

  @Test
  void a_replicated_script_answers_when_the_replica_has_it_and_fails_when_it_hangs(Vertx vertx) {
    try (EmbeddedRedis primary = EmbeddedRedis.start(EmbeddedRedis.Options.defaults()
            .withArguments("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
        EmbeddedRedis replica = EmbeddedRedis.start(EmbeddedRedis.Options.defaults()
            .withArguments("--replicaof", "127.0.0.1", String.valueOf(primary.port())))) {
      waiting()
          .until(() -> RawRedis.text(RawRedis.ask(primary.port(), "INFO", "replication"))
              .contains("state=online"));
      RedisLane lane = Lanes.standalone(vertx, primary);
      for (Future<Response> each :
          IntStream.range(0, 200).mapToObj(i -> write(lane, "k" + i)).toList()) {
        assertThat(result(each).toString()).isEqualTo("OK");
      }
      // Not a matter of luck: it was there before we were answered.
      result(write(lane, "last"));
      assertThat(RawRedis.ask(replica.port(), "GET", "last")).isEqualTo("x");

      Signals.freeze(replica.pid());
      RedisFailure failure = failure(write(lane, "alone", Duration.ofMillis(100)));
      assertThat(failure.reason()).isEqualTo(Reason.NOT_REPLICATED);
      assertThat(failure.mayHaveRun()).isTrue();
      assertThat(result(lane.eval(SET, List.of("plain"), List.of("x"))).toString())
          .isEqualTo("OK");

      Signals.thaw(replica.pid());
      waiting().until(() -> succeeds(lane));
      result(lane.close());
    }
  }

  private static boolean succeeds(RedisLane lane) {
    try {
      result(write(lane, "again"));
      return true;
    } catch (RedisFailure failure) {
      return false;
    }
  }

  /** With patience: that the replica is there is the point, not how soon. */
  private static Future<Response> write(RedisLane lane, String key) {
    return write(lane, key, Duration.ofSeconds(10));
  }

  private static Future<Response> write(RedisLane lane, String key, Duration wait) {
    return lane.evalReplicated(SET, List.of(key), List.of("x"), 1, wait);
  }
}
