package io.payonce.world;

import io.payonce.ledger.FakeLedger;
import io.payonce.ledger.FakeSight;
import io.payonce.ledger.FakeStore;
import io.payonce.model.PaymentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One world from its first call to its end: first everything may go wrong, then nothing any more,
 * and whatever is still unsettled must come to its end or need review.
 */
final class World {
  private static final int SHARD_ROUND_MILLIS = 2000;

  /** How long faults go on after the last call. */
  private static final long AFTERMATH_MILLIS = 900_000;

  /** An open payment has a day and an hour, then it is listed for review; pauses add a little. */
  private static final long PATIENCE_MILLIS = 30 * 3_600_000L;

  /** More than any world needs: whoever reaches it runs in a circle. */
  private static final int MOST_EVENTS = 200_000;

  final Chance chance;
  final Setup setup;
  final Agenda agenda = new Agenda();
  final Witness witness;
  final Acquirer acquirer;
  final Callers callers;
  final Notifications notifications = new Notifications(this);
  final FakeStore store = new FakeStore(this::ledgerMillis);
  final FakeSight sight = new FakeSight(store);
  private final FakeLedger[] ledgers = new FakeLedger[2];
  private final Map<String, Long> unknown = new HashMap<>();
  private final Pod[] pods;
  private final List<String> trace;
  private long stampMillis;
  private long skewMillis;
  private int call = -1;
  private int actor = -1;
  private long sweepAtMillis = Long.MAX_VALUE;
  private int sweeps;
  private FakeStore.Snapshot replica;
  private int epoch;
  private long moves;
  private long replicaMoves;
  private long replicated;
  private int events;
  private long ledgerAheadMillis;

  World(Kind kind, Chance chance, boolean traced) {
    this.chance = chance;
    trace = traced ? new ArrayList<>() : null;
    setup = Setup.draw(kind, chance);
    witness = new Witness(this);
    acquirer = new Acquirer(this);
    callers = new Callers(this);
    pods = new Pod[setup.pods()];
    for (int i = 0; i < ledgers.length; i++) {
      ledgers[i] = new FakeLedger(
          store,
          setup.of(platform(i), () -> agenda.nowMillis() * 1_000_000),
          () -> stampMillis + skewMillis,
          () -> stampMillis * 1_000_000);
    }
    for (int i = 0; i < pods.length; i++) {
      pods[i] = new Pod(this, i);
    }
    if (setup.failsOver()) {
      snapshot();
    }
  }

  private void snapshot() {
    replica = store.snapshot();
    replicaMoves = moves;
  }

  /** Runs it to its end; null, or the rule that was broken. */
  String run() {
    tell(() -> setup.toString());
    long lastCall = callers.plan();
    jump(setup.jumpMillis());
    jump(-setup.backMillis());
    run(agenda.nowMillis() + lastCall + AFTERMATH_MILLIS);
    if (witness.violation() == null) {
      chance.calmDown();
      tell(() -> "from now on nothing goes wrong");
      run(agenda.nowMillis() + PATIENCE_MILLIS);
    }
    if (witness.violation() == null) {
      witness.last();
    }
    return witness.violation();
  }

  /** A failover to a host with a wrong clock, some time. */
  private void jump(long millis) {
    if (millis != 0) {
      agenda.in(chance.below(900_000), () -> {
        ledgerAheadMillis += millis;
        tell(() -> "the ledger's clock jumps by " + millis + " ms");
        armSweep();
      });
    }
  }

  /** The ledger's clock. */
  long ledgerMillis() {
    return agenda.nowMillis() + ledgerAheadMillis;
  }

  private void run(long untilMillis) {
    while (witness.violation() == null && agenda.step(untilMillis)) {
      if (++events > MOST_EVENTS) {
        witness.broken(new IllegalStateException("this world has no end"));
      }
    }
  }

  int events() {
    return events;
  }

  List<String> trace() {
    return trace;
  }

  /** Notes what happens, where a test wants to read it. */
  void tell(Supplier<String> what) {
    if (trace != null) {
      trace.add(String.format("%,14d  %s", agenda.nowMillis() - Agenda.DAWN_MILLIS, what.get()));
    }
  }

  int rate(Fault fault) {
    return setup.rate(fault);
  }

  boolean is(Fault fault) {
    return chance.oneIn(setup.rate(fault));
  }

  // Platforms.

  private String platform(int pod) {
    return setup.twoPlatforms() && pod % 2 == 1 ? "another" : "first";
  }

  /** The ledger as a pod sees it that works for its platform. */
  FakeLedger ledger(Pod pod) {
    return ledgers[pod.number % 2];
  }

  /** What one call found out another one on the same pod does not know. */
  private String who(Pod pod, String requestId) {
    return pod.number + " " + actor + " " + requestId;
  }

  /** Whether a pod found anything of a payment when it looked for one call. */
  void looked(Pod pod, PaymentId id, boolean found) {
    String who = who(pod, id.requestId());
    if (found) {
      unknown.remove(who);
    } else {
      unknown.put(who, agenda.nowMillis());
    }
  }

  /**
   * A pod asks about what has this name: if it is sent to another platform, it must have begun
   * since this pod looked.
   */
  void asks(Pod pod, String requestId) {
    Long lookedAt = unknown.get(who(pod, requestId));
    if (lookedAt == null || sight.begunAtMillis(requestId) < lookedAt) {
      reaches(pod, requestId);
    }
  }

  /** A pod sends, or asks about, what has this name: it must have been sent to its platform. */
  void reaches(Pod pod, String requestId) {
    String of = sight.platformOf(requestId);
    if (of != null && !of.equals(platform(pod.number))) {
      witness.broken(new IllegalStateException(requestId + " reached another platform"));
    }
  }

  // Pods.

  Pod anyPod() {
    Pod pod = pods[chance.below(pods.length)];
    return pod.isDead() ? null : pod;
  }

  void restart(Pod dead) {
    agenda.in(1 + chance.below(60_000), () -> {
      tell(() -> "pod " + dead.number + " starts again");
      pods[dead.number] = new Pod(this, dead.number);
    });
  }

  void calling(int number, Runnable deed) {
    call = number;
    try {
      askedBy(number, deed);
    } finally {
      call = -1;
    }
  }

  /** Whose deed it is, and all that comes of it; -1 for no one's. */
  void askedBy(int number, Runnable deed) {
    int before = actor;
    actor = number;
    try {
      deed.run();
    } finally {
      actor = before;
    }
  }

  int actor() {
    return actor;
  }

  /** Intents made now carry the time when, and the clock by which, they were asked for. */
  void stamping(long askedMillis, Pod pod) {
    stampMillis = askedMillis;
    skewMillis = pod.skewMillis;
  }

  int callNow() {
    return call;
  }

  // The due set, which the pods go round.

  private void armSweep() {
    long due = sight.earliestDueMillis();
    long earliest = due == Long.MAX_VALUE ? due : due - ledgerAheadMillis;
    if (earliest == Long.MAX_VALUE || earliest + SHARD_ROUND_MILLIS >= sweepAtMillis) {
      return;
    }
    long in = Math.max(0, earliest - agenda.nowMillis()) + 1 + chance.below(SHARD_ROUND_MILLIS);
    if (setup.twoPlatforms()) {
      in += SHARD_ROUND_MILLIS; // what is due may be for the other platform's pods, who sleep
    }
    long then = in;
    sweepAtMillis = agenda.nowMillis() + then;
    int number = ++sweeps;
    agenda.in(then, () -> {
      if (number == sweeps) {
        sweep();
      }
    });
  }

  private void sweep() {
    sweepAtMillis = Long.MAX_VALUE;
    for (Pod pod : pods) {
      if (pod.isAwake() && (pod == pods[0] || setup.twoPlatforms() || chance.oneIn(2))) {
        pod.ledger.due(SHARD, 32).onSuccess(due -> due.forEach(pod::work));
      }
    }
    agenda.in(SHARD_ROUND_MILLIS, this::armSweep);
  }

  private static final int SHARD = FakeSight.shardOf(Requests.MERCHANT);

  // The ledger and its replica.

  /** After each move. */
  void moved() {
    moves++;
    witness.inspect();
    armSweep();
    if (setup.failsOver() && !setup.replicates() && chance.oneIn(3)) {
      snapshot();
    }
  }

  /** Before each move. */
  void mayFailOver() {
    if (setup.failsOver() && is(Fault.FAILOVER)) {
      tell(() -> "the ledger fails over");
      epoch++;
      store.restore(replica);
      if (moves > replicaMoves) {
        store.lapse();
      }
      moves = replicaMoves;
      witness.failedOver();
      armSweep();
    }
  }

  /** Says whether the replica got everything up to now before it became the primary. */
  void replicate(long lagMillis, Consumer<Boolean> safe) {
    FakeStore.Snapshot now = store.snapshot();
    int before = epoch;
    long number = moves;
    int whose = actor;
    agenda.in(lagMillis, () -> {
      if (before == epoch && number > replicated) {
        replica = now;
        replicaMoves = number;
        replicated = number;
      }
      askedBy(whose, () -> safe.accept(before == epoch));
    });
  }

  /**
   * Whether it is written, where no failover can lose it, that this is paid or listed for review.
   */
  boolean isSafelyPaid(PaymentId id) {
    return sight.isWrittenPaid(id) && (!setup.replicates() || FakeSight.isWrittenPaid(replica, id));
  }

  /** Whether the payment would survive a failover now. */
  boolean remembers(PaymentId id) {
    return setup.replicates() ? FakeSight.knows(replica, id) : sight.remembers(id);
  }
}
