package io.payonce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.redis.Signals;
import io.payonce.sandbox.http.SentWebhook;
import io.payonce.sandbox.http.WebhookReceiver;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Three instances under load while instances and Redis are killed and frozen at random; one of the
 * instances lives a quarter of an hour in the past. The platform's notifications are lost, doubled,
 * forged and out of order, and the shops' hook fails at times. {@code -Dminutes=} makes it longer,
 * {@code -Dseed=} repeats the order of the faults (not their very moment: these are real
 * processes).
 */
class StormIT {
  private static final int SHOPPERS = 16;
  private static final long SHORT_SECONDS = 25;
  private static final long SHORT_END_SECONDS = 30;

  /** After ten minutes and a half no send can take effect; then they are asked about once more. */
  private static final long WINDOW_SECONDS = 750;

  /** At most: the pauses between repeats grow while a shop's hook fails. */
  private static final long NOTIFY_SECONDS = 300;

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
  void no_payment_is_charged_twice_or_lost_and_no_answer_is_wrong() throws Exception {
    try (SharedInfrastructure street = new SharedInfrastructure();
        ByteProxy past =
            ByteProxy.to(street.platform().actualPort(), new ShiftedClock(QUARTER_OF_AN_HOUR));
        ByteProxy redis = ByteProxy.to(street.redis().port(), ByteProxy.Filter.NONE);
        WebhookReceiver hook = new WebhookReceiver()) {
      hook.usually(this::moody);
      street.platform().settings("webhookRetryMillis", 200);
      List<Instance> instances = Stream.of(
              street.environment(),
              street.environment(redis.port(), street.platform().actualPort()),
              street.environment(street.redis().port(), past.port()))
          .map(environment -> Instance.start(street.notifying(environment, hook.port())))
          .toList();
      try {
        storm(street, instances, redis, hook);
      } finally {
        instances.forEach(Instance::close);
      }
    }
  }

  /** Shops have their own bad days: what they do not answer with 200 comes again. */
  private int moody() {
    return switch (ThreadLocalRandom.current().nextInt(12)) {
      case 0 -> 500;
      case 1 -> 204;
      case 2 -> 0;
      case 3 -> slowly();
      default -> 200;
    };
  }

  private static int slowly() {
    try {
      Thread.sleep(800);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 200;
  }

  private void storm(
      SharedInfrastructure street, List<Instance> instances, ByteProxy redis, WebhookReceiver hook)
      throws Exception {
    Load load = new Load(instances.stream().map(Instance::base).toList(), seed, true)
        .notifying(hook.url())
        .start(SHOPPERS);
    Integer minutes = Integer.getInteger("minutes");
    long seconds = minutes == null ? SHORT_SECONDS : minutes * 60L;
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int turn = 0;
    while (System.nanoTime() < until) {
      Thread.sleep(500 + chance.nextInt(1500));
      strike(Blow.values()[turn++ % Blow.values().length], street, instances, redis);
    }
    var baskets = load.stop();
    hook.usually(() -> 200);
    instances.forEach(Instance::base);
    load.askForTheEnd(minutes == null ? SHORT_END_SECONDS : WINDOW_SECONDS);
    Verdict verdict =
        Verdict.of(load, baskets, street.platform().charges().all(), street::looksAfter);
    NotificationVerdict notified = notified(street, instances.get(0), baskets, hook);
    System.out.printf(
        "STORM seed %d, %d s, %d calls, blows %s: %s, %d unresolved, %d orders held%n",
        seed, seconds, load.calls(), blows, verdict, street.unresolved(), street.heldOrders());
    assertThat(verdict.doubles()).as("seed " + seed).isEmpty();
    assertThat(verdict.contradictions()).as("seed " + seed).isEmpty();
    assertThat(verdict.losses()).as("seed " + seed).isEmpty();
    judge(street, notified);
    if (minutes != null) {
      assertThat(verdict.waiting()).as("after every window, seed " + seed).isEmpty();
    }
  }

  /**
   * When what has ended has been notified; a hook that was away for long is tried again in time.
   */
  private static NotificationVerdict notified(
      SharedInfrastructure street,
      Instance instance,
      Collection<PaymentLog> baskets,
      WebhookReceiver hook)
      throws Exception {
    NotificationVerdict verdict;
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(NOTIFY_SECONDS);
    do {
      // In this order: what was said must have happened before.
      var lines = JournalLines.of(instance);
      var heard = hook.heard();
      verdict = NotificationVerdict.of(
          baskets, answeredPast(street, hook), street.platform().charges().all(), heard, lines);
    } while (!verdict.isComplete() && System.nanoTime() < until);
    return verdict;
  }

  private static Set<String> answeredPast(SharedInfrastructure street, WebhookReceiver hook) {
    return street.platform().webhooks().stream()
        .filter(sent -> sent.notifyUrl().equals(hook.url()))
        .map(SentWebhook::transactionRequestId)
        .collect(Collectors.toSet());
  }

  private void judge(SharedInfrastructure street, NotificationVerdict notified) {
    Map<String, Long> answers = street.platform().webhooks().stream()
        .collect(Collectors.groupingBy(SentWebhook::answer, TreeMap::new, Collectors.counting()));
    System.out.printf(
        "STORM notifications: %s; the platform's own were answered %s%n", notified, answers);
    assertThat(notified.lost()).as("seed " + seed).isEmpty();
    assertThat(notified.contradictions()).as("seed " + seed).isEmpty();
    assertThat(notified.doubles()).as("seed " + seed).isEmpty();
    assertThat(notified.journal()).as("seed " + seed).isEmpty();
    assertThat(notified.ended()).isPositive();
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
