package io.payonce.server;

import io.payonce.file.Pem;
import io.payonce.file.PemFiles;
import io.payonce.file.Watched;
import io.payonce.json.EnvelopeScan;
import io.payonce.platform.CredentialStore;
import io.payonce.platform.Credentials;
import io.payonce.platform.HttpPlatform;
import io.payonce.platform.Keys;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformClock;
import io.payonce.platform.PlatformSettings;
import io.payonce.platform.RenewalPlan;
import io.payonce.platform.Renewals;
import io.payonce.platform.Tunnel;
import io.payonce.redis.RedisLane;
import io.payonce.settings.Settings;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Builds what calls the platform, and holds what a pod's event loops know of it in common: its
 * clock, our keys, credentials and certificates.
 */
final class PlatformParts {
  /**
   * New key files are noticed within this; Kubernetes itself takes up to a minute to write them.
   */
  static final long KEY_WATCH_MILLIS = 5000;

  /** A login that takes longer than this has failed; the fleet waits for it. */
  private static final long RENEWAL_MILLIS = 5000;

  private final Vertx vertx;
  private final Settings settings;
  private final Metrics metrics;
  private final int maxConnections;
  private final PlatformClock clock = new PlatformClock();
  private final Keys keys;
  private final List<RenewalPlan> plans;
  private final Renewals renewals;
  private final Watched<Pem> certificates;
  private final Watched<String> proxyLogin;

  /** @param maxConnections of each event loop */
  PlatformParts(Vertx vertx, LiveSettings live, Metrics metrics, int maxConnections) {
    this.vertx = vertx;
    this.settings = live.first();
    this.metrics = metrics;
    this.maxConnections = maxConnections;
    certificates = certificates();
    proxyLogin = proxyLogin();
    keys = new Keys(SettingsKeys.following(live), Renewing.use(settings));
    keys.watch(vertx, KEY_WATCH_MILLIS);
    plans = Renewing.plans(settings.credentials());
    renewals = new Renewals(plans, keys, clock, metrics::renewed);
    metrics.clock(clock);
  }

  private Watched<Pem> certificates() {
    Settings.UpstreamTls tls = settings.upstream().tls();
    PemFiles files = new PemFiles(tls.certFile(), tls.keyFile(), tls.caFile());
    Watched<Pem> watched = Watched.of("the upstream certificates", () -> Pem.read(files));
    watched.watch(vertx, Watched.PAUSE_MILLIS);
    return watched;
  }

  private Watched<String> proxyLogin() {
    Watched<String> login =
        Watched.of("the login at the proxy", new SettingsKeys(settings)::proxyLogin);
    if (settings.upstream().proxyLogin().isPresent()) {
      login.watch(vertx, Watched.PAUSE_MILLIS);
    }
    return login;
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
    return new CountedPlatform(platform, metrics::platformSaid);
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
        calls.requestTimeoutMillis() + 2 * calls.connectTimeoutMillis()));
  }

  private PlatformSettings calls(long requestTimeoutMillis) {
    Settings.Upstream upstream = settings.upstream();
    return new PlatformSettings(
        upstream.baseUrl(),
        upstream.connectTimeoutMs(),
        requestTimeoutMillis,
        PlatformSettings.KEEP_ALIVE_MILLIS,
        maxConnections,
        upstream.requestIdHeaders(),
        certificates,
        upstream.tls().http2(),
        route(upstream));
  }

  private PlatformSettings.Route route(Settings.Upstream upstream) {
    PlatformSettings.Route direct = PlatformSettings.Route.direct();
    return upstream
        .proxy()
        .map(URI::create)
        .map(proxy -> direct.through(
            new Tunnel(proxy.getHost(), proxy.getPort(), proxyLogin, upstream.connectTimeoutMs())))
        .orElse(direct);
  }
}
