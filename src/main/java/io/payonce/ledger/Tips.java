package io.payonce.ledger;

import io.payonce.rule.Door;
import io.payonce.rule.Stage;
import io.payonce.rule.Window;

/**
 * What the tips of an original lock: one another, so that no late copy undoes a newer tip, and
 * nothing else. Where a tip was sent again, an older copy of it may outlive its success: then a
 * tail outlives its lock.
 */
final class Tips {
  private Tips() {}

  /** @param original as other follow-ups lock it */
  static String lock(String original) {
    return Door.TIPS + original;
  }

  static boolean isLock(String order) {
    return order != null && order.startsWith(Door.TIPS);
  }

  /** The name of what is left of a tip that has ended; a name for scripts, where there is none. */
  static String tail(String order) {
    return isLock(order) ? "tail:" + order : order;
  }

  /** How long copies older than the one that is about to leave may still take effect; 0: none. */
  static long tailMillis(String order, Stage next) {
    return isLock(order) && next.history().unaccounted() > 1 ? Window.MILLIS : 0;
  }
}
