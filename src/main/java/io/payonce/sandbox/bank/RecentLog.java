package io.payonce.sandbox.bank;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest entries of a log, safe to read while it is written. */
public final class RecentLog<T> {

  private final Deque<T> entries = new ArrayDeque<>();
  private final int limit;

  public RecentLog(int limit) {
    this.limit = limit;
  }

  public synchronized void add(T entry) {
    if (entries.size() == limit) {
      entries.removeFirst();
    }
    entries.addLast(entry);
  }

  public synchronized List<T> all() {
    return List.copyOf(entries);
  }

  public synchronized void clear() {
    entries.clear();
  }
}
