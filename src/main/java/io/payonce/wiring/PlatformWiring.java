package io.payonce.wiring;

import io.payonce.credentials.Credentials;
import io.payonce.credentials.PlatformKeys;
import io.payonce.json.EnvelopeScan;
import io.payonce.model.Account;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformClock;
import io.payonce.platform.http.ConnectTunnel;
import io.payonce.platform.http.HttpPlatform;
import io.payonce.platform.http.PlatformSettings;
import io.payonce.redis.RedisLane;
import io.payonce.renewal.CredentialStore;
import io.payonce.renewal.RenewalPlan;
import io.payonce.renewal.Renewals;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import io.payonce.telemetry.CountedPlatform;
import io.payonce.telemetry.Metrics;
import io.payonce.worker.RenewalVerticle;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Builds the parts that call the platform under one account's key, and holds what a pod's event
 * loops share of it: its clock as that account sees it, our keys and credentials.
 */
final class PlatformWiring {
  /**
   * New key files are noticed within this; Kubernetes itself takes up to a minute to write them.
   */
  static final long KEY_WATCH_MILLIS = 5000;

  /** A login that takes longer than this has failed; the fleet waits for it. */
  private static final long RENEWAL_MILLIS = 5000;

  private final Vertx vertx;
  private final Settings settings;
  private final Account account;
  private final Metrics metrics;
  private final int maxConnections;
  private final PlatformClock clock = new PlatformClock();
  private final PlatformKeys keys;
  private final SettingsKeySource known;
  private final List<RenewalPlan> plans;
  private final Renewals renewals;
  private final UpstreamFiles files;

  /**
   * @param files are all accounts'
   * @param maxConnections of each event loop
   */
  PlatformWiring(
      Vertx vertx,
      LiveSettings live,
      AccountKeys its,
      UpstreamFiles files,
      Metrics metrics,
      int maxConnections) {
    this.vertx = vertx;
    this.settings = live.first();
    this.account = its.account();
    this.files = files;
    this.metrics = metrics;
    this.maxConnections = maxConnections;
    known = SettingsKeySource.known(live, its);
    keys = new PlatformKeys(
        "the platform's keys" + (account.isDefault() ? "" : " of account " + account),
        known,
        SettingsKeySource.following(live, its),
        RenewalSettings.use(settings, its));
    plans = RenewalSettings.plans(its.credentials());
    renewals = new Renewals(
        plans, keys, clock, (what, worked) -> metrics.accounts().renewed(account, what, worked));
  }

  /** Shows the platform's clock. */
  void start() {
    metrics.accounts().bindClock(account, clock);
  }

  /** Follows the files of keys: to be called when the configuration has been read again. */
  void lookAtKeys() {
    keys.look(known);
  }

  PlatformClock clock() {
    return clock;
  }

  /** Called on the event loop that will use it. */
  HttpPlatform open() {
    return new HttpPlatform(
        vertx,
        calls(settings.upstream().requestTimeoutMs()),
        keys,
        clock,
        plans.isEmpty() ? Credentials.NOTHING_TO_RENEW : renewals,
        EnvelopeScan::scan);
  }

  Platform counted(HttpPlatform platform) {
    return new CountedPlatform(platform, metrics::platformCode);
  }

  /** What keeps credentials fresh; none when there is nothing to renew. */
  Optional<RenewalVerticle> renewing(
      Supplier<RedisLane> lane, Function<RedisLane, CredentialStore> store) {
    if (plans.isEmpty()) {
      return Optional.empty();
    }
    PlatformSettings calls =
        calls(Math.min(RENEWAL_MILLIS, settings.upstream().requestTimeoutMs()));
    return Optional.of(new RenewalVerticle(
        renewals,
        lane,
        store,
        () -> HttpPlatform.forRenewals(vertx, calls, keys, clock, EnvelopeScan::scan),
        calls.times().requestMillis() + 2 * calls.times().connectMillis()));
  }

  private PlatformSettings calls(long requestTimeoutMillis) {
    Settings.Upstream upstream = settings.upstream();
    return new PlatformSettings(
        upstream.baseUrl(),
        new PlatformSettings.Times(upstream.connectTimeoutMs(), requestTimeoutMillis),
        maxConnections,
        upstream.requestIdHeaders(),
        new PlatformSettings.Tls(files.certificates(), upstream.tls().http2()),
        route(upstream));
  }

  private PlatformSettings.Route route(Settings.Upstream upstream) {
    PlatformSettings.Route direct = PlatformSettings.Route.direct();
    return upstream
        .proxy()
        .map(URI::create)
        .map(proxy -> direct.through(new ConnectTunnel(
            proxy.getHost(), proxy.getPort(), files.proxyLogin(), upstream.connectTimeoutMs())))
        .orElse(direct);
  }
}
