package io.payonce;

import java.util.concurrent.TimeUnit;

/**
 * Notices that the machine stood still for a while, as virtual ones do: every timer is late then.
 */
public final class Standstill implements AutoCloseable {
  /** Less than any time that a pod gives a caller; more than a busy machine's threads are late. */
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

  private static final long LOOK_MILLIS = 20;

  private final Thread looking = new Thread(this::look, "standstill");
  private volatile boolean seen;

  private Standstill() {
    looking.setDaemon(true);
    looking.start();
  }

  /** Watches until it is closed. */
  public static Standstill watch() {
    return new Standstill();
  }

  public boolean wasSeen() {
    return seen;
  }

  private void look() {
    long last = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException closed) {
        return;
      }
      long now = System.nanoTime();
      seen |= now - last > LONG_NANOS;
      last = now;
    }
  }

  @Override
  public void close() {
    looking.interrupt();
  }
}
