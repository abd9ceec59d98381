package io.payonce.telemetry;

import io.payonce.flow.port.CallOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Remembers what happened in this process in the last ten minutes, in slots of ten seconds: for
 * operators on the ops page. What must last is in the metrics.
 */
public final class RecentStats {
  public static final int SLOT_SECONDS = 10;
  public static final int SLOTS = 60;

  /** Over which figures of "now" are taken: half of it jumps about, double it hides a change. */
  private static final int SLOTS_OF_NOW = 6;

  private static final long SLOT_MILLIS = SLOT_SECONDS * 1000L;

  private final LongSupplier wallMillis;
  private final AtomicReferenceArray<Slot> ring = new AtomicReferenceArray<>(SLOTS);

  RecentStats(LongSupplier wallMillis) {
    this.wallMillis = wallMillis;
  }

  /** Ten seconds. */
  public record Slot(
      long number,
      Map<CallOutcome, LongAdder> outcomes,
      Map<String, LongAdder> codes,
      LatencyHistogram overhead,
      LatencyHistogram whole) {
    static Slot of(long number) {
      return new Slot(
          number,
          new ConcurrentHashMap<>(),
          new ConcurrentHashMap<>(),
          new LatencyHistogram(),
          new LatencyHistogram());
    }

    public long startMillis() {
      return number * SLOT_MILLIS;
    }

    long answered() {
      return outcomes.values().stream().mapToLong(LongAdder::sum).sum();
    }
  }

  void answered(CallOutcome outcome, long nanos) {
    Slot slot = now();
    count(slot.outcomes(), outcome);
    slot.whole().add(nanos);
  }

  void overhead(long nanos) {
    now().overhead().add(nanos);
  }

  void platformSaid(String code) {
    count(now().codes(), code);
  }

  /** The slots that have anything in them, the oldest first. */
  public List<Slot> slots() {
    return last(SLOTS);
  }

  /** Answers a second, over this slot and the one before. */
  public double perSecond() {
    long millis = wallMillis.getAsLong();
    long answered = last(2).stream().mapToLong(Slot::answered).sum();
    return answered * 1000.0 / (SLOT_MILLIS + millis % SLOT_MILLIS);
  }

  public LatencyHistogram overheadNow() {
    LatencyHistogram all = new LatencyHistogram();
    last(SLOTS_OF_NOW).forEach(slot -> all.addAll(slot.overhead()));
    return all;
  }

  public LatencyHistogram wholeNow() {
    LatencyHistogram all = new LatencyHistogram();
    last(SLOTS_OF_NOW).forEach(slot -> all.addAll(slot.whole()));
    return all;
  }

  private List<Slot> last(int most) {
    long current = wallMillis.getAsLong() / SLOT_MILLIS;
    List<Slot> found = new ArrayList<>();
    for (long number = current - most + 1; number <= current; number++) {
      Slot slot = ring.get((int) (number % SLOTS));
      if (slot != null && slot.number() == number) {
        found.add(slot);
      }
    }
    return found;
  }

  private Slot now() {
    long number = wallMillis.getAsLong() / SLOT_MILLIS;
    int at = (int) (number % SLOTS);
    Slot slot = ring.get(at);
    if (slot != null && slot.number() == number) {
      return slot;
    }
    Slot fresh = Slot.of(number);
    return ring.compareAndSet(at, slot, fresh) ? fresh : ring.get(at);
  }

  private static <K> void count(Map<K, LongAdder> counts, K label) {
    counts.computeIfAbsent(label, first -> new LongAdder()).increment();
  }
}
