package io.payonce.redis;

import io.payonce.redis.failure.RedisBulletin;
import io.payonce.tls.Beat;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings calls to the lane's event loop (no hop if they are on it already) and gives its
 * connections their clock.
 */
final class Lane implements RedisLane {

  /**
   * How late a timeout may be noticed. At half, an idle loop wakes 40 times a second; at double,
   * callers wait up to 0.1 s longer.
   */
  private static final long TICK_MILLIS = 50;

  /**
   * The pace at which an idle lane looks after its connections.
   *
   * @param calmMillis between two looks while all is well and nothing can be late before
   * @param pingMillis without an answer, after which it asks whether the node still answers
   */
  record Idle(long calmMillis, long pingMillis) {
    /**
     * Of lanes that callers wait for, and whose state is shown. At half, an idle pod wakes twice as
     * often for nothing; at double, a node that hangs is called ready for twice as long.
     */
    static final Idle SHOWN = new Idle(500, 1000);

    /**
     * Of lanes that ask by themselves every few seconds, and so see soon enough what hangs. At
     * half, they wake an idle pod twice as often; at double, a firewall may have forgotten the
     * connection.
     */
    static final Idle BUSY_BY_ITSELF = new Idle(1000, 5000);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final Context context;
  private final Router router;
  private final long calmMillis;
  private volatile Thread loop;
  private ScheduledFuture<?> timer;
  private boolean calm;
  private boolean closed;
  private volatile boolean connected;
  private volatile List<ServedSlots> parts = List.of();

  private Lane(Context context, Router router, Idle idle, long callTimeoutMillis) {
    this.context = context;
    this.router = router;
    this.calmMillis = Math.max(TICK_MILLIS, Math.min(idle.calmMillis(), callTimeoutMillis));
  }

  static Lane open(Vertx vertx, RedisSettings settings, RedisBulletin bulletin, Idle idle) {
    Context context = vertx.getOrCreateContext();
    if (!context.isEventLoopContext()) {
      throw new IllegalStateException("a lane belongs to an event loop, not to a worker");
    }
    return begin(
        context,
        router(vertx, settings, bulletin, idle),
        idle,
        settings.callTimeout().toMillis());
  }

  static Lane begin(Context context, Router router, Idle idle, long callTimeoutMillis) {
    Lane lane = new Lane(context, router, idle, callTimeoutMillis);
    context.runOnContext(v -> lane.start());
    return lane;
  }

  static ScheduledFuture<?> atBeat(Context loop, long millis, Runnable task) {
    return Beat.next(loop, millis, task);
  }

  private static Router router(
      Vertx vertx, RedisSettings settings, RedisBulletin bulletin, Idle idle) {
    Connector dial = new Connector(vertx, settings, idle);
    return switch (settings.mode()) {
      case EMBEDDED, STANDALONE -> PrimaryRouter.standalone(vertx, settings, dial, bulletin);
      case SENTINEL -> PrimaryRouter.sentinel(vertx, settings, dial, bulletin);
      case CLUSTER -> new ClusterRouter(vertx, settings, dial, bulletin);
    };
  }

  @Override
  public Future<Response> send(String routingKey, Request request) {
    return run(new RedisCommand.Plain(routingKey, request));
  }

  @Override
  public Future<Response> eval(LuaScript script, List<String> keys, List<?> args) {
    return run(new RedisCommand.Run(script, keys, args, 0, 0));
  }

  @Override
  public Future<Response> evalReplicated(
      LuaScript script, List<String> keys, List<?> args, int replicas, Duration wait) {
    return run(new RedisCommand.Run(script, keys, args, replicas, wait.toMillis()));
  }

  @Override
  public boolean connected() {
    return Thread.currentThread() == loop ? router.connected() : connected;
  }

  @Override
  public boolean spansSlots() {
    return router.spansSlots();
  }

  @Override
  public List<ServedSlots> parts() {
    return Thread.currentThread() == loop ? router.parts() : parts;
  }

  @Override
  public int inFlight() {
    return router.inFlight();
  }

  @Override
  public Future<Void> close() {
    return onLoop(() -> {
      closed = true;
      connected = false;
      if (timer != null) {
        timer.cancel(false);
      }
      router.close();
      return Future.succeededFuture();
    });
  }

  private void start() {
    loop = Thread.currentThread();
    if (!closed) {
      router.onChange(this::changed);
      router.start();
      arm();
    }
  }

  /** What is sent from now on has its whole timeout before it: no calm is longer than that. */
  private void arm() {
    if (!closed) {
      calm = router.calm(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(calmMillis));
      timer = atBeat(context, calm ? calmMillis : TICK_MILLIS, this::tick);
    }
  }

  private void tick() {
    if (closed) {
      return;
    }
    try {
      router.tick(System.nanoTime());
    } catch (RuntimeException bug) { // or else no call would ever be late again, no node dialled
      LOG.error("a look after the connections failed; the next one comes all the same", bug);
    }
    show();
    arm();
  }

  private void show() {
    connected = router.connected();
    parts = router.parts();
  }

  private void changed() {
    if (!closed) {
      show();
      wake();
    }
  }

  private void wake() {
    if (calm) {
      calm = false;
      context.runOnContext(
          v -> { // not on a caller's, which ends before the lane does
            if (timer.cancel(false)) {
              arm();
            }
          });
    }
  }

  private Future<Response> run(RedisCommand task) {
    return onLoop(() -> router.run(task));
  }

  /**
   * Compares threads, not contexts: requests run on duplicates of the verticle's context, on the
   * same thread.
   */
  private <T> Future<T> onLoop(Supplier<Future<T>> call) {
    if (Thread.currentThread() == loop) {
      return call.get();
    }
    Promise<T> promise = Promise.promise();
    context.runOnContext(v -> call.get().onComplete(promise));
    return promise.future();
  }
}
