package io.payonce.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who may be sent to, and when: rules about numbers, without a clock. */
class HookLoadTest {
  private final HookLoad load = new HookLoad();
  private long now = 1_000_000;

  @Test
  void a_host_has_so_many_places_and_one_more_waits() {
    for (int i = 0; i < HookLoad.MOST_A_HOST; i++) {
      assertThat(load.admit("slow", now)).as("place %d", i).isZero();
    }
    assertThat(load.admit("slow", now)).isPositive();
    assertThat(load.admit("other", now)).as("another host").isZero();
    load.ended("slow", true, 10, now, 0);
    assertThat(load.admit("slow", now)).isZero();
  }

  @Test
  void however_many_hosts_are_slow_the_next_one_finds_a_place() {
    for (int host = 0; host < 500; host++) {
      load.admit("slow-" + host, now);
      load.ended("slow-" + host, true, 9000, now, 0);
    }
    for (int host = 0; host < 500; host++) {
      while (load.admit("slow-" + host, now) == 0) {}
    }
    assertThat(load.admit("fast", now)).isZero();
    assertThat(load.inFlight()).isLessThan(HookLoad.MOST);
  }

  @Test
  void there_is_an_end_for_all() {
    for (int host = 0; host < 10 * HookLoad.MOST; host++) {
      load.admit("host-" + host, now);
    }
    assertThat(load.inFlight()).isEqualTo(HookLoad.MOST);
  }

  @Test
  void a_host_that_fails_again_and_again_is_asked_one_at_a_time_and_more_and_more_seldom() {
    long last = 0;
    for (int i = 0; i < HookLoad.DOWN; i++) {
      assertThat(load.admit("down", now)).as("it may have been chance").isZero();
      load.ended("down", false, 10, now, 0.5);
    }
    for (int i = 0; i < 12; i++) {
      long waits = load.admit("down", now);
      assertThat(waits)
          .isGreaterThanOrEqualTo(last)
          .isLessThanOrEqualTo(HookLoad.LONGEST_PAUSE_MILLIS + 1000);
      last = waits;
      now += waits;
      assertThat(load.admit("down", now)).isZero();
      assertThat(load.admit("down", now)).as("one at a time").isPositive();
      load.ended("down", false, 10, now, 0.5);
    }
    assertThat(last).isGreaterThan(HookLoad.LONGEST_PAUSE_MILLIS / 2);
    assertThat(load.admit("other", now)).as("the others go on").isZero();

    now += HookLoad.LONGEST_PAUSE_MILLIS;
    assertThat(load.admit("down", now)).isZero();
    load.ended("down", true, 10, now, 0);
    assertThat(load.admit("down", now)).isZero();
    assertThat(load.admit("down", now)).as("it works again, for many at a time").isZero();
  }

  @Test
  void the_more_wait_for_a_slow_host_the_later_they_come_again() {
    while (load.admit("slow", now) == 0) {}
    for (int i = 0; i < 3; i++) {
      load.ended("slow", true, 8000, now, 0);
      load.admit("slow", now);
    }
    long first = load.admit("slow", now);
    for (int i = 0; i < 10 * HookLoad.MOST_A_HOST; i++) {
      load.admit("slow", now);
    }
    assertThat(load.admit("slow", now)).isGreaterThan(5 * first);
    for (int i = 0; i < 1_000_000; i++) {
      load.admit("slow", now);
    }
    assertThat(load.admit("slow", now)).isLessThan(7_200_000);
    while (load.inFlight() > 0) {
      load.ended("slow", true, 8000, now, 0);
    }
    assertThat(load.admit("slow", now)).as("and not when nobody is there").isZero();
  }

  @Test
  void a_million_that_wait_for_a_dead_host_come_by_a_few_hundred_times_a_second() {
    for (int i = 0; i < HookLoad.DOWN; i++) {
      load.admit("dead", now);
      load.ended("dead", false, 10, now, 1);
    }
    double aSecond = 0;
    for (int i = 0; i < 1_000_000; i++) {
      aSecond += 1000.0 / load.admit("dead", now);
    }
    assertThat(aSecond).isLessThan(1500);
  }

  @Test
  void what_is_known_of_hosts_takes_no_more_memory_however_many_there_are() {
    for (int host = 0; host < 100_000; host++) {
      assertThat(load.admit("host-" + host, now)).isZero();
      load.ended("host-" + host, host % 2 == 0, 10, now, 0);
    }
    assertThat(load.hosts()).isLessThan(2000);
  }

  @Test
  void pauses_of_a_notification_grow_from_seconds_to_an_hour() {
    assertThat(NotificationPace.pauseMillis(1, 0)).isEqualTo(1000);
    assertThat(NotificationPace.pauseMillis(1, 0.999)).isLessThanOrEqualTo(2000);
    for (int failed = 1; failed < 40; failed++) {
      assertThat(NotificationPace.pauseMillis(failed + 1, 0.5))
          .isGreaterThanOrEqualTo(NotificationPace.pauseMillis(failed, 0.5))
          .isLessThanOrEqualTo(3_600_000);
    }
    assertThat(NotificationPace.pauseMillis(1000, 1)).isEqualTo(3_600_000);
  }
}
