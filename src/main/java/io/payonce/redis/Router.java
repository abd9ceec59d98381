package io.payonce.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.List;

/** Finds the node for a task. Used from the lane's event loop only. */
interface Router {
  void start();

  Future<Response> run(RedisCommand task);

  /** Called every 50 ms; seldom while it is {@link #calm}. */
  void tick(long nowNanos);

  /** Whether all is reached, nothing changes, and nothing that is in flight is late before then. */
  boolean calm(long untilNanos);

  /** Runs, on the event loop, when a node was reached or lost, or is to be. */
  void onChange(Runnable action);

  boolean connected();

  /** See {@link RedisLane#spansSlots}. */
  boolean spansSlots();

  /** All servers that are needed, as far as that is known. */
  List<ServedSlots> parts();

  /** See {@link RedisLane#inFlight}. */
  int inFlight();

  void close();
}
