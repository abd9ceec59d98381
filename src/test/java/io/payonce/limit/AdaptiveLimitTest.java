package io.payonce.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Health;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** The limit in a simulated world: a platform with so many desks and a line before them. */
class AdaptiveLimitTest {
  private static final int MOST = 1024;

  private final long seed = Long.getLong("seed", 20261130L);
  private final SplittableRandom chance = new SplittableRandom(seed);
  private final AdaptiveLimit concurrency = new AdaptiveLimit(MOST, 2);

  /** A send at the platform. */
  private record Send(long doneAt, long sentAt, int kind, boolean silent) {}

  /** Virtual time in tenths of a millisecond would be finer; whole ones do. */
  private long now;

  private final PriorityQueue<Send> out =
      new PriorityQueue<>((a, b) -> Long.compare(a.doneAt(), b.doneAt()));
  private long[] desks = new long[0];
  private long served;
  private long refused;
  private double owed;
  private int highest;
  private int lowestLimit;

  /**
   * @param service milliseconds that a send takes once it is worked on, given the time it begins
   */
  private void run(long millis, double perSecond, int kind, LongUnaryOperator service) {
    served = 0;
    refused = 0;
    highest = 0;
    lowestLimit = MOST;
    for (long end = now + millis; now < end; now++) {
      while (!out.isEmpty() && out.peek().doneAt() <= now) {
        Send send = out.poll();
        Health health = send.silent() ? Health.UNHEALTHY : Health.HEALTHY;
        concurrency.observed(send.kind(), health, !send.silent(), now - send.sentAt(), now);
        served += send.silent() ? 0 : 1;
      }
      for (owed += perSecond / 1000; owed >= 1; owed--) {
        if (concurrency.enter()) {
          out.add(send(kind, service));
        } else {
          refused++;
        }
      }
      highest = Math.max(highest, concurrency.inFlight());
      lowestLimit = Math.min(lowestLimit, concurrency.limit());
    }
  }

  private Send send(int kind, LongUnaryOperator service) {
    int best = 0;
    for (int i = 1; i < desks.length; i++) {
      best = desks[i] < desks[best] ? i : best;
    }
    long starts = desks.length == 0 ? now : Math.max(now, desks[best]);
    long done = starts + service.applyAsLong(now);
    if (desks.length > 0) {
      desks[best] = done;
    }
    boolean silent = done - now > 10_000;
    return new Send(silent ? now + 10_000 : done, now, kind, silent);
  }

  private void desks(int count) {
    long[] fewer = new long[count];
    for (int i = 0; i < count; i++) {
      fewer[i] = i < desks.length ? desks[i] : now;
    }
    desks = fewer;
  }

  @Test
  void a_healthy_platform_is_used_without_a_limit_to_be_felt() {
    desks(100);
    run(20_000, 500, 0, at -> 80 + chance.nextInt(40));
    assertThat(refused).isZero();
    assertThat(concurrency.limit()).isEqualTo(MOST);
  }

  @Test
  void a_platform_at_half_capacity_gets_no_pile_and_all_its_goodput_back() {
    desks(40);
    run(10_000, 300, 0, at -> 90 + chance.nextInt(20));
    assertThat(refused).isZero();
    desks(20);
    run(60_000, 300, 0, at -> 90 + chance.nextInt(20));
    assertThat(served).as("goodput, seed %d", seed).isGreaterThan(60 * 180);
    run(1_000, 300, 0, at -> 90 + chance.nextInt(20));
    assertThat(highest).as("in flight, seed %d", seed).isLessThan(120);
    desks(40);
    run(5_000, 300, 0, at -> 90 + chance.nextInt(20));
    run(5_000, 300, 0, at -> 90 + chance.nextInt(20));
    assertThat(served).as("goodput after, seed %d", seed).isGreaterThan(5 * 290);
  }

  @Test
  void a_platform_that_falls_silent_is_let_go_down_to_the_floor_and_comes_back() {
    run(5_000, 200, 0, at -> 50);
    run(40_000, 200, 0, at -> 100_000);
    assertThat(concurrency.limit()).isEqualTo(AdaptiveLimit.FLOOR);
    run(20_000, 200, 0, at -> 50);
    run(5_000, 200, 0, at -> 50);
    assertThat(served).isGreaterThan(5 * 195);
  }

  @Test
  void customers_at_terminals_do_not_shrink_it() {
    run(300_000, 20, 0, at -> 2_000 + chance.nextInt(6_000) + (chance.nextInt(5) == 0 ? 1500 : 0));
    assertThat(lowestLimit).as("seed %d", seed).isGreaterThan(300);
    assertThat(refused).isZero();
  }

  @Test
  void callers_who_turn_to_a_slower_operation_do_not_shrink_it() {
    run(60_000, 100, 0, at -> 20);
    run(60_000, 100, 1, at -> 3_000 + chance.nextInt(2_000));
    assertThat(concurrency.limit()).isEqualTo(MOST);
    assertThat(refused).isZero();
  }

  @Test
  void a_platform_that_is_slower_from_now_on_becomes_the_measure() {
    run(60_000, 100, 0, at -> 20);
    run(240_000, 100, 0, at -> 800);
    run(20_000, 100, 0, at -> 800);
    assertThat(served).as("seed %d", seed).isGreaterThan(20 * 95);
  }

  @Test
  void quick_refusals_are_no_measure() {
    for (int i = 0; i < 1000; i++) {
      concurrency.enter();
      concurrency.observed(0, Health.HEALTHY, false, 1, now += 1);
    }
    run(20_000, 500, 0, at -> 300);
    assertThat(refused).isZero();
    assertThat(concurrency.limit()).isEqualTo(MOST);
  }

  @Test
  void it_is_never_below_the_floor_nor_above_the_most() {
    for (int i = 0; i < 100_000; i++) {
      if (chance.nextInt(3) > 0) {
        concurrency.enter();
      }
      if (concurrency.inFlight() > 0 && chance.nextBoolean()) {
        Health health = Health.values()[chance.nextInt(3)];
        concurrency.observed(
            chance.nextInt(2), health, chance.nextBoolean(), chance.nextInt(9999), now);
      }
      now += chance.nextInt(20);
      assertThat(concurrency.limit()).isBetween(AdaptiveLimit.FLOOR, MOST);
    }
  }

  @Test
  void a_pod_configured_smaller_than_the_floor_stays_so() {
    assertThat(new AdaptiveLimit(5, 1).limit()).isEqualTo(5);
  }
}
