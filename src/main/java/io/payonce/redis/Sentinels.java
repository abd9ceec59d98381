package io.payonce.redis;

import io.payonce.redis.failure.ConnectionFailure;
import io.payonce.redis.failure.RedisAddress;
import io.payonce.redis.failure.RedisFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks all sentinels who is the primary and believes the one with the newest configuration, so that
 * a sentinel cut off with the old primary is outvoted. A node that does not call itself a primary
 * is not connected to.
 */
final class Sentinels {

  /**
   * How long the first answer waits for the others. At half, a sentinel with newer news a busy
   * moment away is not counted; at double, every failover with a sentinel that hangs takes that
   * much longer.
   */
  private static final long LAGGARD_MILLIS = 300;

  private final Vertx vertx;
  private final Connector dial;
  private final List<RedisAddress> sentinels;
  private final String master;
  private String dialled;

  Sentinels(Vertx vertx, RedisSettings settings, Connector dial) {
    this.vertx = vertx;
    this.dial = dial;
    this.sentinels = settings.endpoints();
    this.master = settings.sentinelMaster();
  }

  Future<PipelinedConnection> dialPrimary() {
    return primary().compose(primary -> {
      dialled = primary.address();
      return dial.primary(primary);
    });
  }

  /** True when the primary is another one than that we dialled last; fails when unknown. */
  Future<Boolean> moved() {
    return primary().map(primary -> !primary.address().equals(dialled));
  }

  private Future<RedisAddress> primary() {
    List<Future<Opinion>> asked = sentinels.stream().map(this::ask).toList();
    return enough(asked).compose(enough -> newest(asked));
  }

  /** Never fails: that no sentinel has answered shows when the answers are read. */
  private Future<Void> enough(List<Future<Opinion>> asked) {
    Promise<Void> enough = Promise.promise();
    Future.join(asked).onComplete(all -> enough.tryComplete());
    Future.any(asked)
        .onSuccess(first -> vertx.setTimer(LAGGARD_MILLIS, late -> enough.tryComplete()));
    return enough.future();
  }

  private Future<Opinion> ask(RedisAddress sentinel) {
    Request question = Request.cmd(Command.SENTINEL).arg("MASTER").arg(master);
    return dial.ask(sentinel.asSentinel(), question, "SENTINEL MASTER")
        .map(response -> Opinion.read(sentinel, response));
  }

  private Future<RedisAddress> newest(List<Future<Opinion>> asked) {
    return asked.stream()
        .filter(Future::succeeded)
        .map(Future::result)
        .max((one, other) -> Long.compare(one.epoch, other.epoch))
        .map(opinion -> Future.succeededFuture(opinion.primary))
        .orElseGet(
            () -> Future.failedFuture(PipelinedConnection.notConnected("the command", why(asked))));
  }

  /** An answer that refuses says more than connections that fail. */
  private ConnectionFailure why(List<Future<Opinion>> asked) {
    Map<RedisAddress, ConnectionFailure> silent = new LinkedHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      Throwable failure = asked.get(i).cause();
      if (failure instanceof RedisFailure known && known.word().equals("ERR")) {
        return new ConnectionFailure(
            "UNKNOWN_MASTER",
            "the sentinels know no primary " + master + " (redis.sentinelMaster)");
      }
      if (failure != null) {
        silent.put(sentinels.get(i), ConnectionFailure.of(failure).atLogin());
      }
    }
    return ConnectionFailure.ofAll(silent);
  }

  /** A sentinel's opinion of who is the primary, and how new it is. */
  private record Opinion(RedisAddress primary, long epoch) {
    static Opinion read(RedisAddress sentinel, Response response) {
      RedisAddress primary =
          sentinel.at(response.get("ip").toString(), response.get("port").toInteger());
      return new Opinion(primary, response.get("config-epoch").toLong());
    }
  }
}
