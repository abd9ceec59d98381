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
import io.payonce.ledger.RedisDesk;
import io.payonce.ledger.RedisLedger;
import io.payonce.limit.FleetLimits;
import io.payonce.limit.PodLimits;
import io.payonce.platform.HttpPlatform;
import io.payonce.platform.Platform;
import io.payonce.redis.RedisLane;
import io.payonce.rule.Budget;
import io.payonce.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Builds what each event loop works with from the settings, out of what works on Redis and what
 * calls the platform, and holds what they share: limits, and the board of waiting callers.
 */
final class Parts {
  /** A body of 64 KiB takes a second on a bad line; one that drips in slower is no checkout. */
  private static final long BODY_MILLIS = 10_000;

  /**
   * At half, idle pods ask Redis twice as much; at double, a slowed merchant hits on for longer.
   */
  private static final long FLEET_MILLIS = 1000;

  private final Vertx vertx;
  private final LiveSettings live;
  private final Settings settings;
  private final Metrics metrics;
  private final Watch watch;
  private final Sightings sightings = new Sightings(System::nanoTime);
  private final ClientKeys clients;
  private final LocalOutcomes outcomes;
  private final ServerTls serverTls;
  private final Bodies bodies;
  private final Descriptors connections;
  private final PodLimits pod;
  private final String podName = UUID.randomUUID().toString();
  private final PlatformParts platform;
  private final LedgerParts ledger;

  Parts(Vertx vertx, LiveSettings live, Metrics metrics, Watch watch) {
    this.vertx = vertx;
    this.live = live;
    settings = live.first();
    live.watch(vertx, Watched.PAUSE_MILLIS);
    this.metrics = metrics;
    this.watch = watch;
    serverTls = serverTls();
    clients = ClientKeys.of(settings);
    clients.watch(vertx, PlatformParts.KEY_WATCH_MILLIS);
    outcomes = new LocalOutcomes(vertx);
    bodies = new Bodies(settings.server().maxBufferedBytes());
    connections = Descriptors.share(
        settings.server().maxConnections(), settings.upstream().maxConnections());
    pod = new PodLimits(
        URI.create(settings.upstream().baseUrl()).getAuthority(),
        connections.platform(),
        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    metrics.show(pod);
    platform = new PlatformParts(vertx, live, metrics, connections.platform());
    ledger = new LedgerParts(vertx, live, metrics, platform.clock(), podName);
  }

  /** What works on Redis. */
  LedgerParts ledger() {
    return ledger;
  }

  /** For a ledger that remembers nothing: nobody need ask it whether it fits. */
  Parts withoutCharter() {
    ledger.withoutCharter();
    return this;
  }

  /** What keeps credentials fresh; none when there is nothing to renew. */
  Optional<RenewalVerticle> renewing() {
    return platform.renewing(ledger::lane, ledger::credentials);
  }

  /** Tells the fleet what this pod sends, and learns which merchants are slowed; one a pod. */
  TickVerticle fleet() {
    return new TickVerticle(FLEET_MILLIS, ledger::lane, lane -> limits(lane)::exchange);
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
        ledger::isOpen);
  }

  /** Called on the event loop that will use it. */
  Assembly assemble(Nudge nudge, Telemetry telemetry) {
    RedisLane lane = ledger.lane();
    RedisLedger records = ledger.open(lane);
    HttpPlatform calls = platform.open();
    GuardedPlatform guarded = new GuardedPlatform(platform.counted(calls), pod.circuit());
    FleetLimits limits = limits(lane);
    VertxTime time = new VertxTime(vertx, sightings);
    LiveFlows flows = new LiveFlows(
        live,
        now -> new Flows(
            records, guarded, limits, outcomes, nudge, time, telemetry, flowSettings(now)));
    return new Assembly(lane, records, flows, () -> calls.close().eventually(lane::close));
  }

  private FleetLimits limits(RedisLane lane) {
    return new FleetLimits(
        vertx, pod, lane, podName, new Budget(settings.recovery().resendsPerSecond()));
  }

  /** The same for the admin port. */
  DeskAssembly desk(Nudge nudge) {
    RedisLane lane = ledger.lane();
    RedisLedger records = ledger.open(lane);
    RedisDesk desk = ledger.desk(lane);
    HttpPlatform calls = platform.open();
    Platform counted = platform.counted(calls);
    VertxTime time = new VertxTime(vertx, sightings);
    FleetLimits limits = limits(lane);
    LiveFlows flows = new LiveFlows(
        live,
        now ->
            new Flows(records, counted, limits, outcomes, nudge, time, metrics, flowSettings(now)));
    return new DeskAssembly(
        lane,
        desk,
        ledger.scope(),
        () -> new InspectFlow(desk, time, flowSettings(live.current())),
        () -> new ResolveFlow(desk, records, counted, outcomes, time, flowSettings(live.current())),
        new FindFlow(desk, records),
        () -> new AskFlow(desk, flows.get().retries()),
        () -> calls.close().eventually(lane::close));
  }

  private ServerTls serverTls() {
    Settings.Tls tls = settings.server().tls();
    if (tls.certFile().isEmpty()) {
      return ServerTls.OFF;
    }
    PemFiles files = new PemFiles(tls.certFile(), tls.keyFile(), tls.clientCaFile());
    Watched<Pem> certificates = Watched.of("the server's certificates", () -> Pem.read(files));
    certificates.watch(vertx, Watched.PAUSE_MILLIS);
    return ServerTls.with(certificates, tls.http2());
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
            LedgerParts.sessions(now),
            now.orders().pressSlackMs(),
            now.orders().otherAmount(),
            now.orders().oneUnreferencedRefund(),
            ledger.scope()));
  }
}
