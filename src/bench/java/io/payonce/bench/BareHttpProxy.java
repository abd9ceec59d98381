package io.payonce.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;

/** vertx-http-proxy as it comes. Arguments: own port, platform's port. */
public final class BareHttpProxy extends VerticleBase {
  private final int port;
  private final int platformPort;

  private BareHttpProxy(int port, int platformPort) {
    this.port = port;
    this.platformPort = platformPort;
  }

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    int platformPort = Integer.parseInt(args[1]);
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
        .deployVerticle(
            () -> new BareHttpProxy(port, platformPort),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .onFailure(failure -> System.exit(1));
  }

  @Override
  public Future<?> start() {
    HttpProxy proxy = HttpProxy.reverseProxy(vertx.createHttpClient(
        new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(20_000)));
    proxy.origin(platformPort, "127.0.0.1");
    return vertx
        .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
        .requestHandler(proxy)
        .listen(port, "127.0.0.1");
  }
}
