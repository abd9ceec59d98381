package io.payonce.redis;

import static io.payonce.redis.Lanes.COUNT;
import static io.payonce.redis.Lanes.SET;
import static io.payonce.redis.Lanes.failure;
import static io.payonce.redis.Lanes.get;
import static io.payonce.redis.Lanes.result;
import static io.payonce.redis.Lanes.set;
import static io.payonce.redis.Lanes.waiting;
import static io.payonce.redis.Lanes.works;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.FreePorts;
import io.payonce.Standstill;
import io.payonce.redis.RedisSettings.Mode;
import io.payonce.redis.failure.RedisAddress;
import io.payonce.redis.failure.RedisBulletin;
import io.payonce.redis.failure.RedisFailure;
import io.payonce.redis.failure.RedisFailure.Reason;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class LaneFaultTest {
  /** Seconds: later than a call's time, and sooner than a silent connection's is over. */
  private static final int HALF_WAY = 3;

  private Vertx vertx;
  private EmbeddedRedis redis;
  private RedisLane lane;

  @BeforeEach
  void start(Vertx vertx) {
    this.vertx = vertx;
    redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults().withAppendOnly());
    lane = Lanes.standalone(vertx, redis);
  }

  @AfterEach
  void stop() {
    result(lane.close());
    redis.close();
  }

  @Test
  void a_frozen_redis_times_calls_out_as_possibly_run_then_takes_no_more() {
    result(lane.send("k", set("k", "before")));
    Signals.freeze(redis.pid());
    RedisFailure failure = failure(lane.eval(SET, List.of("k"), List.of("frozen")));
    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(failure.mayHaveRun()).isTrue();
    RedisFailure next = failure(lane.send("k", get("k")));
    assertThat(next.mayHaveRun()).isFalse();
    waiting().until(() -> !lane.connected());

    Signals.thaw(redis.pid());
    waiting().until(lane::connected);
    assertThat(works(lane, "k")).isTrue();
  }

  @Test
  void a_late_answer_is_dropped_and_the_connection_lives_on() {
    try (Standstill machine = Standstill.watch()) {
      int id = result(clientId()).toInteger();
      result(lane.eval(COUNT, List.of("n"), List.of()));
      Future<Response> slow = lane.send("q", Request.cmd(Command.BLPOP).arg("q").arg(HALF_WAY));
      Future<Response> behind = lane.eval(COUNT, List.of("n"), List.of());
      assertThat(failure(slow).reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(failure(behind).mayHaveRun()).isTrue();
      waiting().until(() -> works(lane, "n"));
      assertThat(result(lane.send("n", get("n"))).toInteger()).isEqualTo(2);
      // One that is silent for longer is given up, which a machine that stands still makes of it.
      int now = result(clientId()).toInteger();
      assertThat(machine.wasSeen() || now == id).as("%d, then %d", id, now).isTrue();
    }
  }

  @Test
  void after_a_timeout_a_script_redis_has_forgotten_is_not_sent_again() {
    Future<Response> slow = lane.send("q", Request.cmd(Command.BLPOP).arg("q").arg(HALF_WAY));
    Future<Response> behind = lane.eval(COUNT, List.of("n"), List.of());
    assertThat(failure(slow).reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(failure(behind).reason()).isEqualTo(Reason.TIMEOUT);
    waiting().until(() -> works(lane, "n"));
    assertThat(result(lane.send("n", get("n")))).isNull();
  }

  @Test
  void a_wait_that_was_cut_off_acknowledges_nothing() {
    result(lane.eval(COUNT, List.of("n"), List.of()));
    Future<Response> cut =
        lane.evalReplicated(COUNT, List.of("n"), List.of(), 1, Duration.ofSeconds(30));
    waiting().until(() -> "2".equals(RawRedis.ask(redis.port(), "GET", "n")));
    RawRedis.ask(redis.port(), "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    RedisFailure failure = failure(cut);
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(failure.reason()).isEqualTo(Reason.NOT_REPLICATED);
  }

  @Test
  void a_frozen_redis_is_noticed_without_any_traffic() {
    Signals.freeze(redis.pid());
    waiting().until(() -> !lane.connected());
    Signals.thaw(redis.pid());
    waiting().until(lane::connected);
  }

  @Test
  void a_killed_redis_leaves_nothing_hanging_and_is_found_again() {
    result(lane.eval(SET, List.of("k"), List.of("kept")));
    List<Future<Response>> flying = IntStream.range(0, 500)
        .mapToObj(i -> lane.eval(COUNT, List.of("n"), List.of()))
        .toList();
    redis.kill();
    for (Future<Response> call : flying) {
      try {
        result(call);
      } catch (RedisFailure failure) {
        assertThat(failure.reason()).isIn(Reason.LOST, Reason.NOT_CONNECTED);
      }
    }
    waiting().until(() -> !lane.connected());
    assertThat(failure(lane.send("k", get("k"))).reason()).isEqualTo(Reason.NOT_CONNECTED);

    redis.restart();
    waiting().until(lane::connected);
    assertThat(result(lane.send("k", get("k"))).toString()).isEqualTo("kept");
    assertThat(result(lane.eval(COUNT, List.of("m"), List.of())).toInteger()).isEqualTo(1);
  }

  @Test
  void what_was_in_flight_when_the_connection_ended_may_have_run() {
    Future<Response> blocked =
        lane.send("q", Request.cmd(Command.BLPOP).arg("q").arg(5));
    waiting()
        .until(() -> RawRedis.text(RawRedis.ask(redis.port(), "INFO", "clients"))
            .contains("blocked_clients:1"));
    redis.kill();
    RedisFailure failure = failure(blocked);
    assertThat(failure.reason()).isEqualTo(Reason.LOST);
    assertThat(failure.mayHaveRun()).isTrue();
  }

  @Test
  void where_no_redis_listens_a_call_fails_at_once_as_not_sent() {
    int nobody = FreePorts.next();
    RedisLane away = RedisLane.open(
        vertx, Lanes.settings(Mode.STANDALONE, List.of("redis://127.0.0.1:" + nobody)));
    RedisFailure failure = failure(away.eval(COUNT, List.of("n"), List.of()));
    assertThat(failure.reason()).isEqualTo(Reason.NOT_CONNECTED);
    assertThat(failure.mayHaveRun()).isFalse();
    assertThat(failure).hasMessageContaining("count was not sent");
    assertThat(away.connected()).isFalse();
    result(away.close());
  }

  @Test
  void a_server_that_accepts_but_never_speaks_is_not_waited_for() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      RedisLane away = RedisLane.open(vertx, impatient(mute, 50));
      // Each dial is given up and followed by the next.
      mute.accept().close();
      mute.accept();
      mute.accept();
      assertThat(failure(away.send("k", get("k"))).mayHaveRun()).isFalse();
      result(away.close());
    }
  }

  @Test
  void a_server_that_never_speaks_is_given_up_on_the_loop_of_the_lane() throws Exception {
    Promise<Thread> loop = Promise.promise();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(v -> loop.complete(Thread.currentThread()));
    Set<Thread> heardOn = ConcurrentHashMap.newKeySet();
    RedisBulletin bulletin =
        new RedisBulletin(word -> heardOn.add(Thread.currentThread()), System::nanoTime);
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(60_000);
      Connector dial = new Connector(vertx, impatient(server, 1000), Lane.Idle.SHOWN);
      RedisAddress endpoint = RedisAddress.parse("redis://127.0.0.1:" + server.getLocalPort());
      Node node = new Node(vertx, "mute", () -> dial.wire(endpoint), bulletin);
      context.runOnContext(v -> node.start());
      // Is greeted, and says nothing more; the next dial shows that it was given up.
      while (!greetsAndFallsSilent(server.accept())) {
        // A busy machine took longer than the caller waits.
      }
      server.accept();
      assertThat(heardOn).containsExactly(result(loop.future()));
      context.runOnContext(v -> node.close());
    }
  }

  /** False when the caller has hung up before. */
  private static boolean greetsAndFallsSilent(Socket caller) throws IOException {
    caller.setSoTimeout(60_000);
    byte[] bytes = new byte[1000];
    for (String heard = ""; !heard.contains("ping"); ) {
      int read = caller.getInputStream().read(bytes);
      if (read < 0) {
        return false;
      }
      heard = new String(bytes, 0, read, StandardCharsets.US_ASCII);
      String answer = heard.contains("hello")
          ? "%0\r\n"
          : "+OK\r\n".repeat(heard.split("SETINFO", -1).length - 1);
      caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }
    return true;
  }

  private static RedisSettings impatient(ServerSocket server, long connectMillis) {
    return new RedisSettings(
        Mode.STANDALONE,
        List.of("redis://127.0.0.1:" + server.getLocalPort()),
        null,
        Duration.ofMillis(connectMillis),
        Duration.ofMillis(50));
  }

  @Test
  void a_connection_that_stays_mute_is_given_up_and_another_one_dialled() {
    RedisAddress endpoint = RedisAddress.parse(redis.uri());
    Connector dial = new Connector(
        vertx, Lanes.settings(Mode.STANDALONE, List.of(redis.uri())), Lane.Idle.SHOWN);
    AtomicInteger dials = new AtomicInteger();
    Context context = vertx.getOrCreateContext();
    Node node = new Node(
        vertx,
        "mute",
        () -> {
          dials.incrementAndGet();
          return dial.wire(endpoint);
        },
        RedisBulletin.unread());
    context.runOnContext(v -> {
      node.start();
      vertx.setPeriodic(20, id -> node.tick(System.nanoTime()));
    });
    waiting().until(node::ready);
    Signals.freeze(redis.pid());
    waiting().until(() -> dials.get() > 1);
    Signals.thaw(redis.pid());
    waiting().until(node::ready);
    context.runOnContext(v -> node.close());
  }

  @Test
  void an_idle_connection_asks_whether_its_node_still_answers_when_its_own_time_is_over() {
    assertThat(asks(new Lane.Idle(1, 600_000), 10_000)).isZero();
    assertThat(asks(new Lane.Idle(1, 600_000), 600_001)).isOne();
    assertThat(asks(Lane.Idle.SHOWN, 10_000)).isOne();
  }

  /** How many commands are on their way after so long a silence. */
  private int asks(Lane.Idle idle, long silentMillis) {
    Connector dial =
        new Connector(vertx, Lanes.settings(Mode.STANDALONE, List.of(redis.uri())), idle);
    return result(dial.wire(RedisAddress.parse(redis.uri())).map(wire -> {
      wire.expire(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(silentMillis));
      int asked = wire.inFlight();
      wire.drop();
      return asked;
    }));
  }

  @Test
  void news_that_comes_while_dialling_is_not_forgotten() {
    Connector dial = new Connector(
        vertx, Lanes.settings(Mode.STANDALONE, List.of(redis.uri())), Lane.Idle.SHOWN);
    List<Promise<PipelinedConnection>> dials = new CopyOnWriteArrayList<>();
    Context context = vertx.getOrCreateContext();
    Node node = new Node(
        vertx,
        "moved",
        () -> {
          Promise<PipelinedConnection> dialled = Promise.promise();
          dials.add(dialled);
          return dialled.future();
        },
        RedisBulletin.unread());
    context.runOnContext(v -> node.start());
    waiting().until(() -> dials.size() == 1);
    context.runOnContext(v -> node.redial());
    PipelinedConnection old = connect(context, dial, dials.get(0));
    waiting().until(() -> dials.size() == 2);
    assertThat(old.open()).isFalse();
    assertThat(node.ready()).isFalse();

    PipelinedConnection fresh = connect(context, dial, dials.get(1));
    assertThat(fresh.open()).isTrue();
    assertThat(node.ready()).isTrue();
    context.runOnContext(v -> node.close());
  }

  private PipelinedConnection connect(
      Context context, Connector dial, Promise<PipelinedConnection> dialled) {
    Promise<PipelinedConnection> connected = Promise.promise();
    context.runOnContext(
        v -> dial.wire(RedisAddress.parse(redis.uri())).onComplete(dialled).onComplete(connected));
    return result(connected.future());
  }

  @Test
  void a_primary_that_became_a_replica_refuses_and_is_dialled_again() {
    result(lane.eval(COUNT, List.of("n"), List.of()));
    int id = result(clientId()).toInteger();
    RawRedis.ask(redis.port(), "REPLICAOF", "127.0.0.1", "1");
    for (Future<Response> call :
        List.of(lane.send("k", set("k", "x")), lane.eval(COUNT, List.of("n"), List.of()))) {
      RedisFailure failure = failure(call);
      assertThat(failure.mayHaveRun()).as(failure.getMessage()).isFalse();
    }
    RawRedis.ask(redis.port(), "REPLICAOF", "NO", "ONE");
    waiting().until(() -> works(lane, "k"));
    assertThat(result(clientId()).toInteger()).isNotEqualTo(id);
  }

  @Test
  void a_script_that_writes_nothing_through_a_replica_is_refused() {
    result(lane.eval(COUNT, List.of("n"), List.of()));
    RawRedis.ask(redis.port(), "REPLICAOF", "127.0.0.1", "1");
    RedisFailure failure = failure(lane.eval(COUNT, List.of("n"), List.of()));
    assertThat(failure.word()).isEqualTo("READONLY");
    assertThat(failure.mayHaveRun()).isFalse();
  }

  private Future<Response> clientId() {
    return lane.send("k", Request.cmd(Command.CLIENT).arg("ID"));
  }
}
