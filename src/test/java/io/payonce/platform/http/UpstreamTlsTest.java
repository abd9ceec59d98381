package io.payonce.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.credentials.PlatformKeys;
import io.payonce.model.Answer;
import io.payonce.tls.CertificateBundle;
import io.payonce.tls.CertificateFiles;
import io.payonce.tls.Pki;
import io.payonce.tls.Pki.Identity;
import io.payonce.tls.WatchedFile;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The platform's side of TLS: whom we trust, what we show, and what HTTP/2 does to a send. */
@ExtendWith(VertxExtension.class)
class UpstreamTlsTest {
  private static final long REFUSED_STREAM = 7;

  @TempDir
  Path folder;

  private final Vertx vertx;
  private final List<HttpServerRequest> arrived = new CopyOnWriteArrayList<>();
  private Pki theirs;
  private Pki strangers;

  UpstreamTlsTest(Vertx vertx) {
    this.vertx = vertx;
  }

  @BeforeEach
  void authorities() {
    theirs = new Pki(folder, "theirs");
    strangers = new Pki(folder, "strangers");
  }

  @Test
  void an_expired_certificate_and_an_unknown_authority_get_nothing() {
    HttpServer expired = server(theirs.expired(), null);
    try (PlatformFixture fixture = fixture(expired, trusting(theirs), false)) {
      assertThat(fixture.send()).isEqualTo(new Answer.Unsent("tls"));
    }
    HttpServer good = server(theirs.localhost(), null);
    try (PlatformFixture fixture = fixture(good, trusting(strangers), false)) {
      assertThat(fixture.send()).isEqualTo(new Answer.Unsent("tls"));
    }
    assertThat(arrived).isEmpty();
  }

  @Test
  void a_platform_that_speaks_tls_1_1_at_most_gets_nothing() {
    ServerSSLOptions old =
        options(theirs.localhost(), null).setEnabledSecureTransportProtocols(Set.of("TLSv1.1"));
    HttpServer server = listen(old, this::paid);
    try (PlatformFixture fixture = fixture(server, trusting(theirs), false)) {
      assertThat(fixture.send()).isEqualTo(new Answer.Unsent("tls"));
      assertThat(arrived).isEmpty();
    }
  }

  @Test
  void a_platform_that_asks_who_we_are_is_shown_our_certificate() {
    HttpServer server = server(theirs.localhost(), theirs.authorityFile());
    Identity us = theirs.other("payonce");
    WatchedFile<CertificateBundle> shown = watched(us.trusting(theirs.authorityFile()));
    try (PlatformFixture fixture = fixture(server, shown, false)) {
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
    }
    try (PlatformFixture fixture = fixture(server, trusting(theirs), false)) {
      assertThat(fixture.send()).isNotInstanceOf(Answer.Spoken.class);
    }
    assertThat(arrived).hasSize(1);
  }

  @Test
  void a_certificate_that_is_refused_after_our_handshake_means_that_nothing_was_read() {
    HttpServer server = server(theirs.localhost(), theirs.authorityFile());
    Identity stranger = strangers.other("payonce");
    List<WatchedFile<CertificateBundle>> refused =
        List.of(watched(stranger.trusting(theirs.authorityFile())), trusting(theirs));
    for (WatchedFile<CertificateBundle> shown : refused) {
      try (PlatformFixture fixture = fixture(server, shown, false)) {
        assertThat(answers(fixture::send)).contains(new Answer.Unsent("tls"));
        assertThat(answers(() -> fixture.call(PlatformFixture.sale())))
            .contains(new Answer.Unsent("tls"));
      }
    }
    assertThat(arrived).isEmpty();
  }

  /** A reset may overtake the alert: then the outcome is unknown. */
  private static List<Answer> answers(java.util.function.Supplier<Answer> ask) {
    List<Answer> answers =
        IntStream.range(0, 20).mapToObj(i -> ask.get()).distinct().toList();
    assertThat(answers).noneMatch(answer -> answer instanceof Answer.Spoken);
    return answers;
  }

  @Test
  void only_alerts_about_a_certificate_say_that_nothing_was_read() {
    for (String alert : List.of(
        "(certificate_required) Received fatal alert: certificate_required",
        "Received fatal alert: bad_certificate",
        "error:1000045c:SSL routines:OPENSSL_internal:TLSV1_ALERT_CERTIFICATE_REQUIRED",
        "error:10000412:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE",
        "error:10000418:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA")) {
      assertThat(FailureReasons.isRefusedHandshake(
              new io.netty.handler.codec.DecoderException(new javax.net.ssl.SSLException(alert))))
          .as(alert)
          .isTrue();
    }
    for (String other : List.of(
        "Received fatal alert: internal_error",
        "Received close_notify during handshake",
        "Received fatal alert: decode_error",
        "bad certificate",
        "error:10000438:SSL routines:OPENSSL_internal:TLSV1_ALERT_INTERNAL_ERROR")) {
      assertThat(FailureReasons.isRefusedHandshake(new javax.net.ssl.SSLException(other)))
          .as(other)
          .isFalse();
    }
    assertThat(FailureReasons.isRefusedHandshake(new java.io.IOException("bad_certificate alert")))
        .isFalse();
  }

  @Test
  void a_new_authority_counts_for_the_next_connection() throws Exception {
    Identity identity = theirs.localhost();
    Path pinned = folder.resolve("pinned.pem");
    java.nio.file.Files.copy(strangers.authorityFile(), pinned);
    WatchedFile<CertificateBundle> trust = watched(CertificateFiles.trusting(pinned));
    HttpServer server = server(identity, null);
    try (PlatformFixture fixture = fixture(server, trust, false)) {
      assertThat(fixture.send()).isEqualTo(new Answer.Unsent("tls"));
      java.nio.file.Files.writeString(
          pinned, java.nio.file.Files.readString(theirs.authorityFile()));
      assertThat(trust.reread()).isTrue();
      org.awaitility.Awaitility.await()
          .atMost(java.time.Duration.ofMinutes(1))
          .until(() -> fixture.send() instanceof Answer.Spoken);
    }
  }

  @Test
  void http2_is_spoken_only_when_it_is_asked_for() {
    HttpServer server = server(theirs.localhost(), null);
    try (PlatformFixture fixture = fixture(server, trusting(theirs), false)) {
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      assertThat(arrived.get(0).version()).isEqualTo(HttpVersion.HTTP_1_1);
    }
    try (PlatformFixture fixture = fixture(server, trusting(theirs), true)) {
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      assertThat(arrived.get(1).version()).isEqualTo(HttpVersion.HTTP_2);
      assertThat(arrived.get(1).authority().toString())
          .isEqualTo("localhost:" + server.actualPort());
      assertThat(fixture.call(PlatformFixture.get("/v1/x"))).isInstanceOf(Answer.Spoken.class);
    }
  }

  @Test
  void many_sends_share_http2_connections_and_each_gets_its_own_answer() {
    HttpServer server = server(theirs.localhost(), null);
    try (PlatformFixture fixture = fixture(server, trusting(theirs), true)) {
      List<CompletableFuture<Answer>> answers = IntStream.range(0, 200)
          .mapToObj(i -> fixture.later(
              () -> fixture.platform.send(PlatformFixture.intent(60_000), PlatformFixture.sale())))
          .toList();
      assertThat(answers)
          .allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Answer.Spoken.class));
      assertThat(arrived.stream().map(request -> request.remoteAddress().port()).distinct())
          .hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void a_send_refused_unread_has_left_all_the_same_and_is_not_sent_again() {
    HttpServer server = listen(options(theirs.localhost(), null), request -> {
      arrived.add(request);
      request.response().reset(REFUSED_STREAM);
    });
    try (PlatformFixture fixture = fixture(server, trusting(theirs), true)) {
      assertThat(fixture.send()).isInstanceOf(Answer.Silent.class);
      assertThat(arrived).hasSize(1);
    }
  }

  @Test
  void a_send_on_a_connection_that_goes_away_is_in_doubt_and_the_next_takes_another() {
    HttpServer server = listen(options(theirs.localhost(), null), request -> {
      arrived.add(request);
      if (arrived.size() == 1) {
        request.connection().close();
      } else {
        request.body().onSuccess(body -> answer(request));
      }
    });
    try (PlatformFixture fixture = fixture(server, trusting(theirs), true)) {
      assertThat(fixture.send()).isInstanceOf(Answer.Silent.class);
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      assertThat(arrived).hasSize(2);
    }
  }

  @Test
  void a_platform_that_says_goodbye_finishes_what_it_has_begun() {
    HttpServer server = listen(options(theirs.localhost(), null), request -> {
      arrived.add(request);
      request.connection().shutdown(5, java.util.concurrent.TimeUnit.SECONDS);
      request.body().onSuccess(body -> answer(request));
    });
    try (PlatformFixture fixture = fixture(server, trusting(theirs), true)) {
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      assertThat(arrived).hasSize(2);
    }
  }

  private void paid(HttpServerRequest request) {
    arrived.add(request);
    request.body().onSuccess(body -> answer(request));
  }

  private static void answer(HttpServerRequest request) {
    request.response().putHeader("Content-Type", "application/json").end(PlatformFixture.PAID);
  }

  private HttpServer server(Identity identity, Path clientCa) {
    return listen(options(identity, clientCa), this::paid);
  }

  private static ServerSSLOptions options(Identity identity, Path clientCa) {
    ServerSSLOptions options = new ServerSSLOptions()
        .setUseAlpn(true)
        .setKeyCertOptions(new PemKeyCertOptions()
            .addCertPath(identity.chain().toString())
            .addKeyPath(identity.key().toString()));
    Optional.ofNullable(clientCa)
        .ifPresent(ca -> options
            .setClientAuth(ClientAuth.REQUIRED)
            .setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
    return options;
  }

  private HttpServer listen(ServerSSLOptions tls, Handler<HttpServerRequest> handler) {
    return vertx
        .httpServerBuilder()
        .with(new HttpServerConfig()
            .setTcpHost("127.0.0.1")
            .setTcpPort(0)
            .setVersions(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .with(tls)
        .with(new OpenSSLEngineOptions())
        .build()
        .requestHandler(handler)
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private static WatchedFile<CertificateBundle> trusting(Pki pki) {
    return watched(CertificateFiles.trusting(pki.authorityFile()));
  }

  private static WatchedFile<CertificateBundle> watched(CertificateFiles files) {
    return WatchedFile.of("the upstream certificates", () -> CertificateBundle.read(files));
  }

  private static PlatformFixture fixture(
      HttpServer server, WatchedFile<CertificateBundle> tls, boolean http2) {
    PlatformSettings settings = new PlatformSettings(
        "https://localhost:" + server.actualPort(),
        new PlatformSettings.Times(10_000, 20_000),
        256,
        PlatformFixture.ID_HEADERS,
        new PlatformSettings.Tls(tls, http2),
        PlatformSettings.Route.direct());
    return new PlatformFixture(settings, new PlatformKeys(() -> PlatformFixture.access("sk_1")));
  }
}
