package io.payonce.validation;

import io.payonce.model.Intent;

/**
 * Locks the tips of an original against one another, so that a late send does not undo a newer tip.
 * Where a tip was sent again, an older send of it may outlive its success: then a tail outlives its
 * lock.
 */
public final class TipLocks {
  private TipLocks() {}

  /** @param original as other follow-ups lock it */
  public static String lock(String original) {
    return RequestRules.TIPS + original;
  }

  public static boolean isLock(String order) {
    return order != null && order.startsWith(RequestRules.TIPS);
  }

  /** The name of what is left of a tip that has ended; a name for scripts, where there is none. */
  public static String tail(String order) {
    return isLock(order) ? "tail:" + order : order;
  }

  /**
   * How long sends older than the one that is about to leave may still take effect; 0: none.
   *
   * @param sendsInDoubt that one among them
   */
  public static long tailMillis(String order, int sendsInDoubt) {
    return isLock(order) && sendsInDoubt > 1 ? Intent.WINDOW_MILLIS : 0;
  }
}
