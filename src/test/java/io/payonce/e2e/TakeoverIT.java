package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.redis.Signals;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Processes that freeze, die and are stopped with payments in flight; another one goes on. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TakeoverIT {
  /** What the platform does with a payment whose pod is lost: directive, and how it must end. */
  private static final Map<String, String> IN_FLIGHT = Map.of(
      "slow 2s", "S",
      "slow 2s decline 051", "F",
      "silent after charge", "S",
      "silent before charge, then ok", "S",
      "silent after charge and fail, then ok", "S",
      "late charge 4s, then ok", "S",
      "E02 before charge, silent before charge, then ok", "S",
      "E02 after charge and pending 5s", "S",
      "E02 after charge, query: E01 4s", "S",
      "pending 5s then fail", "F");

  /** Only one pod knows this call of the platform. */
  private static final String WALLET =
      "[{path: /v1/wallet/charge, order: referenceOrderId, doubt: confirm, required: [walletId]}]";

  private static TestPod testPod;
  private static PayonceProcess a;
  private static PayonceProcess b;

  @BeforeAll
  static void open() {
    testPod = new TestPod(
        Map.of(
            "upstream.requestTimeoutMs",
            "3000",
            "upstream.connectTimeoutMs",
            "500",
            "recovery.leaseMs",
            "5000",
            "server.drainMs",
            "6000"),
        0);
    a = PayonceProcess.start(testPod, Map.of("PAYONCE_OPERATIONS", WALLET));
    b = PayonceProcess.start(testPod);
  }

  @AfterAll
  static void close() {
    a.close();
    b.close();
    testPod.close();
  }

  @Test
  @Order(1)
  void a_frozen_pod_loses_its_payments_and_changes_nothing_when_it_wakes() {
    List<Scenario> scenes = scenes();
    List<CompletableFuture<Got>> waiting = inFlight(a, scenes);
    Signals.freeze(a.pid());
    List<Got> answered;
    try {
      answered = settled(scenes);
    } finally {
      Signals.thaw(a.pid());
    }
    for (int i = 0; i < scenes.size(); i++) {
      Got late = waiting.get(i).join();
      boolean pending = "I".equals(late.outcome()) || "P".equals(late.outcome());
      assertThat(pending || answered.get(i).outcome().equals(late.outcome()))
          .as("%s: %s", scenes.get(i).body(), late.body())
          .isTrue();
    }
    assertUnchanged(scenes, answered);
  }

  @Test
  @Order(2)
  void what_a_killed_pod_had_in_flight_is_settled_by_another() {
    List<Scenario> scenes = scenes();
    inFlight(a, scenes);
    List<String> wallets =
        List.of("silent after charge", "silent before charge, then ok", "slow 2s");
    wallets.forEach(directive -> a.caller()
        .postAsync(
            "/v1/wallet/charge", wallet(wallets.indexOf(directive), directive).encode()));
    TestPod.until(() -> IntStream.range(0, wallets.size())
        .noneMatch(i -> testPod.platform().sends().sent("wallet-" + i).isEmpty()));
    a.kill();
    assertUnchanged(scenes, settled(scenes));
    // The other pod has no description of it: the record has all that it takes to end it.
    for (int i = 0; i < wallets.size(); i++) {
      String id = "wallet-" + i;
      TestPod.until(() -> "S".equals(b.caller().query(id).outcome()));
      TestPod.until(
          () -> b.caller().pay(Caller.sale("order-" + id, "other-" + id)).code().equals("C10"));
      assertThat(testPod.platform().charges().of(Caller.MERCHANT, "order-" + id))
          .hasSize(1);
    }
  }

  private static JsonObject wallet(int number, String directive) {
    String id = "wallet-" + number;
    return Caller.sale("order-" + id, id, directive).put("walletId", "w-7");
  }

  @Test
  @Order(3)
  void a_stopped_pod_finishes_what_is_in_flight_and_leaves_the_rest_to_the_ledger() {
    Scenario quick = Scenario.of(testPod, "slow 1s");
    Scenario doubtful = Scenario.of(testPod, "E02 before charge, slow 1s");
    Scenario endless = Scenario.of(testPod, "E02 after charge and pending 12s");
    List<Scenario> scenes = List.of(quick, doubtful, endless);
    // The breaker of the pod that took over has seen much of what is wrong with this platform.
    try (PayonceProcess fresh = PayonceProcess.start(testPod)) {
      List<CompletableFuture<Got>> waiting = inFlight(fresh, scenes);
      fresh.stop();
      assertThat(waiting.get(0).join().isPaid()).isTrue();
      assertThat(waiting.get(1).join().isPaid()).isTrue();
      assertThat(fresh.exitCode()).as(fresh.log()).isZero();
      assertThat(fresh.log()).doesNotContain(" ERROR ");
    }
    testPod.addPod();
    TestPod.until(() -> endless.pay().isPaid());
    scenes.forEach(scene -> scene.charged(1));
  }

  private static List<Scenario> scenes() {
    return IN_FLIGHT.keySet().stream()
        .map(directive -> Scenario.of(testPod, directive))
        .toList();
  }

  /** Returns when the platform has a send of each; on a busy machine it may take more calls. */
  private static List<CompletableFuture<Got>> inFlight(PayonceProcess pod, List<Scenario> scenes) {
    Caller caller = pod.caller();
    for (int i = 0; i < 5; i++) {
      TestPod.until(() -> caller.pay(Scenario.of(testPod, null).body()).isPaid());
    }
    List<CompletableFuture<Got>> waiting = new ArrayList<>();
    scenes.forEach(
        scene -> waiting.add(caller.postAsync(Caller.SALE, scene.body().encode())));
    TestPod.until(() -> {
      boolean all = true;
      for (int i = 0; i < scenes.size(); i++) {
        boolean sent = !scenes.get(i).sends().isEmpty();
        if (!sent && waiting.get(i).isDone()) {
          String sale = scenes.get(i).body().encode();
          waiting.set(i, caller.postAsync(Caller.SALE, sale));
        }
        all &= sent;
      }
      return all;
    });
    return waiting;
  }

  /** A refusal is none: Redis may be late on a busy machine. */
  private static boolean hasEnded(Got got) {
    return List.of("S", "F", "C").contains(String.valueOf(got.outcome()));
  }

  /** What pod B says in the end, and whether the platform's charges agree. */
  private static List<Got> settled(List<Scenario> scenes) {
    List<Got> answered = new ArrayList<>();
    for (Scenario scene : scenes) {
      String directive = scene.body().getString("attach").substring("sandbox: ".length());
      TestPod.until(() -> hasEnded(b.caller().pay(scene.body())));
      Got got = b.caller().pay(scene.body());
      assertThat(got.outcome()).as(directive + got.body()).isEqualTo(IN_FLIGHT.get(directive));
      scene.knowsOnlyItsOwnId(got);
      scene.charged(got.isPaid() ? 1 : 0);
      answered.add(got);
    }
    return answered;
  }

  private static void assertUnchanged(List<Scenario> scenes, List<Got> answered) {
    for (int i = 0; i < scenes.size(); i++) {
      Got again = b.caller().pay(scenes.get(i).body());
      assertThat(again.body()).isEqualTo(answered.get(i).body());
      scenes.get(i).charged(again.isPaid() ? 1 : 0);
      assertThat(scenes.get(i).sends()).hasSizeLessThanOrEqualTo(3);
    }
  }
}
