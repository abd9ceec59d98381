package io.payonce.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest entries of a log, safe to read while it is written. */
final class History<T> {

  /** About 100 MB of copies: a long load test fits, an endless demo does not fill the heap. */
  static final int LIMIT = 200_000;

  private final Deque<T> entries = new ArrayDeque<>();

  synchronized void add(T entry) {
    if (entries.size() == LIMIT) {
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
