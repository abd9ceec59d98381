package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.sandbox.http.FaultMatch;
import io.payonce.sandbox.script.SimStatus;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * Callers who wait, who would rather not, who hang up, who ask meanwhile and who change their mind.
 */
class WaitingIT {
  private static final String ABORT = "/v1/semi-integration/transaction/abort";
  private static TestPod testPod;

  /** Another pod, which waits as long as it takes: what is answered there is no matter of time. */
  private static Guest patient;

  @BeforeAll
  static void open() {
    testPod = new TestPod(
            Map.of("server.waitBudgetMs", "2500", "upstream.requestTimeoutMs", "2500"))
        .warmed();
    patient =
        testPod.guest(Map.of("server.waitBudgetMs", "60000", "upstream.requestTimeoutMs", "5000"));
  }

  @AfterAll
  static void close() {
    patient.close();
    testPod.close();
  }

  @TestFactory
  List<DynamicContainer> callers() {
    return new ParallelScenarios(10)
        .group("who wait until the budget is over", WaitingIT::budget)
        .group("who would rather not wait", WaitingIT::prefer)
        .group("who hang up", WaitingIT::hangUp)
        .group("who ask meanwhile", WaitingIT::ask)
        .group("whose payment is open", WaitingIT::openPayment)
        .group("who change their mind", WaitingIT::abort)
        .groups();
  }

  private static void budget(ParallelScenarios together) {
    for (String directive : List.of(
        "E02 after charge and pending 4s",
        "silent after charge, query: E01 4s",
        "silent before charge 2x, then ok")) {
      together.add(directive, () -> {
        Scenario scene = Scenario.of(testPod, directive);
        Got got = scene.pay();
        isPending(scene, got);
        assertThat(got.header("Payonce-Sent")).isEqualTo("yes");
        becomesPaid(scene);
      });
    }
    together.add("a repeat waits for a budget of its own", () -> {
      Scenario scene = Scenario.of(testPod, "E02 after charge and pending 4s");
      isPending(scene, scene.pay());
      Got again = scene.payAt(patient);
      assertThat(again.isPaid()).as(again.body()).isTrue();
      assertThat(again.header("Payonce-Replayed")).isEqualTo("true");
      scene.charged(1).sentUnchanged(1).staysSo(again);
    });
  }

  private static void prefer(ParallelScenarios together) {
    for (String preference :
        List.of("wait=0", "wait=1", "respond-async", "foo, wait=\"1\"", "respond-async, wait=1")) {
      together.add(preference, () -> {
        Scenario scene = Scenario.of(testPod, "silent after charge");
        long since = System.nanoTime();
        Got got = scene.pay("Prefer", preference);
        assertThat(System.nanoTime() - since)
            .isGreaterThanOrEqualTo(preference.contains("1") ? 1_000_000_000L : 0L);
        isPending(scene, got);
        becomesPaid(scene);
        scene.sentUnchanged(1);
      });
    }
    for (String preference : List.of("wait=100", "wait=x", "wait=-1", "handling=lenient")) {
      together.add(preference + " changes nothing", () -> {
        Scenario scene = Scenario.of(testPod, "E02 after charge and pending 1s");
        assertThat(scene.payAt(patient, "Prefer", preference).isPaid()).isTrue();
        scene.charged(1).sentUnchanged(1);
      });
    }
    together.add("one does not wait, another does", () -> {
      Scenario scene = Scenario.of(testPod, "slow 2s");
      CompletableFuture<Got> waiting = patiently(scene);
      TestPod.until(() -> scene.sends().size() == 1);
      Got hasty = scene.payAt(patient, "Prefer", "respond-async");
      isPending(scene, hasty);
      assertThat(hasty.header("Payonce-Replayed")).isNull();
      Got got = waiting.join();
      assertThat(got.isPaid()).isTrue();
      scene.charged(1).sentUnchanged(1).staysSo(got);
    });
  }

  private static void hangUp(ParallelScenarios together) {
    for (String directive : List.of(
        "slow 1s",
        "E02 after charge",
        "E02 before charge, then ok",
        "silent before charge, then ok",
        "E02 after charge and fail, then ok")) {
      together.add(directive, () -> {
        Scenario scene = Scenario.of(testPod, directive);
        String body = scene.body().encode();
        Raw.hangUpAfter(testPod.pod().port(), Raw.post(Caller.SALE, Raw.length(body), body));
        TestPod.until(() -> scene.charges().size() == 1);
        becomesPaid(scene);
        scene.charged(1);
      });
    }
  }

  private static void ask(ParallelScenarios together) {
    for (String directive : List.of(
        "silent before charge, then ok",
        "late charge 3s, then silent before charge",
        "E02 after charge, query: C12 6x",
        "E02 after charge and pending 2s",
        "E02 after charge and fail, then ok",
        "E02 after charge and fail, silent before charge, then ok",
        "slow 1s",
        "terminal 2s")) {
      together.add(directive, () -> {
        Scenario scene = Scenario.of(testPod, directive);
        CompletableFuture<Got> paying =
            testPod.caller().postAsync(Caller.SALE, scene.body().encode());
        TestPod.until(() -> !scene.sends().isEmpty());
        List<String> answered = new ArrayList<>();
        TestPod.until(() -> {
          Got got = scene.query();
          answered.add(got.code() + got.outcome());
          assertThat(got.body()).doesNotContain("\"p2-").contains(scene.id());
          return got.isPaid();
        });
        assertThat(answered).containsOnlyOnce("0S").isSubsetOf("0I", "0P", "0S");
        assertThat(paying.join().outcome()).isIn("I", "P", "S");
        becomesPaid(scene);
        assertThat(scene.query().isPaid()).isTrue();
        scene.charged(1);
      });
    }
    together.add("and whose payment ends unpaid", () -> {
      Scenario scene = Scenario.of(testPod, "E02 after charge and pending 1s then decline 051");
      CompletableFuture<Got> paying = patiently(scene);
      TestPod.until(() -> !scene.sends().isEmpty());
      List<String> answered = new ArrayList<>();
      TestPod.until(() -> {
        Got got = scene.query();
        answered.add(got.code() + got.outcome());
        return "F".equals(got.outcome());
      });
      assertThat(answered).isSubsetOf("0P", "0F");
      assertThat(paying.join().outcome()).isEqualTo("F");
      scene.charged(0).sentUnchanged(1);
    });
  }

  private static void openPayment(ParallelScenarios together) {
    together.add("at a terminal", () -> {
      Scenario scene = Scenario.of(testPod, "terminal 600s");
      Got got = scene.pay();
      Scenario.says(got, "I", "platform", "yes", 1);
      Got again = scene.pay();
      assertThat(again.body()).isEqualTo(got.body());
      assertThat(again.header("Payonce-Replayed")).isEqualTo("true");
      Scenario.refuses(scene.rival().pay(), "C08", "proxy", "no", 0);
      testPod.platform().settle(Caller.MERCHANT, scene.id(), SimStatus.S, null);
      becomesPaid(scene);
      Scenario.refuses(scene.rival().pay(), "C10", "proxy", "no", 0);
      scene.charged(1).sentUnchanged(1).staysSo(scene.pay());
    });
    together.add("without a status", () -> {
      Scenario scene = Scenario.of(testPod, "no status after charge");
      Got got = scene.pay();
      assertThat(got.code()).isEqualTo("0");
      assertThat(got.outcome()).isNull();
      assertThat(got.header("Payonce-Source")).isEqualTo("platform");
      becomesPaid(scene);
      scene.charged(1).sentUnchanged(1);
    });
    for (String end : List.of("fail", "closed", "decline 051")) {
      together.add("ends with " + end, () -> {
        Scenario scene = Scenario.of(testPod, "pending 1s then " + end);
        Scenario.says(scene.pay(), "P", "platform", "yes", 1);
        TestPod.until(() -> hasEndedUnpaid(scene.query()));
        TestPod.until(() -> hasEndedUnpaid(scene.pay()));
        scene.charged(0).sentUnchanged(1).staysSo(scene.pay());
        Scenario.says(scene.rival().pay(), "S", "platform", "yes", 1);
      });
    }
  }

  private static boolean hasEndedUnpaid(Got got) {
    return "F".equals(got.outcome()) || "C".equals(got.outcome());
  }

  private static void abort(ParallelScenarios together) {
    together.add("before the card is shown", () -> {
      Scenario scene = Scenario.of(testPod, "terminal 60s");
      Scenario.says(scene.pay(), "I", "platform", "yes", 1);
      Scenario.says(stop(scene), "C", "platform", "yes", 1);
      TestPod.until(() -> "C".equals(scene.query().outcome()));
      TestPod.until(() -> "C".equals(scene.pay().outcome()));
      scene.charged(0).sentUnchanged(1).staysSo(scene.pay());
      Scenario.says(scene.rival().pay(), "S", "platform", "yes", 1);
    });
    together.add("while the outcome is in doubt: nothing is sent any more", () -> {
      Scenario scene = Scenario.of(testPod, "silent before charge, then ok");
      CompletableFuture<Got> paying = patiently(scene, "Prefer", "wait=4");
      TestPod.until(() -> scene.sends().size() == 1);
      Got got = stop(scene);
      assertThat(got.code() + got.outcome()).isEqualTo("0P");
      assertThat(paying.join().outcome()).isEqualTo("P");
      isPending(scene, scene.pay());
      assertThat(scene.query().outcome()).isEqualTo("P");
      scene.charged(0).sentUnchanged(1);
    });
    together.add("while it is tried under another id", () -> {
      Scenario scene =
          Scenario.of(testPod, "E02 after charge and fail, E02 after charge and pending 60s");
      isPending(scene, scene.pay("Prefer", "wait=1"));
      TestPod.until(() -> scene.sends().size() == 2);
      Got got = stop(scene);
      assertThat(got.code()).as(got.body()).isEqualTo("0");
      assertThat(got.body()).doesNotContain("\"p2-");
      TestPod.until(() -> "C".equals(scene.pay().outcome()));
      scene.charged(0).copied(2);
    });
    together.add("by the platform's name, while it is tried under another id", () -> {
      Scenario scene =
          Scenario.of(testPod, "E02 after charge and fail, E02 after charge and pending 60s");
      isPending(scene, scene.pay("Prefer", "wait=1"));
      TestPod.until(() -> scene.sends().size() == 2);
      TestPod.until(() -> named(scene.query()) != null);
      String name = named(scene.query());
      Got shown = testPod.caller().queryTransaction(name);
      assertThat(shown.outcome()).as(shown.body()).isEqualTo("P");
      scene.knowsOnlyItsOwnId(shown);
      assertThat(stop(Caller.MERCHANT, "originalTransactionId", name).code()).isEqualTo("0");
      assertThat(testPod.admin("/admin/payments/" + Caller.MERCHANT + "/" + scene.id()))
          .contains("abort asked for");
      TestPod.until(() -> "C".equals(scene.pay().outcome()));
      scene.charged(0).copied(2);
    });
    together.add("by a name that the platform cannot look up now: the abort does not leave", () -> {
      testPod.platform().fault(FaultMatch.merchant("M-mute"), "query: E01");
      Got got = stop("M-mute", "originalTransactionId", "T-nobody");
      assertThat(got.code()).as(got.body()).isEqualTo("E01");
      assertThat(got.header("Payonce-Sent")).isEqualTo("unknown");
      assertThat(testPod.platform().sends().all())
          .filteredOn(send -> "M-mute".equals(send.merchantId()))
          .noneMatch(send -> send.path().equals(ABORT));
    });
    together.add("too late", () -> {
      Scenario scene = Scenario.of(testPod, null);
      assertThat(scene.pay().isPaid()).isTrue();
      assertThat(stop(scene).code()).isEqualTo("C24");
      assertThat(scene.query().isPaid()).isTrue();
      scene.charged(1);
    });
    together.add("of what nobody knows", () -> {
      Scenario scene = Scenario.of(testPod, null);
      assertThat(stop(scene).code()).isEqualTo("C12");
    });
  }

  private static CompletableFuture<Got> patiently(Scenario scene, String... headers) {
    return patient.caller().postAsync(Caller.SALE, scene.body().encode(), headers);
  }

  private static String named(Got got) {
    JsonObject data = got.json().getJsonObject("data");
    return data == null ? null : data.getString("transactionId");
  }

  private static Got stop(Scenario scene) {
    return stop(Caller.MERCHANT, "originalTransactionRequestId", scene.id());
  }

  private static Got stop(String merchantId, String by, String name) {
    JsonObject body = new JsonObject()
        .put("appId", "app1")
        .put("merchantId", merchantId)
        .put(by, name)
        .put("terminalSn", "T1")
        .put("description", "changed my mind");
    return testPod.caller().post(ABORT, body.encode());
  }

  private static void isPending(Scenario scene, Got got) {
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.code() + got.outcome()).as(got.body()).isEqualTo("0P");
    assertThat(got.header("Payonce-Source")).isEqualTo("proxy");
    assertThat(got.json().getString("traceId")).isEqualTo(got.header("X-Trace-Id"));
    JsonObject data = got.json().getJsonObject("data");
    assertThat(data.getString("transactionRequestId")).isEqualTo(scene.id());
    assertThat(data.getString("referenceOrderId")).isEqualTo(scene.order());
  }

  /** A repeat gets the truth in the end, and so does a question. */
  private static void becomesPaid(Scenario scene) {
    TestPod.until(() -> {
      Got got = scene.pay();
      assertThat(got.outcome()).as(got.body()).isIn("I", "P", "S", null);
      return got.isPaid();
    });
    Got query = scene.query();
    assertThat(query.isPaid()).as(query.body()).isTrue();
    scene.knowsOnlyItsOwnId(query);
    scene.charged(1).staysSo(scene.pay());
  }
}
