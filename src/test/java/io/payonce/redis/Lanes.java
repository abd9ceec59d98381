package io.payonce.redis;

import static org.awaitility.Awaitility.await;

import io.payonce.redis.failure.RedisFailure;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the tests of lanes share. */
final class Lanes {
  static final LuaScript SET = LuaScript.of("set", "return redis.call('SET', KEYS[1], ARGV[1])");
  static final LuaScript COUNT = LuaScript.of("count", "return redis.call('INCR', KEYS[1])");

  private Lanes() {}

  static RedisSettings settings(RedisSettings.Mode mode, List<String> uris) {
    return new RedisSettings(mode, uris, null, Duration.ofSeconds(4), Duration.ofSeconds(2));
  }

  static RedisLane connected(Vertx vertx, RedisSettings settings) {
    RedisLane lane = RedisLane.open(vertx, settings);
    waiting().until(lane::connected);
    return lane;
  }

  static RedisLane standalone(Vertx vertx, EmbeddedRedis redis) {
    return connected(vertx, settings(RedisSettings.Mode.STANDALONE, List.of(redis.uri())));
  }

  static org.awaitility.core.ConditionFactory waiting() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(10));
  }

  static Request get(String key) {
    return Request.cmd(Command.GET).arg(key);
  }

  static Request set(String key, String value) {
    return Request.cmd(Command.SET).arg(key).arg(value);
  }

  /** The result, within a time that only a future that waits for ever exceeds. */
  static <T> T result(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("a future of the lane never completed", e);
    }
  }

  static RedisFailure failure(Future<?> future) {
    try {
      Object result = result(future);
      throw new AssertionError("should have failed, but gave " + result);
    } catch (RedisFailure failure) {
      return failure;
    }
  }

  static boolean works(RedisLane lane, String key) {
    try {
      result(lane.send(key, get(key)));
      return true;
    } catch (RedisFailure failure) {
      return false;
    }
  }
}
