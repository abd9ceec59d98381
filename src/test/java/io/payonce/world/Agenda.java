package io.payonce.world;

import java.util.PriorityQueue;

/** What is to happen, in virtual time; what happens at the same moment does so in order. */
final class Agenda {
  static final long DAWN_MILLIS = 1_800_000_000_000L;

  private record Entry(long atMillis, long number, Runnable deed) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(atMillis, other.atMillis);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long nowMillis = DAWN_MILLIS;
  private long number;

  long nowMillis() {
    return nowMillis;
  }

  void in(long millis, Runnable deed) {
    entries.add(new Entry(nowMillis + millis, number++, deed));
  }

  /** Lets the next thing happen; false when nothing is left before that time. */
  boolean step(long beforeMillis) {
    Entry next = entries.peek();
    if (next == null || next.atMillis >= beforeMillis) {
      return false;
    }
    entries.poll();
    nowMillis = next.atMillis;
    next.deed.run();
    return true;
  }
}
