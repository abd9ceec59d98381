package io.payonce.proof;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Shoppers that pay, hang up, repeat, overlap and come with a second id for the same order. */
final class Load {
  private static final Duration WHOLE = Duration.ofSeconds(20);

  /** What the platform does with the sends; null: nothing odd. */
  private static final List<String> DIRECTIVES = java.util.Arrays.asList(
      null,
      null,
      null,
      null,
      "E02 after charge, then ok",
      "E02 before charge, then ok",
      "silent after charge",
      "silent before charge, then ok",
      "reset after charge",
      "reset before charge, then ok",
      "late charge 3s, then ok",
      "slow 800ms",
      "decline 051",
      "S04 2x, ok",
      "pending 3s",
      "cut after charge",
      "http 503 after charge",
      "P01 after charge and fail, then ok",
      "E02 after charge, query: C12 2x",
      "E02 after charge, query: lag 2s");

  /** The same for shoppers who never hang up: a caller without an answer was let down. */
  private static final List<String> CALM = java.util.Arrays.asList(
      null,
      null,
      null,
      null,
      null,
      "slow 800ms",
      "E02 after charge",
      "decline 051",
      "cut after charge",
      "E02 after charge, query: lag 2s");

  /** What becomes of the platform's notifications; null: they arrive. */
  private static final List<String> WEBHOOKS = java.util.Arrays.asList(
      null,
      null,
      null,
      "webhook: lost",
      "webhook: twice",
      "webhook: late 2s",
      "webhook: reordered",
      "webhook: early",
      "webhook: forged",
      "webhook: stale",
      "webhook: wrong order",
      "webhook: twice and late 1s");

  /** Payments whose end the caller gets by a notification only. */
  private static final List<String> DISPATCHED =
      List.of("terminal 1s", "terminal 2s then decline 051", "pending 1s");

  private final List<String> bases;
  private final long seed;
  private final boolean rivals;
  private final Queue<PaymentLog> baskets = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger orders = new AtomicInteger();
  private List<String> directives = DIRECTIVES;
  private String notifyUrl;
  private volatile boolean over;
  private CountDownLatch working = new CountDownLatch(0);

  /** @param bases where the instances serve */
  Load(List<String> bases, long seed, boolean rivals) {
    this.bases = bases;
    this.seed = seed;
    this.rivals = rivals;
  }

  Load calm() {
    directives = CALM;
    return this;
  }

  /** Every other order is to be notified of. */
  Load notifying(String url) {
    notifyUrl = url;
    return this;
  }

  /** For one that comes after another. */
  Load numbered(int from) {
    orders.set(from);
    return this;
  }

  Load start(int shoppers) {
    working = new CountDownLatch(shoppers);
    for (int i = 0; i < shoppers; i++) {
      Random chance = new Random(seed + i);
      String merchant = CallerAnswer.MERCHANT + i;
      Thread thread = new Thread(() -> shop(merchant, chance), "shopper-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    return this;
  }

  Queue<PaymentLog> stop() throws InterruptedException {
    over = true;
    if (!working.await(4, TimeUnit.MINUTES)) {
      throw new IllegalStateException("a shopper waits for ever");
    }
    return baskets;
  }

  int calls() {
    return calls.get();
  }

  private void shop(String merchant, Random chance) {
    try {
      while (!over) {
        order(merchant, chance);
      }
    } finally {
      working.countDown();
    }
  }

  private void order(String merchant, Random chance) {
    int number = orders.incrementAndGet();
    String order = "order-" + number;
    // Were most of a merchant's payments to go wrong, its breaker would keep the storm out.
    String directive =
        chance.nextBoolean() ? null : directives.get(chance.nextInt(directives.size()));
    boolean notified = notifyUrl != null && number % 2 == 0;
    PaymentLog first = notified
        ? PaymentLog.of(merchant, order, "a-" + number, webhook(directive, chance), notifyUrl)
        : PaymentLog.of(merchant, order, "a-" + number, directive);
    baskets.add(first);
    boolean impatient = directives != CALM && chance.nextInt(4) == 0;
    call(first, chance, impatient ? Duration.ofMillis(1 + chance.nextInt(400)) : WHOLE);
    if (rivals && chance.nextInt(4) == 0) {
      PaymentLog rival = PaymentLog.of(merchant, order, "b-" + number, null);
      baskets.add(rival);
      call(rival, chance, WHOLE);
    }
    while (!first.isEnded() && !first.isGivenUp() && !over && chance.nextInt(3) > 0) {
      call(first, chance, WHOLE);
    }
  }

  private static String webhook(String directive, Random chance) {
    String step = directive == null && chance.nextBoolean()
        ? DISPATCHED.get(chance.nextInt(DISPATCHED.size()))
        : directive;
    String webhook = WEBHOOKS.get(chance.nextInt(WEBHOOKS.size()));
    return step == null || webhook == null ? step == null ? webhook : step : step + ", " + webhook;
  }

  private void call(PaymentLog basket, Random chance, Duration patience) {
    calls.incrementAndGet();
    basket.hear(CallerAnswer.pay(bases.get(chance.nextInt(bases.size())), basket.body(), patience));
  }

  /** Asks until every payment has its last word; the faults have stopped. */
  void askForTheEnd(long withinSeconds) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(withinSeconds);
    List<PaymentLog> open = baskets.stream().toList();
    while (!open.isEmpty() && System.nanoTime() < until) {
      open = open.stream()
          .filter(basket -> !basket.isEnded() && !basket.isGivenUp())
          .filter(basket -> !paidByRival(basket))
          .toList();
      open.parallelStream().forEach(basket -> basket.hear(ask(basket)));
    }
  }

  private CallerAnswer ask(PaymentLog basket) {
    int pod = Math.floorMod(basket.id().hashCode(), bases.size());
    return CallerAnswer.pay(bases.get(pod), basket.body(), WHOLE);
  }

  /** Another payment of the order is paid: this one is refused however often it is sent. */
  boolean paidByRival(PaymentLog basket) {
    return baskets.stream()
        .anyMatch(other -> other != basket
            && other.order().equals(basket.order())
            && other.answered().contains(CallerAnswer.PAID));
  }
}
