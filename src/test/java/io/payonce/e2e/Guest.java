package io.payonce.e2e;

import io.payonce.e2e.Caller.Got;
import io.payonce.server.Pod;
import io.payonce.settings.Settings;
import io.vertx.core.Vertx;

/** A pod of its own, in this process, for as long as one test needs it. */
record Guest(Vertx loops, Pod pod) implements AutoCloseable {
  static Guest of(Settings settings) {
    Vertx loops = Pod.vertx();
    try {
      return new Guest(loops, House.await(Pod.start(loops, settings)));
    } catch (IllegalStateException refused) {
      House.await(loops.close());
      throw refused;
    }
  }

  Caller caller() {
    return new Caller("http://127.0.0.1:" + pod.port(), House.KEY);
  }

  Operator operator() {
    return new Operator("http://127.0.0.1:" + pod.adminPort(), null);
  }

  Got ready() {
    return operator().get("/health/ready");
  }

  /** How often Redis' errors were counted under this word. */
  double counted(String word) {
    String line = "payonce_redis_errors_total{word=\"" + word + "\"} ";
    return operator()
        .get("/metrics")
        .body()
        .lines()
        .filter(each -> each.startsWith(line))
        .mapToDouble(each -> Double.parseDouble(each.substring(line.length())))
        .sum();
  }

  @Override
  public void close() {
    House.await(loops.close());
  }
}
