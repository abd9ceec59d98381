package io.payonce.worker;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.limit.Tried;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.payonce.outcome.NotificationFigures;
import io.payonce.outcome.Notifier;
import io.payonce.outcome.Outbox;
import io.payonce.redis.RedisLane;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings notifications to callers' hooks: at once those of payments that this process has settled,
 * and on its round of all shards what dead pods left, or what is to be tried again. Nothing waits
 * in memory: who finds no place here is found in the outbox again.
 */
public final class NotificationVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(NotificationVerticle.class);

  /**
   * At half, a busy shard is asked twice as often; at double, callers learn of it that much later.
   */
  private static final long TICK_MILLIS = 50;

  /**
   * All pods together go round all shards once in that time. At half, an idle fleet asks twice as
   * much; at double, what a dead pod left waits for longer.
   */
  static final long ROUND_MILLIS = 6000;

  /**
   * A round is so many scripts: at half, each would hold Redis up for others. Its parts fall on the
   * beats of lanes.
   */
  private static final int PARTS = 4;

  private static final Outbox.Shard NOTHING = new Outbox.Shard(List.of(), 0, 0, 0, -1);

  /** However many pods there are, or seem to be, one alone comes round in 36 s. */
  private static final int MOST_PODS = 6;

  /** What one shard hands out at a time; more waits for the next tick, so none starves another. */
  private static final int MOST_A_SHARD = 32;

  /** Also those that find no place and go back. */
  private static final int MOST_AT_ONCE = 2 * Notifier.MOST_AT_ONCE;

  /** Tools of one verticle. */
  public record Tools(Outbox outbox, Notifier notifier, Supplier<Future<Void>> closing) {}

  private final Supplier<Tools> build;
  private final NotificationFigures figures;
  private final IntSupplier pods;
  private final AtomicIntegerArray announced = new AtomicIntegerArray(Shards.COUNT);
  private final AtomicBoolean woken = new AtomicBoolean();
  private final BitSet crowded = new BitSet(Shards.COUNT);
  private final BitSet looking = new BitSet(Shards.COUNT);

  /** When a shard is to be looked at again, as it has said itself; 0 when the round is enough. */
  private final long[] lookAtNanos = new long[Shards.COUNT];

  private Tools tools;
  private volatile Context context0;
  private int nextShard;
  private volatile int working;
  private volatile boolean stopping;

  /** @param pods how many share the round */
  public NotificationVerticle(
      Supplier<Tools> build, NotificationFigures figures, IntSupplier pods) {
    this.build = build;
    this.figures = figures;
    this.pods = pods;
  }

  @Override
  public Future<?> start() {
    tools = build.get();
    nextShard = ThreadLocalRandom.current().nextInt(Shards.COUNT);
    context0 = context;
    round();
    wake(); // for what was announced before
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    return tools.closing().get();
  }

  /** Something about the payment has changed in this process; from any thread. */
  public void announced(PaymentId id) {
    announced.set(Shards.of(id.merchantId()), 1);
    wake();
  }

  /** Begins nothing more; what is on its way goes on. */
  public void rest() {
    stopping = true;
  }

  public boolean isBusy() {
    return working > 0;
  }

  /** A part of the round; the figures of shards that have nothing are known by that. */
  private void round() {
    if (stopping) {
      return;
    }
    int sharing = Math.max(1, Math.min(MOST_PODS, pods.getAsInt()));
    RedisLane.atBeat(context, ROUND_MILLIS * sharing / PARTS, this::round);
    List<Integer> shards = IntStream.range(nextShard, nextShard + Shards.COUNT / PARTS)
        .mapToObj(shard -> shard % Shards.COUNT)
        .toList();
    nextShard = (nextShard + Shards.COUNT / PARTS) % Shards.COUNT;
    tools.outbox().scout(shards).onSuccess(some -> {
      shards.stream()
          .filter(shard -> !some.contains(shard) && !looking.get(shard))
          .forEach(shard -> figures.seen(shard, NOTHING));
      some.forEach(this::look);
    });
  }

  private void wake() {
    Context home = context0;
    if (home != null && !woken.getAndSet(true)) {
      home.runOnContext(run -> vertx.setTimer(TICK_MILLIS, tick -> tick()));
    }
  }

  private void tick() {
    woken.set(false);
    if (stopping) {
      return;
    }
    boolean left = false;
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      boolean news = announced.get(shard) != 0 && announced.getAndSet(shard, 0) != 0;
      if ((news || crowded.get(shard) || isTime(shard)) && !look(shard)) {
        left = true;
        announced.set(shard, 1);
      }
    }
    if (left) {
      wake();
    }
  }

  private boolean isTime(int shard) {
    return lookAtNanos[shard] != 0 && System.nanoTime() - lookAtNanos[shard] >= 0;
  }

  /** False when it is not the time for it. */
  private boolean look(int shard) {
    if (looking.get(shard) || working >= MOST_AT_ONCE) {
      return false;
    }
    lookAtNanos[shard] = 0;
    looking.set(shard);
    Tried.of(() -> tools.outbox().look(shard, MOST_A_SHARD)).onComplete(seen -> {
      looking.clear(shard);
      if (seen.succeeded()) {
        figures.seen(shard, seen.result());
        crowded.set(shard, seen.result().due().size() == MOST_A_SHARD);
        comeAgain(shard, seen.result().nextMillis());
        seen.result().due().forEach(this::deliver);
        if (crowded.get(shard)) {
          wake();
        }
      }
    });
    return true;
  }

  /** What is due before the round comes by is not left to it. */
  private void comeAgain(int shard, long millis) {
    if (millis >= 0 && millis < ROUND_MILLIS) {
      lookAtNanos[shard] = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis + 1);
      vertx.setTimer(millis + 1, due -> {
        if (isTime(shard)) {
          wake();
        }
      });
    }
  }

  private void deliver(PaymentId id) {
    if (stopping || working >= MOST_AT_ONCE) {
      return;
    }
    working++;
    Tried.of(() -> tools.notifier().deliver(id))
        .onComplete(done -> {
          working--;
          announced(id); // when it is due again, its shard knows
        })
        .onFailure(failure -> failed(id, failure));
  }

  private void failed(PaymentId id, Throwable failure) {
    if (stopping || failure instanceof LedgerUnavailable) {
      LOG.debug("notification skipped: {}, ledger unavailable, {}", id, failure.getMessage());
    } else {
      LOG.error("notification failed: {}, it is tried again", id, failure);
    }
  }
}
