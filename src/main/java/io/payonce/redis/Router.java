package io.payonce.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.List;

/** Finds the node for a task. Used from the lane's event loop only. */
interface Router {
  void start();

  Future<Response> run(RedisCommand task);

  /** Called every 50 ms. */
  void tick(long nowNanos);

  boolean connected();

  /** All servers that are needed, as far as that is known. */
  List<ServedSlots> parts();

  /** See {@link RedisLane#inFlight}. */
  int inFlight();

  void close();
}
