package io.payonce.ledger.redis;

import io.payonce.ledger.LedgerWords;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Abilities;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A Redis of this test class and a lane to it. */
public final class TestRedis implements AutoCloseable {
  public static final byte[] KEY = new byte[Sealer.KEY_BYTES];

  public final Vertx vertx = Vertx.vertx();
  public final EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
  public final RedisLane lane = RedisLane.open(vertx, RedisSettings.standalone(redis.uri()));

  public TestRedis() {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(1))
        .until(lane::connected);
  }

  public RedisLedger ledger(LedgerSettings settings) {
    return ledger(settings, Abilities.ALL);
  }

  public RedisLedger ledger(LedgerSettings settings, Abilities abilities) {
    return new RedisLedger(lane, new Sealer(KEY), settings, LocalClock.of(vertx), abilities);
  }

  public Response run(Command command, String... args) {
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
