package io.payonce.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.MultiType;
import io.vertx.redis.client.impl.types.NumberType;
import java.time.Duration;
import java.util.List;

/**
 * A lane to a Redis whose clock a test sets: its scripts and its TIME tell it. What expires goes by
 * the true one.
 */
public final class SteppedLane implements ForwardingLane {
  private static final String TIME = "redis.call('TIME')";

  private final RedisLane lane;
  private long aheadMillis;

  public SteppedLane(RedisLane lane) {
    this.lane = lane;
  }

  @Override
  public RedisLane lane() {
    return lane;
  }

  /** As after a failover to a server with another clock. */
  public void step(long millis) {
    aheadMillis += millis;
  }

  @Override
  public Future<Response> send(String routingKey, Request request) {
    Future<Response> answer = lane.send(routingKey, request);
    return request.command() == Command.TIME ? answer.map(this::stepped) : answer;
  }

  @Override
  public Future<Response> eval(LuaScript script, List<String> keys, List<?> args) {
    return lane.eval(stepped(script), keys, args);
  }

  @Override
  public Future<Response> evalReplicated(
      LuaScript script, List<String> keys, List<?> args, int replicas, Duration wait) {
    return lane.evalReplicated(stepped(script), keys, args, replicas, wait);
  }

  private LuaScript stepped(LuaScript script) {
    return LuaScript.of(
        script.name(),
        script
            .source()
            .replace(
                TIME,
                "(function() local t = " + TIME + "; local m = t[1] * 1000 + "
                    + "math.floor(t[2] / 1000) + " + aheadMillis
                    + "; return {math.floor(m / 1000), m % 1000 * 1000} end)()"));
  }

  private Response stepped(Response time) {
    long millis = time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000 + aheadMillis;
    MultiType stepped = MultiType.create(2, false);
    stepped.add(NumberType.create(millis / 1000));
    stepped.add(NumberType.create(millis % 1000 * 1000));
    return stepped;
  }
}
