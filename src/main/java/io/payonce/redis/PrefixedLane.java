package io.payonce.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/**
 * A lane of a fleet that has its own part of a Redis: the keys of scripts get its prefix in place
 * of the usual one. Who sends single commands asks for {@link #named} keys.
 */
public record PrefixedLane(RedisLane lane, String prefix) implements ForwardingLane {
  /** What every key in this program is spelled with. */
  public static final String USUAL = "payonce";

  @Override
  public String named(String key) {
    return key.startsWith(USUAL + ":") ? prefix + key.substring(USUAL.length()) : key;
  }

  @Override
  public Future<Response> eval(LuaScript script, List<String> keys, List<?> args) {
    return lane.eval(script, named(keys), args);
  }

  @Override
  public Future<Response> evalReplicated(
      LuaScript script, List<String> keys, List<?> args, int replicas, Duration wait) {
    return lane.evalReplicated(script, named(keys), args, replicas, wait);
  }

  private List<String> named(List<String> keys) {
    return prefix.equals(USUAL) ? keys : keys.stream().map(this::named).toList();
  }
}
