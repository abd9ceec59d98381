package io.payonce.telemetry;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Shows how times are spread: bins of a quarter octave, so a quantile is right to within a tenth.
 */
public final class LatencyHistogram {
  private static final double LEAST_NANOS = 10_000;
  private static final int BINS_AN_OCTAVE = 4;

  /** Up to 10 µs × 2^24, almost three minutes. */
  private static final int BINS = 24 * BINS_AN_OCTAVE;

  private final AtomicLongArray bins = new AtomicLongArray(BINS);

  void add(long nanos) {
    double octaves = Math.log(Math.max(1, nanos / LEAST_NANOS)) / Math.log(2);
    bins.incrementAndGet(Math.min(BINS - 1, (int) (octaves * BINS_AN_OCTAVE)));
  }

  void addAll(LatencyHistogram other) {
    for (int i = 0; i < BINS; i++) {
      bins.addAndGet(i, other.bins.get(i));
    }
  }

  public long count() {
    long count = 0;
    for (int i = 0; i < BINS; i++) {
      count += bins.get(i);
    }
    return count;
  }

  /** Milliseconds below which that share of the times lies; 0 when there are none. */
  public double millis(double share) {
    double wanted = count() * share;
    long seen = 0;
    for (int i = 0; i < BINS; i++) {
      seen += bins.get(i);
      if (seen > 0 && seen >= wanted) {
        return LEAST_NANOS * Math.pow(2, (i + 0.5) / BINS_AN_OCTAVE) / 1e6;
      }
    }
    return 0;
  }
}
