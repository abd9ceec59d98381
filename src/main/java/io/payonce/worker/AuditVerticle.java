package io.payonce.worker;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.maintenance.Auditor;
import io.payonce.redis.RedisLane;
import io.payonce.telemetry.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits the whole ledger, so that a fault in it is found before a payment is missed: every 30 s,
 * or as much more seldom as a large ledger asks for. Among all pods one walks each node of Redis.
 * Nearly all keys are of what has ended; Redis passes over them by itself.
 */
public final class AuditVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(AuditVerticle.class);

  static final long EVERY_MILLIS = 30_000;

  /**
   * A SCAN of so many holds Redis up for a third of a millisecond on a slow machine. At half, ten
   * million keys take twice as long; at double, others wait for it.
   */
  private static final int KEYS_A_SLICE = 200;

  /** Then others have their turn. Without, Redis does little else for as long as the walk takes. */
  private static final int SLICES_IN_A_ROW = 4;

  private static final long PAUSE_MILLIS = 1;

  /** Slices of which so many keys are looked at cost Redis more by far than the others. */
  private static final int MANY = 20;

  /** After such a slice, and after a walk, it rests so many times as long as that took. */
  private static final int RESTS = 9;

  /** What one pod works with. */
  public record Tools(RedisLane lane, Auditor auditor) {}

  private final Supplier<Tools> build;
  private final Metrics metrics;
  private Tools tools;
  private boolean stopping;

  public AuditVerticle(Supplier<Tools> build, Metrics metrics) {
    this.build = build;
    this.metrics = metrics;
  }

  @Override
  public Future<?> start() {
    tools = build.get();
    arm(1 + ThreadLocalRandom.current().nextLong(EVERY_MILLIS / 6));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    return tools.lane().close();
  }

  private void arm(long millis) {
    if (!stopping) {
      vertx.setTimer(millis, tick -> audit().onComplete(done -> arm(EVERY_MILLIS / 6)));
    }
  }

  private Future<Void> audit() {
    return tools
        .auditor()
        .nodes()
        .compose(
            nodes -> Future.join(nodes.stream().map(shard -> node(shard, nodes)).toList()))
        .<Void>mapEmpty()
        .onFailure(this::failed);
  }

  private Future<Void> node(int shard, List<Integer> nodes) {
    return tools
        .auditor()
        .lease(shard, EVERY_MILLIS)
        .compose(ours -> ours
            ? tools.auditor().now(shard).compose(now -> walk(begin(shard, nodes, now)))
            : Future.<Void>succeededFuture());
  }

  private Walk begin(int shard, List<Integer> nodes, long nowMillis) {
    boolean counts = tools.auditor().counts();
    long now = System.nanoTime();
    return new Walk(
        shard, "0", 0, 0, 0, now, now, nodes, nowMillis, counts ? new HashMap<>() : null);
  }

  /**
   * How far a walk has come.
   *
   * @param slices how many it had
   * @param keys how many were looked at
   * @param busyNanos how long it has waited for Redis
   * @param heldNanos when the others were last held off
   * @param sealed how many records need which key; null when nobody wants to know
   */
  private record Walk(
      int shard,
      String from,
      long slices,
      long keys,
      long busyNanos,
      long sinceNanos,
      long heldNanos,
      List<Integer> nodes,
      long begunAtMillis,
      Map<String, Integer> sealed) {
    Walk on(Auditor.Slice slice, long tookNanos) {
      if (sealed != null) {
        slice.sealed().forEach((key, count) -> sealed.merge(key, count, Integer::sum));
      }
      return new Walk(
          shard,
          slice.next(),
          slices + 1,
          keys + slice.keys(),
          busyNanos + tookNanos,
          sinceNanos,
          heldNanos,
          nodes,
          begunAtMillis,
          sealed);
    }

    Walk held(long nowNanos) {
      return new Walk(
          shard, from, slices, keys, busyNanos, sinceNanos, nowNanos, nodes, begunAtMillis, sealed);
    }
  }

  private Future<Void> walk(Walk begun) {
    Promise<Void> over = Promise.promise();
    go(begun, over);
    return over.future();
  }

  /** No chain of futures: a walk may have a hundred thousand slices. */
  private void go(Walk walk, Promise<Void> over) {
    slice(walk)
        .onFailure(over::tryFail)
        .onSuccess(next -> {
          if (next.from() == null) {
            end(next).onComplete(over);
          } else if (stopping) {
            over.tryComplete();
          } else {
            go(next, over);
          }
        });
  }

  /** Completes when it is time for the next one. */
  private Future<Walk> slice(Walk walk) {
    long from = System.nanoTime();
    return tools
        .auditor()
        .walk(walk.shard(), walk.from(), KEYS_A_SLICE, walk.sealed() != null)
        .compose(slice -> {
          slice.repairs().forEach(metrics::repaired);
          long now = System.nanoTime();
          Walk next = walk.on(slice, now - from);
          return slice.next() == null
              ? Future.succeededFuture(next)
              : hold(next, now).compose(held -> rest(held, slice.keys(), now - from).map(held));
        });
  }

  /** Holds the others off while a long walk goes on. */
  private Future<Walk> hold(Walk walk, long nowNanos) {
    return nowNanos - walk.heldNanos() < TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS / 3)
        ? Future.succeededFuture(walk)
        : tools.auditor().renew(walk.shard(), EVERY_MILLIS).map(held -> walk.held(nowNanos));
  }

  private Future<?> rest(Walk walk, int keys, long tookNanos) {
    long millis = keys >= MANY
        ? Math.max(PAUSE_MILLIS, RESTS * TimeUnit.NANOSECONDS.toMillis(tookNanos))
        : walk.slices() % SLICES_IN_A_ROW == 0 ? PAUSE_MILLIS : 0;
    return millis == 0
        ? Future.succeededFuture()
        : vertx.timer(millis, TimeUnit.MILLISECONDS);
  }

  /** The next walk is not before Redis has had a rest from this one. */
  private Future<Void> end(Walk whole) {
    long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - whole.sinceNanos());
    long restMillis = RESTS * TimeUnit.NANOSECONDS.toMillis(whole.busyNanos());
    LOG.debug("audited {} keys in {} ms", whole.keys(), tookMillis);
    return tally(whole)
        .compose(told -> restMillis + tookMillis > EVERY_MILLIS
            ? tools.auditor().renew(whole.shard(), Math.max(1, restMillis))
            : Future.succeededFuture());
  }

  private Future<Void> tally(Walk whole) {
    return whole.sealed() == null
        ? Future.succeededFuture()
        : tools
            .auditor()
            .tally(whole.shard(), whole.nodes(), whole.begunAtMillis(), whole.sealed());
  }

  private void failed(Throwable failure) {
    if (stopping || failure instanceof LedgerUnavailable) {
      LOG.debug("audit skipped: ledger unavailable, {}", failure.getMessage());
    } else {
      LOG.error("audit failed: it begins again", failure);
    }
  }
}
