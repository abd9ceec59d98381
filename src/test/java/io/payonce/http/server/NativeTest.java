package io.payonce.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.handler.ssl.OpenSsl;
import io.payonce.tls.Pki;
import io.payonce.tls.Pki.Identity;
import io.payonce.tls.TlsEngine;
import io.payonce.wiring.Pod;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The native libraries load and work with the Java classes of a later version around them. Without
 * them a pod would run on, slower, and say nothing.
 */
class NativeTest {
  /** Larger than a frame and than a TLS record. */
  private static final Buffer BODY = Buffer.buffer("7".repeat(60_000));

  @TempDir
  Path folder;

  private final List<HttpServerRequest> arrived = new CopyOnWriteArrayList<>();
  private Vertx vertx;

  @BeforeEach
  void open() {
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(machine.matches("Linux (amd64|aarch64)"), "no libraries for " + machine);
    vertx = Pod.vertx();
  }

  @AfterEach
  void close() throws Exception {
    if (vertx != null) {
      await(vertx.close());
    }
  }

  @Test
  void epoll_and_boringssl_are_loaded() {
    Epoll.ensureAvailability();
    OpenSsl.ensureAvailability();
    assertThat(vertx.isNativeTransportEnabled()).isTrue();
    assertThat(vertx.unavailableNativeTransportCause()).isNull();
    assertThat(TlsEngine.best()).isInstanceOf(OpenSSLEngineOptions.class);
  }

  @Test
  void http2_runs_over_them_on_both_sides() throws Exception {
    Pki pki = new Pki(folder, "theirs");
    HttpServer server = await(serve(pki.localhost()));
    HttpClientAgent client = client(pki);
    for (int i = 0; i < 3; i++) {
      assertThat(await(echo(client, server.actualPort()))).isEqualTo(BODY);
    }
    assertThat(arrived).hasSize(3).allSatisfy(request -> {
      assertThat(request.version()).isEqualTo(HttpVersion.HTTP_2);
      assertThat(request.connection().sslSession().getProtocol()).isEqualTo("TLSv1.3");
      assertThat(request.connection().sslSession().getClass().getName()).contains("OpenSsl");
    });
    assertThat(arrived.stream().map(HttpServerRequest::connection).distinct()).hasSize(1);
  }

  private Future<HttpServer> serve(Identity identity) {
    ServerSSLOptions tls = new ServerSSLOptions()
        .setUseAlpn(true)
        .setKeyCertOptions(new PemKeyCertOptions()
            .addCertPath(identity.chain().toString())
            .addKeyPath(identity.key().toString()));
    return vertx
        .httpServerBuilder()
        .with(new HttpServerConfig()
            .setTcpHost("127.0.0.1")
            .setTcpPort(0)
            .setVersions(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .with(tls)
        .with(TlsEngine.best())
        .build()
        .requestHandler(request -> {
          arrived.add(request);
          request.body().onSuccess(request.response()::end);
        })
        .listen();
  }

  private HttpClientAgent client(Pki pki) {
    return vertx
        .httpClientBuilder()
        .with(new HttpClientConfig().setVersions(HttpVersion.HTTP_2).setVerifyHost(true))
        .with(new ClientSSLOptions()
            .setUseAlpn(true)
            .setHostnameVerificationAlgorithm("HTTPS")
            .setTrustOptions(
                new PemTrustOptions().addCertPath(pki.authorityFile().toString())))
        .with(TlsEngine.best())
        .build();
  }

  private static Future<Buffer> echo(HttpClientAgent client, int port) {
    return client
        .request(new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("localhost")
            .setPort(port)
            .setSsl(true))
        .compose(request -> {
          // Wanted before it can come: this thread is not the loop that reads it.
          Future<Buffer> body = request.response().compose(HttpClientResponse::body);
          request.end(BODY);
          return body;
        });
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }
}
