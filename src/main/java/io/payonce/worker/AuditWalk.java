package io.payonce.worker;

import io.payonce.ledger.maintenance.Audit.Repair;
import io.payonce.ledger.maintenance.Auditor;
import io.payonce.limit.Tried;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One walk through all keys of one node of Redis, at a pace that leaves Redis to others. Nearly all
 * keys are of what has ended, and Redis passes over them by itself.
 */
final class AuditWalk {
  private static final Logger LOG = LoggerFactory.getLogger(AuditWalk.class);

  /**
   * A SCAN of so many holds Redis up for a third of a millisecond on a slow machine. At half, ten
   * million keys take twice as long; at double, others wait for it.
   */
  private static final int KEYS_A_SLICE = 200;

  /** Then others have their turn. Without, Redis does little else for as long as the walk takes. */
  private static final int SLICES_IN_A_ROW = 4;

  private static final long PAUSE_MILLIS = 1;

  /** A slice of which so many keys are looked at costs Redis more by far than others. */
  private static final int MANY = 20;

  /** After such a slice, and after a walk, it rests so many times as long as that took. */
  private static final int RESTS = 9;

  private final Vertx vertx;
  private final Auditor auditor;
  private final int shard;
  private final Consumer<Repair> repaired;
  private final BooleanSupplier stopping;
  private final Map<String, Integer> sealed;
  private final long sinceNanos = System.nanoTime();
  private final Promise<Map<String, Integer>> over = Promise.promise();
  private long heldNanos = sinceNanos;
  private long busyNanos;
  private long slices;
  private long keys;

  /** @param shard one of the node's */
  AuditWalk(
      Vertx vertx,
      Auditor auditor,
      int shard,
      Consumer<Repair> repaired,
      BooleanSupplier stopping) {
    this.vertx = vertx;
    this.auditor = auditor;
    this.shard = shard;
    this.repaired = repaired;
    this.stopping = stopping;
    this.sealed = auditor.counts() ? new HashMap<>() : null;
  }

  /** How many records need which key; null when not wanted, or the walk was stopped. */
  Future<Map<String, Integer>> go() {
    next("0");
    return over.future();
  }

  /** No chain of futures: a walk may have a hundred thousand slices. Whatever throws ends it. */
  private void next(String from) {
    Tried.of(() -> slice(from)).onFailure(over::tryFail).onSuccess(slice -> {
      try {
        goOn(slice);
      } catch (RuntimeException bug) {
        over.tryFail(bug);
      }
    });
  }

  private void goOn(Auditor.Slice slice) {
    if (slice.next() == null) {
      end().onComplete(over);
    } else if (stopping.getAsBoolean()) {
      over.tryComplete();
    } else {
      next(slice.next());
    }
  }

  /** Completes when it is time for the next one. */
  private Future<Auditor.Slice> slice(String from) {
    long since = System.nanoTime();
    return auditor.walk(shard, from, KEYS_A_SLICE, sealed != null).compose(slice -> {
      long took = System.nanoTime() - since;
      slices++;
      keys += slice.keys();
      busyNanos += took;
      slice.repairs().forEach(repaired);
      if (sealed != null) {
        slice.sealed().forEach((key, count) -> sealed.merge(key, count, Integer::sum));
      }
      return slice.next() == null
          ? Future.succeededFuture(slice)
          : hold().compose(held -> rest(slice.keys(), took)).map(slice);
    });
  }

  /** Holds other pods off while a long walk goes on. */
  private Future<Void> hold() {
    long now = System.nanoTime();
    if (now - heldNanos < TimeUnit.MILLISECONDS.toNanos(AuditVerticle.EVERY_MILLIS / 3)) {
      return Future.succeededFuture();
    }
    heldNanos = now;
    return auditor.renew(shard, AuditVerticle.EVERY_MILLIS);
  }

  private Future<?> rest(int looked, long tookNanos) {
    long millis = looked >= MANY
        ? Math.max(PAUSE_MILLIS, RESTS * TimeUnit.NANOSECONDS.toMillis(tookNanos))
        : slices % SLICES_IN_A_ROW == 0 ? PAUSE_MILLIS : 0;
    return millis == 0 ? Future.succeededFuture() : vertx.timer(millis);
  }

  /** The next walk is not before Redis has had a rest from this one. */
  private Future<Map<String, Integer>> end() {
    long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
    long restMillis = RESTS * TimeUnit.NANOSECONDS.toMillis(busyNanos);
    LOG.debug("audited {} keys in {} ms", keys, tookMillis);
    return (restMillis + tookMillis > AuditVerticle.EVERY_MILLIS
            ? auditor.renew(shard, Math.max(1, restMillis))
            : Future.<Void>succeededFuture())
        .map(sealed);
  }
}
