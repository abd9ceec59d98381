package io.payonce.worker;

import io.payonce.flow.RetryFlow;
import io.payonce.flow.port.RetryHint;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.UnreadableRecord;
import io.payonce.limit.FairRoom;
import io.payonce.limit.Tried;
import io.payonce.model.Account;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.payonce.redis.RedisLane;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings payments in doubt to their end. It works at once on those that this process reports, and
 * goes round all shards of the due set for those that other pods left behind.
 */
public final class RetryVerticle extends VerticleBase implements RetryHint {
  private static final Logger LOG = LoggerFactory.getLogger(RetryVerticle.class);

  /**
   * A round of four glances takes 2 s: half would double what idle pods ask of Redis, double delays
   * takeover. Twice as many shards a glance would hold Redis up for others.
   */
  private static final int SHARDS_A_GLANCE = 64;

  private static final long GLANCE_MILLIS = 500;

  /** What one shard has more than it can hand out at once, waits so long. */
  private static final long TICK_MILLIS = 125;

  /**
   * Payments worked on at once. Each may hold 64 KiB, and for 10 s a connection: with half, 100
   * resends a second to a silent platform take half of all.
   */
  private static final int MOST_AT_ONCE = 1024;

  /** A reminder that comes before the due time of the ledger's clock would be wasted. */
  private static final long EARLY_MILLIS = 3;

  private final Function<RetryHint, LoopComponents> build;
  private LoopComponents assembly;
  private Context context0;
  private final Crowds crowds = new Crowds(new Crowds.Accounts() {
    @Override
    public Account of(PaymentId id) {
      return retries().accountOf(id);
    }

    @Override
    public int places(Account account) {
      return retries().places(account);
    }
  });
  private final FairRoom inHand = new FairRoom(0);
  private int nextShard;
  private long glancedNanos = System.nanoTime();
  private volatile int working;
  private volatile boolean stopping;

  public RetryVerticle(Function<RetryHint, LoopComponents> build) {
    this.build = build;
  }

  @Override
  public Future<?> start() {
    context0 = context;
    assembly = build.apply(this);
    nextShard = ThreadLocalRandom.current().nextInt(Shards.COUNT);
    arm();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    return assembly.close();
  }

  /** Begins nothing more; what is being worked on goes on. */
  public void rest() {
    stopping = true;
  }

  public boolean isBusy() {
    return working > 0;
  }

  @Override
  public void schedule(long millis, PaymentId id) {
    Context home = context0;
    if (home != null && !stopping) {
      home.runOnContext(run -> vertx.setTimer(millis + EARLY_MILLIS, due -> work(id)));
    }
  }

  private void arm() {
    RedisLane.atBeat(context, crowds.isEmpty() ? GLANCE_MILLIS : TICK_MILLIS, () -> {
      if (!stopping) {
        Tried.of(this::sweep).onFailure(this::failed).onComplete(done -> arm());
      }
    });
  }

  private Future<Void> sweep() {
    List<Future<Void>> looks = new ArrayList<>();
    long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - glancedNanos);
    boolean isTime = crowds.isEmpty() || since >= GLANCE_MILLIS - TICK_MILLIS / 2;
    if (isTime && working < MOST_AT_ONCE) {
      glancedNanos = System.nanoTime();
      looks.add(glance());
    }
    Crowds.Turn turn = crowds.turn(retries().isAsking());
    turn.shards().forEach(shard -> looks.add(crowd(shard, turn)));
    return Future.join(looks).mapEmpty();
  }

  /** Who has anything due is looked at closely. */
  private Future<Void> glance() {
    List<Integer> shards = new ArrayList<>(SHARDS_A_GLANCE);
    for (int i = 0; i < SHARDS_A_GLANCE; i++) { // twice a second: no stream
      if (!crowds.contains(nextShard)) {
        shards.add(nextShard);
      }
      nextShard = (nextShard + 1) % Shards.COUNT;
    }
    return assembly
        .ledger()
        .glance(shards)
        .compose(due -> Future.join(due.stream().map(this::look).toList()))
        .mapEmpty();
  }

  private Future<Void> look(int shard) {
    return due(shard, Crowds.MOST_A_SHARD).map(due -> {
      due.forEach(this::work);
      return null;
    });
  }

  private Future<List<PaymentId>> due(int shard, int most) {
    return assembly.ledger().due(shard, most).onSuccess(due -> crowds.looked(shard, due.size()));
  }

  private Future<Void> crowd(int shard, Crowds.Turn turn) {
    return due(shard, turn.most()).map(due -> {
      crowds.handOut(due, turn.share(), ThreadLocalRandom.current());
      workOnCrowds();
      return null;
    });
  }

  private void workOnCrowds() {
    while (!stopping && working < MOST_AT_ONCE) {
      Crowds.Next next = crowds.next(nowMillis());
      if (next == null) {
        return;
      }
      work(next.id()).onComplete(done -> {
        crowds.left(next, done.result());
        context0.runOnContext(again -> workOnCrowds());
      });
    }
  }

  private RetryFlow retries() {
    return assembly.flows().retries();
  }

  private static long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /**
   * Complete when it is over, or there is no room: its due time stands, the next round finds it.
   */
  private Future<Boolean> work(PaymentId id) {
    FairRoom.Place place =
        stopping ? null : inHand.enter(id.merchantId(), MOST_AT_ONCE, nowMillis());
    if (place == null) {
      return Future.succeededFuture(false);
    }
    working = inHand.all();
    return Tried.of(() -> retries().work(id))
        .onComplete(done -> {
          inHand.leave(place);
          working = inHand.all();
        })
        .onFailure(failure -> failed(id, failure))
        .otherwise(true);
  }

  private void failed(Throwable failure) {
    if (stopping || failure instanceof LedgerUnavailable) {
      LOG.debug("recovery round skipped: {}", failure.getMessage());
    } else {
      LOG.error("recovery round failed: the next one begins all the same", failure);
    }
  }

  private void failed(PaymentId id, Throwable failure) {
    if (failure instanceof UnreadableRecord) {
      LOG.error("{}; after a few tries it is quarantined and needs review", failure.getMessage());
    } else if (failure instanceof LedgerUnavailable) {
      LOG.debug("recovery skipped: {}, ledger unavailable", id);
    } else if (stopping) {
      LOG.debug("recovery skipped: {}, left to other pods", id, failure);
    } else {
      LOG.error(
          "recovery failed: {}; after a few tries it is quarantined and needs review", id, failure);
    }
  }
}
