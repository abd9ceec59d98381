package io.payonce.flow.port;

import io.payonce.model.PaymentId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Says how long a process has known of the intents of sends, by its own monotonic clock: that no
 * other clock can set forward. One for all event loops.
 */
public final class Sightings {
  /** Has seen nothing, and never will. */
  public static final Sightings NONE = new Sightings(() -> 0);

  /**
   * More payments than this are seldom in doubt at once, 10 MB of them. Forgotten ones are seen
   * anew: their windows end later, never earlier.
   */
  private static final int MOST = 50_000;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private record Intended(PaymentId id, long intentAtMillis) {}

  private final LongSupplier nanos;
  private final Map<Intended, Long> firstSeen = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Intended, Long> eldest) {
      return size() > MOST;
    }
  };

  public Sightings(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Since this was first asked of that intent. */
  public synchronized long millis(PaymentId id, long intentAtMillis) {
    long now = nanos.getAsLong();
    Long first = firstSeen.putIfAbsent(new Intended(id, intentAtMillis), now);
    return first == null ? 0 : (now - first) / NANOS_PER_MILLI;
  }
}
