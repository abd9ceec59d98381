package io.payonce.redis;

import io.payonce.redis.failure.ConnectionFailure;
import io.payonce.redis.failure.RedisBulletin;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node we need: keeps one wire to it alive, dialling again after a loss with growing, jittered
 * pauses. Used from its event loop only.
 */
final class Node {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /**
   * At half, a node that is away costs 100 dials a second and pod at first; at double, a restart is
   * noticed later than need be.
   */
  private static final long FIRST_PAUSE_MILLIS = 20;

  /**
   * At double, a Redis that is back is not used for up to two seconds; at half, fifty pods dial a
   * sick node 100 times a second.
   */
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  /**
   * A wire that lived no longer than this counts as a failed dial, so that a node that always hangs
   * up is not stormed.
   */
  private static final long STABLE_NANOS = 1_000_000_000;

  /**
   * A dial that only took too long is worth a word when it is not the first: on a machine short of
   * CPU the first come late, and succeed.
   */
  private static final int LATE_DIALS = 3;

  /** How often it is looked whether the name leads elsewhere; DNS says how often it is asked. */
  private static final long LOOK_NANOS = 200_000_000;

  private final Vertx vertx;
  private final String name;
  private final Supplier<Future<PipelinedConnection>> dial;
  private final RedisBulletin bulletin;
  /** No longer used, but still owed answers. */
  private final List<PipelinedConnection> draining = new ArrayList<>();

  private PipelinedConnection wire;
  private long upSinceNanos;
  private int failures;
  private int dials;
  /** Why the last dial failed; null when it did not. */
  private ConnectionFailure ailment;

  private final Promise<Void> firstDial = Promise.promise();
  /** The dial under way may end at a node that is the wrong one by now. */
  private boolean again;

  private long lookedNanos = System.nanoTime();
  private boolean moving;
  private boolean retiring;
  private boolean closed;
  private Runnable onChange = () -> {};

  Node(
      Vertx vertx,
      String name,
      Supplier<Future<PipelinedConnection>> dial,
      RedisBulletin bulletin) {
    this.vertx = vertx;
    this.name = name;
    this.dial = dial;
    this.bulletin = bulletin;
  }

  String name() {
    return name;
  }

  /** How often it was connected. */
  int dials() {
    return dials;
  }

  /** Runs when it was reached or lost. */
  Node onChange(Runnable action) {
    onChange = action;
    return this;
  }

  /** Whether it can be looked at seldom. */
  boolean calm(long untilNanos) {
    return ready() && wire.calm(untilNanos) && draining.isEmpty() && !moving && !retiring;
  }

  Node start() {
    dial();
    return this;
  }

  boolean ready() {
    return wire != null && wire.ready();
  }

  int inFlight() {
    return wire == null ? 0 : wire.inFlight();
  }

  boolean closed() {
    return closed;
  }

  /** Runs the task, or fails at once as not sent. */
  Future<Response> run(RedisCommand task, boolean asking) {
    return wire == null
        ? Future.failedFuture(PipelinedConnection.notConnected(task.name(), ailment))
        : task.on(wire, asking);
  }

  /** Completes when the dial under way has succeeded or failed; at once if none is the first. */
  Future<Void> settled() {
    return wire != null || failures > 0 ? Future.succeededFuture() : firstDial.future();
  }

  /** What we are connected to, or about to be, is the wrong node now: look again. */
  void redial() {
    if (wire != null) {
      wire.drain();
    } else {
      again = true;
    }
  }

  /** No new commands will come; close when those in flight have their answers. */
  void retire() {
    retiring = true;
  }

  void stay() {
    retiring = false;
  }

  void tick(long nowNanos) {
    if (wire != null) {
      moveIfLeft(nowNanos);
      wire.expire(nowNanos);
    }
    draining.forEach(old -> old.expire(nowNanos));
    draining.removeIf(old -> !old.open());
    if (retiring && draining.isEmpty() && (wire == null || wire.idle())) {
      close();
    }
  }

  // Nothing is wrong with the old connection: it serves until the new one is there.
  private void moveIfLeft(long nowNanos) {
    if (moving || nowNanos - lookedNanos < LOOK_NANOS) {
      return;
    }
    lookedNanos = nowNanos;
    if (wire.hasLeft()) {
      moving = true;
      dial.get().onComplete(this::moved, unreachable -> {}).onComplete(tried -> moving = false);
    }
  }

  private void moved(PipelinedConnection fresh) {
    if (closed || wire == null) {
      fresh.drop();
      return;
    }
    LOG.info("Redis {}: moved, its name leads to another address now", name);
    PipelinedConnection old = wire;
    use(fresh);
    old.onLost(() -> {});
    old.drain();
    draining.add(old);
  }

  void close() {
    closed = true;
    draining.forEach(PipelinedConnection::drop);
    if (wire != null) {
      wire.drop();
    }
    firstDial.tryComplete();
    bulletin.unneeded(name, this);
  }

  private void dial() {
    if (!closed) {
      again = false;
      dial.get().onComplete(this::connected, this::failed);
    }
  }

  private void connected(PipelinedConnection fresh) {
    if (closed) {
      fresh.drop();
      return;
    }
    if (again) {
      fresh.drop();
      dialAgain();
      return;
    }
    ailment = null;
    bulletin.connected(name, this);
    use(fresh);
    firstDial.tryComplete();
  }

  private void use(PipelinedConnection fresh) {
    wire = fresh;
    dials++;
    upSinceNanos = System.nanoTime();
    fresh.onLost(this::lost);
    onChange.run();
  }

  private void lost() {
    if (wire.open()) {
      draining.add(wire);
    }
    wire = null;
    onChange.run();
    if (!closed) {
      failures = System.nanoTime() - upSinceNanos > STABLE_NANOS ? 0 : failures + 1;
      bulletin.lost(name, this);
      dialAgain();
    }
  }

  private void failed(Throwable cause) {
    if (!closed) {
      failures++;
      ailment = ConnectionFailure.of(cause).atLogin();
      boolean isNews = failures >= LATE_DIALS || !ailment.word().equals("TIMEOUT");
      bulletin.unreachable(name, this, ailment, isNews);
      dialAgain();
    }
    firstDial.tryComplete();
  }

  private void dialAgain() {
    long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 6));
    vertx.setTimer(pause / 2 + 1 + ThreadLocalRandom.current().nextLong(pause / 2), id -> dial());
  }
}
