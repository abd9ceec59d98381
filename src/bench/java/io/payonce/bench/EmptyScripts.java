package io.payonce.bench;

import io.payonce.redis.LuaScript;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two scripts that do nothing, with as many keys and bytes of arguments as a sale's {@code begin} and
 * {@code settle} send: what no ledger of two scripts can be cheaper than.
 */
final class EmptyScripts {
  private static final LuaScript NOTHING = LuaScript.of("nothing", "return {'DONE', 1, 1}");

  private static final List<String> BEGIN_KEYS = keys(10);
  private static final List<String> SETTLE_KEYS = keys(13);
  private static final List<Object> BEGIN = arguments(750);
  private static final List<Object> SETTLE = arguments(750);

  private EmptyScripts() {}

  static Future<Response> begin(RedisLane lane) {
    return lane.eval(NOTHING, BEGIN_KEYS, BEGIN);
  }

  static Future<Response> settle(RedisLane lane) {
    return lane.eval(NOTHING, SETTLE_KEYS, SETTLE);
  }

  private static List<String> keys(int many) {
    return Stream.generate(() -> "payonce:{s128}:payment:M0000000001/t3x7w1n1234")
        .limit(many)
        .toList();
  }

  private static List<Object> arguments(int bytes) {
    return List.of(new byte[bytes]);
  }
}
