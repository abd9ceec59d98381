package io.payonce.redis;

import static io.payonce.redis.Lanes.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.RedisSettings.Mode;
import io.payonce.redis.failure.RedisAddress;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Any Redis can be subscribed to, so one stands in for a sentinel. */
@ExtendWith(VertxExtension.class)
class SentinelWatchTest {
  @Test
  void a_watch_that_was_deaf_for_a_while_says_that_it_listens_again(Vertx vertx) {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults())) {
      AtomicInteger switches = new AtomicInteger();
      AtomicInteger returns = new AtomicInteger();
      SentinelWatch watch = new SentinelWatch(
          vertx,
          new Connector(
              vertx, Lanes.settings(Mode.SENTINEL, List.of(redis.uri())), Lane.Idle.SHOWN),
          RedisAddress.parse(redis.uri()),
          "mymaster",
          switches::incrementAndGet,
          returns::incrementAndGet);
      Context context = vertx.getOrCreateContext();
      context.runOnContext(v -> watch.start());
      waiting().until(() -> heard(redis, "other a 1 b 2"));
      waiting().until(() -> heard(redis, "mymaster a 1 b 2"));
      waiting().until(() -> switches.get() == 1);
      assertThat(returns).hasValue(0);

      RawRedis.ask(redis.port(), "CLIENT", "KILL", "TYPE", "pubsub");
      waiting().until(() -> returns.get() == 1);
      assertThat(switches).hasValue(1);
      context.runOnContext(v -> watch.close());
    }
  }

  private static boolean heard(EmbeddedRedis redis, String news) {
    return RawRedis.ask(redis.port(), "PUBLISH", "+switch-master", news).equals(1L);
  }
}
