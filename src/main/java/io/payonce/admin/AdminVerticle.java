package io.payonce.admin;

import io.netty.handler.codec.DecoderResult;
import io.payonce.http.ProxyVerticle;
import io.payonce.http.server.BodyBudget;
import io.payonce.http.server.BodyReader;
import io.payonce.http.server.ConnectionLimit;
import io.payonce.http.server.DrainState;
import io.payonce.http.server.Exchange;
import io.payonce.http.server.FileDescriptors;
import io.payonce.http.server.Http1Pacing;
import io.payonce.http.server.OutOfMemoryExit;
import io.payonce.http.server.RequestSanity;
import io.payonce.ledger.LedgerAdmin.Totals;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.redis.ServedSlots;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Settings;
import io.payonce.telemetry.Metrics;
import io.payonce.telemetry.RedisHealth;
import io.payonce.telemetry.RedisPartView;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin port: health, metrics, what is unresolved, and an operator's decisions. */
public final class AdminVerticle extends VerticleBase implements AdminRoutes.Figures {
  private static final Logger LOG = LoggerFactory.getLogger(AdminVerticle.class);

  /** A decision and its note need half a kilobyte. */
  private static final int MAX_BODY_BYTES = 8192;

  private static final long BODY_MILLIS = 5000;

  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
      + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
      + " frame-ancestors 'none'";

  /** Of operators; at double, a token that is lost costs more memory than it must. */
  private static final long MAX_BODIES_BYTES = 1 << 20;

  private final BodyBudget bodies = new BodyBudget(MAX_BODIES_BYTES);
  private final Settings.Admin settings;
  private final long retentionMillis;
  private final DrainState gate;
  private final Metrics metrics;
  private final Supplier<AdminComponents> build;
  private final AdminAuth auth;
  private final RedisHealth redis;
  private AdminComponents parts;
  private CachedTotals census;
  private AdminRoutes routes;
  private volatile int port;

  /** @param redis how Redis is, and whether its ledger has been opened to this pod */
  public AdminVerticle(
      LiveSettings live,
      DrainState gate,
      Metrics metrics,
      Supplier<AdminComponents> build,
      RedisHealth redis) {
    this.redis = redis;
    this.settings = live.first().admin();
    this.retentionMillis = live.first().outcomes().retentionMs();
    this.gate = gate;
    this.metrics = metrics;
    this.build = build;
    this.auth = new AdminAuth(() -> live.current().admin(), settings.host());
  }

  /** Says that the process runs. */
  private record Live(String status) {}

  /** Says whether callers are to be sent here, and how each part stands. */
  private record Ready(
      String status,
      String redis,
      String ledger,
      String ledgerKeys,
      String server,
      String clock,
      List<RedisPartView> parts) {}

  public int port() {
    return port;
  }

  @Override
  public Future<?> start() {
    parts = build.get();
    census = new CachedTotals(parts.ledgerAdmin(), System::nanoTime);
    metrics.gauge("payonce_unresolved", "Payments not yet settled", census::unresolved);
    metrics.gauge("payonce_attention", "Payments that need review", census::attention);
    metrics.gauge(
        "payonce_in_doubt",
        "Payments whose outcome is unknown, or that are overdue",
        census::inDoubt);
    metrics.gauge(
        "payonce_redis_connected",
        "1 while Redis is reached",
        () -> Headline.all(parts.lane().parts()) ? 1 : 0);
    metrics.gauge("payonce_ready", "1 while callers are to be sent here", () -> isReady() ? 1 : 0);
    routes = new AdminRoutes(
        new AdminApi(parts),
        new OutcomeApi(parts.reports().journal(), retentionMillis),
        new UndeliveredApi(parts.reports().outbox(), parts.reports().changed()),
        new OpsPage(auth.asksForToken()),
        this);
    HttpServerOptions options = new HttpServerOptions()
        .setHost(settings.host())
        .setPort(settings.port())
        .setHttp2ClearTextEnabled(false)
        .setIdleTimeout(ProxyVerticle.IDLE_SECONDS);
    return vertx
        .createHttpServer(options)
        .connectionHandler(connection -> Http1Pacing.keep(connection, () -> MAX_BODY_BYTES))
        .exceptionHandler(OutOfMemoryExit::met)
        .invalidRequestHandler(AdminVerticle::refuseUnread)
        .requestHandler(this::handle)
        .listen()
        .onSuccess(server -> {
          port = server.actualPort();
          ConnectionLimit.limitOldest(vertx, port, FileDescriptors.ofOtherPort());
        });
  }

  private static void refuseUnread(HttpServerRequest request) {
    DecoderResult unread = request.decoderResult();
    write(
        request,
        AdminResponse.error(RequestSanity.status(unread), RequestSanity.reason(unread))
            .with("Connection", "close"));
  }

  @Override
  public Future<?> stop() {
    return parts.close();
  }

  private void handle(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    Optional<Operator> visitor = auth.visitor(request);
    Optional<AdminResponse> refusal = AdminRoutes.isHealth(path)
        ? Optional.empty()
        : auth.refusal(request, visitor, routes.isPublic(path));
    if (refusal.isPresent()) {
      write(request, refusal.get());
      return;
    }
    AdminRoutes.Route route = routes.at(request, visitor.orElse(Operator.STRANGER));
    if (route == null) {
      write(request, AdminRoutes.nothing());
    } else if (!route.accepts(request.method().name())) {
      write(request, wrongMethod(route));
    } else {
      read(request)
          .map(body -> Future.succeededFuture(body)
              .compose(route.answer()::apply)
              .otherwise(AdminVerticle::failed))
          .otherwise(unread -> Future.succeededFuture(
              AdminResponse.error(BodyReader.status(unread), unread.getMessage())))
          .onSuccess(answering -> answering.onSuccess(answer -> write(request, answer)));
    }
  }

  private Future<Buffer> read(HttpServerRequest request) {
    return request.method().name().equals("POST")
        ? BodyReader.read(vertx, request, MAX_BODY_BYTES, BODY_MILLIS, bodies)
        : Future.succeededFuture(Buffer.buffer());
  }

  private static AdminResponse wrongMethod(AdminRoutes.Route route) {
    String allowed = route.method().equals("GET") ? "GET, HEAD" : route.method();
    return AdminResponse.error(405, "use " + route.method()).with("Allow", allowed);
  }

  static AdminResponse failed(Throwable failure) {
    if (failure instanceof LedgerUnavailable) {
      return AdminResponse.error(
          503, "ledger unavailable: check the payment before repeating this");
    }
    if (failure instanceof IllegalArgumentException) {
      return AdminResponse.error(400, failure.getMessage());
    }
    LOG.error("admin call failed: unexpected error", failure);
    return AdminResponse.error(500, "an unexpected error in Payonce; its log says more");
  }

  private static void write(HttpServerRequest request, AdminResponse answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(answer.status())
        .putHeader("Content-Type", answer.contentType())
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    answer.headers().forEach(response::putHeader);
    if (hasBody(request) && !request.isEnded()) {
      response.putHeader("Connection", "close");
      request.connection().shutdown(Exchange.LAST_WORDS);
    }
    response.end(answer.body());
  }

  private static boolean hasBody(HttpServerRequest request) {
    return request.headers().contains("Transfer-Encoding")
        || request.headers().contains("Content-Length");
  }

  @Override
  public AdminResponse live() {
    return AdminResponse.json(200, new Live("up"));
  }

  @Override
  public AdminResponse ready() {
    boolean ready = isReady();
    List<ServedSlots> servers = parts.lane().parts();
    return AdminResponse.json(
        ready ? 200 : 503,
        new Ready(
            ready ? "up" : "down",
            redisSays(servers),
            ledgerSays(),
            metrics.ledger().state().keysSay(),
            isOpen() ? "accepting" : gate.isDraining() ? "draining" : "not started",
            metrics.accounts().clockHealth(),
            redis.parts(servers)));
  }

  private String redisSays(List<ServedSlots> servers) {
    return metrics.ledger().state().opens() ? redis.says(servers) : "not used: see ledgerKeys";
  }

  private String ledgerSays() {
    return metrics.ledger().state().chartered() ? "open" : "not open: " + redis.closed();
  }

  private boolean isOpen() {
    return !gate.isDraining() && gate.port() != 0;
  }

  private boolean isReady() {
    return metrics.ledger().state().isOpen()
        && isOpen()
        && (!settings.leavesWithRedis()
            || parts.lane().parts().stream().anyMatch(ServedSlots::connected));
  }

  /** By a worker: the figures of the process are read from files of the kernel. */
  @Override
  public Future<AdminResponse> metrics(String accept) {
    String type = accept != null && accept.contains("application/openmetrics-text")
        ? OPEN_METRICS
        : PROMETHEUS;
    return census
        .count()
        .transform(counted ->
            vertx.executeBlocking(() -> AdminResponse.text(type, metrics.scrape(type)), false));
  }

  @Override
  public Future<AdminResponse> stats(Operator visitor) {
    Stats stats = new Stats(metrics, metrics.recent(), gate);
    return census
        .count()
        .map(totals -> figures(stats, totals, visitor))
        .otherwise(failure -> figures(stats, null, visitor));
  }

  private AdminResponse figures(Stats stats, Totals totals, Operator visitor) {
    List<ServedSlots> servers = parts.lane().parts();
    StatsView.Redis reached = new StatsView.Redis(
        servers.stream().anyMatch(ServedSlots::connected), redis.parts(servers));
    return AdminResponse.json(
        200, stats.view(totals, redis.troubles(), reached, visitor, headline(servers)));
  }

  private Headline headline(List<ServedSlots> servers) {
    return Headline.of(
        metrics.ledger().state().shut(),
        metrics.ledger().state().chartered() ? null : redis.closed(),
        gate.isDraining(),
        servers,
        redis.bulletin().lines());
  }
}
