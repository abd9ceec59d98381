package io.payonce.bench;

import io.vertx.core.json.JsonObject;

/** What one peer did under one load. */
record Run(String peer, Load.Result load, long cpuMicros, long redisMicros, long residentKib, long dataBytes) {
  double cpuPerPayment() {
    return (double) cpuMicros / load.requests();
  }

  double redisPerPayment() {
    return (double) redisMicros / load.requests();
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
        .put("residentMiB", residentKib / 1024)
        .put("p50Micros", load.p50())
        .put("p99Micros", load.p99())
        .put("p999Micros", load.p999());
  }

  private static double tenths(double figure) {
    return Math.round(figure * 10) / 10.0;
  }
}
