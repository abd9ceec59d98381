package io.payonce.redis;

import io.payonce.redis.failure.ConnectionFailure;
import io.payonce.redis.failure.RedisAddress;
import io.payonce.redis.failure.RedisFailure;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps asking the cluster who serves which slots: soon when something is wrong, seldom when all is
 * well. Asks known nodes in random order until one gives an answer with slots in it; one question
 * at a time.
 */
final class TopologyWatch {

  /**
   * When all is well. At half, twice the needless questions; at double, a new primary that no
   * answer named stays unknown for a minute.
   */
  private static final long CALM_NANOS = 30_000_000_000L;

  /**
   * While a node is away. At half, each pod asks four times a second; at double, a failed-over
   * shard comes back up to a second later.
   */
  private static final long ALARM_NANOS = 500_000_000L;

  /** After MOVED: enough that a thousand MOVED at once ask one question. */
  private static final long EXPEDITE_NANOS = 100_000_000L;

  private final Connector dial;
  private final List<RedisAddress> seeds;
  private final Consumer<Topology> adopt;
  private final Consumer<ConnectionFailure> unknown;
  private final Set<RedisAddress> known = new LinkedHashSet<>();
  private long askedNanos = System.nanoTime() - CALM_NANOS;
  private boolean asking;
  private boolean expedited;
  private boolean closed;

  /** @param unknown is given the reason why no node of the cluster said who serves what */
  TopologyWatch(
      Connector dial,
      List<RedisAddress> seeds,
      Consumer<Topology> adopt,
      Consumer<ConnectionFailure> unknown) {
    this.dial = dial;
    this.seeds = seeds;
    this.adopt = adopt;
    this.unknown = unknown;
  }

  /** Something is not where we thought it was. */
  void expedite() {
    expedited = true;
  }

  boolean calm() {
    return !asking && !expedited;
  }

  void close() {
    closed = true;
  }

  void tick(long nowNanos, boolean calm) {
    long pause = expedited ? EXPEDITE_NANOS : calm ? CALM_NANOS : ALARM_NANOS;
    if (!asking && !closed && nowNanos - askedNanos >= pause) {
      asking = true;
      expedited = false;
      askedNanos = nowNanos;
      List<RedisAddress> candidates = new ArrayList<>(known);
      Collections.shuffle(candidates);
      candidates.addAll(seeds);
      ask(candidates, 0, new LinkedHashMap<>()).onComplete(this::answered);
    }
  }

  private void answered(Topology topology, Throwable failure) {
    asking = false;
    if (failure == null && !closed) {
      known.clear();
      topology.ranges().forEach(range -> known.add(range.primary()));
      adopt.accept(topology);
    } else if (!closed) {
      unknown.accept(ConnectionFailure.of(failure));
    }
  }

  private Future<Topology> ask(
      List<RedisAddress> candidates, int index, Map<RedisAddress, ConnectionFailure> silent) {
    if (index == candidates.size()) {
      return Future.failedFuture(
          PipelinedConnection.notConnected("CLUSTER SLOTS", ConnectionFailure.ofAll(silent)));
    }
    RedisAddress candidate = candidates.get(index);
    return ask(candidate).recover(failure -> {
      silent.put(candidate, why(failure));
      return ask(candidates, index + 1, silent);
    });
  }

  /** A server that is no node of a cluster says so in a sentence, not by a word. */
  private static ConnectionFailure why(Throwable failure) {
    boolean answered = failure instanceof RedisFailure known && known.word().equals("ERR");
    return answered
        ? ConnectionFailure.of("NO_CLUSTER")
        : ConnectionFailure.of(failure).atLogin();
  }

  private Future<Topology> ask(RedisAddress endpoint) {
    return dial.ask(endpoint, Request.cmd(Command.CLUSTER).arg("SLOTS"), "CLUSTER SLOTS")
        .map(response -> Topology.read(response, endpoint))
        .compose(topology -> topology.ranges().isEmpty()
            ? Future.failedFuture(PipelinedConnection.notConnected(
                "CLUSTER SLOTS", ConnectionFailure.of("CLUSTERDOWN")))
            : Future.succeededFuture(topology));
  }
}
