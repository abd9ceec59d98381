package io.payonce.redis;

import io.payonce.redis.failure.RedisBulletin;
import io.payonce.redis.failure.RedisFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;

/**
 * One event loop's way to Redis. Every future completes within {@code callTimeout} (plus the wait
 * for replicas, if asked for, plus a tick of 50 ms); it fails with a {@link RedisFailure} and
 * nothing else. A command is written at most once, unless Redis answered that it did not run it.
 */
public interface RedisLane {

  /**
   * Returns at once and connects in the background, again and again if need be. Call it on the
   * event loop that will use the lane; calls from other threads work but hop.
   */
  static RedisLane open(Vertx vertx, RedisSettings settings, RedisBulletin bulletin) {
    return Lane.open(vertx, settings, bulletin, Lane.Idle.SHOWN);
  }

  /** The same for who asks every few seconds by itself: idle it does not look after its node. */
  static RedisLane openForRounds(Vertx vertx, RedisSettings settings, RedisBulletin bulletin) {
    return Lane.open(vertx, settings, bulletin, Lane.Idle.BUSY_BY_ITSELF);
  }

  /** One whose troubles only the log has. */
  static RedisLane open(Vertx vertx, RedisSettings settings) {
    return open(vertx, settings, RedisBulletin.unread());
  }

  /**
   * Runs the task on this event loop at the next beat of so many milliseconds: what a pod does
   * again and again by itself is done at the same moments, and wakes a loop once instead of ten
   * times. Who arms again when its work is done works at most once a beat.
   */
  static ScheduledFuture<?> atBeat(Context loop, long millis, Runnable task) {
    return Lane.atBeat(loop, millis, task);
  }

  /** How this Redis spells a key of ours; for the arguments of {@link #send}. */
  default String named(String key) {
    return key;
  }

  /**
   * Sends one command; in a cluster {@code routingKey} names the node, elsewhere it does not
   * matter.
   */
  Future<Response> send(String routingKey, Request request);

  /**
   * Runs a script: EVALSHA, and EVAL only if Redis does not know the script.
   *
   * @param keys all keys the script touches, at least one, all in one hash slot
   * @param args each a String, Long, Integer, byte[] or Buffer
   */
  Future<Response> eval(LuaScript script, List<String> keys, List<?> args);

  /**
   * Runs a script and answers only when {@code replicas} replicas have it, or fails with
   * {@link RedisFailure.Reason#NOT_REPLICATED} when they do not within {@code wait}. While Redis
   * waits for replicas the lane's other commands to that node wait too, so keep {@code wait} well
   * below the call timeout.
   *
   * <p>Redis counts the replicas that have this connection's last write: a script that wrote
   * nothing proves nothing about what others wrote.
   */
  Future<Response> evalReplicated(
      LuaScript script, List<String> keys, List<?> args, int replicas, Duration wait);

  /**
   * True while every node we need answers; may be called from any thread and be a tick (50 ms)
   * late.
   */
  boolean connected();

  /** Whether a script may have keys of several hash slots: not in a cluster. */
  default boolean spansSlots() {
    return false;
  }

  /** The servers that are needed, a tick late; from any thread. */
  default List<ServedSlots> parts() {
    return List.of();
  }

  /**
   * Commands that Redis has not answered yet; of several nodes, of the one that has the fewest: one
   * that hangs must not count for all. To be asked on the lane's event loop.
   */
  int inFlight();

  /** Ends all connections; what is in flight fails as possibly run. */
  Future<Void> close();
}
