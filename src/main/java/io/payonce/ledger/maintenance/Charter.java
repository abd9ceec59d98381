package io.payonce.ledger.maintenance;

import io.payonce.ledger.Cursor;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.ledger.redis.LedgerScript;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.ledger.redis.ScriptRunner;
import io.payonce.model.Abilities;
import io.payonce.model.Scope;
import io.payonce.model.Shards;
import io.payonce.redis.RedisLane;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a ledger remembers of itself, so that no pod takes it for another: whose platform it
 * began with, and within what its names are unique. Read before anything else; a pod that does not
 * fit it must not work on it.
 */
public final class Charter {
  private static final Logger LOG = LoggerFactory.getLogger(Charter.class);

  /** Looked at in one go. */
  private static final int SLICE = LedgerScript.MOST_A_PAGE;

  /** What operators read at a start is no census. */
  private static final int SURVEYED = 2000;

  private final ScriptRunner moves;
  private final HomePlatform home;
  private final Wanted wanted;
  private final NeighbourFleets neighbours;
  private final ScopeGuard scoping;
  private final RunTrust trust;

  /**
   * The charter that this pod's settings ask for.
   *
   * @param isDefault the platform's name is only the host that it is at
   * @param keyPrefix the first part of this fleet's keys
   * @param scope within what order numbers and request ids are unique
   */
  public record Wanted(boolean isDefault, String keyPrefix, Scope scope) {
    public Wanted(boolean isDefault, String keyPrefix) {
      this(isDefault, keyPrefix, Scope.MERCHANT);
    }
  }

  /** The settings do not fit the ledger; the message says what an operator can do. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Refused(String message) {
      super(message, null, false, false);
    }
  }

  /** @param pause lets so many milliseconds pass */
  public Charter(
      RedisLane lane, LedgerSettings settings, Wanted wanted, Function<Long, Future<Void>> pause) {
    this(
        lane,
        settings,
        wanted,
        pause,
        new MarkedForms(Abilities.NONE, System::nanoTime, false, settings.epochs()::known));
  }

  /** @param forms that former versions do not see */
  public Charter(
      RedisLane lane,
      LedgerSettings settings,
      Wanted wanted,
      Function<Long, Future<Void>> pause,
      MarkedForms forms) {
    this.moves = new ScriptRunner(lane, settings);
    this.home = settings.home();
    this.wanted = wanted;
    this.neighbours = new NeighbourFleets(moves, wanted.keyPrefix());
    this.scoping = new ScopeGuard(moves, neighbours, wanted, forms);
    this.trust = new RunTrust(moves, settings.epochs(), pause);
  }

  /**
   * Fails with {@link Refused}, or with {@link LedgerUnavailable} when the ledger did not answer.
   */
  public Future<Void> open() {
    return neighbours
        .inspect()
        .compose(clear -> moves.make(
            LedgerScript.CHARTER,
            List.of(LedgerKeys.charter()),
            List.of(home.own(), wanted.keyPrefix())))
        .compose(reply -> scoping.fit(reply.text(2)).compose(fits -> platform(reply.text(1))))
        .compose(fits -> trust.establish());
  }

  /**
   * To be called every two seconds: says for all pods whether Redis has kept its memory. Fails with
   * {@link Refused} when the ledger has got another scope since.
   */
  public Future<Void> vouch() {
    return vouch(Map.of());
  }

  /** @param runs which run of its process each server was lately seen in, by its name */
  public Future<Void> vouch(Map<String, String> runs) {
    return scoping.holds().compose(held -> trust.renew(runs));
  }

  private Future<Void> platform(String first) {
    home.first(first);
    if (first.equals(home.own()) || !wanted.isDefault()) {
      return Future.succeededFuture();
    }
    return anyStranger(new Cursor(0, 0, ""))
        .compose(of -> of.isEmpty() ? rename(first) : refuse(of.get(), first));
  }

  private Future<Void> refuse(String of, String first) {
    return Future.failedFuture(new Refused("the ledger holds unsettled payments of the platform "
        + of + ", and upstream.baseUrl names "
        + home.own() + ". If the platform has only moved, set upstream.name: " + first
        + ". If this is another platform, set upstream.name: " + home.own()
        + " and let pods of " + of + " settle what is theirs; or settle it first"));
  }

  /** Nothing is left of the former platform that records without a name could mean. */
  private Future<Void> rename(String first) {
    return moves
        .make(
            LedgerScript.RENAME,
            List.of(LedgerKeys.charter()),
            List.of("platform", first, home.own()))
        .map(reply -> {
          home.first(home.own());
          LOG.warn(
              "the ledger's platform is now {}; it was {}. What is paid there can be refunded by"
                  + " pods of {} only: if the platform has only moved, set upstream.name: {}",
              home.own(),
              first,
              first,
              first);
          return null;
        });
  }

  /** Names the unsettled payments of other platforms, for the log; looks at some thousand only. */
  public Future<Map<String, Integer>> survey() {
    return survey(0, new HashMap<>(), 0);
  }

  private Future<Map<String, Integer>> survey(int shard, Map<String, Integer> found, int looked) {
    if (shard == Shards.COUNT || looked >= SURVEYED) {
      return Future.succeededFuture(found);
    }
    return strangers(new Cursor(shard, 0, "")).compose(slice -> {
      slice.of().forEach(of -> found.merge(of, 1, Integer::sum));
      return survey(shard + 1, found, looked + slice.size());
    });
  }

  private Future<Optional<String>> anyStranger(Cursor from) {
    if (from.shard() == Shards.COUNT) {
      return Future.succeededFuture(Optional.empty());
    }
    return strangers(from)
        .compose(slice -> slice.of().isEmpty()
            ? anyStranger(slice.next())
            : Future.succeededFuture(Optional.of(slice.of().get(0))));
  }

  /** @param size how many unsettled payments were looked at */
  private record Slice(int size, List<String> of, Cursor next) {}

  private Future<Slice> strangers(Cursor from) {
    return moves
        .make(
            LedgerScript.PAGE,
            List.of(LedgerKeys.due(from.shard())),
            List.of(from.score(), from.member(), SLICE))
        .compose(reply -> strangers(from, reply.rest().get(1)));
  }

  private Future<Slice> strangers(Cursor from, Response members) {
    List<Future<Response>> looks = new ArrayList<>();
    Cursor next = new Cursor(from.shard() + 1, 0, "");
    for (int i = 0; i < members.size(); i += 2) {
      String member = members.get(i).toString();
      looks.add(platformOf(from.shard(), member));
      if (looks.size() == SLICE) {
        long score = (long) Double.parseDouble(members.get(i + 1).toString());
        next = new Cursor(from.shard(), score, member);
      }
    }
    Cursor then = next;
    return Future.all(looks).map(done -> new Slice(looks.size(), named(looks), then));
  }

  private List<String> named(List<Future<Response>> looks) {
    return looks.stream()
        .map(Future::result)
        .map(pf -> home.whose(pf == null ? null : pf.toString()).stranger())
        .filter(of -> of != null)
        .toList();
  }

  private Future<Response> platformOf(int shard, String member) {
    String key = LedgerKeys.payment(shard, member);
    return moves.send(key, Request.cmd(Command.HGET).arg(moves.named(key)).arg("pf"));
  }

  /** A line for operators: whose, and how many. */
  public static String words(Map<String, Integer> strangers) {
    return strangers.entrySet().stream()
        .map(each -> each.getKey() + " (" + each.getValue() + ")")
        .sorted()
        .collect(Collectors.joining(", "));
  }

  static List<Integer> shards() {
    return IntStream.range(0, Shards.COUNT).boxed().toList();
  }
}
