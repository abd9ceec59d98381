package io.payonce.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.payonce.FreePorts;
import io.payonce.logs.Logs;
import io.payonce.redis.RawRedis;
import io.payonce.sandbox.EmbeddedRedis;
import io.payonce.settings.LiveSettings;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WarmUpTest {
  /** Longer than a busy machine takes. */
  private static final long PATIENT_MILLIS = 60_000;

  private final Vertx vertx = Vertx.vertx();
  private final EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
  private final AtomicInteger calls = new AtomicInteger();
  private final int admin = FreePorts.next();

  /** Kept: one without a reference is closed by the garbage collector, whatever it is doing. */
  private final HttpClient client = vertx.createHttpClient();

  @AfterEach
  void close() {
    done(vertx.close());
    redis.close();
  }

  @Test
  void it_pays_and_leaves_no_thread_behind() {
    Set<Thread> before = threads();
    assertThat(done(WarmUp.begin(PATIENT_MILLIS))).isBetween(1, WarmUp.MOST_PAYMENTS);
    await().untilAsserted(() -> assertThat(added(before)).isEmpty());
  }

  @Test
  void neither_platform_nor_ledger_nor_metrics_see_anything_of_it() {
    Future<Integer> warmedUp = WarmUp.begin(PATIENT_MILLIS);
    try (Started started = start(warmedUp)) {
      assertThat(started.pod().port()).isPositive();
      assertThat(warmedUp.result()).isPositive();
      assertThat(calls).hasValue(0);
      assertThat(keys()).noneMatch(key -> key.contains("payment:") || key.contains("order:"));
      assertThat(get("/metrics"))
          .contains("payonce_payment_seconds_count{operation=\"sale\"} 0")
          .doesNotContainPattern("payonce_payments_total\\{.*} [^0]")
          .doesNotContain("warm-up");
    }
  }

  @Test
  void a_pod_is_not_ready_before_it_is_over() {
    Promise<Integer> warmedUp = Promise.promise();
    Future<Pod> starting = Pod.start(vertx, LiveSettings.constant(settings()), warmedUp.future());
    await().ignoreExceptions().until(() -> get("/health/ready").contains("\"connected\""));
    assertThat(get("/health/ready")).contains("not started");
    assertThat(starting.isComplete()).isFalse();
    warmedUp.complete(1);
    assertThat(done(starting).port()).isPositive();
    assertThat(get("/health/ready")).contains("accepting");
  }

  @Test
  void one_that_fails_or_throws_keeps_no_pod_from_starting() {
    for (Future<Integer> warmedUp : List.of(
        WarmUp.begin(own -> Future.failedFuture("no stand-in"), PATIENT_MILLIS),
        WarmUp.begin(
            own -> {
              throw new IllegalStateException("no stand-in");
            },
            PATIENT_MILLIS))) {
      try (Started started = start(warmedUp)) {
        assertThat(started.pod().port()).isPositive();
        assertThat(warmedUp.result()).isZero();
        assertThat(get("/health/ready")).contains("accepting");
      }
    }
  }

  @Test
  void one_that_hangs_is_given_up_and_closed() {
    Set<Thread> before = threads();
    assertThat(done(WarmUp.begin(own -> Promise.<Integer>promise().future(), 100)))
        .isZero();
    await().untilAsserted(() -> assertThat(added(before)).isEmpty());
  }

  @Test
  void no_start_waits_long_for_one_that_hangs() {
    assertThat(done(WarmUp.briefly(Promise.<Integer>promise().future(), 50))).isZero();
  }

  @Test
  @Logs("after it")
  void nothing_that_happens_in_it_reaches_the_log() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    log.start();
    root.addAppender(log);
    try {
      done(WarmUp.begin(
          own -> {
            org.slf4j.Logger any = LoggerFactory.getLogger("io.payonce.redis.Node");
            any.error("on the thread that began it");
            own.exceptionHandler(null);
            own.runOnContext(loop -> {
              throw new IllegalStateException("on its event loop");
            });
            return own.executeBlocking(() -> {
                  any.error("on a worker of its own");
                  return null;
                })
                .compose(worked -> own.timer(1))
                .compose(passed -> Future.failedFuture("a warm-up that failed"));
          },
          PATIENT_MILLIS));
      LoggerFactory.getLogger("io.payonce.redis.Node").error("after it");
    } finally {
      root.detachAppender(log);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .contains("after it")
        .doesNotContain(
            "on the thread that began it", "on a worker of its own", "Unhandled exception");
  }

  @Test
  void its_redis_answers_whatever_it_is_asked() {
    Redis client = Redis.createClient(vertx, "redis://127.0.0.1:" + done(WarmUpStubs.redis(vertx)));
    assertThat(said(client, Command.PING)).isEqualTo("PONG");
    assertThat(said(client, Command.ROLE)).startsWith("ERR");
    assertThat(said(client, Command.PING)).isEqualTo("PONG");
  }

  private static String said(Redis client, Command command) {
    return done(
        client.send(Request.cmd(command)).map(Object::toString).otherwise(Throwable::getMessage));
  }

  private record Started(Vertx loops, Pod pod) implements AutoCloseable {
    @Override
    public void close() {
      done(loops.close());
    }
  }

  private Started start(Future<?> warmedUp) {
    Vertx loops = Pod.vertx();
    return new Started(loops, done(Pod.start(loops, LiveSettings.constant(settings()), warmedUp)));
  }

  private Settings settings() {
    int platform = done(vertx
            .createHttpServer()
            .requestHandler(request -> {
              calls.incrementAndGet();
              request.response().end();
            })
            .listen(0, "127.0.0.1"))
        .actualPort();
    return Settings.load(
            Optional.empty(),
            Map.of(),
            Profile.SERVE,
            Map.of(
                "server.port", "0",
                "admin.port", Integer.toString(admin),
                "client.keys", "till:a-key-of-the-test-only",
                "redis.uris", redis.uri(),
                "upstream.baseUrl", "http://127.0.0.1:" + platform,
                "upstream.apiKey", "sk_test",
                "ledger.encryptionKey", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="))
        .orThrow();
  }

  private List<String> keys() {
    return ((List<?>) RawRedis.ask(redis.port(), "KEYS", "*"))
        .stream().map(Object::toString).toList();
  }

  private String get(String path) {
    return done(client
        .request(HttpMethod.GET, admin, "127.0.0.1", path)
        .compose(request -> request.send().compose(HttpClientResponse::body))
        .map(Buffer::toString));
  }

  private static Set<Thread> added(Set<Thread> before) {
    Set<Thread> now = new HashSet<>(threads());
    now.removeAll(before);
    return now;
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(vert|payonce).*"))
        .collect(Collectors.toSet());
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
