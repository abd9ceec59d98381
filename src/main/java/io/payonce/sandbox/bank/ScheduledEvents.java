package io.payonce.sandbox.bank;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/** What is to happen later; it happens when somebody looks, as of the time it was due. */
final class ScheduledEvents {

  private record Entry(long atMillis, long sequence, LongConsumer action) {}

  private final PriorityQueue<Entry> entries = new PriorityQueue<>(
      Comparator.comparingLong(Entry::atMillis).thenComparingLong(Entry::sequence));
  private long sequence;

  /** The action is handed the time at which it was due. */
  void at(long millis, LongConsumer action) {
    entries.add(new Entry(millis, sequence++, action));
  }

  void run(long now) {
    while (!entries.isEmpty() && entries.peek().atMillis() <= now) {
      Entry due = entries.poll();
      due.action().accept(due.atMillis());
    }
  }

  /** When the next one is due; {@link Long#MAX_VALUE} if there is none. */
  long nextMillis() {
    return entries.isEmpty() ? Long.MAX_VALUE : entries.peek().atMillis();
  }

  void clear() {
    entries.clear();
  }
}
