package io.payonce.flow.port;

/** Measures how long a payment has waited for the platform; the rest of its time is ours. */
public final class Stopwatch {
  private long nanos;

  public void add(long more) {
    nanos += more;
  }

  public long nanos() {
    return nanos;
  }
}
