package io.payonce.platform.http;

import io.payonce.tls.CertificateBundle;
import io.payonce.tls.RestingCleaner;
import io.payonce.tls.RuntimeTrust;
import io.payonce.tls.TlsEngine;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ClientConfig;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientBuilder;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.AddressResolver;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens pools of connections to the platform: host names verified, nothing hidden. Each request
 * names the address it goes to; a pool is of one address.
 */
final class Connections {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  /** With one, a break leaves every payment of an event loop in doubt; more gain little. */
  private static final int HTTP2_CONNECTIONS = 4;

  /** How often too old connections are looked for, among those that are idle at that moment. */
  private static final int CLEANER_MILLIS = 250;

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
    RestingCleaner cleaner = new RestingCleaner(vertx, CLEANER_MILLIS);
    HttpClientBuilder builder = cleaner
        .builder()
        .with(client(keepAlive))
        .with(pool())
        .withAddressResolver(AddressResolver.<SocketAddress>mappingResolver(List::of))
        .withConnectHandler(connection -> {
          cleaner.opened(connection);
          Http1AnswerGuard.watch(connection, settings.times().keepAliveMillis());
        });
    if (!isTls) {
      return builder.build();
    }
    HttpClientAgent client = builder
        .with(tls(settings.tls().certificates().current()))
        .with(TlsEngine.best())
        .build();
    settings.tls().certificates().onChange(fresh -> renew(client, fresh));
    return client;
  }

  // Open connections go on: the platform has proved itself on them once.
  private void renew(HttpClientAgent client, CertificateBundle fresh) {
    client
        .updateSSLOptions(tls(fresh), true)
        .onFailure(e -> LOG.error("the new certificates are not taken; the old ones go on", e));
  }

  private HttpClientConfig client(boolean keepAlive) {
    return new HttpClientConfig()
        .setVersions(versions(keepAlive))
        .setConnectTimeout(Duration.ofMillis(settings.times().connectMillis()))
        .setVerifyHost(true)
        .setDecompressionEnabled(false)
        .setHttp1Config(new Http1ClientConfig()
            .setKeepAlive(keepAlive)
            .setKeepAliveTimeout(Duration.ofMillis(settings.times().keepAliveMillis()))
            .setPipelining(false));
  }

  // A connection for one request alone cannot be HTTP/2, and in the clear no client asks for it.
  private List<HttpVersion> versions(boolean keepAlive) {
    return settings.tls().http2() && isTls && keepAlive
        ? List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)
        : List.of(HttpVersion.HTTP_1_1);
  }

  // With half the queue a burst is refused that one answer's time would have served; beyond it a
  // request waits longer than a connection may take, so it is better refused at once.
  private PoolOptions pool() {
    return new PoolOptions()
        .setHttp1MaxSize(settings.maxConnections())
        .setHttp2MaxSize(HTTP2_CONNECTIONS)
        .setMaxWaitQueueSize(settings.maxConnections())
        .setMaxLifetime((int) settings.route().connectionMillis())
        .setMaxLifetimeUnit(TimeUnit.MILLISECONDS)
        .setCleanerPeriod(CLEANER_MILLIS);
  }

  private ClientSSLOptions tls(CertificateBundle pem) {
    ClientSSLOptions options = new ClientSSLOptions()
        .setHostnameVerificationAlgorithm("HTTPS")
        .setEnabledSecureTransportProtocols(TlsEngine.protocols())
        .setTrustOptions(pem.trust().orElseGet(RuntimeTrust::authorities))
        .setUseAlpn(settings.tls().http2())
        .setSslHandshakeTimeout(settings.times().connectMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    pem.identity().ifPresent(options::setKeyCertOptions);
    return options;
  }
}
