package io.payonce.ledger.redis;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.model.Abilities;
import io.payonce.model.PaymentId;
import io.payonce.model.Shards;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shows whether a pod lives that announces nothing. Each shard's due set holds the name of a
 * payment that does not exist. Programs of the first version go round all shards every two seconds
 * and claim what is due; of what does not exist they only take the name off the set. All later ones
 * pass over it and put it up again: so a canary that has stood for some time says that no pod of
 * the first version looks after this ledger, one that has gone says that one may.
 *
 * <p>Its score is the time since when it stands, as a negative number: before all payments that are
 * due, and in no list of them, for those begin at 0.
 */
public final class Canary {
  /** No merchant can be called so: validation lets no such sign pass. */
  private static final String MERCHANT = "~canary";

  private static final List<String> MEMBERS =
      IntStream.range(0, Shards.COUNT).mapToObj(Canary::find).toList();

  private Canary() {}

  /** The member of that shard's due set. Who claims it looks for it in this shard, too. */
  public static String of(int shard) {
    return MEMBERS.get(shard);
  }

  static boolean is(String member) {
    return member.startsWith(MERCHANT);
  }

  private static String find(int shard) {
    int number = 0;
    while (Shards.of(MERCHANT + number) != shard) {
      number++;
    }
    return new PaymentId(MERCHANT + number, "old-pods-take-this-away").toString();
  }

  /**
   * Looks at many shards at once for what is due, for the price of one script where Redis lets it
   * have the keys of all; in a cluster, and behind a proxy that minds slots, for one a shard. Each
   * glance also learns how far the shards have counted, as each answer does.
   */
  static final class Glances {
    /** At double, Redis would do nothing else for a quarter of a millisecond. */
    private static final int MOST = 64;

    private final ScriptRunner moves;
    private final LedgerEpochs epochs;
    private final Abilities abilities;
    private volatile boolean apart;

    Glances(ScriptRunner moves, LedgerEpochs epochs, Abilities abilities) {
      this.moves = moves;
      this.epochs = epochs;
      this.abilities = abilities;
    }

    /**
     * The findings of a glance.
     *
     * @param overdue shards in which anything is due
     * @param bare shards whose canary has gone
     */
    record Seen(List<Integer> overdue, List<Integer> bare) {}

    Future<Seen> at(List<Integer> shards) {
      int most = apart || !moves.spansShards() ? 1 : MOST;
      List<Future<Seen>> parts = IntStream.iterate(0, i -> i < shards.size(), i -> i + most)
          .mapToObj(i -> shards.subList(i, Math.min(shards.size(), i + most)))
          .map(this::part)
          .toList();
      return Future.join(parts).map(all -> joined(parts)).recover(failure -> {
        if (most > 1 && isOfSlots(failure)) {
          apart = true;
          return at(shards);
        }
        // One of many may be the reason.
        return most > 1 && isAnswer(failure) ? each(shards) : whatIsThere(parts, failure);
      });
    }

    private Future<Seen> each(List<Integer> shards) {
      List<Future<Seen>> parts =
          shards.stream().map(shard -> part(List.of(shard))).toList();
      return Future.join(parts)
          .map(all -> joined(parts))
          .recover(failure -> whatIsThere(parts, failure));
    }

    /** A part that is away hides nothing of the others. */
    private static Future<Seen> whatIsThere(List<Future<Seen>> parts, Throwable failure) {
      return parts.stream().anyMatch(Future::succeeded)
          ? Future.succeededFuture(joined(parts))
          : Future.failedFuture(failure);
    }

    private static Seen joined(List<Future<Seen>> parts) {
      List<Seen> seen =
          parts.stream().filter(Future::succeeded).map(Future::result).toList();
      return new Seen(
          seen.stream().flatMap(part -> part.overdue().stream()).toList(),
          seen.stream().flatMap(part -> part.bare().stream()).toList());
    }

    private static boolean isAnswer(Throwable failure) {
      return failure instanceof LedgerUnavailable unavailable
          && !unavailable.word().isEmpty();
    }

    private static boolean isOfSlots(Throwable failure) {
      return failure instanceof LedgerUnavailable unavailable
          && unavailable.word().equals("CROSSSLOT");
    }

    private Future<Seen> part(List<Integer> shards) {
      List<String> keys = new ArrayList<>(2 * shards.size());
      List<Long> seen = new ArrayList<>(shards.size());
      for (int shard : shards) {
        keys.add(LedgerKeys.due(shard));
        keys.add(LedgerKeys.epoch(shard));
        seen.add(epochs.seen(shard));
      }
      return moves.make(LedgerScript.GLANCE, keys, seen).map(reply -> {
        List<Integer> bare = named(shards, reply.rest().get(4));
        long now = reply.number(1);
        long since = reply.number(2);
        for (int shard : shards) { // twice a second: no stream
          epochs.saw(shard, now);
          if (!bare.contains(shard)) {
            abilities.looked(shard, now, since);
          }
        }
        hear(shards, seen, reply.rest().get(5));
        return new Seen(named(shards, reply.rest().get(3)), bare);
      });
    }

    private void hear(List<Integer> shards, List<Long> seen, Response counted) {
      for (int i = 0; i < counted.size(); i += 2) {
        int at = counted.get(i).toInteger();
        int shard = shards.get(at);
        if (epochs.heard(shard, seen.get(at), counted.get(i + 1).toLong(), false)) {
          moves.learn(shard, seen.get(at)).onFailure(failure -> epochs.unlearnt(shard));
        }
      }
    }

    private static List<Integer> named(List<Integer> shards, Response numbers) {
      return numbers.stream().map(number -> shards.get(number.toInteger())).toList();
    }
  }
}
