package io.payonce.worker;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.maintenance.Auditor;
import io.payonce.redis.RedisLane;
import io.payonce.telemetry.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
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

  /** Tools of one pod. */
  public record Tools(RedisLane lane, Auditor auditor) {}

  private final Supplier<Tools> build;
  private final Metrics metrics;
  private final long tickMillis;
  private Tools tools;
  private boolean stopping;

  public AuditVerticle(Supplier<Tools> build, Metrics metrics) {
    this(build, metrics, EVERY_MILLIS / 6);
  }

  /** @param tickMillis how often it looks whether it is this pod's turn */
  AuditVerticle(Supplier<Tools> build, Metrics metrics, long tickMillis) {
    this.build = build;
    this.metrics = metrics;
    this.tickMillis = tickMillis;
  }

  @Override
  public Future<?> start() {
    tools = build.get();
    new Rounds(context, tickMillis, () -> stopping, this::audit).begin();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    return tools.lane().close();
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
            ? tools.auditor().now(shard).compose(now -> walk(shard, nodes, now))
            : Future.<Void>succeededFuture());
  }

  private Future<Void> walk(int shard, List<Integer> nodes, long nowMillis) {
    AuditWalk walk =
        new AuditWalk(vertx, tools.auditor(), shard, metrics::repaired, () -> stopping);
    return walk.go()
        .compose(counted -> counted == null
            ? Future.succeededFuture()
            : tools.auditor().tally(shard, nodes, nowMillis, counted));
  }

  private void failed(Throwable failure) {
    if (stopping || failure instanceof LedgerUnavailable) {
      LOG.debug("audit skipped: ledger unavailable, {}", failure.getMessage());
    } else {
      LOG.error("audit failed: it begins again", failure);
    }
  }
}
