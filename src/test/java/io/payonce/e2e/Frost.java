package io.payonce.e2e;

import io.payonce.redis.Signals;

/** A Redis that stands still for as long as something takes. */
final class Frost {
  /** What has begun in a longer one is refused as late when Redis goes on. */
  private static final long SHORT_NANOS = 1_500_000_000;

  private static final int TRIES = 10;

  private Frost() {}

  /** What is done meanwhile. */
  interface Doing {
    void run() throws Exception;
  }

  /** Plays once, and says whether the frost was short. */
  interface Play {
    boolean isShort() throws Exception;
  }

  /** Returns whether it was short. */
  static boolean during(TestPod testPod, Doing doing) throws Exception {
    Signals.freeze(testPod.redis().pid());
    long since = System.nanoTime();
    try {
      doing.run();
    } finally {
      Signals.thaw(testPod.redis().pid());
    }
    return System.nanoTime() - since < SHORT_NANOS;
  }

  /** A machine may be so busy that it is long; then nothing was shown, and it is played again. */
  static void untilShort(Play play) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      if (play.isShort()) {
        return;
      }
    }
    throw new AssertionError("never short enough");
  }
}
