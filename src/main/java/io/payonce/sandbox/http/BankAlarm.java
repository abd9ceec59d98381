package io.payonce.sandbox.http;

import io.payonce.sandbox.bank.Bank;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/**
 * Has the bank do what is due when it is due: who waits for a notification looks at nothing. Set
 * off by the first transaction with a notifyUrl, since without one there is no difference to see.
 * Used on one event loop only.
 */
final class BankAlarm {

  private final Vertx vertx;
  private final LongSupplier clock;
  private final Bank bank;
  private long armedFor = Long.MAX_VALUE;
  private long timer = -1;
  private boolean wanted;

  BankAlarm(Vertx vertx, LongSupplier clock, Bank bank) {
    this.vertx = vertx;
    this.clock = clock;
    this.bank = bank;
  }

  void want() {
    wanted = true;
  }

  /** After whatever may have made something due. */
  void look() {
    if (!wanted) {
      return;
    }
    long now = clock.getAsLong();
    long next = bank.catchUp(now);
    if (next != armedFor) {
      vertx.cancelTimer(timer);
      armedFor = next;
      timer = next == Long.MAX_VALUE ? -1 : vertx.setTimer(Math.max(1, next - now), this::ring);
    }
  }

  private void ring(long timer) {
    armedFor = Long.MAX_VALUE;
    look();
  }
}
