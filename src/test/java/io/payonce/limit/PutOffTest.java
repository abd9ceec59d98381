package io.payonce.limit;

import static io.payonce.limit.Breaker.Call.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.model.Answer;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What waits while confirms are paused, in virtual time. */
class PutOffTest {
  private static final Answer SICK = new Answer.Silent("timeout");

  private final SplittableRandom chance = new SplittableRandom(7);

  /** So many are put off for ten minutes: how many looks a second that takes at the end. */
  private long looksPerSecond(int payments) {
    PutOff putOff = new PutOff();
    PriorityQueue<Long> due = new PriorityQueue<>();
    for (int i = 0; i < payments; i++) {
      due.add(0L);
    }
    long looks = 0;
    for (long now = 0; now < 600_000; now++) {
      while (due.peek() <= now) {
        due.poll();
        putOff.met(now);
        long wait = putOff.millis(now, chance.nextDouble());
        assertThat(wait).isBetween(PutOff.LEAST_MILLIS, 2 * PutOff.MOST_MILLIS);
        due.add(now + wait);
        looks += now >= 500_000 ? 1 : 0;
      }
    }
    return looks / 100;
  }

  @Test
  void few_wait_little_and_many_long_so_that_looking_costs_little() {
    assertThat(looksPerSecond(50)).isBetween(10L, 40L);
    assertThat(looksPerSecond(2000)).isBetween(100L, 400L);
    assertThat(looksPerSecond(50_000)).isBetween(900L, 1400L);
  }

  @Test
  void while_no_question_is_answered_one_is_looked_at_now_and_then() {
    long[] now = {1_000_000};
    PodLimits pod = new PodLimits("platform", 1024, () -> now[0]);
    assertThat(pod.putOffMillis(0)).isZero();
    for (int each = 0; each < 2 * Breaker.LEAST_ANSWERS; each++) {
      pod.circuit().answered("query " + each, SICK, now[0]);
    }
    int looked = 0;
    for (int look = 0; look < 100; look++) {
      now[0] += 10;
      if (pod.putOffMillis(0) == 0) {
        looked++;
        assertThat(pod.circuit().mayLook()).isTrue();
        assertThat(pod.circuit().mayLook()).as("one at a time").isFalse();
        assertThat(pod.putOffMillis(0)).as("the others wait").isPositive();
        pod.circuit().question();
        pod.circuit().looked();
      }
    }
    assertThat(looked).as("in a second").isBetween(3, 5);
    assertThat(pod.circuit().asksNow()).isFalse();
  }

  @Test
  void once_questions_are_answered_again_nothing_is_put_off() {
    long[] now = {1_000_000};
    PodLimits pod = new PodLimits("platform", 1024, () -> now[0]);
    for (int each = 0; each < 2 * Breaker.LEAST_ANSWERS; each++) {
      pod.circuit().answered("query " + each, SICK, now[0]);
    }
    long since = now[0];
    while (!pod.circuit().asksNow()) {
      now[0] += 10;
      if (pod.circuit().mayLook()) {
        if (pod.circuit().question() == FRESH) {
          pod.circuit().answered("query", ConfirmRoomTest.WELL, now[0]);
        }
        pod.circuit().looked();
      }
    }
    assertThat(now[0] - since).isLessThan(Breaker.LAST_PAUSE_MILLIS);
    assertThat(pod.putOffMillis(0)).isZero();
    assertThat(pod.putOffMillis(0)).isZero();
  }
}
