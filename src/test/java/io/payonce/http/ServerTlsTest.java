package io.payonce.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.tls.CertificateBundle;
import io.payonce.tls.CertificateFiles;
import io.payonce.tls.Pki;
import io.payonce.tls.Pki.Identity;
import io.payonce.tls.WatchedFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.junit5.VertxExtension;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real handshakes with the callers' port, on both engines. */
@ExtendWith(VertxExtension.class)
class ServerTlsTest {
  @TempDir
  static Path folder;

  private static Pki ours;
  private static Pki strangers;

  private final Vertx vertx;

  /** A client without a reference is closed by Vert.x, its call with it. */
  private final List<HttpClientAgent> held = new ArrayList<>();

  private final AtomicInteger served = new AtomicInteger();

  @BeforeAll
  static void authorities() {
    ours = new Pki(folder, "ours");
    strangers = new Pki(folder, "strangers");
  }

  ServerTlsTest(Vertx vertx) {
    this.vertx = vertx;
  }

  static Stream<SSLEngineOptions> engines() {
    assertThat(OpenSSLEngineOptions.isAvailable()).isTrue();
    return Stream.of(new OpenSSLEngineOptions(), new JdkSSLEngineOptions());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void a_caller_that_knows_our_authority_is_served(SSLEngineOptions engine) {
    HttpServer server = server(engine, ours.localhost(), null);
    assertThat(call(server, client(ours, null), "localhost")).isEqualTo("HTTP_2 served");
    ClientSSLOptions old = client(ours, null).setEnabledSecureTransportProtocols(Set.of("TLSv1.2"));
    assertThat(call(server, old, "localhost")).isEqualTo("HTTP_2 served");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void a_caller_refuses_another_name_and_a_stranger(SSLEngineOptions engine) {
    HttpServer server = server(engine, ours.localhost(), null);
    assertRefused(server, client(ours, null), "127.0.0.1");
    assertRefused(server, client(strangers, null), "localhost");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void tls_1_1_is_refused(SSLEngineOptions engine) {
    HttpServer server = server(engine, ours.localhost(), null);
    ClientSSLOptions old =
        client(ours, null).setUseAlpn(false).setEnabledSecureTransportProtocols(Set.of("TLSv1.1"));
    assertThatThrownBy(() -> call(server, old, "localhost"))
        .hasStackTraceContaining("PROTOCOL_VERSION");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void with_a_client_authority_only_its_callers_are_served(SSLEngineOptions engine) {
    HttpServer server = server(engine, ours.localhost(), ours.authorityFile());
    assertThat(call(server, client(ours, ours.other("shop")), "localhost")).contains("served");
    assertRefused(server, client(ours, null), "localhost");
    assertRefused(server, client(ours, strangers.other("shop")), "localhost");
    assertRefused(server, client(ours, ours.expired()), "localhost");
  }

  @Test
  void a_port_for_those_who_sign_asks_them_for_no_certificate() {
    ServerTls tls = new ServerTls(
        watched(ours.localhost(), ours.authorityFile()), true, new OpenSSLEngineOptions());
    HttpServer server = server(tls.withoutClients());
    assertThat(call(server, client(ours, null), "localhost")).isEqualTo("HTTP_2 served");
    assertRefused(server, client(strangers, null), "localhost");
  }

  @Test
  void http2_can_be_turned_off_and_http1_stays_for_those_who_offer_no_more() {
    HttpServer none =
        server(new ServerTls(watched(ours.localhost(), null), false, new OpenSSLEngineOptions()));
    assertThat(call(none, client(ours, null), "localhost")).isEqualTo("HTTP_1_1 served");
    HttpServer both = server(new OpenSSLEngineOptions(), ours.localhost(), null);
    assertThat(call(both, client(ours, null).setUseAlpn(false), "localhost"))
        .isEqualTo("HTTP_1_1 served");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void new_certificates_are_shown_to_new_callers_and_no_call_fails(SSLEngineOptions engine) {
    Identity identity = ours.localhost();
    WatchedFile<CertificateBundle> certificates = watched(identity, null);
    HttpServer server = server(new ServerTls(certificates, true, engine));
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<Integer>> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      callers.add(callUntil(stop, server, 0));
    }
    for (int i = 0; i < 3; i++) {
      String before = serial(server);
      identity.become(ours.localhost());
      assertThat(certificates.reread()).isTrue();
      Awaitility.await().atMost(1, TimeUnit.MINUTES).until(() -> !serial(server).equals(before));
    }
    stop.set(true);
    assertThat(callers).allSatisfy(caller -> assertThat(get(caller)).isPositive());
  }

  @Test
  void a_certificate_that_came_before_we_listened_is_shown_too() throws Exception {
    Identity identity = ours.localhost();
    WatchedFile<CertificateBundle> certificates = watched(identity, null);
    ServerTls tls = new ServerTls(certificates, true, new OpenSSLEngineOptions());
    HttpServerConfig config = new HttpServerConfig().setTcpHost("127.0.0.1").setTcpPort(0);
    HttpServer server = tls.server(vertx, config).requestHandler(request -> {});
    identity.become(ours.localhost());
    assertThat(certificates.reread()).isTrue();
    get(tls.listen(server));
    String fresh = serial(identity);
    Awaitility.await().atMost(1, TimeUnit.MINUTES).until(() -> serial(server).equals(fresh));
  }

  private static String serial(Identity identity) throws Exception {
    try (InputStream chain = Files.newInputStream(identity.chain())) {
      X509Certificate first =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(chain);
      return first.getSerialNumber().toString();
    }
  }

  @Test
  void a_bad_new_certificate_leaves_the_old_one_serving() {
    Identity identity = ours.localhost();
    WatchedFile<CertificateBundle> certificates = watched(identity, null);
    HttpServer server = server(new ServerTls(certificates, true, new OpenSSLEngineOptions()));
    String before = serial(server);
    identity.become(ours.expired());
    assertThat(certificates.reread()).isFalse();
    assertThat(serial(server)).isEqualTo(before);
  }

  /** Each call on a connection of its own, so that each makes a handshake. */
  private Future<Integer> callUntil(AtomicBoolean stop, HttpServer server, int soFar) {
    if (stop.get()) {
      return Future.succeededFuture(soFar);
    }
    HttpClientAgent client = agent(client(ours, null));
    return exchange(client, server, "localhost")
        .eventually(client::close)
        .compose(text -> callUntil(stop, server, soFar + 1));
  }

  private String serial(HttpServer server) {
    HttpClientAgent client = agent(client(ours, null));
    HttpClientRequest request = get(client.request(target(server, "localhost")));
    try {
      X509Certificate shown =
          (X509Certificate) request.connection().sslSession().getPeerCertificates()[0];
      return shown.getSerialNumber().toString();
    } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
      throw new IllegalStateException(e);
    } finally {
      get(client.close());
    }
  }

  private void assertRefused(HttpServer server, ClientSSLOptions options, String host) {
    int before = served.get();
    assertThatThrownBy(() -> call(server, options, host)).isInstanceOf(IllegalStateException.class);
    assertThat(served).hasValue(before);
  }

  private HttpServer server(SSLEngineOptions engine, Identity identity, Path clientCa) {
    return server(new ServerTls(watched(identity, clientCa), true, engine));
  }

  private static WatchedFile<CertificateBundle> watched(Identity identity, Path clientCa) {
    return WatchedFile.of(
        "the certificates", () -> CertificateBundle.read(identity.trusting(clientCa)));
  }

  private HttpServer server(ServerTls tls) {
    HttpServerConfig config = new HttpServerConfig().setTcpHost("127.0.0.1").setTcpPort(0);
    HttpServer server = tls.server(vertx, config);
    server.requestHandler(request -> {
      served.incrementAndGet();
      request.response().end(request.version() + " served");
    });
    return get(tls.listen(server));
  }

  private static ClientSSLOptions client(Pki trusted, Identity identity) {
    ClientSSLOptions options =
        new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS").setUseAlpn(true);
    try {
      CertificateBundle pem =
          CertificateBundle.read(CertificateFiles.trusting(trusted.authorityFile()));
      options.setTrustOptions(pem.trust().orElseThrow());
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
    if (identity != null) {
      options.setKeyCertOptions(new io.vertx.core.net.PemKeyCertOptions()
          .addCertPath(identity.chain().toString())
          .addKeyPath(identity.key().toString()));
    }
    return options;
  }

  private String call(HttpServer server, ClientSSLOptions options, String host) {
    HttpClientAgent client = agent(options);
    held.add(client);
    return get(exchange(client, server, host));
  }

  private HttpClientAgent agent(ClientSSLOptions options) {
    HttpVersion[] versions = options.isUseAlpn()
        ? new HttpVersion[] {HttpVersion.HTTP_2, HttpVersion.HTTP_1_1}
        : new HttpVersion[] {HttpVersion.HTTP_1_1};
    return vertx
        .httpClientBuilder()
        .with(new HttpClientConfig().setVersions(versions).setVerifyHost(true))
        .with(options)
        .with(new OpenSSLEngineOptions())
        .build();
  }

  private static Future<String> exchange(HttpClientAgent client, HttpServer server, String host) {
    return client
        .request(target(server, host))
        .compose(request -> request.send().compose(HttpClientResponse::body))
        .map(Buffer::toString);
  }

  private static RequestOptions target(HttpServer server, String host) {
    return new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setSsl(true)
        .setHost(host)
        .setPort(server.actualPort())
        .setURI("/");
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
