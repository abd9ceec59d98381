package io.payonce.http;

import io.payonce.codes.Remedy;
import io.payonce.flow.FlowFixture;
import io.payonce.flow.Flows;
import io.payonce.flow.port.Accounts;
import io.payonce.flow.port.FlowSettings;
import io.payonce.http.server.BodyBudget;
import io.payonce.http.server.DrainState;
import io.payonce.ledger.Ledger;
import io.payonce.ledger.redis.HomePlatform;
import io.payonce.ledger.redis.LedgerSettings;
import io.payonce.limit.Limits;
import io.payonce.limit.Unlimited;
import io.payonce.model.Account;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.model.Operations;
import io.payonce.model.PaymentId;
import io.payonce.model.SessionPolicy;
import io.payonce.platform.Platform;
import io.payonce.platform.PlatformRequest;
import io.payonce.redis.LuaScript;
import io.payonce.redis.RedisLane;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.telemetry.CallObserver;
import io.payonce.telemetry.Metrics;
import io.payonce.worker.LoopComponents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The callers' port before all flows, on a fake ledger and a platform that a test speaks for; what
 * is done to either, and to the limits, is written down.
 */
final class RightsPort extends FlowFixture implements AutoCloseable {
  /** The appId of another account than that of all merchants here. */
  static final String ANOTHERS = "anothers";

  /** A merchant of that account, of whom no client's list says anything. */
  static final String LISTED = "listed";

  /** Of an operation that this program does not know. */
  static final String NEW_PATH = "/v1/transaction/top-up";

  private static final Map<String, String> ADDED = Map.of(
      "PAYONCE_OPERATIONS", "[{path: " + NEW_PATH + ", order: referenceOrderId, doubt: confirm}]");

  private static final int READ_MILLIS = 60_000;

  final List<String> touched = new CopyOnWriteArrayList<>();
  final List<String> wire = new CopyOnWriteArrayList<>();
  final Metrics metrics;
  volatile Function<PlatformRequest, Answer> platform = asked -> new Answer.Silent("silence");

  private final DrainState gate = new DrainState();
  private final Vertx vertx = Vertx.vertx();

  /** @param given more settings, by path */
  RightsPort(FlowSettings flow, Map<String, String> given) {
    super(
        new AtomicLong(),
        null,
        settings(new HomePlatform("platform", 600_000, 15_000, System::nanoTime))
            .with(new LedgerSettings.Orders(
                true, Set.of(), flow.orders().sessions() != SessionPolicy.ALLOW)));
    Map<String, String> all = new HashMap<>(given);
    all.put("upstream.baseUrl", "http://localhost");
    Settings settings =
        Settings.load(Optional.empty(), ADDED, Profile.SANDBOX, all).orThrow();
    CallObserver watch = CallObserver.of(settings);
    metrics = new Metrics(watch);
    Flows flows = new Flows(
        watched(Ledger.class, ledger),
        new Keys(Accounts.only(new Script(), watched(Limits.class, new Unlimited()))),
        this,
        this,
        this,
        this,
        new FlowSettings(
            flow.waitBudgetMillis(),
            flow.exchangeMillis(),
            flow.recovery(),
            flow.orders(),
            flow.reports(),
            settings.client().merchants()));
    ProxySettings proxy = new ProxySettings(
        new PortSettings("127.0.0.1", 0, ServerTls.OFF, new BodyBudget(1_000_000), READ_MILLIS, 16),
        settings.upstream().passHeaders(),
        settings.upstream().requestIdHeaders(),
        new ForbiddenCalls(System::nanoTime),
        Operations.with(settings.operations()),
        settings::server);
    await(vertx.deployVerticle(new ProxyVerticle(
        proxy,
        ClientKeys.of(settings, settings::client),
        gate,
        metrics,
        watch,
        () -> new LoopComponents(new NoLane(), ledger, () -> flows, Future::succeededFuture),
        Future.succeededFuture(),
        () -> false)));
  }

  private <T> T watched(Class<T> port, T real) {
    return port.cast(Proxy.newProxyInstance(
        port.getClassLoader(), new Class<?>[] {port}, (self, method, args) -> {
          touched.add(port.getSimpleName() + "." + method.getName());
          try {
            return method.invoke(real, args);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }));
  }

  /** What a caller reads. */
  record Got(String head, String body) {
    String header(String name) {
      return head.lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    boolean is200() {
      return head.startsWith("HTTP/1.1 200 ");
    }

    /** The same for all calls alike. */
    String words() {
      return body.replaceAll("\"traceId\":\"[^\"]*\"", "");
    }
  }

  Got call(String key, String method, String target, byte[] body, String... headers) {
    return callAs("application/json", key, method, target, body, headers);
  }

  /** @param type of the body, as it is claimed to be */
  Got callAs(
      String type, String key, String method, String target, byte[] body, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: here\r\n"
        + "Authorization: Bearer " + key + "\r\nConnection: close\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    if (!method.equals("GET")) {
      head.append("Content-Type: ")
          .append(type)
          .append("\r\nContent-Length: ")
          .append(body.length)
          .append("\r\n");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gate.port())) {
      socket.setSoTimeout(READ_MILLIS);
      all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      all.writeBytes(method.equals("GET") ? new byte[0] : body);
      socket.getOutputStream().write(all.toByteArray());
      all.reset();
      socket.getInputStream().transferTo(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String[] parts = all.toString(StandardCharsets.UTF_8).split("\r\n\r\n", 2);
    return new Got(parts[0], parts.length > 1 ? parts[1] : "");
  }

  /** From now on, what was touched counts. */
  void forget() {
    touched.clear();
    wire.clear();
  }

  /** One key for all, and another account's appId. */
  private record Keys(Accounts one) implements Accounts {
    @Override
    public Account of(String appId, String merchantId) {
      return LISTED.equals(merchantId) ? new Account("another") : one.of(appId, merchantId);
    }

    @Override
    public boolean isAnothers(String appId, String merchantId) {
      return ANOTHERS.equals(appId);
    }

    @Override
    public Way way(Account account) {
      return one.way(account);
    }
  }

  private final class Script implements Platform {
    @Override
    public Future<Answer> send(Intent intent, PlatformRequest request) {
      return call(request);
    }

    @Override
    public Future<Answer> call(PlatformRequest message) {
      wire.add(message + " " + new String(message.body(), StandardCharsets.UTF_8));
      return Future.succeededFuture(platform.apply(message));
    }

    @Override
    public Future<Boolean> remedy(Remedy remedy, long signedAtMillis) {
      return Future.succeededFuture(false);
    }
  }

  /** Redis is not looked at here. */
  private static final class NoLane implements RedisLane {
    @Override
    public Future<Response> send(String routingKey, Request request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Response> eval(LuaScript script, List<String> keys, List<?> args) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Response> evalReplicated(
        LuaScript script, List<String> keys, List<?> args, int replicas, Duration wait) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean connected() {
      return true;
    }

    @Override
    public int inFlight() {
      return 0;
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  @Override
  public Future<Void> pause(long millis) {
    pass(millis);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> awaitChange(PaymentId id, long atMostMillis) {
    pass(atMostMillis);
    return Future.succeededFuture();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
