package io.payonce.ledger.maintenance;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.ScriptRunner;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other fleets on one Redis. A fleet that changes its prefix leaves behind what it has not
 * settled, and what keeps orders from being paid twice: no pod would look at either again.
 */
final class NeighbourFleets {
  private static final Logger LOG = LoggerFactory.getLogger(NeighbourFleets.class);

  /** Each fleet writes its prefix here, outside of all of them. */
  private static final String PREFIXES = "payonce-prefixes";

  private static final String USUAL = "payonce";

  /** At double, one step holds Redis up for a third of a millisecond. */
  private static final int SLICE = 100;

  private final ScriptRunner moves;
  private final String own;

  NeighbourFleets(ScriptRunner moves, String own) {
    this.moves = moves;
    this.own = own;
  }

  /** A ledger under another prefix, and whether any pod looks after it. */
  private record Ledger(String prefix, long unsettled, boolean alive) {}

  /** Fails with {@link Charter.Refused} when this fleet seems to have left another prefix. */
  Future<Void> inspect() {
    String charter = LedgerKeys.charter();
    return moves
        .send(charter, Request.cmd(Command.EXISTS).arg(moves.named(charter)))
        .compose(here -> prefixes().compose(all -> look(List.copyOf(all), here.toInteger() == 0)))
        .compose(clear -> moves
            .send(PREFIXES, Request.cmd(Command.HSET).arg(PREFIXES).arg(own).arg("1"))
            .<Void>mapEmpty()
            .otherwiseEmpty()); // an account of this prefix only may not write it
  }

  private Future<Set<String>> prefixes() {
    return moves
        .send(PREFIXES, Request.cmd(Command.HKEYS).arg(PREFIXES))
        .map(response -> {
          Set<String> all = new LinkedHashSet<>(Set.of(USUAL));
          response.forEach(each -> all.add(each.toString()));
          all.remove(own);
          return all;
        })
        .recover(
            hidden -> hidden instanceof LedgerUnavailable unavailable && !unavailable.mayHaveRun()
                ? Future.failedFuture(hidden)
                : Future.succeededFuture(Set.of()));
  }

  private Future<Void> look(List<String> prefixes, boolean fresh) {
    if (prefixes.isEmpty()) {
      return Future.succeededFuture();
    }
    return ledger(prefixes.get(0))
        .compose(ledger -> judge(ledger, fresh))
        .compose(clear -> look(prefixes.subList(1, prefixes.size()), fresh));
  }

  private Future<Void> judge(Ledger ledger, boolean fresh) {
    if (ledger.alive()) {
      return Future.succeededFuture();
    }
    if (!fresh) {
      if (ledger.unsettled() > 0) {
        LOG.warn(
            "fleet without pods: {} unsettled payments under redis.keyPrefix {}",
            ledger.unsettled(),
            ledger.prefix());
      }
      return Future.succeededFuture();
    }
    return (ledger.unsettled() > 0 ? Future.succeededFuture(true) : marksOfOrders(ledger.prefix()))
        .compose(left -> left ? refuse(ledger) : Future.succeededFuture());
  }

  private Future<Void> refuse(Ledger ledger) {
    return Future.failedFuture(new Charter.Refused("nothing stands under redis.keyPrefix " + own
        + " yet, but " + ledger.unsettled() + " unsettled payments and the marks of orders stand"
        + " under " + ledger.prefix() + ", and no pod looks after them: set redis.keyPrefix: "
        + ledger.prefix() + ", or start the fleet of that prefix first"));
  }

  private Future<Ledger> ledger(String prefix) {
    List<Future<Long>> sizes = Charter.shards().stream()
        .map(shard -> other(prefix, LedgerKeys.due(shard)))
        .map(key -> moves
            .send(key, Request.cmd(Command.ZCOUNT).arg(key).arg("0").arg("+inf"))
            .map(Response::toLong))
        .toList();
    return Future.all(sizes)
        .compose(done -> alive(prefix))
        .map(
            alive -> new Ledger(prefix, sizes.stream().mapToLong(Future::result).sum(), alive));
  }

  /** Pods announce what they can, each time with the time until which that holds. */
  Future<Boolean> alive(String prefix) {
    String pods = other(prefix, LedgerKeys.pods());
    return moves
        .send(pods, Request.cmd(Command.HVALS).arg(pods))
        .compose(response -> moves.timeAt(pods).map(now -> {
          for (Response each : response) {
            String till = each.toString().split(" ", 2)[0];
            if (till.matches("\\d{1,18}") && Long.parseLong(till) > now) {
              return true;
            }
          }
          return false;
        }));
  }

  private Future<Boolean> marksOfOrders(String prefix) {
    return marks(prefix, "order:*")
        .compose(found -> found ? Future.succeededFuture(true) : marks(prefix, "archive:*"));
  }

  /** Whether keys of a kind are there; goes through all keys, but only at a first start. */
  Future<Boolean> marks(String prefix, String kind) {
    String pattern = prefix + ":{s*}:" + kind;
    return new Auditor(moves).nodes().compose(nodes -> marks(nodes, pattern));
  }

  private Future<Boolean> marks(List<Integer> nodes, String pattern) {
    return nodes.isEmpty()
        ? Future.succeededFuture(false)
        : marks(nodes.get(0), "0", pattern)
            .compose(found -> found
                ? Future.succeededFuture(true)
                : marks(nodes.subList(1, nodes.size()), pattern));
  }

  private Future<Boolean> marks(int node, String from, String pattern) {
    Request scan = Request.cmd(Command.SCAN)
        .arg(from)
        .arg("MATCH")
        .arg(pattern)
        .arg("COUNT")
        .arg(SLICE);
    return moves.send(LedgerKeys.due(node), scan).compose(response -> {
      String next = response.get(0).toString();
      return response.get(1).size() > 0 || next.equals("0")
          ? Future.succeededFuture(response.get(1).size() > 0)
          : marks(node, next, pattern);
    });
  }

  private static String other(String prefix, String key) {
    return prefix + key.substring(USUAL.length());
  }
}
