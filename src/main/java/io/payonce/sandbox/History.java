package io.payonce.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest entries of a log, safe to read while it is written. */
final class History<T> {

  private final Deque<T> entries = new ArrayDeque<>();
  private final int limit;

  History(int limit) {
    this.limit = limit;
  }

  synchronized void add(T entry) {
    if (entries.size() == limit) {
      entries.removeFirst();
    }
    entries.addLast(entry);
  }

  synchronized List<T> all() {
    return List.copyOf(entries);
  }

  synchronized void clear() {
    entries.clear();
  }
}
