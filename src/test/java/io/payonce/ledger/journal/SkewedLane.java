package io.payonce.ledger.journal;

import io.payonce.redis.ForwardingLane;
import io.payonce.redis.RedisLane;
import io.payonce.redis.failure.RedisFailure;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.MultiType;
import io.vertx.redis.client.impl.types.NumberType;
import java.util.function.IntToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A lane to servers whose clocks are apart, or of which one is away. */
record SkewedLane(RedisLane lane, IntToLongFunction millisAhead, String away, boolean clockToo)
    implements ForwardingLane {
  private static final Pattern SHARD = Pattern.compile("\\{s(\\d+)}");

  /** @param millisAhead of each shard's clock */
  SkewedLane(RedisLane lane, IntToLongFunction millisAhead) {
    this(lane, millisAhead, null, false);
  }

  static SkewedLane without(RedisLane lane, String key) {
    return new SkewedLane(lane, shard -> 0, key, true);
  }

  static SkewedLane withoutStream(RedisLane lane, String key) {
    return new SkewedLane(lane, shard -> 0, key, false);
  }

  @Override
  public Future<Response> send(String routingKey, Request request) {
    if (routingKey.equals(away) && (clockToo || request.command() != Command.TIME)) {
      return Future.failedFuture(
          RedisFailure.of(RedisFailure.Reason.NOT_CONNECTED, "the test wants it so"));
    }
    Future<Response> answer = lane.send(routingKey, request);
    return request.command() == Command.TIME ? answer.map(at -> skewed(at, routingKey)) : answer;
  }

  private Response skewed(Response time, String key) {
    Matcher shard = SHARD.matcher(key);
    if (!shard.find()) {
      return time;
    }
    long millis = time.get(0).toLong() * 1000
        + time.get(1).toLong() / 1000
        + millisAhead.applyAsLong(Integer.parseInt(shard.group(1)));
    MultiType skewed = MultiType.create(2, false);
    skewed.add(NumberType.create(millis / 1000));
    skewed.add(NumberType.create(millis % 1000 * 1000));
    return skewed;
  }
}
