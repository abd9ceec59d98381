package io.payonce.telemetry;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.ledger.maintenance.Charter;
import io.payonce.ledger.maintenance.Evictions;
import io.payonce.ledger.maintenance.MemoryForecast;
import io.payonce.ledger.maintenance.RedisDurability;
import io.payonce.ledger.maintenance.RedisDurability.Worry;
import io.payonce.ledger.maintenance.ServerSurvey;
import io.payonce.model.Shards;
import io.payonce.redis.DryRun.Objection;
import io.payonce.redis.RedisLane;
import io.payonce.redis.ServedSlots;
import io.payonce.redis.failure.RedisBulletin;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how the Redis is that the ledger rests on: whether it may forget, and whether it lets us do
 * all that we do. Each change is said once; health, ops page and metrics read it here. One a pod;
 * thread-safe.
 */
public final class RedisHealth {
  private static final Logger LOG = LoggerFactory.getLogger(RedisHealth.class);

  private final RedisBulletin bulletin;
  private final int minReplicas;
  private final boolean allowUnsafe;
  private final boolean quiet;
  private final LongSupplier nowMillis;
  private final Map<String, Evictions> evictions = new ConcurrentHashMap<>();
  private final Map<String, MemoryForecast> forecasts = new TreeMap<>();
  private volatile String closed = "no server of it was reached yet";
  private volatile Map<String, Optional<RedisDurability>> seen = Map.of();
  private volatile Map<String, Set<Worry>> worries = Map.of();

  /** @param quiet Redis is our own, and is not to outlive us */
  public RedisHealth(RedisBulletin bulletin, int minReplicas, boolean allowUnsafe, boolean quiet) {
    this(
        bulletin,
        minReplicas,
        allowUnsafe,
        quiet,
        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  RedisHealth(
      RedisBulletin bulletin,
      int minReplicas,
      boolean allowUnsafe,
      boolean quiet,
      LongSupplier nowMillis) {
    this.nowMillis = nowMillis;
    this.bulletin = bulletin;
    this.minReplicas = minReplicas;
    this.allowUnsafe = allowUnsafe;
    this.quiet = quiet;
  }

  /** What looks at Redis over that lane. */
  public ServerSurvey survey(RedisLane lane) {
    return new ServerSurvey(lane, minReplicas > 0);
  }

  public RedisBulletin bulletin() {
    return bulletin;
  }

  /** This pod may not use the ledger yet, and this is why; true where that is news. */
  public boolean stays(Throwable why) {
    String now = why.getMessage() == null ? why.toString() : why.getMessage();
    boolean news = !now.equals(closed);
    closed = now;
    return news;
  }

  /** Why the ledger is not open. */
  public String closed() {
    return closed;
  }

  /**
   * Before anything else is done with a Redis. Fails when it is not fit to hold payments, with
   * {@link Charter.Refused} if only an operator can change that.
   */
  public Future<Void> admit(ServerSurvey survey) {
    return look(survey)
        .compose(looked -> evicting().isEmpty() || allowUnsafe
            ? tryAll(survey, true)
            : Future.failedFuture(new Charter.Refused(
                "Redis " + String.join(", ", evicting()) + ": " + Worry.EVICTS + ": "
                    + Worry.EVICTS.text() + ", or redis.allowUnsafe: true to start all the same")))
        .compose(objections -> objections.isEmpty()
            ? Future.succeededFuture()
            : Future.failedFuture(new LedgerUnavailable(
                "Redis objects: " + objections.get(0).text(),
                false,
                objections.get(0).word())));
  }

  /** While running. */
  public Future<Void> check(ServerSurvey survey, boolean everywhere) {
    return look(survey).compose(looked -> tryAll(survey, everywhere)).mapEmpty();
  }

  private Future<List<Objection>> tryAll(ServerSurvey survey, boolean everywhere) {
    long since = System.nanoTime();
    return survey.tryAll(everywhere).map(tried -> {
      tried.objections().forEach(each -> bulletin.tried(each.part(), each.word(), each.text()));
      if (tried.objections().isEmpty()) {
        bulletin.allWell(since, tried.untried());
      }
      return tried.objections();
    });
  }

  private Future<Void> look(ServerSurvey survey) {
    return survey.look().map(now -> seen(now, survey.parts()));
  }

  /** A server that did not answer this time is as it was. */
  private synchronized Void seen(
      Map<String, Optional<RedisDurability>> now, List<ServedSlots> needed) {
    Set<String> names = needed.stream().map(ServedSlots::name).collect(Collectors.toSet());
    Map<String, Set<Worry>> next = new TreeMap<>(worries);
    next.keySet().retainAll(names);
    now.forEach((part, keeping) -> next.put(part, worries(part, keeping)));
    forecasts.keySet().retainAll(names);
    now.forEach((part, keeping) -> keeping.ifPresent(is -> forecasts
        .computeIfAbsent(part, anew -> new MemoryForecast())
        .saw(is, nowMillis.getAsLong())));
    next.forEach((part, those) -> those.stream()
        .filter(worry -> !worries.getOrDefault(part, Set.of()).contains(worry))
        .forEach(worry -> say(part, worry)));
    worries.forEach((part, those) -> those.stream()
        .filter(worry -> next.containsKey(part) && !next.get(part).contains(worry))
        .forEach(worry -> LOG.info("Redis {}: no longer {}", part, worry)));
    Map<String, Optional<RedisDurability>> all = new TreeMap<>(seen);
    all.putAll(now);
    all.keySet().retainAll(names);
    seen = all;
    worries = next;
    return null;
  }

  private Set<Worry> worries(String part, Optional<RedisDurability> keeping) {
    if (quiet) {
      return Set.of();
    }
    return keeping
        .map(is -> {
          long now = nowMillis.getAsLong();
          Evictions known = evictions.compute(
              part,
              (name, before) -> before == null ? Evictions.first(is, now) : before.next(is, now));
          return is.worries(known.isNews(now), minReplicas);
        })
        .orElse(EnumSet.of(Worry.UNCHECKED));
  }

  private static void say(String part, Worry worry) {
    if (worry.isGrave()) {
      LOG.error("Redis {}: {}: {}", part, worry, worry.text());
    } else {
      LOG.warn("Redis {}: {}: {}", part, worry, worry.text());
    }
  }

  private List<String> evicting() {
    return seen.entrySet().stream()
        .filter(each -> each.getValue().map(RedisDurability::evicts).orElse(false))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Which run of its process each server was last seen in, where it says so. */
  public Map<String, String> runs() {
    Map<String, String> runs = new TreeMap<>();
    seen.forEach((part, is) -> is.map(RedisDurability::run)
        .filter(run -> !run.isEmpty())
        .ifPresent(run -> runs.put(part, run)));
    return runs;
  }

  /** On how many servers that is so. */
  long count(Worry worry) {
    return worries.values().stream().filter(those -> those.contains(worry)).count();
  }

  long evictedKeys() {
    return figures().mapToLong(each -> each.memory().evictedKeys()).sum();
  }

  /** Of the fullest server; 0 where none has a limit. */
  double fullest() {
    return figures()
        .filter(each -> each.memory().max() > 0)
        .mapToDouble(each -> (double) each.memory().used() / each.memory().max())
        .max()
        .orElse(0);
  }

  /** Of the server whose memory is over first; NaN where none can say. */
  synchronized double daysLeft() {
    return forecasts.values().stream()
        .mapToDouble(MemoryForecast::days)
        .filter(days -> !Double.isNaN(days))
        .min()
        .orElse(Double.NaN);
  }

  private Stream<RedisDurability> figures() {
    return seen.values().stream().flatMap(Optional::stream);
  }

  /** Everything that is wrong, a sentence each, the worst first. */
  public List<String> troubles() {
    List<String> troubles =
        bulletin.lines().stream().map(RedisBulletin.Line::toString).collect(Collectors.toList());
    worries.values().stream()
        .flatMap(Collection::stream)
        .distinct()
        .sorted()
        .forEach(worry -> troubles.add(worry + ": " + worry.text()));
    return troubles;
  }

  /** The same, in one line, for an operator who has asked whether Redis is there. */
  public String says(List<ServedSlots> parts) {
    long unavailable = parts.stream().filter(part -> !part.connected()).count();
    String state = unavailable == 0
        ? "connected"
        : unavailable == parts.size()
            ? "not connected: nothing can be sent"
            : unavailable + " of " + parts.size()
                + " parts unavailable: nothing can be sent for theirs";
    List<String> troubles = troubles();
    return troubles.isEmpty() ? state : state + "; " + String.join("; ", troubles);
  }

  /** Each server: which keys are there, whether it is reached, and what it says of itself. */
  public List<RedisPartView> parts(List<ServedSlots> parts) {
    return parts.stream().map(this::view).toList();
  }

  private RedisPartView view(ServedSlots part) {
    Optional<RedisDurability> keeping = seen.get(part.name());
    return new RedisPartView(
        part.name(),
        part.connected() ? "connected" : "away",
        ServerSurvey.shards(part) + " of " + Shards.COUNT,
        part.slots().isEmpty() ? null : part.slots(),
        bulletin.lines().stream()
            .filter(line -> line.part().equals(part.name()))
            .findFirst()
            .map(RedisBulletin.Line::word)
            .orElse(null),
        keeping == null ? null : keeping.<Object>map(RedisPartView.Keeps::of).orElse("unchecked"));
  }
}
