package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.payonce.limit.RetryBudget;
import io.payonce.sandbox.http.FaultMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the fleet holds back, seen from both ends. */
class LimitsIT {
  private static final AtomicInteger NEXT = new AtomicInteger();

  /** So many that the budget's floor alone takes seconds for them. */
  private static final int PAYMENTS = 100;

  private TestPod testPod;

  @BeforeEach
  void open() {
    testPod = new TestPod(Map.of(
        "upstream.requestTimeoutMs", "1000",
        "server.waitBudgetMs", "3000",
        "recovery.resendsPerSecond", "5"));
  }

  @AfterEach
  void close() {
    testPod.close();
  }

  /** One payment under way. */
  private record Paying(String order, String id, CompletableFuture<Got> got) {}

  private Paying pay(int pod, String... headers) {
    String name = "limit-" + NEXT.incrementAndGet();
    return new Paying(
        name,
        name,
        testPod.caller(pod).postAsync(Caller.SALE, Caller.sale(name, name).encode(), headers));
  }

  private List<Paying> pay(int times, int pods) {
    List<Paying> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.add(pay(i % pods, "Prefer", "wait=1"));
    }
    return all;
  }

  private long charges() {
    return testPod.platform().charges().all().size();
  }

  private long posts() {
    return testPod.platform().sends().all().stream()
        .filter(send -> send.method().equals("POST"))
        .count();
  }

  private void becomesPaid(Paying paying) {
    TestPod.until(() -> testPod.caller().query(paying.id()).isPaid());
    assertThat(testPod.platform().charges().of(Caller.MERCHANT, paying.order())).hasSize(1);
  }

  @Test
  void a_platform_that_fails_every_send_gets_no_more_again_than_the_budget() {
    testPod.close();
    testPod = new TestPod(Map.of(
        "upstream.requestTimeoutMs", "6000",
        "recovery.leaseMs", "12000",
        "server.waitBudgetMs", "8000",
        "recovery.resendsPerSecond", "5"));
    long since = System.nanoTime();
    List<Paying> all = new ArrayList<>();
    for (int i = 0; i < PAYMENTS; i++) {
      String name = "failing-" + i;
      String body = Caller.sale(name, name, "E02 before charge, then ok").encode();
      all.add(new Paying(
          name, name, testPod.caller().postAsync(Caller.SALE, body, "Prefer", "wait=5")));
    }
    all.forEach(paying -> paying.got().join());
    long again = posts() - PAYMENTS;
    double seconds = (System.nanoTime() - since) / 1e9;
    assertThat(again).isLessThanOrEqualTo((long) (RetryBudget.USUAL.burst()
        + RetryBudget.USUAL.floorPerSecond() * (seconds + 1)
        + RetryBudget.credit(PAYMENTS)
        + 1));
    all.forEach(this::becomesPaid);
    assertThat(charges()).isEqualTo(PAYMENTS);
    assertThat(posts()).isEqualTo(2 * PAYMENTS);
  }

  @Test
  void behind_an_open_breaker_nothing_begins_what_is_in_doubt_is_confirmed_and_it_closes_again() {
    testPod.platform().fault(FaultMatch.any(), "http 503 after charge, query: http 503");
    List<Paying> doubtful = new ArrayList<>();
    Paying refused = payUntilRefused(doubtful);
    Got got = refused.got().join();
    assertThat(got.code()).isEqualTo("E01");
    assertThat(got.header("Payonce-Source")).isEqualTo("proxy");
    assertThat(got.header("Payonce-Sent")).isEqualTo("no");
    assertThat(Integer.parseInt(got.header("Retry-After"))).isPositive();
    assertThat(testPod.platform().sends().of(refused.id())).isEmpty();
    assertThat(metric("payonce_breaker{")).isPositive();

    Got replay = testPod
        .caller()
        .pay(Caller.sale(doubtful.get(0).order(), doubtful.get(0).id()), "Prefer", "wait=0");
    assertThat(replay.header("Payonce-Sent"))
        .as("never 'no' of what was sent: %s", replay.body())
        .isNotEqualTo("no");

    testPod.platform().clearFaults();
    doubtful.forEach(this::becomesPaid);
    TestPod.until(
        () -> testPod.caller().pay(Caller.sale(refused.order(), refused.id())).isPaid());
    // Few calls were left to show that the platform is well, and the breaker asks for nothing.
    TestPod.until(() -> pay(0).got().join().isPaid() && metric("payonce_breaker{") == 0);
    assertThat(testPod.platform().sends().sent(refused.id())).hasSize(1);
  }

  /**
   * One by one: of many at once the last would be refused by the breaker that the first have
   * opened, or time out before they leave, and what was never sent is not in doubt.
   */
  private Paying payUntilRefused(List<Paying> sent) {
    for (int i = 0; i < 100; i++) {
      Paying paying = pay(0, "Prefer", "wait=0");
      if ("no".equals(paying.got().join().header("Payonce-Sent"))) {
        return paying;
      }
      if (!testPod.platform().sends().sent(paying.id()).isEmpty()) {
        sent.add(paying);
      }
    }
    throw new AssertionError("the breaker never opened");
  }

  @Test
  void a_fleet_that_meets_s04_slows_down_on_every_pod_and_recovers() {
    testPod.addPod();
    testPod.platform().settings("ratePerSecond", 20);
    AtomicInteger ours = new AtomicInteger();
    for (int second = 0; second < 12 && !(ours.get() > 0 && slowed(0) && slowed(1)); second++) {
      List<Paying> burst = pay(60, 2);
      burst.forEach(paying -> {
        Got got = paying.got().join();
        if ("S04".equals(got.code()) && "proxy".equals(got.header("Payonce-Source"))) {
          assertThat(got.header("Payonce-Sent")).isEqualTo("no");
          assertThat(Integer.parseInt(got.header("Retry-After"))).isPositive();
          ours.incrementAndGet();
        }
      });
    }
    assertThat(ours.get()).as("refused by ourselves").isPositive();
    TestPod.until(() -> slowed(0) && slowed(1));

    testPod.platform().settings("ratePerSecond", 0);
    TestPod.until(
        () -> pay(10, 2).stream().allMatch(paying -> paying.got().join().isPaid()));
    assertThat(charges())
        .isEqualTo(testPod.platform().charges().all().stream()
            .map(charge -> charge.transactionRequestId())
            .distinct()
            .count());
  }

  private boolean slowed(int pod) {
    return metric(pod, "payonce_slowed_merchants ") == 1;
  }

  private double metric(String name) {
    return metric(0, name);
  }

  private double metric(int pod, String name) {
    return testPod
        .admin(pod)
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(-1);
  }
}
