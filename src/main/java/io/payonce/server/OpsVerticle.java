package io.payonce.server;

import io.payonce.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/** The admin port: health, metrics, what is unresolved, and a person's decisions. */
final class OpsVerticle extends VerticleBase {
  private final Settings.Admin settings;
  private final Gate gate;
  private final Metrics metrics;
  private final Supplier<Assembly> build;
  private Assembly assembly;
  private volatile int port;

  OpsVerticle(Settings.Admin settings, Gate gate, Metrics metrics, Supplier<Assembly> build) {
    this.settings = settings;
    this.gate = gate;
    this.metrics = metrics;
    this.build = build;
  }

  int port() {
    return port;
  }

  @Override
  public Future<?> start() {
    assembly = build.get();
    return vertx
        .createHttpServer()
        .requestHandler(this::handle)
        .listen(settings.port(), settings.host())
        .onSuccess(server -> port = server.actualPort());
  }

  @Override
  public Future<?> stop() {
    return assembly.close();
  }

  private void handle(HttpServerRequest request) {
    switch (request.path()) {
      case "/health/live" -> json(request, 200, new JsonObject().put("status", "up"));
      case "/health/ready" -> ready(request);
      case "/metrics" ->
        request
            .response()
            .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            .end(metrics.scrape());
      default -> json(request, 404, new JsonObject().put("error", "nothing here"));
    }
  }

  private void ready(HttpServerRequest request) {
    boolean redis = assembly.lane().connected();
    boolean open = !gate.isDraining() && gate.port() != 0;
    JsonObject reasons = new JsonObject()
        .put("status", redis && open ? "up" : "down")
        .put("redis", redis ? "connected" : "not connected: nothing can be sent")
        .put("server", open ? "accepting" : gate.isDraining() ? "draining" : "not started")
        .put("clock", metrics.clockSays());
    json(request, redis && open ? 200 : 503, reasons);
  }

  private static void json(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.encode());
  }
}
