package io.payonce.http;

import io.payonce.tls.CertificateBundle;
import io.payonce.tls.RuntimeTrust;
import io.payonce.tls.TlsEngine;
import io.payonce.tls.WatchedFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerBuilder;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves TLS to callers. New certificates serve the next connection; open ones go on.
 *
 * @param certificates null: callers come in the clear
 * @param http2 whether callers who offer HTTP/2 (ALPN) get it; never in the clear
 * @param asks for a certificate of the caller's, where a client CA is configured
 */
public record ServerTls(
    WatchedFile<CertificateBundle> certificates,
    boolean http2,
    SSLEngineOptions engine,
    boolean asks) {
  private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

  /** An nginx in front speaks HTTP/1.0 unless configured otherwise. */
  private static final Set<HttpVersion> EVERYBODYS =
      EnumSet.of(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1);

  public static final ServerTls OFF = new ServerTls(null, false, null);

  public ServerTls(
      WatchedFile<CertificateBundle> certificates, boolean http2, SSLEngineOptions engine) {
    this(certificates, http2, engine, true);
  }

  /**
   * The same for a port whose callers have no certificate of ours, and show otherwise who they are.
   */
  public ServerTls withoutClients() {
    return new ServerTls(certificates, http2, engine, false);
  }

  public static ServerTls with(WatchedFile<CertificateBundle> certificates, boolean http2) {
    return new ServerTls(certificates, http2, TlsEngine.best());
  }

  public HttpServer server(Vertx vertx, HttpServerConfig config) {
    HttpServerBuilder builder = vertx.httpServerBuilder();
    if (certificates == null) {
      return builder.with(config.setVersions(EVERYBODYS)).build();
    }
    Set<HttpVersion> versions = EnumSet.copyOf(EVERYBODYS);
    if (http2) {
      versions.add(HttpVersion.HTTP_2);
    }
    config.setVersions(versions);
    return builder
        .with(config)
        .with(options(certificates.current()))
        .with(engine)
        .build();
  }

  /** A server takes new certificates only while it listens, those that came before it did too. */
  public Future<HttpServer> listen(HttpServer server) {
    Future<HttpServer> listening = server.listen();
    return certificates == null
        ? listening
        : listening.onSuccess(there -> certificates.follow(fresh -> renew(server, fresh)));
  }

  private void renew(HttpServer server, CertificateBundle fresh) {
    server
        .updateSSLOptions(options(fresh), true)
        .onFailure(e -> LOG.error("the new certificates are not taken; the old ones serve on", e));
  }

  private ServerSSLOptions options(CertificateBundle pem) {
    ServerSSLOptions options = new ServerSSLOptions()
        .setEnabledSecureTransportProtocols(TlsEngine.protocols())
        .setTrustOptions(pem.trust().orElseGet(RuntimeTrust::authorities))
        .setUseAlpn(http2);
    pem.identity().ifPresent(options::setKeyCertOptions);
    pem.trust()
        .filter(clients -> asks)
        .ifPresent(callersOnly -> options.setClientAuth(ClientAuth.REQUIRED));
    return options;
  }
}
