package io.payonce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Three instances under load while instances and Redis are killed and frozen at random; one of the
 * instances lives a quarter of an hour in the past. {@code -Dminutes=} makes it longer,
 * {@code -Dseed=} repeats the order of the faults (not their very moment: these are real
 * processes).
 */
class StormIT {
  private static final int SHOPPERS = 16;
  private static final long SHORT_SECONDS = 25;
  private static final long SHORT_END_SECONDS = 30;

  /** After ten minutes and a half no copy can take effect; then they are asked about once more. */
  private static final long WINDOW_SECONDS = 750;

  private static final long LEASE_AND_MORE_MILLIS = 6500;
  private static final long QUARTER_OF_AN_HOUR = 900_000;

  private enum Blow {
    KILL_INSTANCE,
    FREEZE_INSTANCE,
    KILL_REDIS,
    FREEZE_REDIS,
    CUT_CONNECTIONS
  }

  private final Map<Blow, Integer> blows = new TreeMap<>();
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random chance = new Random(seed);

  @Test
  void no_payment_is_charged_twice_or_lost_and_nobody_is_told_what_is_not_so() throws Exception {
    try (SharedInfrastructure street = new SharedInfrastructure();
        ByteProxy past =
            ByteProxy.to(street.platform().actualPort(), new ShiftedClock(QUARTER_OF_AN_HOUR));
        ByteProxy redis = ByteProxy.to(street.redis().port(), ByteProxy.Filter.NONE)) {
      List<Instance> instances = new ArrayList<>(List.of(
          Instance.start(street.environment()),
          Instance.start(street.environment(redis.port(), street.platform().actualPort())),
          Instance.start(street.environment(street.redis().port(), past.port()))));
      try {
        storm(street, instances, redis);
      } finally {
        instances.forEach(Instance::close);
      }
    }
  }

  private void storm(SharedInfrastructure street, List<Instance> instances, ByteProxy redis)
      throws Exception {
    Load load =
        new Load(instances.stream().map(Instance::base).toList(), seed, true).start(SHOPPERS);
    Integer minutes = Integer.getInteger("minutes");
    long seconds = minutes == null ? SHORT_SECONDS : minutes * 60L;
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int turn = 0;
    while (System.nanoTime() < until) {
      Thread.sleep(500 + chance.nextInt(1500));
      strike(Blow.values()[turn++ % Blow.values().length], street, instances, redis);
    }
    var baskets = load.stop();
    instances.forEach(Instance::base);
    load.askForTheEnd(minutes == null ? SHORT_END_SECONDS : WINDOW_SECONDS);
    Verdict verdict =
        Verdict.of(load, baskets, street.platform().charges().all(), street::looksAfter);
    System.out.printf(
        "STORM seed %d, %d s, %d calls, blows %s: %s, %d unresolved, %d orders held%n",
        seed, seconds, load.calls(), blows, verdict, street.unresolved(), street.heldOrders());
    assertThat(verdict.doubles()).as("seed " + seed).isEmpty();
    assertThat(verdict.contradictions()).as("seed " + seed).isEmpty();
    assertThat(verdict.losses()).as("seed " + seed).isEmpty();
    if (minutes != null) {
      assertThat(verdict.waiting()).as("after every window, seed " + seed).isEmpty();
    }
  }

  private void strike(
      Blow blow, SharedInfrastructure street, List<Instance> instances, ByteProxy redis)
      throws InterruptedException {
    blows.merge(blow, 1, Integer::sum);
    Instance one = instances.get(chance.nextInt(instances.size()));
    switch (blow) {
      case KILL_INSTANCE -> {
        one.kill();
        one.restart();
      }
      case FREEZE_INSTANCE -> {
        one.freeze();
        Thread.sleep(LEASE_AND_MORE_MILLIS);
        one.thaw();
      }
      case KILL_REDIS -> {
        street.redis().kill();
        Thread.sleep(chance.nextInt(1000));
        street.redis().restart();
      }
      case FREEZE_REDIS -> {
        Signals.freeze(street.redis().pid());
        Thread.sleep(500 + chance.nextInt(4000));
        Signals.thaw(street.redis().pid());
      }
      case CUT_CONNECTIONS -> redis.cut();
    }
  }
}
