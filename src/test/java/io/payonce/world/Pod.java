package io.payonce.world;

import io.payonce.flow.Flows;
import io.payonce.flow.Unheard;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.OutcomeSignal;
import io.payonce.flow.port.RetryHint;
import io.payonce.flow.port.Sightings;
import io.payonce.flow.port.Time;
import io.payonce.limit.Unlimited;
import io.payonce.model.PaymentId;
import io.payonce.recovery.Action;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One process from its start to its crash. Whatever it waits for passes through {@link #in}, where
 * it may die (and never see it) or stall (and see it late).
 */
final class Pod implements Time, OutcomeSignal, RetryHint, Unheard {
  private static final long EXPEDITE_EARLY_MILLIS = 3;

  final int number;
  final long skewMillis;
  final PodLedger ledger;
  private final Sightings sightings = new Sightings(this::nanos);
  final Flows flows;
  private final World world;
  private final Map<PaymentId, List<Runnable>> waiting = new HashMap<>();
  private long stalledUntilMillis;
  private boolean dead;

  Pod(World world, int number) {
    this.world = world;
    this.number = number;
    int skew = world.setup.skewMillis();
    skewMillis = world.chance.below(2 * skew + 1) - (world.chance.isCalm() ? 0 : skew);
    ledger = new PodLedger(world, this);
    flows = new Flows(
        ledger,
        Accounts.only(new PodPlatform(world, this), new Unlimited()),
        this,
        this,
        this,
        this,
        world.setup.flow());
  }

  boolean isDead() {
    return dead;
  }

  boolean isAwake() {
    return !dead && world.agenda.nowMillis() >= stalledUntilMillis;
  }

  void in(long millis, Runnable deed) {
    travels(millis, () -> live(deed));
  }

  /** What has left the pod comes in, whatever becomes of the pod meanwhile. */
  void travels(long millis, Runnable deed) {
    int actor = world.actor();
    world.agenda.in(millis, () -> world.askedBy(actor, deed));
  }

  private void live(Runnable deed) {
    if (dead) {
      return;
    }
    long now = world.agenda.nowMillis();
    if (now < stalledUntilMillis && !world.chance.isCalm()) {
      in(stalledUntilMillis - now, deed);
    } else if (world.is(Fault.CRASH)) {
      dead = true;
      world.tell(() -> "pod " + number + " dies");
      world.restart(this);
    } else if (world.is(Fault.STALL)) {
      int longest = world.chance.oneIn(4) ? 900_000 : 40_000;
      stalledUntilMillis = now + 1 + world.chance.below(longest);
      world.tell(() -> "pod " + number + " stalls for " + (stalledUntilMillis - now) + " ms");
      in(stalledUntilMillis - now, deed);
    } else {
      deed.run();
    }
  }

  @Override
  public long nanos() {
    return world.agenda.nowMillis() * 1_000_000;
  }

  @Override
  public Sightings sightings() {
    return sightings;
  }

  @Override
  public double chance() {
    return world.chance.isCalm() ? 0.5 : world.chance.below(1000) / 1000.0;
  }

  @Override
  public Future<Void> pause(long millis) {
    Promise<Void> promise = Promise.promise();
    in(millis, promise::tryComplete);
    return promise.future();
  }

  @Override
  public Future<Void> awaitChange(PaymentId id, long atMostMillis) {
    Promise<Void> promise = Promise.promise();
    int actor = world.actor();
    Runnable wake = () -> world.askedBy(actor, promise::tryComplete);
    waiting.computeIfAbsent(id, absent -> new ArrayList<>()).add(wake);
    in(Math.max(1, atMostMillis), wake);
    return promise.future();
  }

  @Override
  public void announce(PaymentId id) {
    List<Runnable> callers = waiting.remove(id);
    if (callers != null) {
      callers.forEach(caller -> in(0, caller));
    }
  }

  @Override
  public void schedule(long millis, PaymentId id) {
    in(millis + EXPEDITE_EARLY_MILLIS, () -> work(id));
  }

  /** What the retry verticle does with one payment. */
  void work(PaymentId id) {
    flows.retries().work(id).onFailure(world.witness::broken);
  }

  @Override
  public void recoveryStep(Action act) {
    world.witness.did(act);
  }
}
