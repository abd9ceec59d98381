package io.payonce.flow;

/** How long a payment has waited for the platform; the rest of its time is ours. */
final class Stopwatch {
  private long nanos;

  void add(long more) {
    nanos += more;
  }

  long nanos() {
    return nanos;
  }
}
