package io.payonce.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/** A lane to one server that looks like two, of which the second can be away. */
public final class HalfLane implements ForwardingLane {
  public static final String FIRST = "first";
  public static final String SECOND = "second";

  private static final int HALF = HashSlot.COUNT / 2;

  private final RedisLane lane;
  private boolean secondAway;

  public HalfLane(RedisLane lane) {
    this.lane = lane;
  }

  @Override
  public RedisLane lane() {
    return lane;
  }

  public void secondAway(boolean away) {
    secondAway = away;
  }

  @Override
  public boolean spansSlots() {
    return false;
  }

  @Override
  public List<ServedSlots> parts() {
    return List.of(
        new ServedSlots(FIRST, List.of(new ServedSlots.Range(0, HALF - 1)), true, 1),
        new ServedSlots(
            SECOND, List.of(new ServedSlots.Range(HALF, HashSlot.COUNT - 1)), !secondAway, 1));
  }

  @Override
  public Future<Response> send(String routingKey, Request request) {
    return isAway(routingKey) ? away() : lane.send(routingKey, request);
  }

  @Override
  public Future<Response> eval(LuaScript script, List<String> keys, List<?> args) {
    return isAway(keys.get(0)) ? away() : lane.eval(script, keys, args);
  }

  @Override
  public Future<Response> evalReplicated(
      LuaScript script, List<String> keys, List<?> args, int replicas, Duration wait) {
    return isAway(keys.get(0)) ? away() : lane.evalReplicated(script, keys, args, replicas, wait);
  }

  private boolean isAway(String key) {
    return secondAway && HashSlot.of(key) >= HALF;
  }

  private static Future<Response> away() {
    return Future.failedFuture(PipelinedConnection.notConnected("the test's call"));
  }

  @Override
  public boolean connected() {
    return !secondAway && lane.connected();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
