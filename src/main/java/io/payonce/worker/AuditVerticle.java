package io.payonce.worker;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.maintenance.Auditor;
import io.payonce.redis.RedisLane;
import io.payonce.telemetry.Metrics;
import io.vertx.core.Future;
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
 * Audits the whole ledger every 30 s, so that a fault in it is found before a payment is missed.
 * Among all pods one walks each node of Redis; a ledger too large for 30 s takes longer, at a pace
 * that costs Redis a few percent of one core.
 */
public final class AuditVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(AuditVerticle.class);

  static final long EVERY_MILLIS = 30_000;

  /** A SCAN of so many blocks Redis for a quarter of a millisecond. */
  private static final int KEYS_A_SLICE = 500;

  /** 10,000 keys a second: 300,000 in 30 s. At half, large ledgers wait; at double, Redis works. */
  private static final long PAUSE_MILLIS = 50;

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
    return new Walk(
        shard, "0", 0, System.nanoTime(), nodes, nowMillis, counts ? new HashMap<>() : null);
  }

  /** @param sealed how many records need which key; null when nobody wants to know */
  private record Walk(
      int shard,
      String from,
      long keys,
      long sinceNanos,
      List<Integer> nodes,
      long begunAtMillis,
      Map<String, Integer> sealed) {
    Walk on(Auditor.Slice slice) {
      if (sealed != null) {
        slice.sealed().forEach((key, count) -> sealed.merge(key, count, Integer::sum));
      }
      return new Walk(
          shard, slice.next(), keys + slice.keys(), sinceNanos, nodes, begunAtMillis, sealed);
    }

    long seconds() {
      return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNanos);
    }
  }

  private Future<Void> walk(Walk walk) {
    return tools
        .auditor()
        .walk(walk.shard(), walk.from(), KEYS_A_SLICE, walk.sealed() != null)
        .compose(slice -> {
          slice.repairs().forEach(metrics::repaired);
          Walk next = walk.on(slice);
          if (slice.next() == null || stopping) {
            LOG.debug("audited {} keys in {} s", next.keys(), next.seconds());
            return slice.next() == null ? tally(next) : Future.succeededFuture();
          }
          return vertx
              .timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
              .compose(rested -> tools.auditor().renew(walk.shard(), EVERY_MILLIS))
              .compose(renewed -> walk(next));
        });
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
