package io.payonce.limit;

import static io.payonce.limit.Breaker.Call.FRESH;
import static io.payonce.limit.Breaker.Call.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Health;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final int CLOSED = 0;
  private static final int OPEN = 1;
  private static final int HALF_OPEN = 2;

  private long now = 1_000_000;
  private Breaker breaker = Breaker.first(now);

  private void pass(long millis) {
    now += millis;
    breaker = breaker.at(now);
  }

  private boolean ask(Breaker.Call call) {
    breaker = breaker.at(now);
    boolean admitted = breaker.admits(call, now);
    breaker = admitted ? breaker.gone(call, now) : breaker;
    return admitted;
  }

  private void hear(Health health, long askedAt) {
    breaker = breaker.at(now).observed(health, askedAt, now);
  }

  private void hear(Health health, int times) {
    for (int i = 0; i < times; i++) {
      hear(health, now);
    }
  }

  private void open() {
    hear(Health.UNHEALTHY, Breaker.LEAST_ANSWERS);
    assertThat(breaker.figure()).isEqualTo(OPEN);
  }

  @Test
  void a_few_sick_answers_prove_nothing() {
    hear(Health.UNHEALTHY, Breaker.LEAST_ANSWERS - 1);
    assertThat(breaker.figure()).isEqualTo(CLOSED);
  }

  @Test
  void it_opens_when_half_of_enough_answers_are_sick() {
    hear(Health.HEALTHY, 10);
    hear(Health.UNHEALTHY, 9);
    assertThat(breaker.figure()).isEqualTo(CLOSED);
    hear(Health.UNHEALTHY, 1);
    assertThat(breaker.figure()).isEqualTo(OPEN);
  }

  @Test
  void sick_answers_among_many_well_ones_keep_it_closed() {
    for (int i = 0; i < 1000; i++) {
      hear(Health.HEALTHY, 3);
      hear(Health.UNHEALTHY, 2);
      pass(10);
    }
    assertThat(breaker.figure()).isEqualTo(CLOSED);
  }

  @Test
  void what_we_kept_back_ourselves_counts_as_nothing() {
    hear(Health.UNKNOWN, 100);
    assertThat(breaker.figure()).isEqualTo(CLOSED);
  }

  @Test
  void old_answers_are_forgotten() {
    hear(Health.UNHEALTHY, 15);
    pass(2 * Breaker.SPAN_MILLIS);
    hear(Health.UNHEALTHY, 15);
    assertThat(breaker.figure()).isEqualTo(CLOSED);
  }

  @Test
  void answers_of_the_former_span_still_count() {
    hear(Health.UNHEALTHY, 15);
    pass(Breaker.SPAN_MILLIS);
    hear(Health.UNHEALTHY, 5);
    assertThat(breaker.figure()).isEqualTo(OPEN);
  }

  @Test
  void open_refuses_payments_and_lets_quiet_calls_through_slowly() {
    open();
    int quiet = 0;
    for (int i = 0; i < 90; i++) {
      pass(10);
      assertThat(ask(FRESH)).isFalse();
      quiet += ask(QUIET) ? 1 : 0;
    }
    assertThat(quiet).isEqualTo(4);
  }

  @Test
  void after_a_pause_one_probe_at_a_time_leaves_and_three_good_ones_close_it() {
    open();
    pass(Breaker.FIRST_PAUSE_MILLIS);
    assertThat(breaker.figure()).isEqualTo(HALF_OPEN);
    for (int probe = 0; probe < Breaker.PROBES; probe++) {
      assertThat(ask(FRESH)).isTrue();
      assertThat(ask(FRESH)).isFalse();
      hear(Health.HEALTHY, now);
    }
    assertThat(breaker.figure()).isEqualTo(CLOSED);
  }

  @Test
  void quiet_calls_never_take_the_place_of_a_fresh_payment() {
    open();
    pass(Breaker.FIRST_PAUSE_MILLIS);
    assertThat(ask(QUIET)).isTrue();
    assertThat(ask(QUIET)).isFalse();
    assertThat(ask(FRESH)).isTrue();
    pass(Breaker.QUIET_GAP_MILLIS);
    assertThat(ask(QUIET)).isTrue();
    breaker = breaker.unused(QUIET);
    assertThat(ask(FRESH)).as("a probe is out").isFalse();
    hear(Health.HEALTHY, now);
    assertThat(ask(FRESH)).isTrue();
  }

  @Test
  void each_failed_probe_doubles_the_pause_up_to_a_bound() {
    open();
    long pause = Breaker.FIRST_PAUSE_MILLIS;
    for (int i = 0; i < 6; i++) {
      pass(pause - 1);
      assertThat(breaker.figure()).isEqualTo(OPEN);
      pass(1);
      assertThat(ask(FRESH)).isTrue();
      hear(Health.UNHEALTHY, now);
      assertThat(breaker.figure()).isEqualTo(OPEN);
      pause = Math.min(2 * pause, Breaker.LAST_PAUSE_MILLIS);
    }
  }

  @Test
  void news_from_before_the_present_state_change_nothing() {
    long before = now - 1;
    open();
    pass(Breaker.FIRST_PAUSE_MILLIS);
    hear(Health.UNHEALTHY, before);
    hear(Health.HEALTHY, before);
    assertThat(breaker.figure()).isEqualTo(HALF_OPEN);
    for (int probe = 0; probe < Breaker.PROBES; probe++) {
      ask(FRESH);
      hear(Health.HEALTHY, now);
    }
    for (int late = 0; late < 100; late++) {
      hear(Health.UNHEALTHY, before);
    }
    assertThat(breaker.figure()).isEqualTo(CLOSED);
  }

  @Test
  void a_probe_that_was_not_needed_or_never_reported_on_makes_room_for_the_next() {
    open();
    pass(Breaker.FIRST_PAUSE_MILLIS);
    assertThat(ask(FRESH)).isTrue();
    breaker = breaker.unused(FRESH);
    assertThat(ask(FRESH)).isTrue();
    pass(Breaker.PROBE_MILLIS - 1);
    assertThat(ask(FRESH)).isFalse();
    pass(1);
    assertThat(ask(FRESH)).isTrue();
  }

  @Test
  void a_probe_that_hangs_while_other_calls_are_answered_is_given_up_once() {
    open();
    pass(Breaker.FIRST_PAUSE_MILLIS);
    long out = now;
    assertThat(ask(FRESH)).isTrue();
    pass(5000);
    breaker = breaker.encouraged(out - 1).encouraged(out + Breaker.HANGS_MILLIS - 1);
    assertThat(ask(FRESH)).as("they were answered before it could be").isFalse();
    breaker = breaker.encouraged(now - 1000);
    assertThat(ask(FRESH)).isTrue();
    hear(Health.UNHEALTHY, out);
    assertThat(breaker.figure()).as("its silence is of before").isEqualTo(HALF_OPEN);
    long second = now;
    pass(5000);
    breaker = breaker.encouraged(now);
    assertThat(ask(FRESH)).as("a second time").isFalse();
    hear(Health.UNHEALTHY, second);
    assertThat(breaker.figure()).isEqualTo(OPEN);
  }

  @Test
  void whatever_happens_a_platform_that_is_well_again_is_used_again_soon() {
    long seed = Long.getLong("seed", 20261130L);
    SplittableRandom chance = new SplittableRandom(seed);
    for (int world = 0; world < 200; world++) {
      breaker = Breaker.first(now);
      for (int i = 0; i < 300; i++) {
        pass(chance.nextInt(500));
        switch (chance.nextInt(6)) {
          case 0 -> ask(FRESH);
          case 1 -> ask(QUIET);
          case 2 -> breaker = breaker.unused(FRESH);
          case 3 -> hear(Health.HEALTHY, now - chance.nextInt(3000));
          default -> hear(Health.UNHEALTHY, now - chance.nextInt(3000));
        }
      }
      long well = now;
      pass(Breaker.LAST_PAUSE_MILLIS + Breaker.PROBE_MILLIS);
      while (breaker.figure() != CLOSED) {
        if (ask(FRESH)) {
          pass(100);
          hear(Health.HEALTHY, now - 100);
        } else {
          pass(100);
        }
        assertThat(now - well).as("seed %d", seed).isLessThan(30_000);
      }
    }
  }
}
