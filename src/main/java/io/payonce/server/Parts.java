package io.payonce.server;

import io.payonce.file.Pem;
import io.payonce.file.PemFiles;
import io.payonce.file.Watched;
import io.payonce.flow.AskFlow;
import io.payonce.flow.FindFlow;
import io.payonce.flow.FlowSettings;
import io.payonce.flow.Flows;
import io.payonce.flow.InspectFlow;
import io.payonce.flow.Nudge;
import io.payonce.flow.ResolveFlow;
import io.payonce.flow.Sightings;
import io.payonce.flow.Telemetry;
import io.payonce.json.EnvelopeScan;
import io.payonce.ledger.Ability;
import io.payonce.ledger.Auditor;
import io.payonce.ledger.Charter;
import io.payonce.ledger.Epochs;
import io.payonce.ledger.Home;
import io.payonce.ledger.LedgerKeys;
import io.payonce.ledger.LedgerSettings;
import io.payonce.ledger.RedisAbilities;
import io.payonce.ledger.RedisDesk;
import io.payonce.ledger.RedisLedger;
import io.payonce.ledger.Sealer;
import io.payonce.ledger.Seals;
import io.payonce.ledger.Timing;
import io.payonce.limit.FleetLimits;
import io.payonce.limit.PodLimits;
import io.payonce.model.Scope;
import io.payonce.platform.Credentials;
import io.payonce.platform.HttpPlatform;
import io.payonce.platform.Keys;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformClock;
import io.payonce.platform.PlatformSettings;
import io.payonce.platform.RenewalPlan;
import io.payonce.platform.Renewals;
import io.payonce.platform.Tunnel;
import io.payonce.redis.Bulletin;
import io.payonce.redis.LockedLane;
import io.payonce.redis.PrefixedLane;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.payonce.rule.Budget;
import io.payonce.rule.Sessions;
import io.payonce.settings.Settings;
import io.payonce.vault.RedisCredentialStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Builds what each event loop works with from the settings, and holds what they share: keys, the
 * platform's clock, and the board of waiting callers.
 */
final class Parts {
  /**
   * New key files are noticed within this; Kubernetes itself takes up to a minute to write them.
   */
  private static final long KEY_WATCH_MILLIS = 5000;

  /** Two small files; a pod that hears late of a key holds its change up for all others. */
  private static final long LEDGER_KEY_WATCH_MILLIS = 1000;

  /** A body of 64 KiB takes a second on a bad line; one that drips in slower is no checkout. */
  private static final long BODY_MILLIS = 10_000;

  /** A replica on the same network answers in a millisecond; a second is an outage. */
  private static final Duration REPLICA_WAIT = Duration.ofMillis(500);

  /** A login that takes longer than this has failed; the fleet waits for it. */
  private static final long RENEWAL_MILLIS = 5000;

  /** After its drain, a pod's last calls to the platform end. */
  private static final long AFTER_DRAIN_MILLIS = 30_000;

  private final Vertx vertx;
  private final LiveSettings live;
  private final Settings settings;
  private final Metrics metrics;
  private final Watch watch;
  private final Keys keys;
  private final PlatformClock clock = new PlatformClock();
  private final Sightings sightings = new Sightings(System::nanoTime);
  private final List<RenewalPlan> plans;
  private final Renewals renewals;
  private final ClientKeys clients;
  private final LocalOutcomes outcomes;
  private final Watched<Pem> upstreamCertificates;
  private final Watched<String> proxyLogin;
  private final ServerTls serverTls;
  private final Bodies bodies;
  private final Descriptors connections;
  private final PodLimits pod;
  private final String podName = UUID.randomUUID().toString();
  private final RedisAbilities abilities;
  private final LedgerKeys ledgerKeys;
  private final LedgerState state;
  private final Home home;
  private final Epochs epochs = new Epochs();
  private final Bulletin bulletin;
  private final RedisHealth redisHealth;

  Parts(Vertx vertx, LiveSettings live, Metrics metrics, Watch watch) {
    this.vertx = vertx;
    this.live = live;
    settings = live.first();
    live.watch(vertx, Watched.PAUSE_MILLIS);
    upstreamCertificates = certificates("the upstream certificates", upstreamPem());
    proxyLogin = proxyLogin();
    serverTls = serverTls();
    this.metrics = metrics;
    this.watch = watch;
    bulletin = new Bulletin(metrics::redisFailed, System::nanoTime);
    redisHealth = new RedisHealth(
        bulletin,
        settings.redis().minReplicas(),
        settings.redis().allowUnsafe(),
        redis().mode() == RedisSettings.Mode.EMBEDDED);
    metrics.redis(redisHealth);
    keys = new Keys(SettingsKeys.following(live), Renewing.use(settings));
    keys.watch(vertx, KEY_WATCH_MILLIS);
    clients = ClientKeys.of(settings);
    clients.watch(vertx, KEY_WATCH_MILLIS);
    plans = Renewing.plans(settings.credentials());
    renewals = new Renewals(plans, keys, clock, metrics::renewed);
    outcomes = new LocalOutcomes(vertx);
    bodies = new Bodies(settings.server().maxBufferedBytes());
    connections = Descriptors.share(
        settings.server().maxConnections(), settings.upstream().maxConnections());
    pod = new PodLimits(
        URI.create(settings.upstream().baseUrl()).getAuthority(),
        connections.platform(),
        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    home = new Home(
        settings.upstream().platform(),
        settings.recovery().deadlineMs(),
        settings.recovery().leaseMs(),
        System::nanoTime);
    metrics.strangers(home::strangers);
    metrics.lapses(epochs);
    abilities = new RedisAbilities(podName, quietMillis(), System::nanoTime);
    LedgerKeyFiles keyFiles = new LedgerKeyFiles(live);
    keyFiles.watch(vertx, LEDGER_KEY_WATCH_MILLIS);
    ledgerKeys = keyFiles.keys().namedWhile(() -> abilities.all(Ability.KEYS));
    abilities.wishing(ledgerKeys::wish);
    state = new LedgerState(ledgerKeys);
    metrics.ledgerKeys(state);
    metrics.show(pod);
    metrics.clock(clock);
  }

  /** Whether copies are on their way to the platform. */
  boolean isSending() {
    return pod.inFlight() > 0;
  }

  /** What all bodies being read take now. */
  Bodies bodies() {
    return bodies;
  }

  ProxyVerticle proxy(Gate gate, Nudge nudge, Future<?> rehearsed) {
    Settings.Server server = settings.server();
    ProxySettings proxy = new ProxySettings(
        server.host(),
        server.port(),
        BODY_MILLIS,
        settings.upstream().passHeaders(),
        settings.upstream().requestIdHeaders(),
        serverTls,
        bodies,
        connections.callers(),
        () -> live.current().server());
    return new ProxyVerticle(
        proxy,
        clients,
        gate,
        metrics,
        watch,
        () -> assemble(nudge, metrics),
        rehearsed,
        state::isOpen);
  }

  /** Called on the event loop that will use it. */
  Assembly assemble(Nudge nudge, Telemetry telemetry) {
    RedisLane lane = lane();
    RedisLedger ledger = ledger(lane);
    HttpPlatform platform = platform();
    GuardedPlatform guarded = new GuardedPlatform(counted(platform), pod.circuit());
    FleetLimits limits = limits(lane);
    VertxTime time = new VertxTime(vertx, sightings);
    LiveFlows flows = new LiveFlows(
        live,
        now -> new Flows(
            ledger, guarded, limits, outcomes, nudge, time, telemetry, flowSettings(now)));
    return new Assembly(lane, ledger, flows, () -> platform.close().eventually(lane::close));
  }

  /** What keeps credentials fresh; none when there is nothing to renew. */
  Optional<RenewalVerticle> renewing() {
    if (plans.isEmpty()) {
      return Optional.empty();
    }
    PlatformSettings calls = renewalSettings();
    return Optional.of(new RenewalVerticle(
        renewals,
        this::lane,
        lane -> new RedisCredentialStore(lane, sealer(), home),
        () -> HttpPlatform.forRenewals(vertx, calls, keys, clock, EnvelopeScan::scan),
        calls.requestTimeoutMillis() + 2 * calls.connectTimeoutMillis()));
  }

  private Credentials credentials() {
    return plans.isEmpty() ? Credentials.NOTHING_TO_RENEW : renewals;
  }

  /** Called on the event loop that will use it. */
  AuditVerticle.Tools audit() {
    RedisLane lane = new LockedLane(unlocked(), state::isOpen, bulletin);
    return new AuditVerticle.Tools(lane, new Auditor(lane, ledgerSettings(), ledgerKeys));
  }

  /** One a pod. */
  FleetVerticle fleet() {
    return new FleetVerticle(this::lane, this::limits);
  }

  /** One a pod. */
  AbilitiesVerticle abilities() {
    return new AbilitiesVerticle(
        abilities, ledgerSettings(), this::lane, this::ledger, state::isOpen);
  }

  /** Pods of other versions are given as long for their drain as this one. */
  private long quietMillis() {
    return redis().mode() == RedisSettings.Mode.EMBEDDED
        ? 0
        : Math.max(RedisAbilities.QUIET_MILLIS, settings.server().drainMs() + AFTER_DRAIN_MILLIS);
  }

  private RedisLane lane() {
    return new TimedLane(new LockedLane(unlocked(), state::isOpen, bulletin), metrics, bulletin);
  }

  private RedisLane unlocked() {
    return new PrefixedLane(
        RedisLane.open(vertx, redis(), bulletin), settings.redis().keyPrefix());
  }

  /** For a ledger that remembers nothing: nobody need ask it whether it fits. */
  Parts withoutCharter() {
    state.chartered(true);
    return this;
  }

  /** One a pod, before all others. */
  CharterVerticle charter() {
    Charter.Wanted wanted = new Charter.Wanted(
        settings.upstream().name().isEmpty(), settings.redis().keyPrefix(), scope());
    return new CharterVerticle(
        this::unlocked,
        lane -> new Charter(lane, ledgerSettings(), wanted, Timing.of(vertx).pause()::apply),
        lane -> new Seals(lane, ledgerSettings(), ledgerKeys, abilities),
        state,
        redisHealth);
  }

  /** One a pod. */
  SurveyVerticle survey() {
    return new SurveyVerticle(redisHealth, this::unlocked, state::chartered);
  }

  /** For the admin port: how Redis is. */
  RedisHealth redisHealth() {
    return redisHealth;
  }

  private FleetLimits limits(RedisLane lane) {
    return new FleetLimits(
        vertx, pod, lane, podName, new Budget(settings.recovery().resendsPerSecond()));
  }

  /** The same for the admin port. */
  DeskAssembly desk(Nudge nudge) {
    RedisLane lane = lane();
    RedisLedger ledger = ledger(lane);
    RedisDesk desk = new RedisDesk(lane, sealer(), ledgerSettings(), abilities);
    HttpPlatform platform = platform();
    VertxTime time = new VertxTime(vertx, sightings);
    FleetLimits limits = limits(lane);
    LiveFlows flows = new LiveFlows(
        live,
        now -> new Flows(
            ledger, counted(platform), limits, outcomes, nudge, time, metrics, flowSettings(now)));
    return new DeskAssembly(
        lane,
        desk,
        scope(),
        () -> new InspectFlow(desk, time, flowSettings(live.current())),
        () -> new ResolveFlow(
            desk, ledger, counted(platform), outcomes, time, flowSettings(live.current())),
        new FindFlow(desk, ledger),
        () -> new AskFlow(desk, flows.get().retries()),
        () -> platform.close().eventually(lane::close));
  }

  private RedisLedger ledger(RedisLane lane) {
    return new RedisLedger(
        lane, sealer(), ledgerSettings(), Timing.of(vertx, clock::at), abilities);
  }

  private Platform counted(HttpPlatform platform) {
    return new CountedPlatform(platform, metrics::platformSaid);
  }

  private HttpPlatform platform() {
    return new HttpPlatform(
        vertx, platformSettings(), keys, clock, credentials(), EnvelopeScan::scan);
  }

  private RedisSettings redis() {
    return redis(settings);
  }

  static RedisSettings redis(Settings settings) {
    Settings.Redis redis = settings.redis();
    return new RedisSettings(
        RedisSettings.Mode.valueOf(redis.mode().toUpperCase(Locale.ROOT)),
        redis.uris(),
        redis.sentinelMaster(),
        Duration.ofSeconds(2),
        Duration.ofMillis(redis.callTimeoutMs()),
        redis.caFile());
  }

  /** One for each event loop, of the pod's keys. */
  private Sealer sealer() {
    return new Sealer(ledgerKeys);
  }

  private LedgerSettings ledgerSettings() {
    return new LedgerSettings(
        settings.recovery().leaseMs(),
        settings.ledger().retentionMs(),
        settings.ledger().tombstoneMs(),
        settings.orders().onePayment(),
        settings.redis().minReplicas(),
        REPLICA_WAIT,
        LedgerSettings.BEGIN_NOT_AFTER_MILLIS,
        sessions(settings) != Sessions.ALLOW,
        home,
        epochs,
        Set.copyOf(settings.orders().splitMerchants()));
  }

  /** It names records: what it was at the start. */
  private Scope scope() {
    return Scope.of(settings.orders().scope());
  }

  private static Sessions sessions(Settings of) {
    return Sessions.valueOf(of.orders().sessions().toUpperCase(Locale.ROOT));
  }

  private PlatformSettings renewalSettings() {
    return platformSettings(Math.min(RENEWAL_MILLIS, settings.upstream().requestTimeoutMs()));
  }

  private PlatformSettings platformSettings() {
    return platformSettings(settings.upstream().requestTimeoutMs());
  }

  private PlatformSettings platformSettings(long requestTimeoutMillis) {
    Settings.Upstream upstream = settings.upstream();
    return new PlatformSettings(
        upstream.baseUrl(),
        upstream.connectTimeoutMs(),
        requestTimeoutMillis,
        PlatformSettings.KEEP_ALIVE_MILLIS,
        connections.platform(),
        upstream.requestIdHeaders(),
        upstreamCertificates,
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

  private Watched<String> proxyLogin() {
    Watched<String> login =
        Watched.of("the login at the proxy", new SettingsKeys(settings)::proxyLogin);
    if (settings.upstream().proxyLogin().isPresent()) {
      login.watch(vertx, Watched.PAUSE_MILLIS);
    }
    return login;
  }

  private PemFiles upstreamPem() {
    Settings.UpstreamTls tls = settings.upstream().tls();
    return new PemFiles(tls.certFile(), tls.keyFile(), tls.caFile());
  }

  private ServerTls serverTls() {
    Settings.Tls tls = settings.server().tls();
    return tls.certFile().isEmpty()
        ? ServerTls.OFF
        : ServerTls.with(
            certificates(
                "the server's certificates",
                new PemFiles(tls.certFile(), tls.keyFile(), tls.clientCaFile())),
            tls.http2());
  }

  private Watched<Pem> certificates(String what, PemFiles files) {
    Watched<Pem> certificates = Watched.of(what, () -> Pem.read(files));
    certificates.watch(vertx, Watched.PAUSE_MILLIS);
    return certificates;
  }

  // The time of an exchange is built into leases, so it stays what it was at the start.
  private FlowSettings flowSettings(Settings now) {
    Settings.Recovery recovery = now.recovery();
    Settings.Upstream upstream = settings.upstream();
    return new FlowSettings(
        now.server().waitBudgetMs(),
        upstream.requestTimeoutMs() + 2 * upstream.connectTimeoutMs(),
        recovery.firstDelayMs(),
        recovery.maxDelayMs(),
        recovery.maxAttempts(),
        recovery.reissue(),
        recovery.resendAfterWindow(),
        recovery.deadlineMs(),
        new FlowSettings.Orders(
            sessions(now),
            now.orders().pressSlackMs(),
            now.orders().otherAmount(),
            now.orders().oneUnreferencedRefund(),
            scope()));
  }
}
