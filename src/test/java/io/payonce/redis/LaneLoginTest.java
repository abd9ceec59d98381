package io.payonce.redis;

import static io.payonce.redis.Lanes.SET;
import static io.payonce.redis.Lanes.failure;
import static io.payonce.redis.Lanes.get;
import static io.payonce.redis.Lanes.result;
import static io.payonce.redis.Lanes.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.RedisSettings.Mode;
import io.payonce.redis.failure.RedisFailure;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class LaneLoginTest {
  private static final String PASSWORD = "p@ss/w:rd+ %#";

  private static EmbeddedRedis redis;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults().withPassword(PASSWORD));
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  void a_password_full_of_signs_is_accepted(Vertx vertx) {
    RedisLane lane = Lanes.standalone(vertx, redis);
    assertThat(result(lane.send("k", set("k", "x"))).toString()).isEqualTo("OK");
    result(lane.close());
  }

  @Test
  void a_user_of_few_rights_logs_in_and_is_refused_what_is_not_his(Vertx vertx) {
    try (RawRedis admin = new RawRedis(redis.port())) {
      admin.call("AUTH", PASSWORD);
      admin.call("ACL", "SETUSER", "payonce", "on", ">s3cret", "~own:*", "+@all", "-flushall");
    }
    RedisLane lane = Lanes.connected(
        vertx,
        Lanes.settings(
            Mode.STANDALONE, List.of("redis://payonce:s3cret@127.0.0.1:" + redis.port() + "/3")));
    assertThat(result(lane.send("own:k", set("own:k", "x"))).toString()).isEqualTo("OK");
    for (RedisFailure failure : List.of(
        failure(lane.send("k", get("k"))),
        failure(lane.send("k", Request.cmd(Command.FLUSHALL))))) {
      assertThat(failure.word()).isEqualTo("NOPERM");
      assertThat(failure.mayHaveRun()).isFalse();
    }
    result(lane.close());
  }

  /** An ACL without WAIT is no replica that is late. */
  @Test
  void replicas_that_may_not_be_waited_for_are_reported_in_redis_own_words(Vertx vertx) {
    try (RawRedis admin = new RawRedis(redis.port())) {
      admin.call("AUTH", PASSWORD);
      admin.call("ACL", "SETUSER", "hasty", "on", ">s3cret", "~own:*", "+@all", "-wait");
    }
    RedisLane lane = Lanes.connected(
        vertx,
        Lanes.settings(Mode.STANDALONE, List.of("redis://hasty:s3cret@127.0.0.1:" + redis.port())));
    RedisFailure failure =
        failure(lane.evalReplicated(SET, List.of("own:k"), List.of("x"), 1, Duration.ofSeconds(1)));
    assertThat(failure.reason()).isEqualTo(RedisFailure.Reason.NOT_REPLICATED);
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(failure.label()).isEqualTo("NOPERM");
    result(lane.close());
  }

  @Test
  void a_wrong_password_never_connects_and_never_shows(Vertx vertx) {
    RedisLane lane = RedisLane.open(
        vertx,
        Lanes.settings(Mode.STANDALONE, List.of("redis://:hunter2@127.0.0.1:" + redis.port())));
    RedisFailure failure = failure(lane.send("k", get("k")));
    assertThat(failure.mayHaveRun()).isFalse();
    assertThat(failure.toString()).doesNotContain("hunter2");
    result(lane.close());
  }
}
