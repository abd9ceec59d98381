package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Code;
import io.payonce.codes.Report;
import io.payonce.e2e.Caller.Got;
import io.payonce.sandbox.http.ReceivedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One payment for every code of the platform's page (and the historic ones), through real HTTP and
 * real Redis: as the answer to the first send, and as the answer to a send that follows one in
 * doubt. All payments run at once; each test reads what became of its own.
 */
class CodesIT {
  /** For those whose end is not known, however long they wait. */
  private static final String WAIT_SECONDS = "6";

  private static TestPod testPod;

  @BeforeAll
  static void open() {
    // Times that all of them at once do not reach on a busy machine.
    testPod = new TestPod(Map.of(
            "redis.callTimeoutMs", "5000",
            "server.waitBudgetMs", "60000"))
        .amongHealthyPayments();
    for (int i = 0; i < 20; i++) {
      String id = "first-" + i;
      TestPod.until(
          () -> testPod.caller().post(Caller.SALE, Caller.sale(id, id).encode()).isPaid());
    }
  }

  @AfterAll
  static void close() {
    testPod.close();
  }

  /** What must come of a payment. */
  private enum Expected {
    /** Charged once, and the caller knows. */
    PAID,
    /** Not charged, and the caller has the platform's own words. */
    PASSED,
    /** The outcome is unknown, and no answer says otherwise. */
    PENDING
  }

  private record Case(String title, Code code, String script, Expected expected, int sends) {
    String id() {
      return ("c-" + code.text() + "-" + Integer.toHexString(title.hashCode())).replace(' ', '-');
    }

    String order() {
      return "o" + id();
    }
  }

  private static Stream<Code> codes() {
    return Stream.of(Code.values()).filter(code -> code != Code.OK && !code.isCatchAll());
  }

  private static Case first(Code code) {
    String script = code.text() + " before charge, ok";
    String title = code.text() + " to the first copy";
    return switch (code.ofThatSend()) {
      case UNKNOWN -> new Case(title + " is cleared up", code, script, Expected.PAID, 2);
      case BUSY -> new Case(title + " is sent again", code, script, Expected.PAID, 2);
      case ID_IN_USE -> new Case(title + " stays in doubt", code, script, Expected.PENDING, 1);
      case REFUSED, REFUSED_FOR_NOW, ALREADY_PAID ->
        new Case(title + " is passed on", code, script, Expected.PASSED, 1);
      default -> throw new IllegalStateException(code + " has no expectation");
    };
  }

  /** The platform charged and said something else: whatever the code, the truth is "paid". */
  private static Case firstAfterCharge(Code code) {
    String script = code.text() + " after charge";
    return new Case(code.text() + " after charging is found out", code, script, Expected.PAID, 1);
  }

  /**
   * A verdict belongs to the send: with one in doubt, no refusal of another settles the payment.
   */
  private static Case later(Code code) {
    String script = "E02 before charge, " + code.text() + " before charge";
    String title = code.text() + " to a copy after one in doubt is no verdict";
    return new Case(title, code, script, Expected.PENDING, hasSeen(code) ? 2 : 3);
  }

  private static Case laterThenWell(Code code) {
    String script = "E02 before charge, " + code.text() + " before charge, ok";
    String title = code.text() + " between one in doubt and one that works ends paid";
    return new Case(title, code, script, Expected.PAID, 3);
  }

  /** Something of ours has arrived: nothing may be sent any more. */
  private static boolean hasSeen(Code code) {
    return code.ofThatSend() == Report.ID_IN_USE || code.ofThatSend() == Report.ALREADY_PAID;
  }

  private static boolean mayHaveCharged(Code code) {
    return code.ofThatSend() == Report.UNKNOWN || hasSeen(code);
  }

  @TestFactory
  Stream<DynamicTest> every_code_of_the_page_is_acted_on() {
    List<Case> cases = new ArrayList<>();
    codes().map(CodesIT::first).forEach(cases::add);
    codes().filter(CodesIT::mayHaveCharged).map(CodesIT::firstAfterCharge).forEach(cases::add);
    codes().map(CodesIT::later).forEach(cases::add);
    codes().filter(code -> !hasSeen(code)).map(CodesIT::laterThenWell).forEach(cases::add);
    List<CompletableFuture<Got>> answers = cases.stream().map(CodesIT::pay).toList();
    return Stream.iterate(0, i -> i < cases.size(), i -> i + 1)
        .map(i -> DynamicTest.dynamicTest(
            cases.get(i).title(), () -> check(cases.get(i), answers.get(i).join())));
  }

  private static CompletableFuture<Got> pay(Case one) {
    String body = Caller.sale(one.order(), one.id(), one.script()).encode();
    return one.expected() == Expected.PENDING
        ? testPod.caller().postAsync(Caller.SALE, body, "Prefer", "wait=" + WAIT_SECONDS)
        : testPod.caller().postAsync(Caller.SALE, body);
  }

  /**
   * What operators put right goes through under the same id; every other refusal is answered again.
   */
  private static void again(Case one) {
    Got got = pay(one).join();
    if (one.code().ofThatSend() == Report.REFUSED_FOR_NOW) {
      assertThat(got.isPaid()).as(got.body()).isTrue();
    } else {
      assertThat(got.code()).as(got.body()).isEqualTo(one.code().text());
      assertThat(testPod.platform().sends().sent(one.id())).hasSize(1);
    }
  }

  private static List<ReceivedRequest> sends(Case one) {
    return testPod.platform().sends().sent(one.id());
  }

  private static void check(Case one, Got got) {
    TestPod.until(() -> sends(one).size() >= one.sends());
    int charges = testPod.platform().charges().of(Caller.MERCHANT, one.order()).size();
    List<ReceivedRequest> sends = sends(one);
    assertThat(sends).as("copies, answered %s", got.body()).hasSize(one.sends());
    assertThat(sends)
        .as("each under its own id")
        .extracting(ReceivedRequest::requestId)
        .doesNotHaveDuplicates();
    switch (one.expected()) {
      case PAID -> {
        assertThat(got.isPaid()).as(got.body()).isTrue();
        assertThat(charges).isEqualTo(1);
      }
      case PASSED -> {
        assertThat(got.code()).as(got.body()).isEqualTo(one.code().text());
        assertThat(charges).isZero();
        assertThat(got.header("Payonce-Sent")).isEqualTo("yes");
        again(one);
      }
      case PENDING -> {
        assertThat(got.outcome()).as(got.body()).isEqualTo("P");
        assertThat(charges).isZero();
        assertThat(testPod.caller().query(one.id()).outcome())
            .as("a caller's query")
            .isEqualTo("P");
      }
    }
  }
}
