package io.payonce.redis;

import io.payonce.redis.failure.RedisAddress;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * Listens to one sentinel, so that we leave a replaced primary that we can still reach. Losing it
 * costs speed only: losses and READONLY tell us too.
 */
final class SentinelWatch {
  private static final String CHANNEL = "+switch-master";

  /**
   * At half, a dead sentinel costs a dial a second and loop; at double, we are deaf to a living one
   * that restarted for twice as long.
   */
  private static final long PAUSE_MILLIS = 2000;

  private final Vertx vertx;
  private final Connector dial;
  private final RedisAddress sentinel;
  private final String master;
  private final Runnable onSwitch;
  private final Runnable onReturn;
  private Redis client;
  private boolean deaf;
  private boolean closed;

  /** @param onReturn runs when we listen again and may have missed something */
  SentinelWatch(
      Vertx vertx,
      Connector dial,
      RedisAddress sentinel,
      String master,
      Runnable onSwitch,
      Runnable onReturn) {
    this.vertx = vertx;
    this.dial = dial;
    this.sentinel = sentinel;
    this.master = master;
    this.onSwitch = onSwitch;
    this.onReturn = onReturn;
  }

  void start() {
    if (!closed) {
      dial.open(sentinel, this::listen).onFailure(e -> startLater());
    }
  }

  void close() {
    closed = true;
    lost(client);
  }

  private Void listen(Redis fresh, RedisConnection connection) {
    client = fresh;
    connection.handler(this::onMessage);
    connection.exceptionHandler(e -> lost(fresh));
    connection.endHandler(v -> lost(fresh));
    connection
        .send(Request.cmd(Command.SUBSCRIBE).arg(CHANNEL))
        .onComplete(response -> listening(), e -> lost(fresh));
    if (closed) {
      lost(fresh);
    }
    return null;
  }

  private void listening() {
    if (deaf) {
      deaf = false;
      onReturn.run();
    }
  }

  private void onMessage(Response push) {
    // ["message", "+switch-master", "<name> <old ip> <old port> <new ip> <new port>"]
    if (push.size() == 3 && push.get(2).toString().startsWith(master + " ")) {
      onSwitch.run();
    }
  }

  /** Says so once for each connection, however often we hear of it. */
  private void lost(Redis which) {
    if (client != null && client == which) {
      client = null;
      which.close().otherwiseEmpty();
      startLater();
    }
  }

  private void startLater() {
    deaf = true;
    if (!closed) {
      vertx.setTimer(PAUSE_MILLIS, id -> start());
    }
  }
}
