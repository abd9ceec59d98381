package io.payonce.wiring;

import io.payonce.flow.port.Accounts;
import io.payonce.limit.FleetExchange;
import io.payonce.limit.FleetLimits;
import io.payonce.limit.GuardedPlatform;
import io.payonce.limit.PlatformReports;
import io.payonce.limit.PodLimits;
import io.payonce.limit.RetryBudget;
import io.payonce.model.Account;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformClock;
import io.payonce.platform.http.HttpPlatform;
import io.payonce.redis.RedisLane;
import io.payonce.renewal.CredentialStore;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import io.payonce.telemetry.Metrics;
import io.payonce.tls.Looks;
import io.payonce.worker.RenewalVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Holds what a pod has of each account: keys, credentials, the clock, connections and limits of its
 * own, so that what goes wrong with one of them is no other's trouble.
 */
final class AccountsWiring {
  private final Vertx vertx;
  private final Settings settings;
  private final LiveSettings live;
  private final Metrics metrics;
  private final UpstreamFiles files;
  private final PlatformReports reports;
  private final Map<Account, Part> parts = new LinkedHashMap<>();
  private final Map<String, Account> ofApps = new HashMap<>();
  private final Map<String, Account> ofMerchants = new HashMap<>();

  private record Part(PlatformWiring platform, PodLimits limits) {}

  /** @param maxConnections of each event loop and account */
  AccountsWiring(Vertx vertx, LiveSettings live, Metrics metrics, int maxConnections) {
    this(
        vertx,
        live,
        metrics,
        maxConnections,
        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  /** @param clock what limits go by */
  AccountsWiring(
      Vertx vertx, LiveSettings live, Metrics metrics, int maxConnections, LongSupplier clock) {
    this.vertx = vertx;
    this.live = live;
    this.settings = live.first();
    this.metrics = metrics;
    reports = new PlatformReports(clock);
    files = UpstreamFiles.of(settings);
    String host = URI.create(settings.upstream().baseUrl()).getAuthority();
    AccountKeys.all(settings).forEach(keys -> {
      Account account = keys.account();
      String name = account.isDefault() ? host : host + " (" + account + ")";
      PodLimits limits = new PodLimits(name, maxConnections, clock);
      PlatformWiring platform =
          new PlatformWiring(vertx, live, keys, files, metrics, maxConnections);
      parts.put(account, new Part(platform, limits));
    });
    settings.accounts().forEach(named -> {
      Account account = new Account(named.name());
      named.appIds().forEach(app -> ofApps.put(app, account));
      named.merchants().forEach(merchant -> ofMerchants.put(merchant, account));
    });
  }

  void start() {
    files.watch(vertx);
    Looks.every(vertx, PlatformWiring.KEY_WATCH_MILLIS, this::lookAtKeys);
    metrics.accounts().byAccount(parts.keySet());
    parts.forEach((account, part) -> {
      part.platform().start();
      metrics.accounts().bindLimits(account, part.limits());
    });
  }

  /** However many accounts there are: the configuration is read once for all. */
  void lookAtKeys() {
    live.reread();
    parts.values().forEach(part -> part.platform().lookAtKeys());
  }

  Account of(String appId, String merchantId) {
    Account ofApp = appId == null ? null : ofApps.get(appId);
    return ofApp != null
        ? ofApp
        : merchantId == null
            ? Account.DEFAULT
            : ofMerchants.getOrDefault(merchantId, Account.DEFAULT);
  }

  boolean isAnothers(String appId, String merchantId) {
    Account ofApp = appId == null ? null : ofApps.get(appId);
    Account ofMerchant = ofMerchants.get(merchantId);
    return ofApp != null
        && !ofApp.equals(ofMerchant)
        && (ofMerchant != null || ofMerchants.containsValue(ofApp));
  }

  PlatformClock clock(Account account) {
    return parts.get(account).platform().clock();
  }

  /** Now, as the account's platform has it. */
  long platformTime(Account account) {
    return clock(account).at(System.currentTimeMillis());
  }

  PodLimits limits(Account account) {
    return parts.get(account).limits();
  }

  boolean isSending() {
    return parts.values().stream().anyMatch(part -> part.limits().inFlight() > 0);
  }

  /** What keeps credentials fresh, of each account that has some to renew. */
  List<RenewalVerticle> renewing(
      Supplier<RedisLane> lane, BiFunction<RedisLane, Account, CredentialStore> store) {
    List<RenewalVerticle> all = new ArrayList<>();
    parts.forEach((account, part) ->
        part.platform().renewing(lane, opened -> store.apply(opened, account)).ifPresent(all::add));
    return all;
  }

  private FleetLimits limits(Account account, RedisLane lane, String podName) {
    return new FleetLimits(vertx, limits(account), lane, podName, account, budget());
  }

  /** What the platform reports by itself, to this pod and to the others. */
  PlatformReports reports() {
    return reports;
  }

  FleetExchange exchange(RedisLane lane, String podName) {
    Map<Account, PodLimits> all = new LinkedHashMap<>();
    parts.forEach((account, part) -> all.put(account, part.limits()));
    return new FleetExchange(all, reports, lane, podName, budget());
  }

  private RetryBudget budget() {
    return new RetryBudget(settings.recovery().resendsPerSecond());
  }

  /**
   * One event loop's own ways to the platform: an account that it has nothing to send for costs it
   * nothing.
   */
  final class Loop implements Accounts {
    private final RedisLane lane;
    private final String podName;
    private final boolean guarded;
    private final Map<Account, Way> ways = new HashMap<>();
    private final List<HttpPlatform> wires = new ArrayList<>();

    private Loop(RedisLane lane, String podName, boolean guarded) {
      this.lane = lane;
      this.podName = podName;
      this.guarded = guarded;
      way(Account.DEFAULT);
    }

    @Override
    public Account of(String appId, String merchantId) {
      return AccountsWiring.this.of(appId, merchantId);
    }

    @Override
    public boolean isAnothers(String appId, String merchantId) {
      return AccountsWiring.this.isAnothers(appId, merchantId);
    }

    @Override
    public Way way(Account account) {
      return ways.computeIfAbsent(account, this::open);
    }

    /** What a call meets under that account's key, from the wire outwards. */
    private Way open(Account account) {
      PlatformWiring own = parts.get(account).platform();
      HttpPlatform wire = own.open();
      wires.add(wire);
      Platform stack = own.counted(wire); // each answer is counted once, whoever asked
      if (guarded) { // last: what it keeps back is no answer
        stack = new GuardedPlatform(stack, limits(account).circuit());
      }
      return new Way(stack, limits(account, lane, podName));
    }

    Future<Void> close() {
      return Future.join(wires.stream().map(HttpPlatform::close).toList()).mapEmpty();
    }
  }

  /**
   * To be called on the event loop that will use it.
   *
   * @param guarded false for an operator: also a platform that the breaker spares is asked
   */
  Loop open(RedisLane lane, String podName, boolean guarded) {
    return new Loop(lane, podName, guarded);
  }
}
