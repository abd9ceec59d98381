package io.payonce.ledger.maintenance;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.redis.LedgerEpochs;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerScript;
import io.payonce.ledger.redis.LedgerScript.OnVouch;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.model.Intent;
import io.payonce.model.Shards;
import io.payonce.redis.ServedSlots;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches whether Redis still has the memory that pods have written to. Each shard names the run of
 * the Redis process in which it is trusted: the memory of one run never goes back. In another run
 * the data may be a snapshot, so a pod that has seen the count of moves must vouch for it; when all
 * pods have just started nobody can, and it counts as a lapse.
 */
final class RunTrust {
  private static final Logger LOG = LoggerFactory.getLogger(RunTrust.class);

  /** Live pods look every two seconds: they have vouched by then if there are any. */
  private static final int TRIES = 8;

  private static final long PAUSE_MILLIS = 500;

  /** Once a minute: 256 small commands. */
  private static final int ALL_ROUNDS = 30;

  private final ScriptRunner moves;
  private final LedgerEpochs epochs;
  private final Function<Long, Future<Void>> pause;

  /** Which run of its process each server is; read and replaced as a whole. */
  private volatile Map<String, String> runs = Map.of();

  /** Which servers those were, and how often each had been dialled. */
  private volatile String reached = "";

  private Map<String, String> surveyed = Map.of();
  private int rounds;

  RunTrust(ScriptRunner moves, LedgerEpochs epochs, Function<Long, Future<Void>> pause) {
    this.moves = moves;
    this.epochs = epochs;
    this.pause = pause;
  }

  /** At a start: learns the counts, and treats as lapsed what no pod vouches for. */
  Future<Void> establish() {
    return establish(Charter.shards(), TRIES);
  }

  private Future<Void> establish(List<Integer> shards, int tries) {
    return vouch(shards).compose(unknown -> {
      if (unknown.isEmpty()) {
        return Future.succeededFuture();
      }
      return tries > 0
          ? pause.apply(PAUSE_MILLIS).compose(rested -> establish(numbers(unknown), tries - 1))
          : lapse(unknown);
    });
  }

  /**
   * While running: vouches for a new run where the count has not gone back. A process that ends
   * takes its connections with it: so a server is asked which run it is when it was reached anew,
   * and not before. Shards may move between servers, so now and then all are vouched for.
   *
   * @param seen which run others have lately seen each server in: a proxy in between keeps its
   *     connections when the server behind it has been started anew
   */
  Future<Void> renew(Map<String, String> seen) {
    boolean asks = !reached.equals(moves.parts().toString()) || areOthers(seen);
    surveyed = Map.copyOf(seen);
    if (++rounds % ALL_ROUNDS != 0 && !asks) {
      return Future.succeededFuture();
    }
    return (asks ? ask().onFailure(unheard -> reached = "") : Future.<Void>succeededFuture())
        .compose(known -> vouchKnown(Charter.shards()))
        .mapEmpty();
  }

  /** What was seen before may be older than what is known here. */
  private boolean areOthers(Map<String, String> seen) {
    return seen.entrySet().stream()
        .filter(each -> !each.getValue().equals(surveyed.get(each.getKey())))
        .anyMatch(each ->
            !runs.getOrDefault(each.getKey(), "").equals(ScriptRunner.RUN + each.getValue()));
  }

  /** @param shows the count that this pod read, and cannot judge */
  private record Unsure(int shard, long shows) {}

  private Future<Void> lapse(List<Unsure> unsure) {
    LOG.error(
        "Redis has been started anew and no pod is left that could say whether its data is as it"
            + " was ({} shards): nothing that is unsettled is sent again, and unknown payments are"
            + " asked about first, for {} minutes",
        unsure.size(),
        Intent.WINDOW_MILLIS / 60_000);
    List<Future<Void>> notes = unsure.stream()
        .map(each -> {
          epochs.unsure(each.shard());
          return moves.learn(each.shard(), each.shows() + 1);
        })
        .toList();
    return Future.all(notes).compose(noted -> vouch(numbers(unsure))).mapEmpty();
  }

  private static List<Integer> numbers(List<Unsure> shards) {
    return shards.stream().map(Unsure::shard).toList();
  }

  /** Those for which this pod cannot say anything. */
  private Future<List<Unsure>> vouch(List<Integer> shards) {
    return ask().compose(known -> vouchKnown(shards));
  }

  /** Asks each server which run of its process it is. */
  private Future<Void> ask() {
    List<ServedSlots> parts = moves.parts();
    Map<String, Future<String>> asked = new LinkedHashMap<>();
    for (ServedSlots part : parts) {
      ServerSurvey.first(part)
          .ifPresent(shard -> asked.put(part.name(), moves.run(LedgerKeys.due(shard))));
    }
    return Future.all(List.copyOf(asked.values())).map(all -> {
      Map<String, String> now = new HashMap<>();
      asked.forEach((part, run) -> now.put(part, run.result()));
      runs = Map.copyOf(now);
      reached = parts.toString();
      return null;
    });
  }

  private Future<List<Unsure>> vouchKnown(List<Integer> shards) {
    String[] runOf = new String[Shards.COUNT];
    for (ServedSlots part : moves.parts()) {
      ServerSurvey.served(part).forEach(shard -> runOf[shard] = runs.get(part.name()));
    }
    List<Future<Optional<Unsure>>> words =
        shards.stream().map(shard -> vouch(shard, runOf[shard])).toList();
    return Future.all(words)
        .map(all -> words.stream().map(Future::result).flatMap(Optional::stream).toList())
        .onFailure(failure -> reached = ""); // half vouched for is not vouched for
  }

  private Future<Optional<Unsure>> vouch(int shard, String run) {
    if (run == null) { // its server has changed since it was asked
      return Future.failedFuture(new LedgerUnavailable("another server has the shard", false));
    }
    long seen = epochs.seen(shard);
    return moves
        .make(
            LedgerScript.VOUCH,
            List.of(LedgerKeys.run(shard), LedgerKeys.lapse(shard), LedgerKeys.epoch(shard)),
            List.of(run, seen))
        .map(reply -> {
          long shows = reply.number(2);
          if (seen > 0 && epochs.heard(shard, seen, shows, false)) {
            moves.learn(shard, seen).onFailure(failure -> epochs.unlearnt(shard));
          } else if (seen == 0 && reply.word() == OnVouch.KNOWN) {
            epochs.learn(shard, shows, reply.number(1));
          }
          return reply.word() == OnVouch.KNOWN
              ? Optional.empty()
              : Optional.of(new Unsure(shard, shows));
        });
  }
}
