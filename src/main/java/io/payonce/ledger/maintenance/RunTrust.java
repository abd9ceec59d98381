package io.payonce.ledger.maintenance;

import io.payonce.ledger.redis.LedgerEpochs;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerScript;
import io.payonce.ledger.redis.LedgerScript.OnVouch;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.model.Intent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Redis still has the memory that pods have written to. Each shard names the run of the
 * Redis process in which it is trusted: the memory of one run never goes back. In another run the
 * data may be a snapshot, so a pod that has seen the count of moves must vouch for it; when all
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
  private final Map<String, Integer> oneOfEachRun = new ConcurrentHashMap<>();
  private int rounds;

  RunTrust(ScriptRunner moves, LedgerEpochs epochs, Function<Long, Future<Void>> pause) {
    this.moves = moves;
    this.epochs = epochs;
    this.pause = pause;
  }

  /** At a start: learns the counts, and treats as lapsed what nobody vouches for. */
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
   * While running: vouches for a new run where the count has not gone back. One shard of each node
   * tells whether there is one; shards may move between nodes, so now and then all are asked.
   */
  Future<Void> renew() {
    if (++rounds % ALL_ROUNDS == 0) {
      return vouch(Charter.shards()).mapEmpty();
    }
    List<Integer> each = List.copyOf(oneOfEachRun.values());
    List<Future<String>> runs = each.stream().map(this::runId).toList();
    return Future.all(runs)
        .compose(done -> runs.stream().map(Future::result).allMatch(oneOfEachRun::containsKey)
            ? Future.succeededFuture()
            : vouch(Charter.shards()).mapEmpty());
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
    oneOfEachRun.clear();
    List<Future<Optional<Unsure>>> words = shards.stream().map(this::vouch).toList();
    return Future.all(words)
        .map(all -> words.stream().map(Future::result).flatMap(Optional::stream).toList());
  }

  private Future<Optional<Unsure>> vouch(int shard) {
    return runId(shard).compose(run -> {
      oneOfEachRun.putIfAbsent(run, shard);
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
    });
  }

  private Future<String> runId(int shard) {
    return moves.run(LedgerKeys.due(shard));
  }
}
