package io.payonce.world;

import io.payonce.flow.ToUs;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.ReportRoute;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.model.AddedOperation;
import io.payonce.model.Operation;
import io.payonce.model.Operation.Doubt;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One world before it begins.
 *
 * @param rates how often each {@link Fault} happens: once in so many times, 0 for never
 * @param twoPlatforms every other pod works for another platform
 * @param skewMillis how far a pod's clock may be from the true time, either way
 * @param dated the platform's answers have a Date
 * @param jumpMillis how far the ledger's clock jumps ahead some time; 0 for never
 * @param backMillis how far it jumps back some time, then or without; 0 for never
 * @param foreign the caller's first id belongs to somebody else's transaction
 * @param othersPaid somebody else has paid the order
 */
record Setup(
    Kind kind,
    Operation operation,
    int pods,
    int[] rates,
    Dedup dedup,
    boolean guards,
    boolean foreign,
    boolean othersPaid,
    boolean failsOver,
    boolean twoPlatforms,
    int skewMillis,
    boolean dated,
    long jumpMillis,
    long backMillis,
    LedgerSettings ledger,
    FlowSettings flow) {
  /** What the platform does with a second send of an id. */
  enum Dedup {
    FIRST_RESULT,
    SAYS_C06,
    /** A failed id runs again. */
    RERUNS_FAILED,
    EVERY_SEND_RUNS
  }

  static final long LEASE_MILLIS = 15_000;
  static final long EXCHANGE_MILLIS = 12_000;
  static final long RETENTION_MILLIS = Duration.ofDays(1).toMillis();
  static final long TOMBSTONE_MILLIS = Duration.ofDays(7).toMillis();

  /** The platform forgets that it has seen an id after so long; its queries still show it. */
  static final long FORGETS_MILLIS = Duration.ofDays(2).toMillis();

  static Setup draw(Kind kind, Chance chance) {
    boolean failsOver = kind.failsOver() || kind.hasEveryFault() && chance.oneIn(4);
    Dedup dedup = kind.runsEverySend() || kind.hasEveryFault() && chance.oneIn(10)
        ? Dedup.EVERY_SEND_RUNS
        : Dedup.values()[chance.below(3)];
    Operation operation = kind == Kind.DESCRIBED ? described(dedup, chance) : operation(chance);
    return new Setup(
        kind,
        operation,
        kind == Kind.TWO_PLATFORMS ? 2 + chance.below(2) : 1 + chance.below(3),
        Fault.draw(kind, chance),
        dedup,
        chance.oneIn(2),
        // What is said of a void names neither order nor amount: it could not be distinguished from
        // others.
        chance.oneIn(12) && operation != Operation.VOID,
        chance.oneIn(12),
        failsOver,
        kind == Kind.TWO_PLATFORMS
            || kind != Kind.NOTIFIED && kind.hasEveryFault() && chance.oneIn(8),
        1 + chance.below(5000),
        !chance.oneIn(8),
        jump(kind, chance),
        kind == Kind.CLOCK_BACK ? 1 + chance.below(7_200_000) : 0,
        ledger(kind, failsOver),
        flow(kind, dedup, chance));
  }

  private static long jump(Kind kind, Chance chance) {
    return chance.oneIn(kind == Kind.CLOCK_BACK ? 2 : 6) ? 660_000 + chance.below(3_000_000) : 0;
  }

  /** Whether a repeat does no harm, an operator knows. */
  private static Operation described(Dedup dedup, Chance chance) {
    List<Doubt> doubts = dedup == Dedup.EVERY_SEND_RUNS
        ? List.of(Doubt.CONFIRM, Doubt.ASK_ONLY)
        : List.of(Doubt.CONFIRM, Doubt.ASK_ONLY, Doubt.REPEAT_THEN_ASK);
    return new AddedOperation(
            "charge",
            "/v1/wallet/charge",
            chance.oneIn(4) ? AddedOperation.NO_ORDER : AddedOperation.REFERENCE_ID,
            AddedOperation.REQUEST_ID,
            doubts.get(chance.below(doubts.size())),
            List.of())
        .operation();
  }

  private static Operation operation(Chance chance) {
    int drawn = chance.below(10);
    return switch (drawn) {
      case 7 -> Operation.TIP_ADJUST;
      case 8 -> Operation.REFUND;
      case 9 -> Operation.VOID;
      default -> Operation.SALE;
    };
  }

  private static LedgerSettings ledger(Kind kind, boolean failsOver) {
    int replicas = failsOver && !kind.losesMemory() ? 1 : 0;
    return LedgerSettings.of(
            LEASE_MILLIS, RETENTION_MILLIS, kind == Kind.NO_TOMBSTONES ? 0 : TOMBSTONE_MILLIS)
        .with(new LedgerSettings.Durability(replicas, Duration.ofMillis(500)));
  }

  private static FlowSettings flow(Kind kind, Dedup dedup, Chance chance) {
    boolean afterWindow = dedup == Dedup.EVERY_SEND_RUNS
        ? kind != Kind.ANY_TIME
        : kind.hasEveryFault() && chance.oneIn(6);
    FlowSettings past = new FlowSettings(
        3000,
        EXCHANGE_MILLIS,
        new FlowSettings.Recovery(
            500,
            600_000,
            2 + chance.below(3),
            chance.below(4) > 0,
            afterWindow,
            afterWindow || chance.oneIn(2) ? 1_200_000 : 600_000),
        FlowSettings.Orders.USUAL);
    return kind.notifies() ? past.over(toUs(chance.oneIn(2))) : past;
  }

  /** @param heard of late: then open payments are asked about more seldom */
  private static ReportRoute toUs(boolean heard) {
    return ToUs.since(heard ? 0 : Long.MAX_VALUE);
  }

  /** The ledger's settings of a pod that works for this platform. */
  LedgerSettings of(String platform, LongSupplier nanos) {
    return ledger.with(new HomePlatform(platform, flow.deadlineMillis(), LEASE_MILLIS, nanos));
  }

  boolean replicates() {
    return ledger.minReplicas() > 0;
  }

  int rate(Fault fault) {
    return rates[fault.ordinal()];
  }
}
