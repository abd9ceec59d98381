package io.payonce.proof;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Callers with little to do: each keeps one connection, uses it every few seconds, and asks for
 * each payment once more. A pod that goes must not let them find out by an error.
 */
final class QuietCallers implements AutoCloseable {
  private static final Duration WHOLE = Duration.ofSeconds(20);

  private final String base;
  private final Queue<PaymentLog> baskets = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(16);

  QuietCallers(String base) {
    this.base = base;
  }

  QuietCallers start(int callers) {
    for (int i = 0; i < callers; i++) {
      clock.scheduleWithFixedDelay(
          new One("Q00000000" + i)::pay, 100L * i, 2300 + 200L * i, TimeUnit.MILLISECONDS);
    }
    return this;
  }

  List<PaymentLog> stop() throws InterruptedException {
    clock.shutdown();
    if (!clock.awaitTermination(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a caller waits for ever");
    }
    return new ArrayList<>(baskets);
  }

  private final class One {
    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String merchant;
    private PaymentLog last;
    private int number;

    private One(String merchant) {
      this.merchant = merchant;
    }

    private void pay() {
      PaymentLog again = last;
      number++;
      last = PaymentLog.of(
          merchant, "order-" + merchant + "-" + number, merchant + "-" + number, null);
      baskets.add(last);
      hear(last);
      if (again != null) {
        hear(again);
      }
    }

    private void hear(PaymentLog basket) {
      basket.hear(CallerAnswer.pay(http, base, basket.body(), WHOLE));
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
