package io.payonce.redis;

import io.payonce.redis.failure.ConnectionFailure;
import io.payonce.redis.failure.RedisAnswers;
import io.payonce.redis.failure.RedisFailure;
import io.payonce.redis.failure.RedisFailure.Reason;
import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Sends commands over one live connection without waiting for earlier answers. Guarantee: answers
 * come in the order of the commands, so one look at the oldest in flight tells whether the node
 * still answers, and each failed command says whether it may have run. Used from its event loop
 * only.
 *
 * <p>Example: 40 commands are in flight and the oldest is late. New commands are refused at once as
 * not sent. An answer arrives: the connection is well again. A second timeout closes it, and the 40
 * fail as "may have run".
 */
final class PipelinedConnection {

  /**
   * At half of it a burst of two thousand payments on one loop would be turned away; at double it,
   * the last in the queue would wait for some 80 ms of scripts more before we say that Redis is
   * overloaded.
   */
  private static final int MAX_IN_FLIGHT = 4096;

  /**
   * Answers after which this connection is of no use: the node is no primary any more, or forgot
   * who we are.
   */
  private static final Set<String> USELESS = Set.of("READONLY", "NOAUTH");

  /** What the client takes a written command for. Redis would refuse it, and run nothing. */
  private static final Request IN_ITS_PLACE =
      Request.cmd(Command.EVALSHA).arg("none").arg(0);

  private final String server;
  private final Redis client;
  private final RedisConnection connection;
  private final FlushBatchingVertx.Instead instead;
  private final long callTimeoutNanos;
  private final long pingNanos;
  private final ArrayDeque<Call> inFlight = new ArrayDeque<>();
  private final BooleanSupplier hasLeft;
  private final ReplicaGate gate = new ReplicaGate(this);
  private Runnable onLost = () -> {};
  private boolean open = true;
  private boolean draining;
  private long answeredNanos = System.nanoTime();

  /** @param hasLeft whether the name that led here leads elsewhere by now */
  PipelinedConnection(
      String server,
      Redis client,
      RedisConnection connection,
      FlushBatchingVertx.Instead instead,
      long callTimeoutMillis,
      Lane.Idle idle,
      BooleanSupplier hasLeft) {
    this.server = server;
    this.hasLeft = hasLeft;
    this.client = client;
    this.connection = connection;
    this.instead = instead;
    this.callTimeoutNanos = callTimeoutMillis * 1_000_000;
    this.pingNanos = idle.pingMillis() * 1_000_000;
    connection.endHandler(v -> drop());
    connection.exceptionHandler(e -> drop());
  }

  static int maxInFlight() {
    return MAX_IN_FLIGHT;
  }

  /**
   * Called once, when the connection takes no more commands for good; at once if that has happened
   * already.
   */
  void onLost(Runnable action) {
    onLost = action;
    if (!open) {
      action.run();
    }
  }

  boolean ready() {
    Call oldest = inFlight.peekFirst();
    return open && !draining && (oldest == null || !oldest.late);
  }

  boolean hasLeft() {
    return hasLeft.getAsBoolean();
  }

  /** Whether nothing is late before then. */
  boolean calm(long untilNanos) {
    Call oldest = inFlight.peekFirst();
    return oldest == null || oldest.deadlineNanos - untilNanos > 0;
  }

  boolean idle() {
    return inFlight.isEmpty();
  }

  int inFlight() {
    return inFlight.size();
  }

  boolean open() {
    return open;
  }

  Future<Response> send(Request request, String what) {
    return send(request, what, 0);
  }

  Future<Response> send(Request request, String what, long waitMillis) {
    return send(() -> connection.send(request), what, waitMillis);
  }

  /** One that is written out. */
  Future<Response> send(Buffer command, String what) {
    // What the client writes later would not be what is meant: it is not to go on.
    return send(
        () -> instead.write(command, () -> connection.send(IN_ITS_PLACE), this::drop), what, 0);
  }

  private Future<Response> send(Supplier<Future<Response>> sending, String what, long waitMillis) {
    if (!ready()) {
      return Future.failedFuture(notConnected(what));
    }
    if (inFlight.size() >= MAX_IN_FLIGHT) {
      return Future.failedFuture(RedisAnswers.overloaded(what));
    }
    long leftMillis = callTimeoutNanos + (waitMillis + gate.blockedMillis()) * 1_000_000;
    Call call = new Call(what, System.nanoTime() + leftMillis);
    inFlight.addLast(call);
    sending.get().onComplete(call);
    return call.promise.future();
  }

  /** As send, but succeeds only when so many replicas have what the command wrote. */
  Future<Response> sendReplicated(Buffer command, String what, int replicas, long waitMillis) {
    return gate.send(command, what, replicas, waitMillis);
  }

  /** To be followed by the command meant, in the same turn, so that nothing can slip in between. */
  void asking() {
    // A failed ASKING shows in the command behind it, which is then sent back with MOVED.
    send(Request.cmd(Command.ASKING), "ASKING").otherwiseEmpty();
  }

  /**
   * To be called every few milliseconds: fails what is late, and ends a connection that does not
   * recover.
   */
  void expire(long nowNanos) {
    for (Call call : inFlight) {
      if (call.deadlineNanos - nowNanos > 0) {
        break;
      }
      call.expire();
    }
    Call oldest = inFlight.peekFirst();
    if (oldest == null) {
      pingIfIdle(nowNanos);
    } else if (nowNanos - oldest.deadlineNanos > callTimeoutNanos) {
      drop();
    }
  }

  private void pingIfIdle(long nowNanos) {
    if (open && nowNanos - answeredNanos > pingNanos) {
      answeredNanos = nowNanos;
      send(Request.cmd(Command.PING), "PING").otherwiseEmpty();
    }
  }

  /** Takes no new commands and ends when those in flight have their answers. */
  void drain() {
    if (open && !draining) {
      draining = true;
      onLost.run();
      dropIfDrained();
    }
  }

  /** Ends the connection; what is in flight may have run. */
  void drop() {
    if (!open) {
      return;
    }
    open = false;
    // Closing only the connection would hand it back, stuck as it is, to the client's pool.
    client.close().otherwiseEmpty();
    if (!draining) {
      onLost.run();
    }
    for (Call call : inFlight) {
      call.finish(null, RedisAnswers.lost(call.what));
    }
    inFlight.clear();
  }

  private void dropIfDrained() {
    if (draining && inFlight.isEmpty()) {
      drop();
    }
  }

  static RedisFailure notConnected(String what) {
    return notConnected(what, null);
  }

  /** @param why null where that is not known */
  static RedisFailure notConnected(String what, ConnectionFailure why) {
    return RedisFailure.without(why, what + " was not sent: no connection to Redis");
  }

  /** One command in flight. */
  private final class Call implements Completable<Response> {
    private final Promise<Response> promise = Promise.promise();
    private final Context context = Vertx.currentContext();
    private final String what;
    private final long deadlineNanos;
    private boolean late;
    private boolean done;

    Call(String what, long deadlineNanos) {
      this.what = what;
      this.deadlineNanos = deadlineNanos;
    }

    @Override
    public void complete(Response response, Throwable cause) {
      leave();
      answeredNanos = System.nanoTime();
      if (cause == null) {
        finish(response, null);
      } else {
        fail(RedisAnswers.failure(cause, what));
      }
      dropIfDrained();
    }

    private void fail(RedisFailure failure) {
      // Before the caller learns of it: whatever he does next must not go to a useless connection.
      if (failure.reason() == Reason.LOST) {
        drop();
      } else if (USELESS.contains(failure.word())) {
        drain();
      }
      finish(null, failure);
    }

    private void leave() {
      if (inFlight.peekFirst() == this) {
        inFlight.pollFirst();
      } else {
        inFlight.removeLastOccurrence(this);
      }
    }

    private void expire() {
      if (!late) {
        late = true;
        RedisFailure failure =
            RedisFailure.of(Reason.TIMEOUT, what + ": no answer from Redis in time");
        context.runOnContext(v -> finish(null, failure));
      }
    }

    /** The first result counts; a late answer is dropped here. */
    private void finish(Response response, RedisFailure failure) {
      if (!done) {
        done = true;
        promise.complete(response, failure == null ? null : failure.at(server));
      }
    }
  }
}
