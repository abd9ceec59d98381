package io.payonce.sandbox.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.payonce.sandbox.bank.Bank;
import io.payonce.sandbox.bank.Charges;
import io.payonce.sandbox.bank.EndedTransaction;
import io.payonce.sandbox.bank.HostedPage;
import io.payonce.sandbox.bank.RecentLog;
import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.IssuedCredentials;
import io.payonce.sandbox.request.Json;
import io.payonce.sandbox.request.Refusal;
import io.payonce.sandbox.request.SandboxSettings;
import io.payonce.sandbox.request.SimRequest;
import io.payonce.sandbox.script.ScriptFault;
import io.payonce.sandbox.script.SimStatus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated platform as an HTTP server with a ledger of charges. Everything public may be
 * called from any thread; what a call returns is a snapshot.
 */
public final class SandboxPlatform extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(SandboxPlatform.class);

  /** Far above any real body; a larger one is a mistake and would only fill the heap. */
  private static final int MAX_BODY_BYTES = 1 << 20;

  /** About 50 MB when full. */
  private static final int MAX_REQUESTS = 100_000;

  private final SandboxOptions options;
  private final IssuedCredentials loans = new IssuedCredentials();
  private final RequestGuard guard = new RequestGuard(loans);
  private final Signatures signatures = new Signatures();
  private final FaultScripts scripts = new FaultScripts();
  private final RecentLog<ReceivedRequest> received = new RecentLog<>(MAX_REQUESTS);
  private final AtomicLong requestNumber = new AtomicLong();
  private final Bank bank;
  private final Control control = new Control(this);
  private volatile SandboxSettings settings;
  private volatile int actualPort;
  private CallHandler counter;
  private WebhookSender webhooks;
  private BankAlarm alarm;
  private long traces;

  private SandboxPlatform(SandboxOptions options) {
    this.options = options;
    this.settings = options.settings();
    this.bank = new Bank("SBX" + Long.toString(now(), 36).toUpperCase(Locale.ROOT), this::report);
  }

  /** Completes when the platform listens; fails if the port is taken. */
  public static Future<SandboxPlatform> start(Vertx vertx, SandboxOptions options) {
    SandboxPlatform platform = new SandboxPlatform(options);
    return vertx.deployVerticle(platform).map(platform);
  }

  @Override
  public Future<?> start() {
    WebhookWire wire = new WebhookWire(vertx, options.webhooksAnywhere());
    webhooks = new WebhookSender(vertx, options.clock(), () -> settings, scripts, wire);
    alarm = new BankAlarm(vertx, options.clock(), bank);
    counter = new CallHandler(
        vertx, options.clock(), () -> settings, guard, scripts, bank, loans, webhooks);
    return vertx
        .createHttpServer(new HttpServerOptions()
            .setHost(options.host())
            .setPort(options.port())
            .setHttp2ClearTextEnabled(false))
        .requestHandler(this::receive)
        .listen()
        .onSuccess(this::listening);
  }

  public Future<Void> close() {
    return vertx.undeploy(deploymentID());
  }

  public int actualPort() {
    return actualPort;
  }

  public String baseUrl() {
    return "http://" + options.host() + ':' + actualPort;
  }

  /** What was really charged since the start or the last reset. */
  public Charges charges() {
    return bank.charges(now());
  }

  /** The requests that arrived under /v1/ since the start or the last reset, refused ones too. */
  public ReceivedRequests sends() {
    return new ReceivedRequests(received.all());
  }

  /** The notifications sent since the start or the last reset, and what they were answered. */
  public List<SentWebhook> webhooks() {
    return webhooks.log();
  }

  /**
   * Lets every matching request run through the script, until {@link #clearFaults}.
   *
   * @throws ScriptFault if the script cannot be read
   */
  public void fault(FaultMatch match, String script) {
    fault(match, script, 0);
  }

  /**
   * Lets the next matching requests run through the script.
   *
   * @param times how many requests; 0: all
   * @throws ScriptFault if the script cannot be read
   */
  public void fault(FaultMatch match, String script, int times) {
    scripts.add(match, script, times);
  }

  public void clearFaults() {
    scripts.clearFaults();
  }

  public SandboxSettings settings() {
    return settings;
  }

  public synchronized void settings(SandboxSettings settings) {
    this.settings = settings;
  }

  /** Changes one setting; see {@link SandboxSettings#with}. */
  public synchronized void settings(String name, Object value) {
    settings = settings.with(name, value);
  }

  /**
   * Gives an unfinished transaction its final status.
   *
   * @param resultCode the issuer's code, or null
   */
  public void settle(
      String merchantId, String transactionRequestId, SimStatus status, String resultCode) {
    bank.settle(merchantId, transactionRequestId, status, resultCode, now());
    onLoop(alarm::look);
  }

  /**
   * Does on a hosted page what a shopper does.
   *
   * @param as {@code pay}, {@code decline} or {@code abandon}
   * @param resultCode the issuer's code of a decline; null for 051
   * @param slowMillis how long the press is under way; 0: done at once
   * @throws IllegalArgumentException if {@code as} is none of them
   */
  public void press(String sessionId, String as, String resultCode, long slowMillis) {
    bank.press(sessionId, HostedPage.Press.of(as), resultCode, slowMillis, now());
    onLoop(alarm::look);
  }

  /**
   * Ends what was lent under that name; the next calls that need it get S07, S08 or S09.
   *
   * @param what {@code tmk}, {@code workingKey} or {@code session}
   * @throws IllegalArgumentException if it is none of them
   */
  public void expire(String what) {
    loans.expire(IssuedCredentials.What.of(what));
  }

  /** Forgets every transaction, charge, request, fault and changed setting. */
  public void reset() {
    bank.reset();
    guard.reset();
    loans.reset();
    scripts.reset();
    received.clear();
    requestNumber.set(0);
    settings = options.settings();
    resetWebhooks();
  }

  /** Done when it returns: a loop reads what has arrived before it runs what it was asked to. */
  private void resetWebhooks() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    onLoop(() -> {
      webhooks.reset();
      done.complete(null);
    });
    done.join();
  }

  /** The bank may be asked by any thread, and its agenda runs whenever it is asked. */
  private void report(EndedTransaction ended) {
    onLoop(() -> webhooks.report(ended));
  }

  private void onLoop(Runnable action) {
    if (((ContextInternal) context).inThread()) {
      action.run();
    } else {
      context.runOnContext(here -> action.run());
    }
  }

  FaultScripts scripts() {
    return scripts;
  }

  ArrayNode pages() {
    return bank.pages(now());
  }

  private void listening(HttpServer server) {
    actualPort = server.actualPort();
    bank.checkoutUrl(baseUrl() + "/sandbox/checkout/");
  }

  private void receive(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    request.handler(chunk -> {
      if (body.length() + chunk.length() > MAX_BODY_BYTES) {
        request.handler(null).endHandler(null);
        request
            .response()
            .setStatusCode(413)
            .end()
            .onComplete(x -> request.connection().close());
      } else {
        body.appendBuffer(chunk);
      }
    });
    request.endHandler(end -> route(request, body));
  }

  private void route(HttpServerRequest request, Buffer body) {
    String path = String.valueOf(request.path());
    if (path.startsWith("/v1/")) {
      serve(request, body);
    } else if (path.equals("/sandbox") || path.startsWith("/sandbox/")) {
      control.handle(request, body);
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  private void serve(HttpServerRequest request, Buffer body) {
    SimRequest inbound = inbound(request, body);
    received.add(received(inbound, request.getHeader("traceparent"), body));
    String traceId = String.format("sbx-%08d", ++traces);
    if (Call.text(inbound.fields(), "notifyUrl") != null) {
      alarm.want();
    }
    counter
        .attend(inbound)
        .onComplete(done -> alarm.look())
        .onSuccess(reply -> ReplyWriter.deliver(
            request, reply, traceId, now() + settings.pace().clockOffsetMillis()))
        .onFailure(bug -> {
          LOG.error("{} {} failed, traceId {}", inbound.method(), inbound.path(), traceId, bug);
          request.response().setStatusCode(500).end();
        });
  }

  private SimRequest inbound(HttpServerRequest request, Buffer body) {
    ObjectNode fields = Json.object();
    Refusal unreadable = null;
    if (!request.method().name().equals("POST")) {
      request.params().forEach(param -> fields.put(param.getKey(), param.getValue()));
    } else {
      try {
        fields.setAll(Json.parseObject(body.getBytes()));
      } catch (Refusal refusal) {
        unreadable = refusal;
      }
    }
    String requestId = request.getHeader("X-Client-Request-Id");
    return new SimRequest(
        request.method().name(),
        request.path(),
        request.getHeader("Authorization"),
        request.getHeader("X-Session-Id"),
        requestId == null ? request.getHeader("X-Request-Id") : requestId,
        request.getHeader("X-Timestamp"),
        isSigned(request, body),
        fields,
        unreadable);
  }

  private boolean isSigned(HttpServerRequest request, Buffer body) {
    SandboxSettings current = settings;
    long platformMillis = now() + current.pace().clockOffsetMillis();
    List<String> workingKeys = current.access().requires(IssuedCredentials.What.WORKING_KEY)
        ? loans.workingKeys(now())
        : List.of();
    return options.signatures().accepts(request, body)
        && signatures.accepts(request, body, current, workingKeys, platformMillis);
  }

  private ReceivedRequest received(SimRequest inbound, String traceparent, Buffer body) {
    return new ReceivedRequest(
        requestNumber.incrementAndGet(),
        now(),
        inbound.method(),
        inbound.path(),
        inbound.requestId(),
        inbound.timestamp(),
        traceparent,
        sha256(body.getBytes()),
        Call.text(inbound.fields(), "merchantId"),
        Call.text(inbound.fields(), "referenceOrderId"),
        Call.text(inbound.fields(), "transactionRequestId"),
        inbound.signatureAccepted());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private long now() {
    return options.clock().getAsLong();
  }
}
