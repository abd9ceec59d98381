package io.payonce.redis;

import static io.payonce.redis.Lanes.COUNT;
import static io.payonce.redis.Lanes.SET;
import static io.payonce.redis.Lanes.failure;
import static io.payonce.redis.Lanes.get;
import static io.payonce.redis.Lanes.result;
import static io.payonce.redis.Lanes.set;
import static io.payonce.redis.Lanes.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.logs.Logs;
import io.payonce.redis.failure.RedisFailure;
import io.payonce.redis.failure.RedisFailure.Reason;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class RedisLaneTest {
  private static EmbeddedRedis redis;
  private Context context;
  private RedisLane lane;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void open(Vertx vertx) {
    RawRedis.ask(redis.port(), "FLUSHALL");
    context = vertx.getOrCreateContext();
    Promise<RedisLane> opened = Promise.promise();
    context.runOnContext(
        v -> opened.complete(RedisLane.open(vertx, RedisSettings.standalone(redis.uri()))));
    lane = result(opened.future());
    waiting().until(lane::connected);
  }

  @AfterEach
  void close() {
    result(lane.close());
  }

  /** Of one that looks no more no call is late, and nothing is dialled again. */
  @Test
  @Logs("a look after the connections failed; the next one comes all the same")
  void a_bug_in_one_look_after_the_connections_does_not_end_them() {
    AtomicInteger looks = new AtomicInteger();
    Router router = (Router) Proxy.newProxyInstance(
        Router.class.getClassLoader(), new Class<?>[] {Router.class}, (self, move, args) -> {
          switch (move.getName()) {
            case "tick" -> {
              if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug");
              }
              return null;
            }
            case "calm", "connected" -> {
              return false;
            }
            case "parts" -> {
              return List.of();
            }
            default -> {
              return null;
            }
          }
        });
    Vertx vertx = Vertx.vertx();
    Lane lane = Lane.begin(vertx.getOrCreateContext(), router, Lane.Idle.SHOWN, 1000);
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> looks.get() > 1);
    lane.close();
    vertx.close();
  }

  @Test
  void many_scripts_at_once_run_in_the_order_sent() {
    List<Future<Response>> counts = inOneTurn(2000, i -> count("n"));
    for (int i = 0; i < counts.size(); i++) {
      assertThat(result(counts.get(i)).toInteger()).isEqualTo(i + 1);
    }
  }

  @Test
  void an_answer_comes_on_the_caller_s_own_context_without_a_hop(Vertx vertx) {
    Promise<List<Object>> seen = Promise.promise();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(v -> {
      RedisLane own = RedisLane.open(vertx, RedisSettings.standalone(redis.uri()));
      vertx.setTimer(200, id -> {
        // As an HTTP server does for each request.
        ContextInternal request = ((ContextInternal) context).duplicate();
        request.runOnContext(w -> own.eval(COUNT, List.of("n"), List.of())
            .onSuccess(
                r -> seen.complete(List.of(Vertx.currentContext() == request, r.toInteger())))
            .onFailure(seen::fail)
            .onComplete(r -> own.close()));
      });
    });
    assertThat(result(seen.future())).isEqualTo(List.of(true, 1));
  }

  @Test
  void a_script_redis_has_forgotten_is_sent_again_in_full() {
    assertThat(result(count("n")).toInteger()).isEqualTo(1);
    RawRedis.ask(redis.port(), "SCRIPT", "FLUSH");
    assertThat(result(count("n")).toInteger()).isEqualTo(2);
    assertThat(RawRedis.text(RawRedis.ask(redis.port(), "SCRIPT", "EXISTS", COUNT.sha1())))
        .isEqualTo("[1]");
  }

  @Test
  void script_arguments_arrive_byte_for_byte() {
    byte[] bytes = {0, '\r', '\n', (byte) 0xff};
    LuaScript echo = LuaScript.of("echo", "return ARGV");
    Response answer = result(lane.eval(
        echo, List.of("k"), List.of("ü", 7L, 8, bytes, Buffer.buffer(bytes), Buffer.buffer())));
    assertThat(answer.get(0).toString()).isEqualTo("ü");
    assertThat(answer.get(1).toString()).isEqualTo("7");
    assertThat(answer.get(2).toString()).isEqualTo("8");
    assertThat(answer.get(3).toBytes()).isEqualTo(bytes);
    assertThat(answer.get(4).toBytes()).isEqualTo(bytes);
    assertThat(answer.get(5).toBytes()).isEmpty();
  }

  @Test
  void plain_commands_and_scripts_of_one_turn_keep_their_own_words() {
    LuaScript echo = LuaScript.of("echo", "return {KEYS[1], ARGV[1], ARGV[2]}");
    String big = "x".repeat(70_000);
    List<Future<Response>> answers = inOneTurn(
        300,
        i -> i % 3 == 0
            ? lane.send("k" + i, Request.cmd(Command.ECHO).arg("plain " + i))
            : lane.eval(
                echo, List.of("k" + i), List.of("é\ud83d\ude00" + i, i % 50 == 1 ? big : "")));
    for (int i = 0; i < answers.size(); i++) {
      Response answer = result(answers.get(i));
      if (i % 3 == 0) {
        assertThat(answer.toString()).isEqualTo("plain " + i);
      } else {
        assertThat(answer.stream().map(Response::toString))
            .containsExactly("k" + i, "é\ud83d\ude00" + i, i % 50 == 1 ? big : "");
      }
    }
  }

  @Test
  void what_the_client_does_not_write_at_once_is_not_written_later() {
    FlushBatchingVertx.Instead instead = new FlushBatchingVertx.Instead();
    List<String> unwritten = new ArrayList<>();
    assertThat(instead.write(Buffer.buffer("meant"), () -> "sent", () -> unwritten.add("dropped")))
        .isEqualTo("sent");
    assertThat(unwritten).containsExactly("dropped");
  }

  @Test
  void where_the_client_throws_nothing_is_written_later() {
    FlushBatchingVertx.Instead instead = new FlushBatchingVertx.Instead();
    List<String> unwritten = new ArrayList<>();
    assertThatThrownBy(() -> instead.write(
            Buffer.buffer("meant"),
            () -> {
              throw new IllegalStateException("a bug");
            },
            () -> unwritten.add("dropped")))
        .hasMessage("a bug");
    assertThat(unwritten).containsExactly("dropped");
  }

  @Test
  void an_argument_of_another_type_is_a_bug_of_the_caller() {
    assertThatThrownBy(() -> lane.eval(SET, List.of("k"), List.of(1.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Double");
    assertThatThrownBy(() -> lane.eval(SET, List.of(), List.of("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_null_answer_is_null() {
    assertThat(result(lane.send("none", get("none")))).isNull();
  }

  @Test
  void without_a_replica_a_replicated_script_runs_but_fails() {
    Future<Response> future =
        lane.evalReplicated(SET, List.of("k"), List.of("x"), 1, Duration.ofMillis(20));
    RedisFailure failure = failure(future);
    assertThat(failure.reason()).isEqualTo(Reason.NOT_REPLICATED);
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(result(lane.send("k", get("k"))).toString()).isEqualTo("x");
  }

  @Test
  void with_no_replica_asked_for_none_is_waited_for() {
    RawRedis.ask(redis.port(), "CONFIG", "RESETSTAT");
    result(lane.evalReplicated(SET, List.of("k"), List.of("x"), 0, Duration.ofMillis(300)));
    assertThat(RawRedis.text(RawRedis.ask(redis.port(), "INFO", "commandstats")))
        .doesNotContain("cmdstat_wait");
  }

  @Test
  void a_missing_replica_delays_many_commands_by_few_waits_not_by_one_each() {
    result(lane.eval(SET, List.of("k"), List.of("x")));
    RawRedis.ask(redis.port(), "CONFIG", "RESETSTAT");
    List<Future<Response>> all = inOneTurn(
        100,
        i -> lane.evalReplicated(SET, List.of("k" + i), List.of("x"), 1, Duration.ofMillis(20)));
    all.forEach(f -> assertThat(failure(f).reason()).isEqualTo(Reason.NOT_REPLICATED));
    assertThat(RawRedis.text(RawRedis.ask(redis.port(), "INFO", "commandstats")))
        .contains("cmdstat_wait:calls=2,");
  }

  @Test
  void messages_never_hold_what_the_command_held() {
    String secret = "tok_4242";
    result(lane.send("list", Request.cmd(Command.RPUSH).arg("list").arg("x")));
    List<Future<Response>> failing = List.of(
        lane.send("list", Request.cmd(Command.INCRBY).arg("list").arg(secret)),
        lane.send("x", Request.cmd(Command.create("NOSUCH")).arg(secret)),
        lane.send("x", Request.cmd(Command.SET).arg(secret)),
        lane.eval(LuaScript.of("bad", "error(ARGV[1])"), List.of("k"), List.of(secret)),
        lane.eval(
            LuaScript.of("worse", "return redis.error_reply(ARGV[1])"),
            List.of("k"),
            List.of(secret)),
        lane.eval(LuaScript.of("syntax", "this is no " + secret), List.of("k"), List.of()));
    for (Future<Response> future : failing) {
      RedisFailure failure = failure(future);
      assertThat(failure.toString()).doesNotContain(secret).doesNotContain("4242");
      assertThat(failure.getCause()).isNull();
    }
  }

  @Test
  void an_error_inside_a_script_names_script_line_and_kind_and_may_have_run() {
    result(lane.send("list", Request.cmd(Command.RPUSH).arg("list").arg("x")));
    LuaScript half =
        LuaScript.of("half", "redis.call('SET', KEYS[1], 'x')\nreturn redis.call('INCR', KEYS[2])");
    RedisFailure failure = failure(lane.eval(half, List.of("k", "list"), List.of()));
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(failure.word()).isEqualTo("WRONGTYPE");
    assertThat(failure).hasMessage("Redis answered WRONGTYPE to half (line 2)");
    assertThat(result(lane.send("k", get("k"))).toString()).isEqualTo("x");
  }

  @Test
  void too_little_memory_is_a_refusal() {
    RawRedis.ask(redis.port(), "CONFIG", "SET", "maxmemory", 1);
    try {
      RedisFailure failure = failure(lane.send("k", set("k", "x")));
      assertThat(failure.mayHaveRun()).isFalse();
      assertThat(failure.word()).isEqualTo("OOM");
    } finally {
      RawRedis.ask(redis.port(), "CONFIG", "SET", "maxmemory", 0);
    }
  }

  @Test
  void more_commands_than_can_be_in_flight_are_turned_away_unsent() {
    List<Future<Response>> all = inOneTurn(PipelinedConnection.maxInFlight() + 10, i -> count("n"));
    List<RedisFailure> failures = new ArrayList<>();
    all.forEach(f -> {
      try {
        result(f);
      } catch (RedisFailure failure) {
        failures.add(failure);
      }
    });
    assertThat(failures)
        .hasSize(10)
        .allMatch(f -> f.reason() == Reason.OVERLOADED && !f.mayHaveRun());
    assertThat(result(lane.send("n", get("n"))).toInteger())
        .isEqualTo(PipelinedConnection.maxInFlight());
  }

  @Test
  void a_closed_lane_fails_what_is_in_flight_and_refuses_the_rest() {
    Future<Response> slow = lane.send("q", Request.cmd(Command.BLPOP).arg("q").arg(5));
    result(lane.close());
    assertThat(failure(slow).mayHaveRun()).isTrue();
    RedisFailure later = failure(lane.send("k", get("k")));
    assertThat(later.mayHaveRun()).isFalse();
    assertThat(lane.connected()).isFalse();
  }

  private Future<Response> count(String key) {
    return lane.eval(COUNT, List.of(key), List.of());
  }

  /** Calls made in one turn of the lane's own loop: no answer can come between them. */
  private <T> List<Future<T>> inOneTurn(int times, IntFunction<Future<T>> call) {
    Promise<List<Future<T>>> calls = Promise.promise();
    context.runOnContext(
        v -> calls.complete(IntStream.range(0, times).mapToObj(call).toList()));
    return result(calls.future());
  }
}
