package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** The same payment many times, and many payments of the same order, at the same moment. */
class DuplicatesIT {
  private static final int MANY = 64;

  private static TestPod testPod;

  @BeforeAll
  static void open() {
    testPod = new TestPod();
    testPod.addPod();
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  @TestFactory
  List<DynamicContainer> at_once() {
    return new ParallelScenarios(4)
        .group("the same payment", DuplicatesIT::samePayment)
        .group("the same order", DuplicatesIT::sameOrder)
        .group("the same id with something else", DuplicatesIT::sameId)
        .groups();
  }

  private static void samePayment(ParallelScenarios together) {
    for (int pods : List.of(1, 2)) {
      together.add("64 identical requests, pods: " + pods, () -> {
        Scenario scene = Scenario.of(testPod, "slow 1s");
        List<Got> got = atOnce(pods, each -> scene.body());
        assertThat(got)
            .allMatch(Got::isPaid)
            .extracting(Got::body)
            .containsOnly(got.get(0).body());
        assertThat(got)
            .filteredOn(one -> one.header("Payonce-Replayed") == null)
            .hasSize(1);
        assertThat(got).extracting(one -> one.header("Payonce-Sent")).containsOnly("yes");
        scene.charged(1).sentUnchanged(1);
      });
      together.add("64 identical requests in doubt, pods: " + pods, () -> {
        Scenario scene = Scenario.of(testPod, "E02 after charge and pending 1s");
        List<Got> got = atOnce(pods, each -> scene.body());
        assertThat(got)
            .allMatch(Got::isPaid)
            .extracting(Got::body)
            .containsOnly(got.get(0).body());
        assertThat(got).extracting(one -> one.header("Payonce-Source")).containsOnly("ledger");
        scene.charged(1).sentUnchanged(1);
      });
    }
  }

  private static void sameOrder(ParallelScenarios together) {
    for (int pods : List.of(1, 2)) {
      together.add("64 ids on one order, pods: " + pods, () -> {
        Scenario scene = Scenario.of(testPod, "slow 1s");
        List<Got> got = atOnce(pods, each -> other(scene.body(), scene.id() + "-" + each));
        assertThat(got).filteredOn(Got::isPaid).hasSize(1);
        assertThat(got)
            .filteredOn(one -> !one.isPaid())
            .allMatch(one -> List.of("C08", "C10").contains(one.code()))
            .allMatch(one -> one.header("Payonce-Sent").equals("no"))
            .allMatch(one -> one.header("Payonce-Source").equals("proxy"))
            .allMatch(one -> one.code().equals("C10") || one.header("Retry-After") != null);
        assertThat(scene.charged(1).sends()).hasSize(1);
      });
      together.add("64 ids on one order that is declined, pods: " + pods, () -> {
        Scenario scene = Scenario.of(testPod, "decline 051");
        List<Got> got = atOnce(pods, each -> other(scene.body(), scene.id() + "-" + each));
        assertThat(got).allMatch(one -> List.of("C08", "0").contains(one.code()));
        assertThat(got)
            .filteredOn(one -> one.code().equals("C08"))
            .allMatch(one -> one.header("Payonce-Sent").equals("no"));
        long sent =
            got.stream().filter(one -> one.header("Payonce-Sent").equals("yes")).count();
        assertThat(scene.charged(0).sends()).hasSize((int) sent);
      });
    }
    together.add("a paid order refuses another payment, on every pod", () -> {
      Scenario scene = Scenario.of(testPod, null);
      assertThat(scene.pay().isPaid()).isTrue();
      Scenario.refuses(scene.rival().pay(), "C10", "proxy", "no", 0);
      Scenario.refuses(testPod.caller(1).pay(scene.rival().body()), "C10", "proxy", "no", 0);
      scene.charged(1).sentUnchanged(1);
    });
    together.add("another merchant's order of the same name is another order", () -> {
      Scenario scene = Scenario.of(testPod, null);
      assertThat(scene.pay().isPaid()).isTrue();
      Got got = testPod.caller().pay(scene.body().copy().put("merchantId", "M0000000002"));
      Scenario.says(got, "S", "platform", "yes", 1);
      assertThat(testPod.platform().charges().of("M0000000002", scene.order())).hasSize(1);
    });
  }

  private static void sameId(ParallelScenarios together) {
    together.add("another body, afterwards and meanwhile", () -> {
      Scenario scene = Scenario.of(testPod, "slow 1s");
      JsonObject dearer = scene.body().copy();
      dearer.getJsonObject("amount").put("orderAmount", 2000);
      CompletableFuture<Got> first =
          testPod.caller().postAsync(Caller.SALE, scene.body().encode());
      TestPod.until(() -> scene.sends().size() == 1);
      Scenario.refuses(testPod.caller(1).pay(dearer), "C06", "proxy", "unknown", 0);
      assertThat(first.join().isPaid()).isTrue();
      Scenario.refuses(testPod.caller().pay(dearer), "C06", "proxy", "unknown", 0);
      scene.charged(1).sentUnchanged(1);
    });
    together.add("the same money, written otherwise and pressed again", () -> {
      Scenario scene = Scenario.of(testPod, null);
      scene.body().put("attach", "one").put("x", 1).put("cardToken", "a");
      Got first = scene.pay();
      assertThat(first.isPaid()).isTrue();
      JsonObject again =
          new JsonObject().put("cardToken", "b").put("notifyUrl", "https://x.example");
      scene
          .body()
          .forEach(member -> again.getMap().putIfAbsent(member.getKey(), member.getValue()));
      again.put("attach", "two").put("x", 1.0).put("timeExpire", "2030-01-01T00:00:00+00:00");
      String body = again.encodePrettily().replace("\"x\"", "\"\\u0078\"");
      for (int pod = 0; pod < 2; pod++) {
        Got got = testPod.caller(pod).post(Caller.SALE, body);
        assertThat(got.body()).isEqualTo(first.body());
      }
      scene.charged(1);
      assertThat(scene.sends()).hasSize(1);
      Got other = testPod.caller().pay(again.copy().put("x", 2));
      Scenario.refuses(other, "C06", "proxy", "unknown", 0);
      assertThat(other.json().getJsonObject("data").getString("transactionStatus"))
          .isEqualTo("S");
      assertThat(other.json().getJsonObject("data").getString("transactionId"))
          .isEqualTo(first.json().getJsonObject("data").getString("transactionId"));
    });
    together.add("two bodies racing", () -> {
      Scenario scene = Scenario.of(testPod, "slow 1s");
      JsonObject dearer = scene.body().copy();
      dearer.getJsonObject("amount").put("orderAmount", 2000);
      List<Got> got = atOnce(2, each -> each % 3 == 0 ? dearer : scene.body());
      assertThat(got)
          .filteredOn(Got::isPaid)
          .extracting(Got::body)
          .containsOnly(
              got.stream().filter(Got::isPaid).findFirst().orElseThrow().body());
      assertThat(got)
          .filteredOn(one -> !one.isPaid())
          .allMatch(one -> one.code().equals("C06"))
          .allMatch(one -> one.header("Payonce-Sent").equals("unknown"));
      assertThat(scene.charged(1).sends()).hasSize(1);
    });
    together.add("a body that is refused at the door", () -> {
      Scenario scene = Scenario.of(testPod, null);
      JsonObject incomplete = scene.body().copy();
      incomplete.remove("terminalSn");
      String broken = scene.body().encode() + "}";
      Scenario.refuses(testPod.caller().pay(incomplete), "C01", "proxy", "no", 0);
      Scenario.refuses(testPod.caller().post(Caller.SALE, broken), "C02", "proxy", "no", 0);
      assertThat(scene.pay().isPaid()).isTrue();
      Scenario.refuses(testPod.caller(1).pay(incomplete), "C01", "proxy", "unknown", 0);
      Scenario.refuses(testPod.caller(1).post(Caller.SALE, broken), "C02", "proxy", "unknown", 0);
      Scenario.refuses(testPod.caller().post(Caller.SALE, "{"), "C02", "proxy", "unknown", 0);
      scene.charged(1).sentUnchanged(1);
    });
    together.add("another operation", () -> {
      Scenario scene = Scenario.of(testPod, null);
      scene.body().put("paymentMethod", "CARD");
      assertThat(scene.pay().isPaid()).isTrue();
      Got got = testPod.caller().post("/v1/checkout/sale", scene.body().encode());
      Scenario.refuses(got, "C06", "proxy", "unknown", 0);
      scene.charged(1).sentUnchanged(1);
    });
    together.add("another order", () -> {
      Scenario scene = Scenario.of(testPod, null);
      assertThat(scene.pay().isPaid()).isTrue();
      Got got = testPod.caller().pay(scene.body().copy().put("referenceOrderId", "elsewhere"));
      Scenario.refuses(got, "C06", "proxy", "unknown", 0);
      assertThat(testPod.platform().charges().of(Caller.MERCHANT, "elsewhere")).isEmpty();
    });
  }

  private static JsonObject other(JsonObject body, String id) {
    return body.copy().put("transactionRequestId", id);
  }

  private static List<Got> atOnce(int pods, IntFunction<JsonObject> body) {
    List<CompletableFuture<Got>> all = IntStream.range(0, MANY)
        .mapToObj(each ->
            testPod.caller(each % pods).postAsync(Caller.SALE, body.apply(each).encode()))
        .toList();
    return all.stream().map(CompletableFuture::join).toList();
  }
}
