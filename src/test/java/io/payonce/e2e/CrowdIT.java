package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.redis.Signals;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * More calls at once than can be begun: some wait in the admission queue, some are refused there.
 */
class CrowdIT {
  static final int LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors());

  /** More than enough to fill the entrances of a few event loops. */
  private static final int CALLS = 700 * LOOPS;

  private static final int LEAVING = 50;

  /** Who waits for longer is turned away soon, and nothing is shown by that. */
  static final long IN_TIME_NANOS = 3_000_000_000L;

  private static final Executor THREADS = task -> new Thread(task).start();

  /** A frozen Redis is waited for: it stands for one that has too much to do. */
  static final Map<String, String> PATIENT = Map.of(
      "redis.callTimeoutMs",
      "10000",
      "recovery.leaseMs",
      "40000",
      "upstream.maxConnections",
      "5000",
      "upstream.requestTimeoutMs",
      "10000",
      "upstream.connectTimeoutMs",
      "5000",
      "server.drainMs",
      "60000");

  @Test
  void a_crowd_that_comes_at_once_waits_and_is_served() throws Exception {
    Frost.untilShort(() -> {
      try (TestPod testPod = testPod()) {
        Map<String, CompletableFuture<Got>> calls = new LinkedHashMap<>();
        long since = System.nanoTime();
        boolean isShort = Frost.during(testPod, () -> crowd(testPod, calls));
        boolean paid = calls.values().stream().allMatch(call -> call.join().isPaid());
        if (!paid && System.nanoTime() - since > IN_TIME_NANOS) {
          return false; // as the machine has too much to do
        }
        if (isShort) {
          calls.forEach((id, call) -> assertThat(call.join().isPaid())
              .as(id + ": " + call.join().body())
              .isTrue());
          assertThat(testPod.platform().charges().all()).hasSize(1 + CALLS);
        }
        return isShort;
      }
    });
  }

  @Test
  void who_waits_too_long_is_turned_away_and_has_cost_nothing() {
    try (TestPod testPod = testPod()) {
      Map<String, CompletableFuture<Got>> calls = new LinkedHashMap<>();
      Signals.freeze(testPod.redis().pid());
      try {
        crowd(testPod, calls);
        TestPod.until(() -> calls.values().stream().anyMatch(CompletableFuture::isDone));
      } finally {
        Signals.thaw(testPod.redis().pid());
      }
      List<String> turnedAway = new ArrayList<>();
      List<String> late = new ArrayList<>();
      calls.forEach((id, call) -> {
        Got got = call.join();
        if (got.body().contains("too many calls at once")) {
          turnedAway.add(id);
          assertThat(got.code() + " " + got.header("Payonce-Source")).isEqualTo("E01 proxy");
          assertThat(got.header("Payonce-Sent")).isEqualTo("not-by-this-call");
          assertThat(got.header("Retry-After")).isEqualTo("1");
          assertThat(got.header("Connection")).as("the connection is kept").isNull();
        } else if (got.code().equals("E01")) {
          late.add(id); // let in, and the ledger took too long
          assertThat(got.header("Payonce-Sent")).isEqualTo("not-by-this-call");
        } else if (got.body().contains("\"transactionStatus\":\"P\"")) {
          TestPod.until(
              () -> testPod.caller().pay(sale(id)).isPaid()); // the same on a busy machine
        } else {
          assertThat(got.isPaid()).as(got.body()).isTrue();
        }
      });
      assertThat(turnedAway.size()).isBetween(1, CALLS - 1);
      int served = CALLS - turnedAway.size() - late.size();
      assertThat(testPod.platform().charges().all()).hasSize(1 + served);
      assertThat(testPod.admin(0))
          .contains("payonce_payments_total{operation=\"sale\",outcome=\"crowded\"} "
              + (double) turnedAway.size());
      String one = turnedAway.get(0);
      assertThat(testPod
              .operator()
              .get("/admin/payments/" + Caller.MERCHANT + "/" + one)
              .status())
          .isEqualTo(404);
      Got again = testPod.caller().pay(sale(one));
      assertThat(again.isPaid()).as(again.body()).isTrue();
      assertThat(again.header("Payonce-Replayed")).isNull();
    }
  }

  @Test
  void who_hangs_up_while_it_waits_is_left_out() throws Exception {
    Frost.untilShort(() -> {
      try (TestPod testPod = testPod()) {
        return someHangUp(testPod);
      }
    });
  }

  private static boolean someHangUp(TestPod testPod) throws Exception {
    List<Socket> staying = new ArrayList<>();
    List<Socket> leaving = new ArrayList<>();
    long since = System.nanoTime();
    boolean isShort = Frost.during(testPod, () -> {
      come(testPod, "stay-", CALLS, staying);
      come(testPod, "leave-", LEAVING, leaving);
      catchUp(testPod);
      for (Socket each : leaving) {
        each.close();
      }
      catchUp(testPod);
    });
    List<String> refused = new ArrayList<>();
    for (Socket each : staying) {
      try (each) {
        String came = Raw.rest(each.getInputStream());
        if (!came.contains("\"transactionStatus\":\"S\"")) {
          refused.add(came);
        }
      }
    }
    if (!isShort || !refused.isEmpty() && System.nanoTime() - since > IN_TIME_NANOS) {
      return false;
    }
    assertThat(refused).isEmpty();
    TestPod.until(() -> testPod
        .admin(0)
        .contains(
            "payonce_payments_total{operation=\"sale\",outcome=\"crowded\"} " + (double) LEAVING));
    assertThat(testPod.platform().charges().all()).hasSize(1 + CALLS);
    for (int i = 0; i < LEAVING; i++) {
      assertThat(testPod
              .operator()
              .get("/admin/payments/" + Caller.MERCHANT + "/leave-" + i)
              .status())
          .isEqualTo(404);
    }
    assertThat(testPod.operator().get("/admin/stats").json().getInteger("inFlight"))
        .isZero();
    TestPod.await(testPod.pod().drain());
    return true;
  }

  @Test
  void who_is_turned_away_and_goes_on_sending_is_cut_off() throws IOException {
    try (TestPod testPod = testPod()) {
      List<Socket> crowd = new ArrayList<>();
      Signals.freeze(testPod.redis().pid());
      try {
        come(testPod, "full-", CALLS, crowd);
        catchUp(testPod);
        List<CompletableFuture<String>> endless = Stream.of(
                "Transfer-Encoding: chunked", "Content-Length: 9999999999")
            .map(length -> Raw.keptPost(Caller.SALE, length + "\r\n", ""))
            .map(head -> CompletableFuture.supplyAsync(
                () -> Raw.sendForEver(testPod.pod().port(), head), THREADS))
            .toList();
        endless.forEach(cutOff -> assertThat(cutOff.join())
            .contains("too many calls at once")
            .containsIgnoringCase("Connection: close"));
      } finally {
        Signals.thaw(testPod.redis().pid());
      }
      for (Socket each : crowd) {
        each.close();
      }
    }
  }

  /**
   * The platform takes its time over all alike: a crowd on a busy machine would else look like a
   * queue at the platform, of which the adaptive limit lets fewer out.
   */
  static JsonObject sale(String id) {
    return Caller.sale("order-" + id, id, "slow 1s");
  }

  private static void come(TestPod testPod, String prefix, int calls, List<Socket> sockets)
      throws IOException {
    for (int i = 0; i < calls; i++) {
      Socket socket = Raw.open(testPod.pod().port());
      sockets.add(socket);
      String body = sale(prefix + i).encode();
      socket
          .getOutputStream()
          .write(Raw.post(Caller.SALE, Raw.length(body), body).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Connections go round the event loops; one that answers has seen what came before. */
  private static void catchUp(TestPod testPod) {
    for (int i = 0; i < LOOPS; i++) {
      String stranger =
          Raw.post(Caller.SALE, Raw.length("{}"), "{}").replace(TestPod.KEY, "k_nobody");
      assertThat(Raw.exchange(testPod.pod().port(), stranger)).contains("\"S10\"");
    }
  }

  private static TestPod testPod() {
    TestPod testPod = new TestPod(PATIENT);
    Got first = testPod.patiently(() -> testPod.caller().pay(sale("first")));
    assertThat(first.isPaid()).as(first.body()).isTrue();
    return testPod;
  }

  private static void crowd(TestPod testPod, Map<String, CompletableFuture<Got>> calls) {
    for (int i = 0; i < CALLS; i++) {
      String id = "crowd-" + i;
      calls.put(id, testPod.caller().postAsync(Caller.SALE, sale(id).encode()));
    }
  }
}
