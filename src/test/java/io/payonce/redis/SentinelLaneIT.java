package io.payonce.redis;

import static io.payonce.redis.Lanes.COUNT;
import static io.payonce.redis.Lanes.failure;
import static io.payonce.redis.Lanes.result;
import static io.payonce.redis.Lanes.set;
import static io.payonce.redis.Lanes.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.RedisSettings.Mode;
import io.payonce.redis.failure.RedisFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@ExtendWith(VertxExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class SentinelLaneIT {
  private RedisSentinels sentinels;
  private Vertx vertx;
  private Context loop;
  private RedisLane lane;

  @BeforeEach
  void start(Vertx vertx) {
    this.vertx = vertx;
    sentinels = RedisSentinels.start();
    loop = vertx.getOrCreateContext();
    lane = Lanes.connected(vertx, Lanes.settings(Mode.SENTINEL, sentinels.uris()));
  }

  @AfterEach
  void stop() {
    result(lane.close());
    sentinels.close();
  }

  @Test
  void the_lane_follows_a_failover_to_the_new_primary() {
    assertThat(servedBy()).isEqualTo(sentinels.primary().port());
    sentinels.primary().kill();
    waiting().until(() -> !lane.connected());
    assertThat(failure(lane.send("k", set("k", "x"))).mayHaveRun()).isFalse();
    waiting().until(lane::connected);
    assertThat(servedBy()).isEqualTo(sentinels.replica().port());
    assertThat(result(lane.eval(COUNT, List.of("n"), List.of())).toInteger()).isEqualTo(1);
  }

  @Test
  void a_frozen_primary_is_left_for_its_successor_even_when_a_sentinel_is_dead() {
    sentinels.sentinel(0).kill();
    Signals.freeze(sentinels.primary().pid());
    waiting().until(() -> lane.connected() && servedBy() == sentinels.replica().port());
    // The old one comes back and still thinks that it is the primary for a moment.
    Signals.thaw(sentinels.primary().pid());
    assertThat(servedBy()).isEqualTo(sentinels.replica().port());
  }

  @Test
  void a_primary_that_is_replaced_while_it_lives_is_left_on_word_of_a_sentinel() {
    assertThat(servedBy()).isEqualTo(sentinels.primary().port());
    RawRedis.ask(sentinels.sentinel(0).port(), "SENTINEL", "FAILOVER", "mymaster");
    waiting().until(() -> lane.connected() && servedBy() == sentinels.replica().port());
    waiting().until(() -> Lanes.works(lane, "k"));
    assertThat(result(lane.send("k", set("k", "x"))).toString()).isEqualTo("OK");
  }

  @Test
  void who_missed_the_news_finds_that_the_primary_has_moved() {
    RedisSettings settings = Lanes.settings(Mode.SENTINEL, sentinels.uris());
    Sentinels asked =
        new Sentinels(vertx, settings, new Connector(vertx, settings, Lane.Idle.SHOWN));
    PipelinedConnection wire = result(on(asked::dialPrimary));
    assertThat(result(on(asked::moved))).isFalse();
    RawRedis.ask(sentinels.sentinel(0).port(), "SENTINEL", "FAILOVER", "mymaster");
    waiting().until(() -> result(on(asked::moved)));
    loop.runOnContext(v -> wire.drop());
  }

  private <T> Future<T> on(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(v -> work.get().onComplete(done));
    return done.future();
  }

  @Test
  void a_sentinel_that_accepts_and_never_speaks_is_not_waited_for() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      List<String> uris = new ArrayList<>(sentinels.uris());
      uris.add(0, "redis://127.0.0.1:" + mute.getLocalPort());
      RedisSettings patient = new RedisSettings(
          Mode.SENTINEL, uris, null, Duration.ofMinutes(2), Duration.ofMillis(400));
      result(Lanes.connected(vertx, patient).close());
    }
  }

  /** The port of the server our commands reach, or -1. */
  private int servedBy() {
    try {
      return result(lane.send("k", Request.cmd(Command.CONFIG).arg("GET").arg("port")))
          .get("port")
          .toInteger();
    } catch (RedisFailure failure) {
      return -1;
    }
  }
}
