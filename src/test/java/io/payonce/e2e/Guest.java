package io.payonce.e2e;

import io.payonce.e2e.Caller.Got;
import io.payonce.settings.Settings;
import io.payonce.wiring.Pod;
import io.vertx.core.Vertx;

/** A pod of its own, in this process, for as long as one test needs it. */
record Guest(Vertx loops, Pod pod) implements AutoCloseable {
  static Guest of(Settings settings) {
    Vertx loops = Pod.vertx();
    try {
      return new Guest(loops, TestPod.await(Pod.start(loops, settings)));
    } catch (IllegalStateException refused) {
      TestPod.await(loops.close());
      throw refused;
    }
  }

  Caller caller() {
    return new Caller("http://127.0.0.1:" + pod.port(), TestPod.KEY);
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
    TestPod.await(loops.close());
  }
}
