package io.payonce.sandbox.bank;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/** Events with a time: each is carried out at the next look after it, as of its own time. */
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
