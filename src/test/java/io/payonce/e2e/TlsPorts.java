package io.payonce.e2e;

import io.payonce.tls.CertificateBundle;
import io.payonce.tls.TlsEngine;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** TLS before a pod's platform, which asks who calls, and before its Redis. */
final class TlsPorts implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClientAgent toPlatform = vertx.createHttpClient();
  private final NetClient toRedis = vertx.createNetClient();
  private final TestPod testPod;
  private final Set<HttpVersion> versions = ConcurrentHashMap.newKeySet();
  private HttpServer platform;
  private NetServer redis;

  TlsPorts(TestPod testPod, CertificateBundle pem) {
    this.testPod = testPod;
    platform = openPlatform(pem, 0);
    redis = openRedis(pem, 0);
  }

  String platformUri() {
    return "https://localhost:" + platform.actualPort();
  }

  String redisUri() {
    return "rediss://localhost:" + redis.actualPort();
  }

  /** What the platform was spoken to in. */
  Set<HttpVersion> versions() {
    return Set.copyOf(versions);
  }

  /** Ends every connection; the next ones meet these certificates. */
  void reopen(CertificateBundle pem) {
    int platformPort = platform.actualPort();
    TestPod.await(platform.close());
    platform = openPlatform(pem, platformPort);
    int redisPort = redis.actualPort();
    TestPod.await(redis.close());
    redis = openRedis(pem, redisPort);
  }

  private HttpServer openPlatform(CertificateBundle pem, int port) {
    ServerSSLOptions tls = new ServerSSLOptions()
        .setUseAlpn(true)
        .setKeyCertOptions(pem.identity().orElseThrow())
        .setTrustOptions(pem.trust().orElseThrow())
        .setClientAuth(ClientAuth.REQUIRED);
    HttpServerConfig config = new HttpServerConfig()
        .setTcpHost("127.0.0.1")
        .setTcpPort(port)
        .setVersions(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1);
    return TestPod.await(vertx
        .httpServerBuilder()
        .with(config)
        .with(tls)
        .with(TlsEngine.best())
        .build()
        .requestHandler(this::leadToPlatform)
        .listen());
  }

  private void leadToPlatform(HttpServerRequest outside) {
    versions.add(outside.version());
    RequestOptions options = new RequestOptions()
        .setMethod(outside.method())
        .setHost("127.0.0.1")
        .setPort(testPod.platform().actualPort())
        .setURI(outside.uri())
        .setHeaders(outside.headers());
    outside
        .body()
        .compose(body -> toPlatform.request(options).compose(request -> request.send(body)))
        .onSuccess(inside -> inside.body().onSuccess(body -> answer(outside, inside, body)))
        .onFailure(gone -> outside.connection().close());
  }

  private static void answer(HttpServerRequest outside, HttpClientResponse inside, Buffer body) {
    outside
        .response()
        .setStatusCode(inside.statusCode())
        .putHeader("Content-Type", inside.getHeader("Content-Type"))
        .end(body);
  }

  private NetServer openRedis(CertificateBundle pem, int port) {
    NetServerOptions options = new NetServerOptions()
        .setHost("127.0.0.1")
        .setPort(port)
        .setSsl(true)
        .setSslEngineOptions(TlsEngine.best())
        .setKeyCertOptions(pem.identity().orElseThrow())
        .setTrustOptions(pem.trust().orElseThrow());
    return TestPod.await(
        vertx.createNetServer(options).connectHandler(this::leadToRedis).listen());
  }

  private void leadToRedis(NetSocket outside) {
    outside.pause();
    toRedis
        .connect(testPod.redis().port(), "127.0.0.1")
        .onSuccess(inside -> {
          outside.pipeTo(inside);
          inside.pipeTo(outside);
        })
        .onFailure(gone -> outside.close());
  }

  @Override
  public void close() {
    TestPod.await(vertx.close());
  }
}
