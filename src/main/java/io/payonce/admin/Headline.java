package io.payonce.admin;

import io.payonce.redis.ServedSlots;
import io.payonce.redis.failure.RedisBulletin;
import java.util.List;
import java.util.Set;

/** Says at the head of the ops page whether this pod accepts payments, and if not, why. */
record Headline(boolean up, String text) {
  /** Redis did not say no: it said nothing in time. */
  private static final Set<String> MUTE = Set.of("TIMEOUT", "LOST", "OVERLOADED", "NOT_REPLICATED");

  /**
   * What stops most comes first.
   *
   * @param sealed why this pod's keys do not open the ledger; null if they do
   * @param closed why the ledger is not open to it; null if it is
   * @param lines what is wrong with Redis
   */
  static Headline of(
      String sealed,
      String closed,
      boolean draining,
      List<ServedSlots> parts,
      List<RedisBulletin.Line> lines) {
    long unavailable = unavailable(parts);
    if (sealed != null) {
      return down("nothing is sent: " + sealed);
    }
    if (unavailable == parts.size()) {
      return down("Redis unavailable: nothing is sent");
    }
    if (closed != null) {
      return down("nothing is sent: " + closed);
    }
    if (draining) {
      return down("draining");
    }
    if (unavailable > 0) {
      return down("part of Redis unavailable (" + unavailable + " of " + parts.size() + ")");
    }
    return lines.stream()
        .findFirst()
        .map(line -> down(refuses(line) + line.word()))
        .orElse(new Headline(true, "accepting payments"));
  }

  /** Whether every server that is needed is reached. */
  static boolean all(List<ServedSlots> parts) {
    return !parts.isEmpty() && unavailable(parts) == 0;
  }

  private static long unavailable(List<ServedSlots> parts) {
    return parts.stream().filter(part -> !part.connected()).count();
  }

  private static String refuses(RedisBulletin.Line line) {
    return line.unavailable() || MUTE.contains(line.word())
        ? "trouble with Redis: "
        : "Redis refuses: ";
  }

  private static Headline down(String text) {
    return new Headline(false, text);
  }
}
