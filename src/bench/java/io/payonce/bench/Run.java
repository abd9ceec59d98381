package io.payonce.bench;

import io.vertx.core.json.JsonObject;

/** What one peer did under one load. */
record Run(
    String peer, Load.Result load, Usage used, long redisMicros, long dataBytes, long keys) {
  /** What else is kept of it is in hashes of many. */
  private static final double KEYS_PER_PAYMENT = 1;

  /** Of the CPU, for a JVM's compilers; what is compiled is measured, not that it is. */
  private static final double COMPILERS_AT_REST = 0.02;

  boolean isWarm() {
    return used.compilerMicros() <= COMPILERS_AT_REST * used.cpuMicros();
  }

  double cpuPerPayment() {
    return (double) used.cpuMicros() / load.requests();
  }

  double redisPerPayment() {
    return (double) redisMicros / load.requests();
  }

  /** The share of a Payonce's answers that were payments: limits refuse at the door, for little. */
  double paidShare() {
    return keys / KEYS_PER_PAYMENT / load.requests();
  }

  double bytesPerPayment() {
    return (double) dataBytes / load.requests();
  }

  JsonObject json() {
    return new JsonObject()
        .put("peer", peer)
        .put("payments", load.requests())
        .put("failed", load.failed())
        .put("paymentsPerSecond", Math.round(load.perSecond()))
        .put("cpuMicrosPerPayment", tenths(cpuPerPayment()))
        .put("redisMicrosPerPayment", tenths(redisPerPayment()))
        .put("keptBytesPerPayment", Math.round(bytesPerPayment()))
        .put("residentMiB", used.residentKib() / 1024)
        .put("p50Micros", load.p50())
        .put("p99Micros", load.p99())
        .put("p999Micros", load.p999());
  }

  private static double tenths(double figure) {
    return Math.round(figure * 10) / 10.0;
  }
}
