package io.payonce.wiring;

import io.payonce.admin.AdminVerticle;
import io.payonce.http.ProxyVerticle;
import io.payonce.http.server.ConnectionLimit;
import io.payonce.http.server.DrainState;
import io.payonce.model.Operations;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import io.payonce.telemetry.CallObserver;
import io.payonce.telemetry.Metrics;
import io.payonce.telemetry.VertxGauges;
import io.payonce.webhook.WebhookVerticle;
import io.payonce.worker.AuditVerticle;
import io.payonce.worker.NotificationVerticle;
import io.payonce.worker.RetryVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one Payonce: its verticles, and their orderly end. Everything it promises is in the ledger,
 * so it may also be killed at any moment.
 */
public final class Pod {
  private static final Logger LOG = LoggerFactory.getLogger(Pod.class);

  /**
   * While draining, new calls are still served for so long: balancers need a moment to notice. At
   * half they would meet a closed port, at double a pod without calls lingers.
   */
  private static final long LINGER_MILLIS = 2000;

  /**
   * Before a drain is over: who waits looks once a second, and is to be answered in time. At half
   * some would be cut off, at double they wait shorter for nothing.
   */
  private static final long LAST_ANSWERS_MILLIS = 1500;

  private static final long LOOK_MILLIS = 20;

  /**
   * A loop that stands still for longer is reported. At half, a machine short of CPU would report
   * each start; at double, callers have given up.
   */
  private static final long BLOCKED_SECONDS = 10;

  /** Looks in that time: at double, one a second wakes an idle pod; at half, it says so late. */
  private static final long BLOCKED_LOOKS = 4;

  private final Vertx vertx;
  private final Settings settings;
  private final DrainState gate;
  private final CallObserver watch;
  private final AdminVerticle ops;
  private final Optional<WebhookVerticle> webhook;
  private final RetryVerticle retry;
  private final Optional<NotificationVerticle> notifying;
  private final PodWiring parts;

  private Pod(
      Vertx vertx,
      Settings settings,
      DrainState gate,
      CallObserver watch,
      AdminVerticle ops,
      Optional<WebhookVerticle> webhook,
      RetryVerticle retry,
      Optional<NotificationVerticle> notifying,
      PodWiring parts) {
    this.vertx = vertx;
    this.settings = settings;
    this.gate = gate;
    this.watch = watch;
    this.ops = ops;
    this.webhook = webhook;
    this.retry = retry;
    this.notifying = notifying;
    this.parts = parts;
  }

  /** The event loops that a pod runs on: native where the machine has it. */
  public static Vertx vertx() {
    Transport best = Transport.nativeTransport();
    VertxOptions options = new VertxOptions()
        .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
        .setMaxEventLoopExecuteTime(BLOCKED_SECONDS)
        .setBlockedThreadCheckInterval(BLOCKED_SECONDS * 1000 / BLOCKED_LOOKS);
    return Vertx.builder()
        .with(options)
        .withTransport(ConnectionLimit.on(best != null && best.available() ? best : Transport.NIO))
        .build();
  }

  /** Succeeds when callers are served; fails with {@link PortTaken} or what else is in the way. */
  public static Future<Pod> start(Vertx vertx, Settings settings) {
    return start(vertx, LiveSettings.constant(settings), Future.succeededFuture());
  }

  /**
   * The same, with limits that follow their file.
   *
   * @param warmedUp callers are served when it is over, but do not wait long for it
   */
  public static Future<Pod> start(Vertx vertx, LiveSettings live, Future<?> warmedUp) {
    Settings settings = live.first();
    DrainState gate = new DrainState();
    CallObserver watch = CallObserver.of(settings);
    Metrics metrics = new Metrics(watch, Operations.with(settings.operations()));
    metrics.watchProcess();
    PodWiring parts = PodWiring.open(vertx, live, metrics, watch).start();
    VertxGauges.show(vertx, gate, parts.bodies(), metrics);
    RetryVerticle retry = new RetryVerticle(retryHint -> parts.assemble(retryHint, metrics));
    AdminVerticle ops = new AdminVerticle(
        live, gate, metrics, () -> parts.adminComponents(retry), parts.ledger().health());
    Optional<WebhookVerticle> webhook = parts.webhook(gate, retry);
    Pod pod = new Pod(vertx, settings, gate, watch, ops, webhook, retry, parts.notifying(), parts);
    return vertx
        .deployVerticle(parts.ledger().charter())
        .compose(opened -> vertx.deployVerticle(parts.ledger().survey()))
        .compose(opened -> {
          Future<?> fleet = vertx.deployVerticle(parts.ledger().abilities());
          return deployRenewing(vertx, parts).compose(done -> fleet);
        })
        .compose(done -> vertx.deployVerticle(retry))
        .compose(done -> deployNotifying(pod))
        .compose(done -> vertx.deployVerticle(new AuditVerticle(parts.ledger()::audit, metrics)))
        .compose(done -> vertx.deployVerticle(parts.fleet()))
        .compose(done -> vertx.deployVerticle(ops))
        .recover(failure -> PortTaken.explain(failure, "admin", settings.admin().port()))
        .compose(done -> deployWebhook(pod, settings))
        .compose(done -> deployProxies(pod, () -> parts.proxy(gate, retry, warmedUp)))
        .recover(
            failure -> PortTaken.explain(failure, "server", settings.server().port()))
        .map(pod);
  }

  private static Future<String> deployRenewing(Vertx vertx, PodWiring parts) {
    return Future.all(parts.renewing().stream().map(vertx::deployVerticle).toList())
        .mapEmpty();
  }

  private static Future<String> deployNotifying(Pod pod) {
    return pod.notifying.map(pod.vertx::deployVerticle).orElse(Future.succeededFuture());
  }

  private static Future<String> deployProxies(Pod pod, Supplier<ProxyVerticle> proxy) {
    DeploymentOptions everyCore = new DeploymentOptions().setInstances(cores());
    return pod.vertx.deployVerticle(proxy, everyCore);
  }

  private static Future<Void> deployWebhook(Pod pod, Settings settings) {
    if (pod.webhook.isEmpty()) {
      return Future.succeededFuture();
    }
    return pod.vertx
        .deployVerticle(pod.webhook.get())
        .recover(failure ->
            PortTaken.explain(failure, "webhook", settings.webhook().port().orElse(0)))
        .mapEmpty();
  }

  private static int cores() {
    return Math.max(1, Runtime.getRuntime().availableProcessors());
  }

  /** Where callers are served. */
  public int port() {
    return gate.port();
  }

  /** Where health, metrics and the ops page are served. */
  public int adminPort() {
    return ops.port();
  }

  /** Where the platform's notifications arrive; 0 where they do not. */
  public int webhookPort() {
    return webhook.map(WebhookVerticle::port).orElse(0);
  }

  /**
   * Finishes what is in flight and stops: calls first, then sends whose callers have their answer
   * or have gone, as a send cut off is in doubt for a lease at least, last the notifications on
   * their way. What is unfinished when the time is over is in the ledger's hands.
   */
  public Future<Void> drain() {
    gate.drain();
    long until =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.server().drainMs());
    parts.endWaitsAt(until - TimeUnit.MILLISECONDS.toNanos(LAST_ANSWERS_MILLIS));
    LOG.info("draining: {} in flight", gate.inside());
    Promise<Void> stopped = Promise.promise();
    pause(Math.min(LINGER_MILLIS, settings.server().drainMs()))
        .onSuccess(lingered -> gate.shut())
        .compose(shut -> until(() -> gate.inside() == 0, until))
        .onSuccess(empty -> retry.rest())
        .compose(empty -> until(() -> !parts.isSending() && !retry.isBusy(), until))
        .onSuccess(quiet -> notifying.ifPresent(NotificationVerticle::rest))
        .compose(
            quiet -> until(() -> !notifying.map(NotificationVerticle::isBusy).orElse(false), until))
        .compose(quiet -> pause(LOOK_MILLIS))
        .onComplete(empty -> new Thread(() -> close(stopped), "payonce-close").start());
    return stopped.future();
  }

  /** Not on an event loop: the one that closes Vert.x is gone before it could see the end. */
  private void close(Promise<Void> stopped) {
    watch.close();
    vertx.close().onSuccess(closed -> LOG.info("stopped")).onComplete(stopped);
  }

  private Future<Void> until(BooleanSupplier isSo, long untilNanos) {
    if (isSo.getAsBoolean() || System.nanoTime() >= untilNanos) {
      return Future.succeededFuture();
    }
    return pause(LOOK_MILLIS).compose(again -> until(isSo, untilNanos));
  }

  private Future<Void> pause(long millis) {
    return vertx.timer(Math.max(1, millis), TimeUnit.MILLISECONDS).mapEmpty();
  }
}
