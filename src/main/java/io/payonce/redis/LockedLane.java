package io.payonce.redis;

import io.payonce.redis.failure.ConnectionFailure;
import io.payonce.redis.failure.RedisBulletin;
import io.payonce.redis.failure.RedisFailure;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A lane over which nothing goes before it is known that this pod may use what is there. */
public record LockedLane(RedisLane lane, BooleanSupplier open, RedisBulletin bulletin)
    implements ForwardingLane {
  @Override
  public Future<Response> send(String routingKey, Request request) {
    return ifOpen(() -> lane.send(routingKey, request));
  }

  @Override
  public Future<Response> eval(LuaScript script, List<String> keys, List<?> args) {
    return ifOpen(() -> lane.eval(script, keys, args));
  }

  @Override
  public Future<Response> evalReplicated(
      LuaScript script, List<String> keys, List<?> args, int replicas, Duration wait) {
    return ifOpen(() -> lane.evalReplicated(script, keys, args, replicas, wait));
  }

  @Override
  public boolean connected() {
    return open.getAsBoolean() && lane.connected();
  }

  private ConnectionFailure why() {
    return bulletin.lines().stream()
        .findFirst()
        .map(line -> new ConnectionFailure(line.word(), line.text()))
        .orElseGet(() -> ConnectionFailure.of("NOT_OPENED"));
  }

  private Future<Response> ifOpen(Supplier<Future<Response>> call) {
    return open.getAsBoolean()
        ? call.get()
        : Future.failedFuture(RedisFailure.without(why(), "this ledger has not been opened yet"));
  }
}
