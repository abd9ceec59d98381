package io.payonce.server;

import io.payonce.flow.FlowSettings;
import io.payonce.flow.Flows;
import io.payonce.flow.InspectFlow;
import io.payonce.flow.Nudge;
import io.payonce.flow.ResolveFlow;
import io.payonce.flow.Telemetry;
import io.payonce.json.EnvelopeScan;
import io.payonce.ledger.Auditor;
import io.payonce.ledger.LedgerSettings;
import io.payonce.ledger.RedisDesk;
import io.payonce.ledger.RedisLedger;
import io.payonce.ledger.Sealer;
import io.payonce.ledger.Timing;
import io.payonce.limit.FleetLimits;
import io.payonce.limit.PodLimits;
import io.payonce.platform.Credentials;
import io.payonce.platform.HttpPlatform;
import io.payonce.platform.Keys;
import io.payonce.platform.PlatformClock;
import io.payonce.platform.PlatformSettings;
import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.payonce.settings.Settings;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
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

  /** A body of 64 KiB takes a second on a bad line; one that drips in slower is no checkout. */
  private static final long BODY_MILLIS = 10_000;

  /** A replica on the same network answers in a millisecond; a second is an outage. */
  private static final Duration REPLICA_WAIT = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Settings settings;
  private final Metrics metrics;
  private final Keys keys;
  private final PlatformClock clock = new PlatformClock();
  private final LocalOutcomes outcomes;
  private final PodLimits pod;
  private final String podName = UUID.randomUUID().toString();

  Parts(Vertx vertx, Settings settings, Metrics metrics) {
    this.vertx = vertx;
    this.settings = settings;
    this.metrics = metrics;
    keys = new Keys(new SettingsKeys(settings));
    keys.watch(vertx, KEY_WATCH_MILLIS);
    outcomes = new LocalOutcomes(vertx);
    pod = new PodLimits(
        URI.create(settings.upstream().baseUrl()).getAuthority(),
        settings.upstream().maxConnections(),
        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    metrics.show(pod);
    metrics.clockOffset(clock::offsetMillis);
  }

  ProxyVerticle proxy(Gate gate, Nudge nudge) {
    Settings.Server server = settings.server();
    ProxySettings proxy = new ProxySettings(
        server.host(),
        server.port(),
        server.maxBodyBytes(),
        BODY_MILLIS,
        server.waitBudgetMs(),
        settings.upstream().requestIdHeaders());
    ClientKeys clients = ClientKeys.of(settings.client());
    return new ProxyVerticle(proxy, clients, gate, metrics, () -> assemble(nudge, metrics));
  }

  /** Called on the event loop that will use it. */
  Assembly assemble(Nudge nudge, Telemetry telemetry) {
    RedisLane lane = lane();
    RedisLedger ledger = ledger(lane);
    HttpPlatform platform = platform();
    Flows flows = new Flows(
        ledger,
        new GuardedPlatform(platform, pod.circuit()),
        limits(lane),
        outcomes,
        nudge,
        new VertxTime(vertx),
        telemetry,
        flowSettings());
    return new Assembly(lane, ledger, flows, () -> platform.close().eventually(lane::close));
  }

  /** Called on the event loop that will use it. */
  AuditVerticle.Tools audit() {
    RedisLane lane = RedisLane.open(vertx, redis());
    return new AuditVerticle.Tools(lane, new Auditor(lane, ledgerSettings()));
  }

  /** One a pod. */
  FleetVerticle fleet() {
    return new FleetVerticle(this::lane, this::limits);
  }

  private RedisLane lane() {
    return new TimedLane(RedisLane.open(vertx, redis()), metrics);
  }

  private FleetLimits limits(RedisLane lane) {
    return new FleetLimits(vertx, pod, lane, podName);
  }

  /** The same for the admin port. */
  DeskAssembly desk() {
    RedisLane lane = lane();
    RedisDesk desk = new RedisDesk(lane, new Sealer(encryptionKey()), ledgerSettings());
    HttpPlatform platform = platform();
    VertxTime time = new VertxTime(vertx);
    return new DeskAssembly(
        lane,
        desk,
        new InspectFlow(desk, time, flowSettings()),
        new ResolveFlow(desk, ledger(lane), platform, outcomes, time, flowSettings()),
        () -> platform.close().eventually(lane::close));
  }

  private RedisLedger ledger(RedisLane lane) {
    return new RedisLedger(lane, new Sealer(encryptionKey()), ledgerSettings(), Timing.of(vertx));
  }

  private HttpPlatform platform() {
    return new HttpPlatform(
        vertx, platformSettings(), keys, clock, Credentials.NOTHING_TO_RENEW, EnvelopeScan::scan);
  }

  private RedisSettings redis() {
    Settings.Redis redis = settings.redis();
    return new RedisSettings(
        RedisSettings.Mode.valueOf(redis.mode().toUpperCase(Locale.ROOT)),
        redis.uris(),
        redis.sentinelMaster(),
        Duration.ofSeconds(2),
        Duration.ofMillis(redis.callTimeoutMs()));
  }

  private byte[] encryptionKey() {
    return Base64.getDecoder()
        .decode(settings.ledger().encryptionKey().orElseThrow().value());
  }

  private LedgerSettings ledgerSettings() {
    return new LedgerSettings(
        settings.recovery().leaseMs(),
        settings.ledger().retentionMs(),
        settings.ledger().tombstoneMs(),
        settings.orders().onePayment(),
        settings.redis().minReplicas(),
        REPLICA_WAIT,
        LedgerSettings.BEGIN_NOT_AFTER_MILLIS);
  }

  private PlatformSettings platformSettings() {
    Settings.Upstream upstream = settings.upstream();
    return new PlatformSettings(
        upstream.baseUrl(),
        upstream.connectTimeoutMs(),
        upstream.requestTimeoutMs(),
        PlatformSettings.KEEP_ALIVE_MILLIS,
        upstream.maxConnections(),
        upstream.requestIdHeaders(),
        null);
  }

  private FlowSettings flowSettings() {
    Settings.Recovery recovery = settings.recovery();
    Settings.Upstream upstream = settings.upstream();
    return new FlowSettings(
        settings.server().waitBudgetMs(),
        upstream.requestTimeoutMs() + 2 * upstream.connectTimeoutMs(),
        recovery.firstDelayMs(),
        recovery.maxDelayMs(),
        recovery.maxAttempts(),
        recovery.reissue(),
        recovery.resendAfterWindow(),
        recovery.deadlineMs());
  }
}
