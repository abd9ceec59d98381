package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.sandbox.http.ReceivedRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Every way in which an outcome can be unknown, and what becomes of it. */
class InDoubtIT {
  private static final int AT_ONCE = 12;

  /** Codes and faults after which it is unknown whether the send was executed. */
  private static final List<String> UNKNOWN = List.of(
      "P01", "E01", "E02", "E03", "E04", "996", "R01", "X99", "silent", "reset", "http 503");

  private static TestPod testPod;

  @BeforeAll
  static void open() {
    testPod = new TestPod(
            Map.of("upstream.requestTimeoutMs", "4000", "server.waitBudgetMs", "40000"))
        .warmed()
        .amongHealthyPayments();
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  @TestFactory
  List<DynamicContainer> in_doubt() {
    return new ParallelScenarios(AT_ONCE)
        .group("what was not executed is sent again under the same id", InDoubtIT::notExecuted)
        .group("what was executed is confirmed, and not sent again", InDoubtIT::executed)
        .group("a late charge or a lagging query never charges twice", InDoubtIT::lateOrLagging)
        .group(
            "a failure without a reason is tried again under a reissued id",
            InDoubtIT::failedWithoutReason)
        .group("what ended unpaid is told so, and frees the order", InDoubtIT::endedUnpaid)
        .group("an answer that leaves no doubt is passed on unchanged", InDoubtIT::noDoubt)
        .group(
            "a refusal for the moment is sent again within the wait budget",
            InDoubtIT::refusedForTheMoment)
        .group("what may still be paid is never told as failed", InDoubtIT::stillInDoubt)
        .group("other operations are cleared up too", InDoubtIT::otherOperations)
        .groups();
  }

  private static void notExecuted(ParallelScenarios together) {
    for (String cause : UNKNOWN) {
      resent(together, cause + " before charge, then ok", 2);
    }
    for (String spoilt : List.of("cut", "garbage", "empty")) {
      resent(together, spoilt + " E02 before charge, then ok", 2);
    }
    resent(together, "reset before charge, silent before charge, then ok", 3);
    resent(together, "E02 before charge, C14, then ok", 3);
    resent(together, "S11 before charge, then ok", 2);
    resent(together, "E02 before charge, S11 before charge, then ok", 3);
    resent(together, "E02 before charge, S04 retry-after 1, then ok", 3);
    resent(together, "E02 before charge, S02, then ok", 3);
    together.add("each copy carries the time at which it was sent", () -> {
      Scenario scene = Scenario.of(testPod, "silent before charge 2x, then ok");
      assertThat(scene.pay().isPaid()).isTrue();
      List<ReceivedRequest> sends = scene.charged(1).sentUnchanged(3).sends();
      long apart = millis(sends.get(2)) - millis(sends.get(0));
      assertThat(apart).isGreaterThan(4000); // two silences of 4 s, and what a learnt clock shifts
    });
  }

  private static long millis(ReceivedRequest send) {
    return Long.parseLong(send.timestamp());
  }

  private static void resent(ParallelScenarios together, String directive, int sends) {
    together.add(directive, () -> {
      Scenario scene = Scenario.of(testPod, directive);
      Got got = scene.pay();
      Scenario.says(got, "S", "ledger", "yes", sends);
      scene.knowsOnlyItsOwnId(got);
      scene.charged(1).sentUnchanged(sends).staysSo(got).charged(1);
      assertThat(scene.query().isPaid()).isTrue();
    });
  }

  private static void executed(ParallelScenarios together) {
    for (String cause : UNKNOWN) {
      confirmed(together, cause + " after charge");
    }
    for (String spoilt : List.of("cut", "garbage", "empty", "wrong order")) {
      confirmed(together, spoilt + " after charge");
    }
    for (String taken : List.of("S11", "C06", "C10")) {
      confirmed(together, taken + " after charge");
    }
    for (String failing : List.of("E01 1s", "silent 1x", "reset 3x", "http 503 3x", "garbage 2x")) {
      confirmed(together, "E02 after charge, query: " + failing);
    }
    for (String failing : List.of("cut 2x", "empty 2x", "wrong order 2x", "S04 2x", "S10 2x")) {
      confirmed(together, "E02 after charge, query: " + failing);
    }
    confirmed(together, "P01 after charge and pending 1s");
    confirmed(together, "P01 after charge and pending 1s, query: E01 1s");
    confirmed(together, "silent after charge and pending 3s then ok");
  }

  private static void confirmed(ParallelScenarios together, String directive) {
    together.add(directive, () -> {
      Scenario scene = Scenario.of(testPod, directive);
      Got got = scene.pay();
      Scenario.says(got, "S", "ledger", "yes", 1);
      scene.knowsOnlyItsOwnId(got);
      scene.charged(1).sentUnchanged(1).staysSo(got).charged(1);
      assertThat(scene.queries()).isPositive();
      assertThat(scene.query().isPaid()).isTrue();
    });
  }

  private static void lateOrLagging(ParallelScenarios together) {
    once(together, "late charge 7s, then ok", 2, 2);
    once(together, "late charge 7s, then E01 before charge", 2, 3);
    once(together, "late charge 7s, then C08", 2, 3);
    once(together, "late charge 7s, then silent before charge", 2, 2);
    once(together, "E02 late charge 3s, then reset before charge", 2, 3);
    once(together, "E02 after charge, then ok, query: C12 2x", 2, 2);
    once(together, "E02 after charge, query: C12 2x", 3, 3);
    once(together, "E02 after charge, query: C12 5x", 3, 3);
    once(together, "silent after charge, query: lag 1s", 1, 2);
    once(together, "E02 after charge, query: lag 3s", 2, 3);
  }

  private static void once(ParallelScenarios together, String directive, int least, int most) {
    together.add(directive, () -> {
      Scenario scene = Scenario.of(testPod, directive);
      Got got = scene.pay();
      int sends = scene.sends().size();
      assertThat(sends).isBetween(least, most);
      Scenario.says(got, "S", "ledger", "yes", sends);
      scene.knowsOnlyItsOwnId(got);
      scene.charged(1).sentUnchanged(sends).staysSo(got).charged(1);
    });
  }

  private static void failedWithoutReason(ParallelScenarios together) {
    for (String cause : List.of("P01", "E02", "silent", "reset", "garbage", "http 503")) {
      reissued(together, cause + " after charge and fail, then ok", 2);
    }
    reissued(together, "P01 after charge and pending 1s then fail, then ok", 2);
    reissued(together, "E02 after charge and fail, E02 after charge and fail, then ok", 3);
    reissued(together, "E02 after charge and fail, E02 after charge", 2);
    reissued(together, "E02 after charge and fail, silent before charge, then ok", 3);
  }

  private static void reissued(ParallelScenarios together, String directive, int sends) {
    together.add(directive, () -> {
      Scenario scene = Scenario.of(testPod, directive);
      Got got = scene.pay();
      Scenario.says(got, "S", "ledger", "yes", sends);
      scene.knowsOnlyItsOwnId(got);
      scene.charged(1).copied(sends).staysSo(got).charged(1);
      String platformId = scene.charges().get(0).transactionRequestId();
      assertThat(platformId).isNotEqualTo(scene.id()).matches("[A-Za-z0-9_-]{1,32}");
      Got query = scene.query();
      assertThat(query.isPaid()).as(query.body()).isTrue();
      scene.knowsOnlyItsOwnId(query);
    });
  }

  private static void endedUnpaid(ParallelScenarios together) {
    unpaid(together, "E02 after charge and decline 051", "F", 1);
    unpaid(together, "silent after charge and decline 051", "F", 1);
    unpaid(together, "P01 after charge and pending 1s then decline 054", "F", 1);
    unpaid(together, "E02 after charge and closed", "C", 1);
    unpaid(together, "P01 after charge and pending 1s then closed", "C", 1);
    unpaid(together, "E02 after charge and fail", "F", 3);
    unpaid(together, "E02 after charge and fail, E02 after charge and decline 005", "F", 2);
    unpaid(together, "E02 after charge and fail, closed", "C", 2);
  }

  private static void unpaid(
      ParallelScenarios together, String directive, String status, int sends) {
    together.add(directive, () -> {
      Scenario scene = Scenario.of(testPod, directive);
      Got got = scene.pay();
      Scenario.says(got, status, "ledger", "yes", sends);
      scene.knowsOnlyItsOwnId(got);
      scene.charged(0).copied(sends).staysSo(got).charged(0);
      Got query = scene.query();
      assertThat(query.outcome()).as(query.body()).isEqualTo(status);
      scene.knowsOnlyItsOwnId(query);
      Scenario.says(scene.rival().pay(), "S", "platform", "yes", 1);
      scene.charged(1);
    });
  }

  private static void noDoubt(ParallelScenarios together) {
    for (String reason : List.of("decline 051", "fail", "closed")) {
      together.add(reason, () -> {
        Scenario scene = Scenario.of(testPod, reason);
        Got got = scene.pay();
        Scenario.says(got, reason.equals("closed") ? "C" : "F", "platform", "yes", 1);
        scene.charged(0).sentUnchanged(1).staysSo(got);
        assertThat(scene.queries()).isZero();
        Scenario.says(scene.rival().pay(), "S", "platform", "yes", 1);
      });
    }
    for (String code : List.of("C03", "M01", "S01", "S06")) {
      together.add(code + " gives the id back: once put right, it is sent again", () -> {
        Scenario scene = Scenario.of(testPod, code + ", then ok");
        Scenario.refuses(scene.pay(), code, "platform", "yes", 1);
        scene.charged(0).sentUnchanged(1);
        assertThat(scene.pay().isPaid()).isTrue();
        scene.charged(1).sentUnchanged(2);
        Scenario.refuses(scene.rival().pay(), "C10", "proxy", "no", 0);
      });
    }
    for (String code : List.of("C12", "C14", "C24", "C99")) {
      together.add(code + " is settled", () -> {
        Scenario scene = Scenario.of(testPod, code);
        Got got = scene.pay();
        Scenario.refuses(got, code, "platform", "yes", 1);
        scene.charged(0).sentUnchanged(1).staysSo(got);
        Scenario.says(scene.rival().pay(), "S", "platform", "yes", 1);
      });
    }
  }

  private static void refusedForTheMoment(ParallelScenarios together) {
    resent(together, "C08, then ok", 2);
    resent(together, "C08 retry-after 1 2x, then ok", 3);
    resent(together, "S04 retry-after 1, then ok", 2);
    resent(together, "C26, C27, then ok", 3);
    resent(together, "C08, E02 before charge, then ok", 3);
    for (String code : List.of("C08", "S04 retry-after 1", "C26", "C27")) {
      together.add(code + " for ever", () -> {
        Scenario scene = Scenario.of(testPod, code);
        Got got = scene.pay();
        Scenario.refuses(got, code.substring(0, 3), "ledger", "yes", 3);
        scene.charged(0).sentUnchanged(3);
        Scenario.says(scene.rival().pay(), "S", "platform", "yes", 1);
      });
    }
    together.add("a pause beyond the caller's patience is the caller's", () -> {
      Scenario scene = Scenario.of(testPod, "S04 retry-after 60, then ok");
      Got got = scene.pay();
      Scenario.refuses(got, "S04", "platform", "yes", 1);
      scene.charged(0).sentUnchanged(1);
      Scenario.says(scene.pay(), "S", "platform", "yes", 1);
      scene.charged(1).sentUnchanged(2);
    });
  }

  private static void stillInDoubt(ParallelScenarios together) {
    for (String taken : List.of("C06", "E02 before charge, C06")) {
      together.add(taken + " that no query shows", () -> {
        Scenario scene = Scenario.of(testPod, taken);
        Got got = scene.pay("Prefer", "wait=5");
        int sends = taken.contains(",") ? 2 : 1;
        Scenario.says(got, "P", "proxy", "yes", sends);
        assertThat(scene.query().outcome()).isEqualTo("P");
        assertThat(scene.rival().pay().code()).isEqualTo("C08");
        scene.charged(0).sentUnchanged(sends);
      });
    }
    together.add("a failure while another copy is unaccounted for", () -> {
      Scenario scene =
          Scenario.of(testPod, "E02 before charge, E02 after charge and fail, then ok");
      Scenario.says(scene.pay("Prefer", "wait=5"), "P", "proxy", "yes", 2);
      assertThat(scene.query().outcome()).isEqualTo("P");
      scene.charged(0).sentUnchanged(2);
    });
    together.add("C10 that no query shows is another payment's", () -> {
      Scenario scene = Scenario.of(testPod, "C10");
      Got got = scene.pay();
      Scenario.refuses(got, "C10", "ledger", "yes", 1);
      scene.charged(0).sentUnchanged(1).staysSo(got);
    });
    together.add("C10 after an earlier copy stays in doubt", () -> {
      Scenario scene = Scenario.of(testPod, "E02 before charge, C10");
      Scenario.says(scene.pay("Prefer", "wait=5"), "P", "proxy", "yes", 2);
      assertThat(scene.query().outcome()).isEqualTo("P");
      scene.charged(0).sentUnchanged(2);
    });
  }

  private static void otherOperations(ParallelScenarios together) {
    for (String cause : List.of("E02", "silent", "reset")) {
      for (String when : List.of("before charge, then ok", "after charge")) {
        together.add("refund: " + cause + " " + when, () -> refund(cause + " " + when));
      }
    }
    for (String cause : List.of("ok", "E02 after charge", "silent before charge, then ok")) {
      together.add(
          "refund of what was paid under a reissued id: " + cause, () -> ofReissued(cause, false));
    }
    together.add(
        "refund of what was paid under a reissued id and is forgotten",
        () -> ofReissued("ok", true));
    together.add("void: E02 after charge", () -> follow("void", "E02 after charge", "VOID"));
    together.add("void: E02 before charge", () -> follow("void", "E02 before charge, ok", "VOID"));
    for (String session : List.of("E02 after charge, then ok", "silent before charge, then ok")) {
      together.add("create-session: " + session, () -> {
        Scenario scene = Scenario.of(testPod, session);
        String path = "/v1/checkout/create-session";
        Got got = testPod.caller().post(path, scene.body().encode());
        assertThat(got.code()).as(got.body()).isEqualTo("0");
        assertThat(got.body()).contains("checkoutUrl");
        assertThat(testPod.caller().post(path, scene.body().encode()).body()).isEqualTo(got.body());
        scene.charged(0).sentUnchanged(2);
      });
    }
  }

  /** The platform knows nothing of the original's id, and the caller nothing of the derived one. */
  private static void ofReissued(String directive, boolean forgotten) {
    Scenario sale = Scenario.of(testPod, "E02 after charge and fail, then ok");
    assertThat(sale.pay().isPaid()).isTrue();
    if (forgotten) {
      new RedisHand(testPod.redis()).expire(sale.id());
    }
    String id = sale.id() + "-r";
    String body = Caller.sale(sale.order(), id, directive)
        .put("originalTransactionRequestId", sale.id())
        .encode();
    String path = "/v1/semi-integration/transaction/refund";
    Got got = testPod.caller().post(path, body);
    assertThat(got.isPaid()).as(got.body()).isTrue();
    JsonObject data = got.json().getJsonObject("data");
    assertThat(data.getString("originalTransactionRequestId")).isEqualTo(sale.id());
    assertThat(got.body()).doesNotContain("\"p2-");
    assertThat(testPod.caller().post(path, body).body()).isEqualTo(got.body());
    assertThat(sale.charges()).extracting(c -> c.type()).containsExactly("SALE", "REFUND");
  }

  private static void refund(String directive) {
    Scenario sale = Scenario.of(testPod, null);
    assertThat(sale.pay().isPaid()).isTrue();
    String id = sale.id() + "-r";
    String body = Caller.sale(sale.order(), id, directive)
        .put("originalTransactionRequestId", sale.id())
        .encode();
    Got got = testPod.caller().post("/v1/semi-integration/transaction/refund", body);
    assertThat(got.isPaid()).as(got.body()).isTrue();
    assertThat(sale.charges()).extracting(c -> c.type()).containsExactly("SALE", "REFUND");
    assertThat(testPod.platform().sends().sent(id))
        .extracting(ReceivedRequest::bodySha256)
        .hasSize(directive.contains("before") ? 2 : 1)
        .containsOnly(Scenario.sha256(body));
  }

  private static void follow(String what, String directive, String type) {
    Scenario sale = Scenario.of(testPod, null);
    assertThat(sale.pay().isPaid()).isTrue();
    String body = Caller.sale(sale.order(), sale.id() + "-f", directive)
        .put("originalTransactionRequestId", sale.id())
        .encode();
    Got got = testPod.caller().post("/v1/semi-integration/transaction/" + what, body);
    assertThat(got.isPaid()).as(got.body()).isTrue();
    assertThat(sale.charges()).extracting(c -> c.type()).containsExactly("SALE", type);
  }
}
