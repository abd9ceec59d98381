package io.payonce.redis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One server that is needed, and which keys are there.
 *
 * @param ranges the slots of a cluster that it serves; empty where it serves all keys
 * @param dials how often it was connected: another time is perhaps another server
 */
public record ServedSlots(String name, List<Range> ranges, boolean connected, int dials) {
  /** Slots first to last, both included. */
  public record Range(int first, int last) {
    @Override
    public String toString() {
      return first == last ? "" + first : first + "-" + last;
    }
  }

  static ServedSlots whole(String name, boolean connected, int dials) {
    return new ServedSlots(name, List.of(), connected, dials);
  }

  public boolean serves(String key) {
    int slot = HashSlot.of(key);
    return ranges.isEmpty()
        || ranges.stream().anyMatch(range -> range.first <= slot && slot <= range.last);
  }

  /** Say {@code 0-5460}; empty where it serves all keys. */
  public String slots() {
    return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
  }
}
