package io.payonce.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps asking the cluster who serves which slots: soon when something is wrong, seldom when all is
 * well. Asks known nodes in random order until one gives an answer with slots in it; one question
 * at a time.
 */
final class TopologyWatch {

  /**
   * When all is well. At half, twice the needless questions; at double, a new primary that nobody
   * was sent to stays unknown for a minute.
   */
  private static final long CALM_NANOS = 30_000_000_000L;

  /**
   * While a node is away. At half, each pod asks four times a second; at double, a failed-over
   * shard comes back up to a second later.
   */
  private static final long ALARM_NANOS = 500_000_000L;

  /** After MOVED: enough that a thousand MOVED at once ask one question. */
  private static final long HURRY_NANOS = 100_000_000L;

  private final Dial dial;
  private final List<Endpoint> seeds;
  private final Consumer<Topology> adopt;
  private final Set<Endpoint> known = new LinkedHashSet<>();
  private long askedNanos = System.nanoTime() - CALM_NANOS;
  private boolean asking;
  private boolean hurried;
  private boolean closed;

  TopologyWatch(Dial dial, List<Endpoint> seeds, Consumer<Topology> adopt) {
    this.dial = dial;
    this.seeds = seeds;
    this.adopt = adopt;
  }

  /** Something is not where we thought it was. */
  void hurry() {
    hurried = true;
  }

  void close() {
    closed = true;
  }

  void tick(long nowNanos, boolean calm) {
    long pause = hurried ? HURRY_NANOS : calm ? CALM_NANOS : ALARM_NANOS;
    if (!asking && !closed && nowNanos - askedNanos >= pause) {
      asking = true;
      hurried = false;
      askedNanos = nowNanos;
      List<Endpoint> candidates = new ArrayList<>(known);
      Collections.shuffle(candidates);
      candidates.addAll(seeds);
      ask(candidates, 0).onComplete(this::answered);
    }
  }

  private void answered(Topology topology, Throwable failure) {
    asking = false;
    if (failure == null && !closed) {
      known.clear();
      topology.ranges().forEach(range -> known.add(range.primary()));
      adopt.accept(topology);
    }
  }

  private Future<Topology> ask(List<Endpoint> candidates, int index) {
    if (index == candidates.size()) {
      return Future.failedFuture(
          Wire.notConnected("no node of the cluster answers; CLUSTER SLOTS"));
    }
    return ask(candidates.get(index)).recover(failure -> ask(candidates, index + 1));
  }

  private Future<Topology> ask(Endpoint endpoint) {
    return dial.ask(endpoint, Request.cmd(Command.CLUSTER).arg("SLOTS"), "CLUSTER SLOTS")
        .map(response -> Topology.read(response, endpoint))
        .compose(topology -> topology.ranges().isEmpty()
            ? Future.failedFuture(Wire.notConnected("a node without slots; CLUSTER SLOTS"))
            : Future.succeededFuture(topology));
  }
}
