package io.payonce.http;

import io.netty.handler.codec.DecoderResult;
import io.payonce.flow.port.Inbound;
import io.payonce.flow.port.Outbound;
import io.payonce.http.server.ApiPaths;
import io.payonce.http.server.BodyReader;
import io.payonce.http.server.ConnectionLimit;
import io.payonce.http.server.DrainState;
import io.payonce.http.server.Exchange;
import io.payonce.http.server.HalfClosure;
import io.payonce.http.server.Http1Pacing;
import io.payonce.http.server.OutOfMemoryExit;
import io.payonce.http.server.PublicPort;
import io.payonce.http.server.RequestSanity;
import io.payonce.http.server.TraceIds;
import io.payonce.json.ProxyEnvelope;
import io.payonce.model.Operation;
import io.payonce.telemetry.CallObserver;
import io.payonce.telemetry.Metrics;
import io.payonce.worker.LoopComponents;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Serves the calls of checkout services: it reads a request, hands it to its flow and writes the
 * answer. One instance an event loop, all on one port; it decides nothing about money.
 */
public final class ProxyVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyVerticle.class);

  /**
   * Load balancers mostly close what is idle for 60 s; who closes first sees no call on a
   * connection that is just closing.
   */
  public static final int IDLE_SECONDS = 75;

  /** Vert.x counts who waits for an answer as idle; that comes somewhat after the wait is over. */
  private static final int IDLE_AFTER_WAIT_SECONDS = 15;

  /**
   * Calls that come before the first connection to Redis would be refused, so we listen after it.
   * Half would not do on a busy machine; at double, a start without Redis takes too long to say so.
   */
  private static final long LEDGER_NANOS = 2_000_000_000;

  private static final long LOOK_MILLIS = 10;

  /** For calls that come over kept connections while the last is answered; half is enough. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);

  private final ProxySettings settings;
  private final ForwardedHeaders headers;
  private final HeadCheck admission;
  private final DrainState gate;
  private final Metrics metrics;
  private final CallObserver watch;
  private final Supplier<LoopComponents> build;
  private final Future<?> warmedUp;
  private final BooleanSupplier opened;
  private final int idleSeconds;

  /** Connections made after the port was shut; their calls go to another pod. */
  private final Set<HttpConnection> latecomers = new HashSet<>();

  private LoopComponents assembly;
  private AdmissionQueue queue;
  private HttpServer server;
  private boolean stopping;

  /** @param opened false while the ledger may not be used: then it is not waited for */
  public ProxyVerticle(
      ProxySettings settings,
      ClientKeys keys,
      DrainState gate,
      Metrics metrics,
      CallObserver watch,
      Supplier<LoopComponents> build,
      Future<?> warmedUp,
      BooleanSupplier opened) {
    this.opened = opened;
    this.settings = settings;
    this.idleSeconds = idleSeconds(settings.limits().get().waitBudgetMs());
    this.headers = new ForwardedHeaders(settings.passHeaders(), settings.requestIdHeaders());
    this.admission = new HeadCheck(keys, settings.operations());
    this.gate = gate;
    this.metrics = metrics;
    this.watch = watch;
    this.build = build;
    this.warmedUp = warmedUp;
  }

  @Override
  public Future<?> start() {
    assembly = build.get();
    queue = new AdmissionQueue(
        this::atWork, System::nanoTime, (millis, look) -> vertx.setTimer(millis, id -> look.run()));
    PortSettings own = settings.port();
    server = own.tls()
        .server(vertx, PublicPort.config(own.host(), own.port(), idleSeconds))
        .connectionHandler(this::connected)
        .exceptionHandler(OutOfMemoryExit::met)
        .invalidRequestHandler(this::refuseUnread)
        .requestHandler(this::handle);
    return prepared(System.nanoTime() + LEDGER_NANOS)
        .compose(ready -> own.tls().listen(server))
        .onSuccess(listening -> {
          ConnectionLimit.limit(vertx, listening.actualPort(), own.maxConnections());
          gate.listening(listening.actualPort());
        });
  }

  static int idleSeconds(long waitBudgetMillis) {
    return Math.max(
        IDLE_SECONDS, (int) ((waitBudgetMillis + 999) / 1000) + IDLE_AFTER_WAIT_SECONDS);
  }

  /** The budget may have grown since the port was opened. */
  static long mostWaitMillis(long waitBudgetMillis, int idleSeconds) {
    return Math.min(waitBudgetMillis, 1000L * (idleSeconds - IDLE_AFTER_WAIT_SECONDS));
  }

  private Future<Void> prepared(long untilNanos) {
    boolean ledgerThere =
        assembly.lane().connected() || !opened.getAsBoolean() || System.nanoTime() >= untilNanos;
    return ledgerThere && warmedUp.isComplete()
        ? Future.succeededFuture()
        : vertx.timer(LOOK_MILLIS).compose(again -> prepared(untilNanos));
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    Future<Void> closed = gate.isShut() ? server.shutdown(LAST_ANSWERS) : server.close();
    return closed.eventually(assembly::close);
  }

  private void connected(HttpConnection connection) {
    gate.connected();
    Http1Pacing.keep(connection, this::mostBytes);
    connection.closeHandler(closed -> gate.disconnected());
    if (gate.isShut()) {
      latecomers.add(connection);
    }
  }

  private void handle(HttpServerRequest request) {
    Exchange exchange = new Exchange(request, System.nanoTime(), watch.call(request));
    if (gate.isDraining()) {
      exchange.closeAfterwards();
    }
    if (gate.isShut() && latecomers.contains(request.connection())) {
      exchange.refuse(503, "this pod is closing; nothing was sent, call again");
      return;
    }
    int status = RequestSanity.status(request);
    if (status != 0) {
      exchange.refuse(status, RequestSanity.reason(status));
      return;
    }
    exchange.showed(admission.client(request));
    Outbound refusal = admission.refusal(request, exchange.client(), exchange.traceId());
    if (refusal != null) {
      leaveUnread(exchange);
      exchange.answer(refusal);
    } else if (queue.isOpen()) {
      read(exchange);
    } else {
      request.pause();
      gate.entered();
      queue.waits(new Waiting(exchange));
    }
  }

  /** What Vert.x could not read as a request; by itself it would answer 414 to a long line. */
  private void refuseUnread(HttpServerRequest request) {
    Exchange exchange = new Exchange(request, System.nanoTime(), watch.call(request));
    DecoderResult unread = request.decoderResult();
    exchange.refuse(RequestSanity.status(unread), RequestSanity.reason(unread));
  }

  /** A call of which only the head is read. */
  private final class Waiting implements AdmissionQueue.Caller {
    private final Exchange exchange;

    private Waiting(Exchange exchange) {
      this.exchange = exchange;
    }

    /** Who has only said all would wait like who is gone; it hears that nothing was sent. */
    @Override
    public boolean isThere() {
      HttpServerRequest request = exchange.request();
      return !request.response().closed() && !HalfClosure.isOver(request.connection());
    }

    @Override
    public void enter() {
      read(exchange);
      exchange.request().resume();
      gate.left();
    }

    @Override
    public void turnAway() {
      leaveUnread(exchange);
      crowded(exchange);
      exchange.request().resume();
      gate.left();
    }
  }

  /** A lane that is not connected answers at once by itself. */
  private int atWork() {
    return assembly.lane().connected() ? assembly.lane().inFlight() : 0;
  }

  private int mostBytes() {
    return settings.limits().get().maxBodyBytes();
  }

  private void leaveUnread(Exchange exchange) {
    exchange.leaveUnread(vertx, mostBytes(), settings.port().bodyMillis());
  }

  private void crowded(Exchange exchange) {
    Outbound outbound = Outbound.crowded(exchange.traceId());
    metrics.entered();
    exchange.answer(outbound);
    metrics.answered(exchange, settings.operations().at(exchange.request().path()), outbound);
  }

  private void read(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    BodyReader.read(
            vertx,
            request,
            mostBytes(),
            settings.port().bodyMillis(),
            settings.port().bodies())
        .onComplete(
            body ->
                run(exchange, inbound(exchange, settings.operations().at(request.path()), body)),
            failure -> refuse(exchange, failure));
  }

  private void refuse(Exchange exchange, Throwable unread) {
    if (unread == BodyReader.NO_ROOM) {
      exchange.closeUnread();
      crowded(exchange);
    } else {
      exchange.refuse(BodyReader.status(unread), unread.getMessage());
    }
  }

  private void run(Exchange exchange, Inbound inbound) {
    gate.entered();
    metrics.entered();
    assembly.flows().handle(inbound).otherwise(bug -> bug(exchange, bug)).onSuccess(outbound -> {
      exchange.answer(outbound);
      metrics.answered(exchange, inbound.operation(), outbound);
      watch.answered(exchange, inbound.operation(), outbound);
      settings.forbidden().answered(exchange.client(), outbound);
      gate.left();
    });
  }

  private Inbound inbound(Exchange exchange, Operation operation, Buffer body) {
    HttpServerRequest request = exchange.request();
    boolean question = "GET".equals(request.method().name());
    boolean asks = question || operation == null;
    return new Inbound(
        operation,
        new Inbound.Request(
            request.method().name(),
            asks ? request.uri() : ApiPaths.ofPayment(request.uri(), request.path()),
            request.query(),
            exchange.trace().carriedBy(headers.endToEnd(request.headers())),
            question ? new byte[0] : body.getBytes()),
        PreferHeader.waitMillis(
            request.headers().getAll("Prefer"),
            mostWaitMillis(settings.limits().get().waitBudgetMs(), idleSeconds)),
        new Inbound.Call(
            exchange.traceId(), exchange.trace(), exchange.client(), TraceIds.fresh()));
  }

  /** A bug says nothing of the money: the payment, if it began, runs on by its due time. */
  private Outbound bug(Exchange exchange, Throwable bug) {
    MDC.put(CallObserver.TRACE_ID, exchange.traceId());
    if (stopping) {
      LOG.info("call cut off: the pod stops, {}", bug.toString());
    } else {
      LOG.error("call failed: unexpected error", bug);
    }
    MDC.remove(CallObserver.TRACE_ID);
    return Outbound.unknown(ProxyEnvelope.refusal(
        "E03", "an unexpected error in Payonce; ask how the payment stands", exchange.traceId()));
  }
}
