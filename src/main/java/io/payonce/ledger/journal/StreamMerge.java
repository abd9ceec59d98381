package io.payonce.ledger.journal;

import io.payonce.outcome.OutcomeBatch;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Puts the entries of all shards in one order. Guarantee: what it has given is all there is up to
 * there; it stops where a later entry could still come before, and where a shard must be read on.
 */
final class StreamMerge {
  private final OutcomeCursor after;
  private final int most;
  private final long completeUntilMillis;
  private final long apartMillis;
  private final List<OutcomeEntry> merged = new ArrayList<>();
  private final PriorityQueue<ShardReading> waiting =
      new PriorityQueue<>(Comparator.comparing(ShardReading::head));
  private ShardReading open;

  /** @param clocks of the shards' servers, each read before its stream was */
  StreamMerge(
      OutcomeCursor after, int most, List<Long> clocks, long marginMillis, List<ShardReading> all) {
    this.after = after;
    this.most = most;
    long earliest = clocks.stream().mapToLong(Long::longValue).min().orElseThrow();
    long latest = clocks.stream().mapToLong(Long::longValue).max().orElseThrow();
    completeUntilMillis = earliest - marginMillis;
    apartMillis = latest - earliest;
    all.stream().filter(each -> !each.isEmpty()).forEach(waiting::add);
  }

  /** Goes as far as it can; the shard to be read on first, null when there is none. */
  ShardReading advance() {
    if (open != null && !open.isEmpty()) {
      waiting.add(open);
    }
    open = null;
    while (open == null && merged.size() < most && isSure()) {
      ShardReading least = waiting.poll();
      merged.add(least.take());
      if (!least.isEmpty()) {
        waiting.add(least);
      } else if (least.isOpen()) {
        open = least;
      }
    }
    return merged.size() < most ? open : null;
  }

  /** No server's clock can give an earlier time any more. */
  private boolean isSure() {
    return !waiting.isEmpty() && waiting.peek().head().millis() < completeUntilMillis;
  }

  OutcomeBatch batch() {
    return new OutcomeBatch(
        List.copyOf(merged),
        merged.isEmpty() ? after : merged.get(merged.size() - 1).cursor(),
        completeUntilMillis,
        open != null || isSure(),
        apartMillis);
  }
}
