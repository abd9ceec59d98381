package io.payonce.redis;

import static io.payonce.redis.Lanes.failure;
import static io.payonce.redis.Lanes.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.RedisSettings.Mode;
import io.payonce.redis.failure.RedisAnswers;
import io.payonce.redis.failure.RedisFailure;
import io.payonce.redis.failure.RedisFailure.Reason;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What Redis itself does with a script that it does not like: what {@link RedisAnswers} rests on.
 */
@ExtendWith(VertxExtension.class)
class FirstWriteTest {
  private static final LuaScript WRITES_TWICE = LuaScript.of(
      "twice",
      "redis.call('GET', KEYS[1]) redis.call('SET', KEYS[1], ARGV[1])"
          + " return redis.call('ZADD', KEYS[2], 1, ARGV[1])");

  /** As scripts that make room first do: what is not refused for want of memory comes first. */
  private static final LuaScript MAKES_ROOM =
      LuaScript.of("room", "redis.call('DEL', KEYS[2]) return redis.call('SET', KEYS[1], ARGV[1])");

  private static EmbeddedRedis redis;
  private static RedisLane lane;

  @BeforeAll
  static void start(Vertx vertx) {
    redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
    lane = Lanes.standalone(vertx, redis);
  }

  @AfterAll
  static void stop() {
    result(lane.close());
    redis.close();
  }

  @AfterEach
  void mend() {
    RawRedis.ask(redis.port(), "CONFIG", "SET", "maxmemory", "0");
    RawRedis.ask(redis.port(), "CONFIG", "SET", "min-replicas-to-write", "0");
    RawRedis.ask(redis.port(), "REPLICAOF", "NO", "ONE");
    RawRedis.ask(redis.port(), "FLUSHALL");
    // A lane leaves a node that has become a replica, and comes back.
    Lanes.waiting().until(() -> lane.connected() && Lanes.works(lane, "{k}1"));
  }

  @Test
  void full_memory_stops_a_script_before_its_first_write() {
    RawRedis.ask(redis.port(), "CONFIG", "SET", "maxmemory", "100kb");
    assertThatNothingRan("OOM");
  }

  @Test
  void full_memory_stops_no_script_that_has_written() {
    RawRedis.ask(redis.port(), "CONFIG", "SET", "maxmemory", "100kb");
    result(lane.eval(MAKES_ROOM, List.of("{k}1", "{k}2"), List.of("x")));
    assertThat(RawRedis.ask(redis.port(), "GET", "{k}1")).isEqualTo("x");
  }

  @Test
  void missing_replicas_stop_a_script_before_its_first_write() {
    RawRedis.ask(redis.port(), "CONFIG", "SET", "min-replicas-to-write", "1");
    assertThatNothingRan("NOREPLICAS");
  }

  @Test
  void a_replica_stops_a_script_before_its_first_write() {
    RawRedis.ask(redis.port(), "REPLICAOF", "127.0.0.1", "1");
    assertThatNothingRan("READONLY");
  }

  /** An ACL is asked about each command, so what came before stays done. */
  @Test
  void a_missing_right_stops_a_script_half_way(Vertx vertx) {
    RawRedis.ask(redis.port(), "ACL", "SETUSER", "few", "on", ">pw", "~*", "+@all", "-zadd");
    RedisLane few = Lanes.connected(
        vertx,
        Lanes.settings(Mode.STANDALONE, List.of("redis://few:pw@127.0.0.1:" + redis.port())));
    RedisFailure failure = failure(few.eval(WRITES_TWICE, List.of("{k}1", "{k}2"), List.of("x")));
    assertThat(failure.word()).isEqualTo("NOPERM");
    assertThat(failure.reason()).isEqualTo(Reason.ERROR);
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(RawRedis.ask(redis.port(), "GET", "{k}1")).isEqualTo("x");
    result(few.close());
  }

  private static void assertThatNothingRan(String word) {
    RedisFailure failure = failure(lane.eval(WRITES_TWICE, List.of("{k}1", "{k}2"), List.of("x")));
    assertThat(failure.word()).isEqualTo(word);
    assertThat(failure.mayHaveRun()).isFalse();
    assertThat(RawRedis.ask(redis.port(), "GET", "{k}1")).isNull();
  }
}
