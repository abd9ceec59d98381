package io.payonce.ledger.journal;

import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds what was read of one shard's stream and not given on yet.
 *
 * <p>Example: of a shard 16 entries were asked for and 16 came: when the last of them has been
 * given on, nothing of any shard may be before it was asked what comes next. Had 9 come, it had no
 * more.
 */
final class ShardReading {
  /** An entry has thirteen fields: at double, reading holds Redis up for half a millisecond. */
  static final int MOST = 200;

  private final int shard;
  private final Deque<OutcomeEntry> entries = new ArrayDeque<>();
  private int asked;
  private boolean mayHaveMore;
  private OutcomeCursor last;

  ShardReading(int shard, int first) {
    this.shard = shard;
    this.asked = first;
  }

  /** What came of asking for so many. */
  ShardReading filled(Response range) {
    for (Response entry : range) {
      entries.addLast(EntryReader.read(shard, entry));
    }
    mayHaveMore = range.size() >= asked;
    return this;
  }

  int shard() {
    return shard;
  }

  /** How many to ask for. */
  int asks() {
    return asked;
  }

  /** The next time more: who was asked again has many. */
  void askMore() {
    asked = Math.min(MOST, 2 * asked);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether the stream must be read on before it is known what comes next. */
  boolean isOpen() {
    return entries.isEmpty() && mayHaveMore;
  }

  OutcomeCursor head() {
    return entries.getFirst().cursor();
  }

  OutcomeEntry take() {
    OutcomeEntry entry = entries.removeFirst();
    last = entry.cursor();
    return entry;
  }

  /** The last one taken. */
  OutcomeCursor last() {
    return last;
  }
}
