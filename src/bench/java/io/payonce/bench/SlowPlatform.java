package io.payonce.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A platform that pays everything after a while, which an nginx cannot do without extra modules.
 * Arguments: port, delay in ms.
 */
public final class SlowPlatform {
  private SlowPlatform() {}

  public static void main(String[] args) {
    long delayMillis = Long.parseLong(args[1]);
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    AtomicLong transactions = new AtomicLong(System.currentTimeMillis() << 20);
    vertx
        .createHttpServer(new HttpServerOptions().setAcceptBacklog(16_384))
        .requestHandler(request -> request.body().onSuccess(body -> vertx.setTimer(
            delayMillis,
            later -> request
                .response()
                .putHeader("Content-Type", "application/json")
                .end(Nginx.paid(Long.toHexString(transactions.incrementAndGet()))))))
        .listen(Integer.parseInt(args[0]), "127.0.0.1")
        .onFailure(failure -> System.exit(1));
  }
}
