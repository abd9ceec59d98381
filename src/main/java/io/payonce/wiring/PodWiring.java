package io.payonce.wiring;

import io.payonce.admin.AdminComponents;
import io.payonce.flow.Flows;
import io.payonce.flow.engine.OneMerchant;
import io.payonce.flow.operator.AskFlow;
import io.payonce.flow.operator.FindFlow;
import io.payonce.flow.operator.InspectFlow;
import io.payonce.flow.operator.ResolveFlow;
import io.payonce.flow.port.FlowSettings;
import io.payonce.flow.port.RetryHint;
import io.payonce.flow.port.Sightings;
import io.payonce.flow.port.Telemetry;
import io.payonce.http.ClientKeys;
import io.payonce.http.ForbiddenCalls;
import io.payonce.http.PortSettings;
import io.payonce.http.ProxySettings;
import io.payonce.http.ProxyVerticle;
import io.payonce.http.ServerTls;
import io.payonce.http.server.BodyBudget;
import io.payonce.http.server.DrainState;
import io.payonce.http.server.FileDescriptors;
import io.payonce.ledger.redis.RedisLedger;
import io.payonce.ledger.redis.RedisLedgerAdmin;
import io.payonce.model.Account;
import io.payonce.model.Operations;
import io.payonce.outcome.Notifier;
import io.payonce.redis.RedisLane;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import io.payonce.telemetry.CallObserver;
import io.payonce.telemetry.Metrics;
import io.payonce.tls.CertificateBundle;
import io.payonce.tls.CertificateFiles;
import io.payonce.tls.WatchedFile;
import io.payonce.webhook.WebhookVerticle;
import io.payonce.worker.LoopComponents;
import io.payonce.worker.NotificationVerticle;
import io.payonce.worker.PeriodicVerticle;
import io.payonce.worker.RenewalVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Builds the parts of each event loop from the settings, and holds what they share: the limits, and
 * the signal to waiting callers.
 */
final class PodWiring {
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
  private final CallObserver watch;
  private final Sightings sightings = new Sightings(System::nanoTime);
  private final ClientKeys clients;
  private final LocalOutcomeSignal outcomes;
  private final Optional<WatchedFile<CertificateBundle>> serverCertificates;
  private final ServerTls serverTls;
  private final BodyBudget bodies;
  private final ForbiddenCalls forbidden = new ForbiddenCalls(System::nanoTime);
  private final FileDescriptors connections;
  private final String podName = UUID.randomUUID().toString();
  private final AccountsWiring accounts;
  private final LedgerWiring ledger;
  private final NotificationWiring notifications;

  private PodWiring(
      Vertx vertx,
      LiveSettings live,
      Metrics metrics,
      CallObserver watch,
      Optional<WatchedFile<CertificateBundle>> serverCertificates) {
    this.vertx = vertx;
    this.live = live;
    settings = live.first();
    this.metrics = metrics;
    this.watch = watch;
    this.serverCertificates = serverCertificates;
    serverTls = serverCertificates
        .map(files -> ServerTls.with(files, settings.server().tls().http2()))
        .orElse(ServerTls.OFF);
    clients = ClientKeys.of(settings, () -> live.current().client());
    outcomes = new LocalOutcomeSignal(vertx);
    bodies = new BodyBudget(settings.server().maxBufferedBytes());
    connections = FileDescriptors.share(
        settings.server().maxConnections(),
        settings.upstream().maxConnections(),
        (settings.webhook().port().isPresent() ? FileDescriptors.ofOtherPort() : 0)
            + (NotificationWiring.isOn(settings) ? Notifier.MOST_AT_ONCE : 0));
    accounts = new AccountsWiring(vertx, live, metrics, perAccount(connections.platform()));
    ledger = new LedgerWiring(vertx, live, metrics, this::platformTime, podName);
    notifications = new NotificationWiring(vertx, live, ledger, accounts::platformTime, metrics);
  }

  /** Reads the server's certificates: a file that is missing or wrong ends the start here. */
  static PodWiring open(Vertx vertx, LiveSettings live, Metrics metrics, CallObserver watch) {
    return new PodWiring(
        vertx, live, metrics, watch, certificates(live.first().server().tls()));
  }

  /** Where there are several, what hangs of one leaves as much for the others. */
  private int perAccount(int connections) {
    return settings.accounts().isEmpty() ? connections : Math.max(1, connections / 2);
  }

  private long platformTime(Account account, long wallMillis) {
    return accounts.clock(account).at(wallMillis);
  }

  /** From now on files are followed, and what there is to see is shown; once, before all else. */
  PodWiring start() {
    live.watch(vertx, WatchedFile.PAUSE_MILLIS);
    clients.watch(vertx, PlatformWiring.KEY_WATCH_MILLIS);
    serverCertificates.ifPresent(files -> files.watch(vertx, WatchedFile.PAUSE_MILLIS));
    accounts.start();
    ledger.start();
    return this;
  }

  /** What works on Redis. */
  LedgerWiring ledger() {
    return ledger;
  }

  /** For a ledger that remembers nothing: no question whether it fits is needed. */
  PodWiring withoutCharter() {
    ledger.withoutCharter();
    return this;
  }

  /** What keeps credentials fresh; none when there is nothing to renew. */
  List<RenewalVerticle> renewing() {
    return accounts.renewing(ledger::lane, ledger::credentials);
  }

  /** Reports to the fleet what this pod sends, and learns which merchants are slowed; one a pod. */
  PeriodicVerticle fleet() {
    return new PeriodicVerticle(
        FLEET_MILLIS, ledger::laneForRounds, lane -> accounts.exchange(lane, podName)::exchange);
  }

  /** Whether sends are on their way to the platform. */
  boolean isSending() {
    return accounts.isSending();
  }

  /** What all bodies being read take now. */
  BodyBudget bodies() {
    return bodies;
  }

  ProxyVerticle proxy(DrainState gate, RetryHint retryHint, Future<?> warmedUp) {
    Settings.Server server = settings.server();
    ProxySettings proxy = new ProxySettings(
        new PortSettings(
            server.host(), server.port(), serverTls, bodies, BODY_MILLIS, connections.callers()),
        settings.upstream().passHeaders(),
        settings.upstream().requestIdHeaders(),
        forbidden,
        Operations.with(settings.operations()),
        () -> live.current().server());
    return new ProxyVerticle(
        proxy,
        clients,
        gate,
        metrics,
        watch,
        () -> assemble(retryHint, metrics),
        warmedUp,
        ledger::isOpen);
  }

  /** Receives what the platform reports by itself; none where it has no port. */
  Optional<WebhookVerticle> webhook(DrainState gate, RetryHint retryHint) {
    return new WebhookWiring(live, accounts)
        .port(serverTls)
        .map(port -> new WebhookVerticle(port, gate, metrics, () -> assemble(retryHint, metrics)));
  }

  /** Notifies callers' hooks of how payments ended; none where none may be notified. */
  Optional<NotificationVerticle> notifying() {
    return notifications.verticle(outcomes);
  }

  /** From now on callers wait no longer than until then. */
  void endWaitsAt(long nanos) {
    outcomes.endAt(nanos);
  }

  /** One event loop's own ways to the ledger and to the platform. */
  private record Loop(
      RedisLane lane, RedisLedger records, AccountsWiring.Loop accounts, VertxTime time) {
    Future<Void> close() {
      return accounts.close().eventually(lane::close);
    }
  }

  /** To be called on the event loop that will use it. */
  private Loop open(boolean guarded) {
    RedisLane lane = ledger.lane();
    return new Loop(
        lane,
        ledger.open(lane),
        accounts.open(lane, podName, guarded),
        new VertxTime(vertx, sightings));
  }

  private LiveFlows flows(Loop loop, RetryHint retryHint, Telemetry telemetry) {
    return new LiveFlows(
        live,
        now -> new Flows(
            loop.records(),
            loop.accounts(),
            outcomes,
            retryHint,
            loop.time(),
            telemetry,
            flowSettings(now)));
  }

  /** Called on the event loop that will use it. */
  LoopComponents assemble(RetryHint retryHint, Telemetry telemetry) {
    Loop loop = open(true);
    LiveFlows flows = flows(loop, retryHint, telemetry);
    return new LoopComponents(loop.lane(), loop.records(), flows, loop::close);
  }

  /** The same for the admin port. */
  AdminComponents adminComponents(RetryHint retryHint) {
    Loop loop = open(false);
    RedisLane lane = loop.lane();
    RedisLedger records = loop.records();
    RedisLedgerAdmin admin = ledger.ledgerAdmin(lane);
    LiveFlows flows = flows(loop, retryHint, metrics);
    return new AdminComponents(
        lane,
        admin,
        ledger.scope(),
        new AdminComponents.Decisions(
            () -> new InspectFlow(admin, loop.time(), flowSettings(live.current())),
            () -> new ResolveFlow(
                admin,
                records,
                OneMerchant.on(loop.accounts()),
                outcomes,
                loop.time(),
                flowSettings(live.current())),
            () -> new AskFlow(admin, flows.get().retries())),
        new FindFlow(admin, records, ledger.journal(lane)),
        new AdminComponents.Reports(ledger.journal(lane), ledger.outbox(lane), outcomes::announce),
        loop::close);
  }

  private static Optional<WatchedFile<CertificateBundle>> certificates(Settings.Tls tls) {
    CertificateFiles files =
        new CertificateFiles(tls.certFile(), tls.keyFile(), tls.clientCaFile());
    return tls.certFile().isEmpty()
        ? Optional.empty()
        : Optional.of(
            WatchedFile.of("the server's certificates", () -> CertificateBundle.read(files)));
  }

  // The time of an exchange is built into leases, so it stays what it was at the start.
  private FlowSettings flowSettings(Settings now) {
    Settings.Recovery recovery = now.recovery();
    Settings.Upstream upstream = settings.upstream();
    return new FlowSettings(
        now.server().waitBudgetMs(),
        upstream.requestTimeoutMs() + 2 * upstream.connectTimeoutMs(),
        new FlowSettings.Recovery(
            recovery.firstDelayMs(),
            recovery.maxDelayMs(),
            recovery.maxAttempts(),
            recovery.reissue(),
            recovery.resendAfterWindow(),
            recovery.deadlineMs()),
        new FlowSettings.Orders(
            LedgerWiring.sessions(now),
            now.orders().pressSlackMs(),
            now.orders().otherAmount(),
            now.orders().oneUnreferencedRefund(),
            ledger.scope()),
        OwnRoute.of(now, account -> accounts.reports().sinceMillis(account.name())),
        now.client().merchants());
  }
}
