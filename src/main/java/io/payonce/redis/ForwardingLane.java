package io.payonce.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/** Hands on to another lane whatever an implementation does not do itself. */
public interface ForwardingLane extends RedisLane {
  RedisLane lane();

  @Override
  default String named(String key) {
    return lane().named(key);
  }

  @Override
  default Future<Response> send(String routingKey, Request request) {
    return lane().send(routingKey, request);
  }

  @Override
  default Future<Response> eval(LuaScript script, List<String> keys, List<?> args) {
    return lane().eval(script, keys, args);
  }

  @Override
  default Future<Response> evalReplicated(
      LuaScript script, List<String> keys, List<?> args, int replicas, Duration wait) {
    return lane().evalReplicated(script, keys, args, replicas, wait);
  }

  @Override
  default boolean connected() {
    return lane().connected();
  }

  @Override
  default boolean spansSlots() {
    return lane().spansSlots();
  }

  @Override
  default List<ServedSlots> parts() {
    return lane().parts();
  }

  @Override
  default int inFlight() {
    return lane().inFlight();
  }

  @Override
  default Future<Void> close() {
    return lane().close();
  }
}
