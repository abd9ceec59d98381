package io.payonce.webhook;

import io.netty.handler.codec.DecoderResult;
import io.payonce.flow.port.InboundWebhook;
import io.payonce.flow.port.WebhookResult;
import io.payonce.http.PortSettings;
import io.payonce.http.server.BodyReader;
import io.payonce.http.server.CallTrace;
import io.payonce.http.server.ConnectionLimit;
import io.payonce.http.server.DrainState;
import io.payonce.http.server.Exchange;
import io.payonce.http.server.Http1Pacing;
import io.payonce.http.server.OutOfMemoryExit;
import io.payonce.http.server.PublicPort;
import io.payonce.http.server.RequestSanity;
import io.payonce.json.Malformed;
import io.payonce.ledger.LedgerUnavailable;
import io.payonce.model.Account;
import io.payonce.model.HmacSha256;
import io.payonce.model.PaymentId;
import io.payonce.telemetry.Metrics;
import io.payonce.worker.LoopComponents;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of the platform's notifications. It faces the internet: whatever is not signed by the
 * platform costs one digest at most and changes nothing. HTTP 200 says that what came is where a
 * failover cannot lose it; the platform repeats all else.
 */
public final class WebhookVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookVerticle.class);

  /** A query's answer has 2 KB; at half, a long description would not fit. */
  static final int MAX_BODY_BYTES = 65_536;

  /** The platform gives up after 10 s: it must have its answer by then. */
  private static final long ANSWER_MILLIS = 7000;

  /** An answer takes 7 s, and an unused connection is an attacker's or not missed. */
  private static final int IDLE_SECONDS = 30;

  /**
   * Each takes a few calls to Redis. At half, a burst of a busy minute is put off; at double, the
   * last ones wait too long for theirs.
   */
  private static final int MOST_AT_WORK = 512;

  private static final int SOON_SECONDS = 1;
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

  private final WebhookSettings settings;
  private final DrainState gate;
  private final Metrics metrics;
  private final Supplier<LoopComponents> build;
  private LoopComponents assembly;
  private HttpServer server;
  private int atWork;
  private volatile int port;

  public WebhookVerticle(
      WebhookSettings settings, DrainState gate, Metrics metrics, Supplier<LoopComponents> build) {
    this.settings = settings;
    this.gate = gate;
    this.metrics = metrics;
    this.build = build;
    HmacSha256.of(new byte[] {1}, new byte[0]); // what it loads is not loaded on a loop
  }

  public int port() {
    return port;
  }

  @Override
  public Future<?> start() {
    assembly = build.get();
    PortSettings own = settings.port();
    server = own.tls()
        .server(vertx, PublicPort.config(own.host(), own.port(), IDLE_SECONDS))
        .connectionHandler(connection -> Http1Pacing.keep(connection, () -> MAX_BODY_BYTES))
        .exceptionHandler(OutOfMemoryExit::met)
        .invalidRequestHandler(this::refuseUnread)
        .requestHandler(this::handle);
    return own.tls().listen(server).onSuccess(listening -> {
      port = listening.actualPort();
      // Who fills it up with idle connections keeps no other out: for a new one the oldest goes.
      ConnectionLimit.limitOldest(vertx, port, own.maxConnections());
    });
  }

  @Override
  public Future<?> stop() {
    Future<Void> closed = gate.isShut() ? server.shutdown(LAST_ANSWERS) : server.close();
    return closed.eventually(assembly::close);
  }

  private void handle(HttpServerRequest request) {
    Exchange exchange = exchange(request);
    int status = RequestSanity.ofHead(request);
    if (status != 0) {
      refuse(exchange, WebhookResult.MALFORMED, status, "this is no request that is served here");
      return;
    }
    Optional<String> token = settings.paths().token(request.path());
    if (token.isEmpty()) {
      refuse(exchange, WebhookResult.MALFORMED, 404, "nothing here");
    } else if (!request.method().name().equals("POST")) {
      request.response().putHeader("Allow", "POST");
      refuse(exchange, WebhookResult.MALFORMED, 405, "use POST");
    } else if (gate.isShut() || atWork >= MOST_AT_WORK) {
      unavailable(exchange);
    } else {
      read(exchange, WebhookMessage.of(token.get(), request));
    }
  }

  private Exchange exchange(HttpServerRequest request) {
    Exchange exchange = new Exchange(request, System.nanoTime(), CallTrace.UNWATCHED);
    if (gate.isDraining()) {
      exchange.closeAfterwards();
    }
    return exchange;
  }

  private void refuseUnread(HttpServerRequest request) {
    DecoderResult unread = request.decoderResult();
    refuse(
        exchange(request),
        WebhookResult.MALFORMED,
        RequestSanity.status(unread),
        RequestSanity.reason(unread));
  }

  /** @param message null when its head is none of a notification's: then its body is not read */
  private void read(Exchange exchange, WebhookMessage message) {
    if (message == null) {
      refuse(
          exchange,
          WebhookResult.MALFORMED,
          400,
          "a notification has one X-Signature and one X-Timestamp in milliseconds");
      return;
    }
    BodyReader.read(
            vertx,
            exchange.request(),
            MAX_BODY_BYTES,
            settings.port().bodyMillis(),
            settings.port().bodies())
        .onComplete(body -> judge(exchange, message, body.getBytes()), unread -> {
          if (unread == BodyReader.NO_ROOM) {
            unavailable(exchange);
          } else {
            refuse(
                exchange, WebhookResult.MALFORMED, BodyReader.status(unread), unread.getMessage());
          }
        });
  }

  /** Nothing of a body is looked at before it is known who signed it. */
  private void judge(Exchange exchange, WebhookMessage message, byte[] body) {
    Set<Account> signers = signers(message, body);
    if (signers.isEmpty()) {
      refuse(exchange, WebhookResult.FORGED, 401, "the signature is not the platform's");
      return;
    }
    if (signers.stream().allMatch(account -> isStale(message, account))) {
      refuse(exchange, WebhookResult.STALE, 401, "the timestamp is too far from the true time");
      return;
    }
    PaymentId addressed = message.token().isEmpty()
        ? null
        : settings.owners().payments().apply(message.token()).orElse(null);
    try {
      InboundWebhook webhook = message.read(body, addressed, signers);
      note(webhook);
      run(exchange, webhook);
    } catch (Malformed malformed) {
      refuse(exchange, WebhookResult.MALFORMED, 400, malformed.getMessage());
    }
  }

  /** Whose payments may be spoken of by who has signed it; empty when none has. */
  private Set<Account> signers(WebhookMessage message, byte[] body) {
    return settings.evidence().signers().get().stream()
        .filter(signer -> BodySignature.fits(signer.secret(), body, message.signature()))
        .flatMap(signer -> signer.accounts().stream())
        .collect(Collectors.toSet());
  }

  private boolean isStale(WebhookMessage message, Account account) {
    return message.isStale(
        settings.evidence().nowMillis().applyAsLong(account),
        settings.evidence().maxAgeMillis());
  }

  private void note(InboundWebhook webhook) {
    Account account = settings.owners().named().apply(webhook.appId(), webhook.merchantId());
    if (webhook.isOf(account)) {
      settings.owners().reported().accept(account);
    }
  }

  private void run(Exchange exchange, InboundWebhook webhook) {
    atWork++;
    gate.entered();
    Future<WebhookResult> handled = handled(webhook);
    // Of this loop: a future that knows none would wait, and go on, on a thread of Netty's.
    Promise<WebhookResult> result = ((ContextInternal) vertx.getOrCreateContext()).promise();
    handled
        .onComplete(done -> {
          atWork--;
          gate.left();
        })
        .onComplete(result);
    result
        .future()
        .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
        .onComplete(
            known -> {
              metrics.webhook(known);
              exchange.received();
            },
            failure -> failed(exchange, failure));
  }

  private Future<WebhookResult> handled(InboundWebhook webhook) {
    try {
      return assembly.flows().webhooks().handle(webhook);
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
  }

  private void failed(Exchange exchange, Throwable failure) {
    if (!(failure instanceof LedgerUnavailable) && !(failure instanceof TimeoutException)) {
      LOG.error("notification not handled: unexpected error, {}", exchange.traceId(), failure);
    }
    unavailable(exchange);
  }

  private void unavailable(Exchange exchange) {
    metrics.webhook(WebhookResult.UNAVAILABLE);
    exchange.refuse(503, "not written; send it again", SOON_SECONDS);
  }

  private void refuse(Exchange exchange, WebhookResult result, int status, String why) {
    metrics.webhook(result);
    exchange.refuse(status, why);
  }
}
