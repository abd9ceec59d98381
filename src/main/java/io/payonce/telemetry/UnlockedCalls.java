package io.payonce.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the calls that are passed on without a lock, and says of each path once that this is so.
 * Callers choose paths, so only so many have a figure and a line of their own.
 */
final class UnlockedCalls {
  /** The platform has fewer than twenty calls: with half, a mistyped path could hide a real one. */
  static final int MOST_PATHS = 32;

  /** So long that no path of the platform's is cut; a caller's may be thousands. */
  private static final int LONGEST = 128;

  /** What has no figure of its own. */
  static final String OTHERS = "other";

  private static final Logger LOG = LoggerFactory.getLogger(UnlockedCalls.class);

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Consumer<String> count;

  UnlockedCalls(Consumer<String> count) {
    this.count = count;
  }

  /** @param path of plain letters and signs: no other is passed on */
  void passed(String path) {
    boolean own = seen.contains(path) || path.length() <= LONGEST && isNew(path);
    count.accept(own ? path : OTHERS);
  }

  private synchronized boolean isNew(String path) {
    if (seen.size() >= MOST_PATHS) {
      return seen.contains(path);
    }
    if (seen.add(path)) {
      LOG.warn(
          "POST {} is passed on without a lock: if it moves money, describe it in operations",
          path);
      if (seen.size() == MOST_PATHS) {
        LOG.warn(
            "{} paths are passed on without a lock: of more there will be no line", MOST_PATHS);
      }
    }
    return true;
  }
}
