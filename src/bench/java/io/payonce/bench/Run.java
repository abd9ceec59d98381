package io.payonce.bench;

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
}
