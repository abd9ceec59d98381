package io.payonce.server;

import io.netty.handler.codec.DecoderResult;
import io.payonce.ledger.Desk.Totals;
import io.payonce.ledger.LedgerAway;
import io.payonce.redis.Part;
import io.payonce.settings.Settings;
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

/** The admin port: health, metrics, what is unresolved, and a person's decisions. */
final class OpsVerticle extends VerticleBase implements OpsRoutes.Figures {
  private static final Logger LOG = LoggerFactory.getLogger(OpsVerticle.class);

  /** A decision and its note need half a kilobyte. */
  private static final int MAX_BODY_BYTES = 8192;

  private static final long BODY_MILLIS = 5000;

  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
      + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
      + " frame-ancestors 'none'";

  /** Of people; at double, a token that is lost costs more memory than it must. */
  private static final long MAX_BODIES_BYTES = 1 << 20;

  private final Bodies bodies = new Bodies(MAX_BODIES_BYTES);
  private final Settings.Admin settings;
  private final Gate gate;
  private final Metrics metrics;
  private final Supplier<DeskAssembly> build;
  private final OpsDoor door;
  private final RedisHealth redis;
  private DeskAssembly parts;
  private Census census;
  private OpsRoutes routes;
  private volatile int port;

  /** @param redis how Redis is, and whether its ledger has been opened to this pod */
  OpsVerticle(
      LiveSettings live,
      Gate gate,
      Metrics metrics,
      Supplier<DeskAssembly> build,
      RedisHealth redis) {
    this.redis = redis;
    this.settings = live.first().admin();
    this.gate = gate;
    this.metrics = metrics;
    this.build = build;
    this.door = new OpsDoor(() -> live.current().admin(), settings.host());
  }

  /** That the process runs. */
  private record Live(String status) {}

  /** Whether callers are to be sent here, and how each part stands. */
  private record Ready(
      String status,
      String redis,
      String ledger,
      String ledgerKeys,
      String server,
      String clock,
      List<RedisPartView> parts) {}

  int port() {
    return port;
  }

  @Override
  public Future<?> start() {
    parts = build.get();
    census = new Census(parts.desk(), System::nanoTime);
    metrics.gauge("payonce_unresolved", "Payments not yet settled", census::unresolved);
    metrics.gauge("payonce_attention", "Payments before a person", census::attention);
    metrics.gauge(
        "payonce_in_doubt",
        "Payments whose outcome is unknown, or that are overdue",
        census::inDoubt);
    metrics.gauge(
        "payonce_redis_connected",
        "1 while Redis is reached",
        () -> Headline.all(parts.lane().parts()) ? 1 : 0);
    metrics.gauge("payonce_ready", "1 while callers are to be sent here", () -> isReady() ? 1 : 0);
    routes = new OpsRoutes(new AdminApi(parts), new OpsPage(door.asksForToken()), this);
    HttpServerOptions options = new HttpServerOptions()
        .setHost(settings.host())
        .setPort(settings.port())
        .setHttp2ClearTextEnabled(false)
        .setIdleTimeout(ProxyVerticle.IDLE_SECONDS);
    return vertx
        .createHttpServer(options)
        .connectionHandler(connection -> Http1Pace.keep(connection, () -> MAX_BODY_BYTES))
        .exceptionHandler(Exhaustion::met)
        .invalidRequestHandler(OpsVerticle::refuseUnread)
        .requestHandler(this::handle)
        .listen()
        .onSuccess(server -> {
          port = server.actualPort();
          Accepting.limitOldest(vertx, port, Descriptors.admin());
        });
  }

  private static void refuseUnread(HttpServerRequest request) {
    DecoderResult unread = request.decoderResult();
    write(
        request,
        OpsAnswer.error(Malformations.status(unread), Malformations.reason(unread))
            .with("Connection", "close"));
  }

  @Override
  public Future<?> stop() {
    return parts.close();
  }

  private void handle(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    Optional<Visitor> visitor = door.visitor(request);
    Optional<OpsAnswer> refusal = OpsRoutes.isHealth(path)
        ? Optional.empty()
        : door.refusal(request, visitor, routes.isPublic(path));
    if (refusal.isPresent()) {
      write(request, refusal.get());
      return;
    }
    OpsRoutes.Route route = routes.at(request, visitor.orElse(Visitor.STRANGER));
    if (route == null) {
      write(request, OpsRoutes.nothing());
    } else if (!route.accepts(request.method().name())) {
      write(request, wrongMethod(route));
    } else {
      read(request)
          .compose(route.answer()::apply)
          .otherwise(OpsVerticle::failed)
          .onSuccess(answer -> write(request, answer));
    }
  }

  private Future<Buffer> read(HttpServerRequest request) {
    return request.method().name().equals("POST")
        ? BodyReader.read(vertx, request, MAX_BODY_BYTES, BODY_MILLIS, bodies)
        : Future.succeededFuture(Buffer.buffer());
  }

  private static OpsAnswer wrongMethod(OpsRoutes.Route route) {
    String allowed = route.method().equals("GET") ? "GET, HEAD" : route.method();
    return OpsAnswer.error(405, "use " + route.method()).with("Allow", allowed);
  }

  static OpsAnswer failed(Throwable failure) {
    if (failure instanceof LedgerAway) {
      return OpsAnswer.error(503, "the ledger is away: look again before you repeat this");
    }
    if (failure instanceof BodyReader.Unread) {
      return OpsAnswer.error(BodyReader.status(failure), failure.getMessage());
    }
    if (failure instanceof IllegalArgumentException) {
      return OpsAnswer.error(400, failure.getMessage());
    }
    LOG.error("the admin port met a bug", failure);
    return OpsAnswer.error(500, "an unexpected error in Payonce; its log says more");
  }

  private static void write(HttpServerRequest request, OpsAnswer answer) {
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
  public OpsAnswer live() {
    return OpsAnswer.json(200, new Live("up"));
  }

  @Override
  public OpsAnswer ready() {
    boolean ready = isReady();
    List<Part> servers = parts.lane().parts();
    return OpsAnswer.json(
        ready ? 200 : 503,
        new Ready(
            ready ? "up" : "down",
            redisSays(servers),
            ledgerSays(),
            metrics.ledger().keysSay(),
            isOpen() ? "accepting" : gate.isDraining() ? "draining" : "not started",
            metrics.clockSays(),
            redis.parts(servers)));
  }

  private String redisSays(List<Part> servers) {
    return metrics.ledger().opens() ? redis.says(servers) : "not used: see ledgerKeys";
  }

  private String ledgerSays() {
    return metrics.ledger().chartered() ? "open" : "not open: " + redis.closed();
  }

  private boolean isOpen() {
    return !gate.isDraining() && gate.port() != 0;
  }

  private boolean isReady() {
    return metrics.ledger().isOpen()
        && isOpen()
        && (!settings.leavesWithRedis() || parts.lane().parts().stream().anyMatch(Part::connected));
  }

  /** By a worker: the figures of the process are read from files of the kernel. */
  @Override
  public Future<OpsAnswer> metrics(String accept) {
    String type = accept != null && accept.contains("application/openmetrics-text")
        ? OPEN_METRICS
        : PROMETHEUS;
    return census
        .count()
        .transform(counted ->
            vertx.executeBlocking(() -> OpsAnswer.text(type, metrics.scrape(type)), false));
  }

  @Override
  public Future<OpsAnswer> stats(Visitor visitor) {
    Stats stats = new Stats(metrics, metrics.recent(), gate);
    return census
        .count()
        .map(totals -> figures(stats, totals, visitor))
        .otherwise(away -> figures(stats, null, visitor));
  }

  private OpsAnswer figures(Stats stats, Totals totals, Visitor visitor) {
    List<Part> servers = parts.lane().parts();
    StatsView.Redis reached =
        new StatsView.Redis(servers.stream().anyMatch(Part::connected), redis.parts(servers));
    return OpsAnswer.json(
        200, stats.view(totals, redis.troubles(), reached, visitor, headline(servers)));
  }

  private Headline headline(List<Part> servers) {
    return Headline.of(
        metrics.ledger().shut(),
        metrics.ledger().chartered() ? null : redis.closed(),
        gate.isDraining(),
        servers,
        redis.bulletin().lines());
  }
}
