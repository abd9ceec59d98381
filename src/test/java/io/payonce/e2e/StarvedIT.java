package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.Signals;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A start on a machine that has no time for it. */
class StarvedIT {
  /** A sixth of a core is left, in turns as a throttled container gets them. */
  private static final long RUN_MILLIS = 40;

  private static final long STOP_MILLIS = 200;

  /** Longer than a warm-up may take; then a busy machine of tests gets on with it. */
  private static final int TURNS = 50;

  @Test
  void a_program_whose_cpu_is_taken_away_starts_late_and_says_nothing_of_it() throws Exception {
    try (TestPod testPod = new TestPod(CrowdIT.PATIENT, 0);
        PayonceProcess pod = PayonceProcess.start(testPod)) {
      AtomicBoolean started = new AtomicBoolean();
      Thread taker = new Thread(() -> takeTurns(pod, started));
      taker.start();
      try {
        assertThat(testPod
                .patiently(() -> pod.caller().pay(Scenario.of(testPod, null).body()))
                .isPaid())
            .isTrue();
      } finally {
        started.set(true);
        taker.join();
      }
      pod.stop();
      assertThat(pod.exitCode()).isZero();
      assertThat(pod.log().lines())
          .noneMatch(line -> line.matches(".*\\b(WARN|ERROR)\\b.*|\\s+at .*|.*Exception.*"))
          .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).contains("warm-up"));
    }
  }

  private static void takeTurns(PayonceProcess pod, AtomicBoolean started) {
    try {
      for (int turn = 0; turn < TURNS && !started.get(); turn++) {
        Signals.freeze(pod.pid());
        Thread.sleep(STOP_MILLIS);
        Signals.thaw(pod.pid());
        Thread.sleep(RUN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
