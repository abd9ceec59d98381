package io.payonce.bench;

import io.payonce.redis.RedisLane;
import io.payonce.redis.RedisSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.function.Supplier;

/**
 * The least that a payment proxy on Vert.x can do: read the body whole, pass it on, pass the whole
 * answer back. It remembers, checks and signs nothing. Arguments: own port, platform's port, and if
 * it is to ask Redis before and after, as a payment does, the URI of that, and for what: nothing, the fewest writes
 * that a ledger makes, or all commands of a sale ({@link CommandScripts}).
 */
public final class PassThrough extends VerticleBase {
  private static final int MERCHANTS = 50;

  private final int port;
  private final int platformPort;
  private final String redisUri;
  private final CommandScripts scripts;
  private final String prefix = Long.toString(System.nanoTime(), 36);
  private HttpClientAgent client;
  private RedisLane lane;
  private long next;

  private PassThrough(int port, int platformPort, String redisUri, CommandScripts scripts) {
    this.port = port;
    this.platformPort = platformPort;
    this.redisUri = redisUri;
    this.scripts = scripts;
  }

  /** What is asked of Redis for one payment. */
  private record Asking(Supplier<Future<?>> before, Supplier<Future<?>> after) {}

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    int platformPort = Integer.parseInt(args[1]);
    String redisUri = args.length > 2 ? args[2] : null;
    CommandScripts scripts = args.length > 3 ? CommandScripts.valueOf(args[3]) : null;
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
        .deployVerticle(
            () -> new PassThrough(port, platformPort, redisUri, scripts),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .onFailure(failure -> System.exit(1));
  }

  @Override
  public Future<?> start() {
    client = vertx.createHttpClient(
        new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(20_000));
    if (redisUri != null) {
      lane = RedisLane.open(vertx, RedisSettings.standalone(redisUri));
    }
    return vertx
        .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
        .requestHandler(this::handle)
        .listen(port, "127.0.0.1");
  }

  private void handle(HttpServerRequest request) {
    request
        .body()
        .compose(body -> {
          Asking asking = asking();
          return asking.before().get().compose(begun -> pass(request, body, asking));
        })
        .onFailure(failure -> request.response().setStatusCode(502).end());
  }

  private Asking asking() {
    if (lane == null) {
      return new Asking(Future::succeededFuture, Future::succeededFuture);
    }
    if (scripts == null) {
      return new Asking(() -> EmptyScripts.begin(lane), () -> EmptyScripts.settle(lane));
    }
    CommandScripts.Sale sale = scripts.sale(prefix, next++, MERCHANTS);
    return new Asking(() -> sale.begin(lane), () -> sale.settle(lane));
  }

  private Future<Void> pass(HttpServerRequest request, Buffer body, Asking asking) {
    RequestOptions options = new RequestOptions()
        .setMethod(request.method())
        .setHost("127.0.0.1")
        .setPort(platformPort)
        .setURI(request.uri());
    return client
        .request(options)
        .compose(out -> {
          request.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
              out.putHeader(name, value);
            }
          });
          return out.send(body);
        })
        .compose(answer -> answer
            .body()
            .compose(whole -> asking
                .after()
                .get()
                .compose(settled -> back(request, answer, whole))));
  }

  private static Future<Void> back(
      HttpServerRequest request, HttpClientResponse answer, Buffer whole) {
    return request
        .response()
        .setStatusCode(answer.statusCode())
        .putHeader("Content-Type", answer.getHeader("Content-Type"))
        .end(whole);
  }
}
