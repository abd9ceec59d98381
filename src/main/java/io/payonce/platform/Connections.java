package io.payonce.platform;

import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ClientConfig;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientBuilder;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Opens pools of connections to the platform: HTTP/1.1, host names verified, nothing hidden. */
final class Connections {
  private final Vertx vertx;
  private final PlatformSettings settings;
  private final boolean isTls;

  Connections(Vertx vertx, PlatformSettings settings, boolean isTls) {
    this.vertx = vertx;
    this.settings = settings;
    this.isTls = isTls;
  }

  /** Connections that are kept for the next request. */
  HttpClientAgent kept() {
    return open(true);
  }

  /** A new connection for each request. */
  HttpClientAgent fresh() {
    return open(false);
  }

  private HttpClientAgent open(boolean keepAlive) {
    HttpClientBuilder builder =
        vertx.httpClientBuilder().with(client(keepAlive)).with(pool());
    return isTls ? builder.with(tls()).with(engine()).build() : builder.build();
  }

  private HttpClientConfig client(boolean keepAlive) {
    return new HttpClientConfig()
        .setVersions(HttpVersion.HTTP_1_1)
        .setConnectTimeout(Duration.ofMillis(settings.connectTimeoutMillis()))
        .setVerifyHost(true)
        .setDecompressionEnabled(false)
        .setHttp1Config(new Http1ClientConfig()
            .setKeepAlive(keepAlive)
            .setKeepAliveTimeout(Duration.ofMillis(settings.keepAliveMillis()))
            .setPipelining(false));
  }

  // With half the queue a burst is refused that one answer's time would have served; beyond it a
  // request waits longer than a connection may take, so it is better refused at once.
  private PoolOptions pool() {
    return new PoolOptions()
        .setHttp1MaxSize(settings.maxConnections())
        .setMaxWaitQueueSize(settings.maxConnections());
  }

  private ClientSSLOptions tls() {
    ClientSSLOptions options = new ClientSSLOptions()
        .setHostnameVerificationAlgorithm("HTTPS")
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
        .setSslHandshakeTimeout(settings.connectTimeoutMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    return settings.trustedCaFile() == null
        ? options
        : options.setTrustOptions(
            new PemTrustOptions().addCertPath(settings.trustedCaFile().toString()));
  }

  private static SSLEngineOptions engine() {
    return OpenSSLEngineOptions.isAvailable()
        ? new OpenSSLEngineOptions()
        : new JdkSSLEngineOptions();
  }
}
