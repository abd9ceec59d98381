package io.payonce.world;

/** What sort of world it is: all that we defend against, or one defence with and without. */
enum Kind {
  /** Every fault of which the documentation says that it does no harm. */
  EVERYTHING,
  /** The same, and every other pod works for another platform. */
  TWO_PLATFORMS,
  /** The same as in the first, and the platform reports by itself how its transactions end. */
  NOTIFIED,
  /**
   * As the first, and the ledger's clock jumps back, in every other world after it jumped ahead.
   */
  CLOCK_BACK,
  /** As the first, and what is called is what an operator has described. */
  DESCRIBED,
  /** The ledger fails over, and {@code redis.minReplicas} is 1. */
  REPLICAS,
  /** The ledger fails over, and {@code redis.minReplicas} is 0. */
  NO_REPLICAS,
  /** Callers come back after the answer is forgotten, and so does not the platform. */
  TOMBSTONES,
  /** As before, but {@code ledger.tombstoneMs} is 0. */
  NO_TOMBSTONES,
  /** The platform runs every send, and {@code recovery.resendAfterWindow} is true. */
  AFTER_WINDOW,
  /** As before, but {@code recovery.resendAfterWindow} is false. */
  ANY_TIME,
  /** Workers sign a send when it leaves, however late that is. */
  SIGNED_LATE,
  /** As {@link #NO_REPLICAS}, asserting only what holds even so. */
  LOST_MEMORY;

  boolean hasEveryFault() {
    return this == EVERYTHING
        || this == TWO_PLATFORMS
        || this == NOTIFIED
        || this == CLOCK_BACK
        || this == DESCRIBED;
  }

  boolean notifies() {
    return this == NOTIFIED;
  }

  boolean failsOver() {
    return this == REPLICAS || this == NO_REPLICAS || this == LOST_MEMORY;
  }

  boolean losesMemory() {
    return this == NO_REPLICAS || this == LOST_MEMORY;
  }

  boolean forgets() {
    return this == TOMBSTONES || this == NO_TOMBSTONES;
  }

  boolean runsEverySend() {
    return this == AFTER_WINDOW || this == ANY_TIME;
  }
}
