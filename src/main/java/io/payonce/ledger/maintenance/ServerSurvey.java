package io.payonce.ledger.maintenance;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.redis.LedgerKeys;
import io.payonce.model.Shards;
import io.payonce.redis.DryRun;
import io.payonce.redis.DryRun.Objection;
import io.payonce.redis.RedisLane;
import io.payonce.redis.ServedSlots;
import io.payonce.redis.failure.RedisFailure;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks at the servers themselves that hold the ledger: whether they may forget, and whether they
 * let this user do all that a payment can need.
 */
public final class ServerSurvey {
  /** Keys of other kinds than the shards', each with a slot of its own. */
  private static final List<String> OTHERS =
      List.of("payonce:{limits}:dryrun", "payonce:{vault}:dryrun");

  private final RedisLane lane;
  private final boolean waits;

  public ServerSurvey(RedisLane lane) {
    this(lane, false);
  }

  /** @param waits whether replicas are waited for, so that it is tried whether they can be */
  public ServerSurvey(RedisLane lane, boolean waits) {
    this.lane = lane;
    this.waits = waits;
  }

  /** How many of the ledger's shards are on that server. */
  public static long shards(ServedSlots part) {
    return IntStream.range(0, Shards.COUNT).filter(shard -> serves(part, shard)).count();
  }

  private static boolean serves(ServedSlots part, int shard) {
    return part.serves(LedgerKeys.due(shard));
  }

  /** The servers that there are. */
  public List<ServedSlots> parts() {
    return lane.parts();
  }

  /**
   * What each server that is reached says of itself, by its name; empty where it may not be asked.
   * Fails where none is reached.
   */
  public Future<Map<String, Optional<RedisDurability>>> look() {
    Map<String, Future<Optional<RedisDurability>>> asked = new LinkedHashMap<>();
    for (ServedSlots part : lane.parts()) {
      OptionalInt shard = first(part);
      if (part.connected() && shard.isPresent()) {
        asked.put(part.name(), info(LedgerKeys.due(shard.getAsInt())));
      }
    }
    if (asked.isEmpty()) {
      return Future.failedFuture(noneReached());
    }
    return Future.all(List.copyOf(asked.values())).map(all -> {
      Map<String, Optional<RedisDurability>> seen = new LinkedHashMap<>();
      asked.forEach((part, said) -> seen.put(part, said.result()));
      return seen;
    });
  }

  /**
   * The result of trying all that we do.
   *
   * @param untried the servers that were not there to be tried
   */
  public record Tried(List<Objection> objections, Set<String> untried) {}

  /**
   * What the servers that are reached have against what we do: all of it in one shard of each. One
   * that is away stops nothing, its turn comes when it is back. Fails where none is reached, or no
   * answer comes.
   *
   * @param everywhere that a shard is where it is looked for is tried in all of them
   */
  public Future<Tried> tryAll(boolean everywhere) {
    List<ServedSlots> parts = lane.parts();
    List<Future<List<Objection>>> tried = parts.stream()
        .filter(ServedSlots::connected)
        .flatMap(part -> tryOn(part, everywhere)
            .map(found -> found.map(objections -> of(part, parts.size(), objections))))
        .toList();
    if (tried.isEmpty()) {
      return Future.failedFuture(noneReached());
    }
    Set<String> untried = parts.stream()
        .filter(part -> !part.connected())
        .map(ServedSlots::name)
        .collect(Collectors.toSet());
    return Future.all(tried).map(all -> {
      Map<String, Objection> words = new LinkedHashMap<>();
      tried.forEach(each -> each.result()
          .forEach(objection -> words.merge(objection.word(), objection, ServerSurvey::wordier)));
      return new Tried(List.copyOf(words.values()), untried);
    });
  }

  private Stream<Future<List<Objection>>> tryOn(ServedSlots part, boolean everywhere) {
    Stream<Future<List<Objection>>> first = first(part).stream()
        .mapToObj(LedgerKeys::dryRun)
        .flatMap(key -> Stream.of(DryRun.on(lane, key), DryRun.bySource(lane, key)));
    Stream<Future<List<Objection>>> others =
        OTHERS.stream().filter(part::serves).map(key -> DryRun.on(lane, key));
    Stream<Future<List<Objection>>> found = IntStream.range(0, everywhere ? Shards.COUNT : 0)
        .filter(shard -> serves(part, shard))
        .mapToObj(shard -> DryRun.finds(lane, LedgerKeys.dryRun(shard)));
    Stream<Future<List<Objection>>> waited = waits
        ? first(part).stream().mapToObj(shard -> DryRun.waits(lane, LedgerKeys.dryRun(shard)))
        : Stream.of();
    return Stream.of(first, others, found, waited).flatMap(all -> all);
  }

  private static List<Objection> of(ServedSlots part, int parts, List<Objection> objections) {
    return parts == 1
        ? objections
        : objections.stream().map(objection -> objection.of(part.name())).toList();
  }

  private static LedgerUnavailable noneReached() {
    return new LedgerUnavailable("no server of Redis is reached", false);
  }

  private static Objection wordier(Objection one, Objection other) {
    return other.commands().size() > one.commands().size() ? other : one;
  }

  /** One that is there; empty where none is. */
  static OptionalInt first(ServedSlots part) {
    return IntStream.range(0, Shards.COUNT).filter(shard -> serves(part, shard)).findFirst();
  }

  /** The shards that are there. */
  static List<Integer> served(ServedSlots part) {
    return IntStream.range(0, Shards.COUNT)
        .filter(shard -> serves(part, shard))
        .boxed()
        .toList();
  }

  private Future<Optional<RedisDurability>> info(String key) {
    return lane.send(key, Request.cmd(Command.INFO))
        .map(response -> read(response.toString()))
        .recover(failure ->
            failure instanceof RedisFailure refused && !refused.word().isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(failure));
  }

  /** Empty where what matters most is left out, as some providers do. */
  static Optional<RedisDurability> read(String info) {
    Map<String, String> said = new HashMap<>();
    info.lines().forEach(line -> {
      int colon = line.indexOf(':');
      if (colon > 0) {
        said.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    });
    String policy = said.get("maxmemory_policy");
    return policy == null
        ? Optional.empty()
        : Optional.of(new RedisDurability(
            said.getOrDefault("run_id", ""),
            new RedisDurability.Memory(
                number(said, "used_memory"),
                number(said, "maxmemory"),
                policy,
                number(said, "evicted_keys")),
            new RedisDurability.Files(
                number(said, "aof_enabled") == 1,
                !"err".equals(said.get("aof_last_write_status"))
                    && !"err".equals(said.get("rdb_last_bgsave_status"))),
            new RedisDurability.Replication(!"slave".equals(said.get("role")), replicas(said))));
  }

  /** Those that are connected and have caught up. */
  private static int replicas(Map<String, String> said) {
    return (int) said.entrySet().stream()
        .filter(each -> each.getKey().matches("slave\\d+"))
        .filter(each -> each.getValue().contains("state=online"))
        .count();
  }

  private static long number(Map<String, String> said, String name) {
    String text = said.getOrDefault(name, "");
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }
}
