package io.payonce.ledger;

import io.payonce.redis.EmbeddedRedis;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A Redis of this test class and a lane to it. */
final class TestRedis implements AutoCloseable {
  static final byte[] KEY = new byte[Sealer.KEY_BYTES];

  final Vertx vertx = Vertx.vertx();
  final EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
  final RedisLane lane = RedisLane.open(vertx, RedisSettings.standalone(redis.uri()));

  TestRedis() {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(1))
        .until(lane::connected);
  }

  RedisLedger ledger(LedgerSettings settings) {
    return ledger(settings, Abilities.ALL);
  }

  RedisLedger ledger(LedgerSettings settings, Abilities abilities) {
    return new RedisLedger(lane, new Sealer(KEY), settings, Timing.of(vertx), abilities);
  }

  Response run(Command command, String... args) {
    Request request = Request.cmd(command);
    for (String arg : args) {
      request.arg(arg);
    }
    Future<Response> answer = lane.send("any", request);
    return LedgerWords.await(answer);
  }

  @Override
  public void close() {
    LedgerWords.await(lane.close());
    LedgerWords.await(vertx.close());
    redis.close();
  }
}
