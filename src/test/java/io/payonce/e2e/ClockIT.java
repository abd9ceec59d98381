package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.Caller.Got;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that disagree; whose is wrong does not matter, the platform's counts. */
class ClockIT {
  private static final long QUARTER_MILLIS = 900_000;

  @ParameterizedTest
  @ValueSource(longs = {QUARTER_MILLIS, -QUARTER_MILLIS})
  void only_the_first_payment_of_a_pod_meets_the_other_clock(long offsetMillis) {
    try (TestPod testPod = new TestPod()) {
      testPod.platform().settings("clockOffsetMillis", offsetMillis);

      assertPaid(testPod, testPod.caller(), "first", 2);
      assertPaid(testPod, testPod.caller(), "second", 1);
      testPod.addPod();
      assertPaid(testPod, testPod.caller(1), "other-pod", 2);
      assertPaid(testPod, testPod.caller(1), "other-pod-again", 1);
      JsonObject ready = new JsonObject(testPod.admin("/health/ready"));
      assertThat(ready.getString("status")).isEqualTo("up");
      assertThat(ready.getString("clock")).startsWith("warn");
    }
  }

  @Test
  void a_clock_that_jumps_while_we_run_costs_one_send() {
    try (TestPod testPod = new TestPod()) {
      for (int i = 0; i < 20; i++) {
        assertPaid(testPod, testPod.caller(), "before-" + i, 1);
      }
      assertThat(new JsonObject(testPod.admin("/health/ready")).getString("clock"))
          .isEqualTo("ok");
      testPod.platform().settings("clockOffsetMillis", QUARTER_MILLIS);

      assertPaid(testPod, testPod.caller(), "jump", 2);
      assertPaid(testPod, testPod.caller(), "after", 1);
    }
  }

  private static void assertPaid(TestPod testPod, Caller caller, String name, int sends) {
    String id = "clock-" + name;
    Got got = testPod.patiently(() -> caller.pay(Caller.sale(id, id)));
    assertThat(got.isPaid()).as(got.body()).isTrue();
    assertThat(testPod.platform().sends().sent(id)).hasSize(sends);
    assertThat(testPod.platform().charges().of(Caller.MERCHANT, id)).hasSize(1);
  }
}
