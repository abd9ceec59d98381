package io.payonce.outcome.http;

import io.payonce.outcome.Notifier;
import io.payonce.tls.RestingCleaner;
import io.payonce.tls.TlsEngine;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ClientConfig;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.AddressResolver;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Opens pools of connections to hooks: HTTP/1.1, certificates and host names verified. Each request
 * names the address that it goes to; a pool is of one host at one address, and no call waits for a
 * place in it.
 */
final class HookClient {
  /** As the platform itself waits for a connection to a hook (platform.md#webhooks). */
  static final long CONNECT_MILLIS = 5000;

  /**
   * Many servers close what is idle for 5 s; a connection that closes as it is used is for naught.
   */
  static final Duration IDLE = Duration.ofSeconds(2);

  /** How often it is looked for those that have been idle for so long. */
  private static final int CLEANER_MILLIS = 1000;

  /** No head of an answer that says 200 needs more. */
  private static final int MOST_HEAD_BYTES = 8192;

  private HookClient() {}

  /** @param keepAlive false for a new connection for each request */
  static HttpClientAgent open(Vertx vertx, TrustOptions trust, boolean keepAlive) {
    RestingCleaner cleaner = new RestingCleaner(vertx, CLEANER_MILLIS);
    return cleaner
        .builder()
        .with(new HttpClientConfig()
            .setVersions(List.of(HttpVersion.HTTP_1_1))
            .setConnectTimeout(Duration.ofMillis(CONNECT_MILLIS))
            .setVerifyHost(true)
            .setDecompressionEnabled(false)
            .setHttp1Config(new Http1ClientConfig()
                .setKeepAlive(keepAlive)
                .setKeepAliveTimeout(IDLE)
                .setPipelining(false)
                .setMaxHeaderSize(MOST_HEAD_BYTES)))
        .with(new PoolOptions()
            .setHttp1MaxSize(Notifier.MOST_AT_ONCE)
            .setCleanerPeriod(CLEANER_MILLIS))
        .withAddressResolver(AddressResolver.<SocketAddress>mappingResolver(List::of))
        .with(new ClientSSLOptions()
            .setHostnameVerificationAlgorithm("HTTPS")
            .setEnabledSecureTransportProtocols(TlsEngine.protocols())
            .setTrustOptions(trust)
            .setUseAlpn(false)
            .setSslHandshakeTimeout(CONNECT_MILLIS)
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS))
        .with(TlsEngine.best())
        .withConnectHandler(connection -> {
          cleaner.opened(connection);
          InterimHeads.skip(connection);
        })
        .build();
  }
}
