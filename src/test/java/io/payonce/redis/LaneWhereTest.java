package io.payonce.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.dns.DnsServer;
import io.payonce.redis.RedisSettings.Mode;
import io.payonce.redis.failure.RedisAddress;
import io.payonce.sandbox.EmbeddedRedis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Redis' name leads to several addresses, and to others tomorrow; lanes follow. */
class LaneWhereTest {
  private static final String NAME = "redis.test";
  private static final String A = "127.0.0.2";
  private static final String B = "127.0.0.3";

  private static EmbeddedRedis redis;
  private final Vertx vertx = Vertx.vertx();
  private final DnsServer dns = new DnsServer();
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start(EmbeddedRedis.Options.defaults());
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    dns.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_lane_connects_although_an_address_refuses() throws IOException {
    Listener listener = new Listener(B, 0);
    dns.tell(NAME, 60, A, B);
    for (int i = 0; i < 6; i++) {
      assertThat(Lanes.works(lane(listener.port()), "k")).isTrue();
    }
  }

  @Test
  void a_name_that_moves_takes_the_lane_with_it_and_no_command_fails() throws IOException {
    Listener old = new Listener(A, 0);
    Listener fresh = new Listener(B, old.port());
    dns.tell(NAME, 0, A);
    RedisLane lane = lane(old.port());
    assertThat(Lanes.works(lane, "k")).isTrue();
    dns.tell(NAME, 0, B);
    Lanes.waiting().until(() -> {
      assertThat(Lanes.works(lane, "k")).isTrue();
      return fresh.accepted.get() == 1;
    });
    Lanes.waiting().until(() -> {
      assertThat(Lanes.works(lane, "k")).isTrue();
      return old.left.get() == 1;
    });
    assertThat(fresh.accepted).hasValue(1);
  }

  @Test
  void a_name_that_moves_is_followed_when_the_old_address_dies() throws IOException {
    Listener old = new Listener(A, 0);
    dns.tell(NAME, 3600, A);
    RedisLane lane = lane(old.port());
    new Listener(B, old.port());
    dns.tell(NAME, 3600, B);
    old.close();
    Lanes.waiting().until(() -> Lanes.works(lane, "k"));
  }

  @Test
  void a_lane_stays_where_it_is_while_dns_fails() throws IOException {
    Listener listener = new Listener(A, 0);
    dns.tell(NAME, 0, A);
    RedisLane lane = lane(listener.port());
    dns.fail(NAME, DnsServer.NXDOMAIN);
    int asked = dns.questions.get();
    Lanes.waiting().until(() -> {
      assertThat(Lanes.works(lane, "k")).isTrue();
      return dns.questions.get() > asked + 2;
    });
    assertThat(listener.accepted).hasValue(1);
  }

  /** A sentinel, or a node that others name. */
  @Test
  void single_questions_go_round_the_addresses() throws IOException {
    Listener listener = new Listener(B, 0);
    dns.tell(NAME, 60, A, B);
    Connector dial = new Connector(vertx, settings(listener.port()), Lane.Idle.SHOWN);
    RedisAddress endpoint = RedisAddress.parse("redis://" + NAME + ":" + listener.port());
    Request ping = Request.cmd(Command.PING);
    int failed = 0;
    for (int i = 0; i < 5; i++) {
      failed += dial.ask(endpoint, ping, "PING")
          .map(0)
          .otherwise(1)
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    }
    assertThat(failed).isLessThanOrEqualTo(1);
  }

  private RedisLane lane(int port) {
    RedisLane lane = Lanes.connected(vertx, settings(port));
    open.add(() -> Lanes.result(lane.close()));
    return lane;
  }

  private RedisSettings settings(int port) {
    return new RedisSettings(
        Mode.STANDALONE,
        List.of("redis://" + NAME + ":" + port),
        null,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Optional.empty(),
        dns.names());
  }

  /** Leads from an address of its own to Redis. */
  private final class Listener implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();

    Listener(String address, int port) throws IOException {
      server = new ServerSocket(port, 50, InetAddress.getByName(address));
      open.add(this);
      run(this::accept);
    }

    int port() {
      return server.getLocalPort();
    }

    private void accept() throws IOException {
      while (true) {
        Socket from = server.accept();
        Socket to = new Socket("127.0.0.1", redis.port());
        sockets.addAll(List.of(from, to));
        accepted.incrementAndGet();
        run(() -> pass(from, to));
        run(() -> pass(to, from));
      }
    }

    private void pass(Socket from, Socket to) throws IOException {
      try (from;
          to;
          InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        in.transferTo(out);
      } finally {
        if (from.getLocalPort() == port()) {
          left.incrementAndGet();
        }
      }
    }

    private static void run(Work work) {
      Thread thread = new Thread(
          () -> {
            try {
              work.run();
            } catch (IOException closed) {
              // by the test, or by the other side
            }
          },
          "test-door");
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws IOException {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }
}
