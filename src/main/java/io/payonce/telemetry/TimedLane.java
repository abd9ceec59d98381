package io.payonce.telemetry;

import io.payonce.redis.ForwardingLane;
import io.payonce.redis.LuaScript;
import io.payonce.redis.RedisLane;
import io.payonce.redis.failure.RedisBulletin;
import io.payonce.redis.failure.RedisFailure;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/** A lane whose calls are timed for the metrics, and whose failures are counted and said. */
public record TimedLane(RedisLane lane, Metrics metrics, RedisBulletin bulletin)
    implements ForwardingLane {
  @Override
  public Future<Response> send(String routingKey, Request request) {
    return timed(lane.send(routingKey, request));
  }

  @Override
  public Future<Response> eval(LuaScript script, List<String> keys, List<?> args) {
    return timed(lane.eval(script, keys, args));
  }

  @Override
  public Future<Response> evalReplicated(
      LuaScript script, List<String> keys, List<?> args, int replicas, Duration wait) {
    return timed(lane.evalReplicated(script, keys, args, replicas, wait));
  }

  private Future<Response> timed(Future<Response> call) {
    long since = System.nanoTime();
    return call.onComplete((reply, failure) -> {
      metrics.redisTook(System.nanoTime() - since);
      if (failure != null) {
        failed(failure);
      }
    });
  }

  private void failed(Throwable failure) {
    if (failure instanceof RedisFailure known) {
      metrics.redisFailed(known.label());
      bulletin.met(known);
    }
  }
}
