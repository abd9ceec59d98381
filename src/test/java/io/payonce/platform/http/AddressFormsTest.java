package io.payonce.platform.http;

import static io.payonce.platform.http.RawServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.credentials.PlatformKeys;
import io.payonce.dns.DnsServer;
import io.payonce.model.Answer;
import io.payonce.settings.Loaded;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.tls.Pki;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form of upstream.baseUrl is tried with a real connect, by both clients. */
class AddressFormsTest {
  private static final String TARGET = "/v1/x";

  @TempDir
  Path folder;

  /**
   * Each with the address that listens and the Host that the platform must get; PORT is its port.
   */
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:PORT, 127.0.0.1, 127.0.0.1:PORT, ''",
    "HTTP://127.0.0.1:PORT, 127.0.0.1, 127.0.0.1:PORT, ''",
    "http://[::1]:PORT, ::1, [::1]:PORT, ''",
    "http://[0:0:0:0:0:0:0:1]:PORT, ::1, [0:0:0:0:0:0:0:1]:PORT, ''",
    "http://[::ffff:127.0.0.1]:PORT, 127.0.0.1, [::ffff:127.0.0.1]:PORT, ''",
    "http://[::1%1]:PORT, ::1, [::1]:PORT, ''",
    "http://[::1%251]:PORT, ::1, [::1]:PORT, ''",
    "http://localhost:PORT, 127.0.0.1, localhost:PORT, ''",
    "http://LocalHost:PORT, 127.0.0.1, LocalHost:PORT, ''",
    "http://platform:PORT, 127.0.0.2, platform:PORT, ''",
    "http://open.platform.test:PORT, 127.0.0.2, open.platform.test:PORT, ''",
    "http://open.platform.test.:PORT, 127.0.0.2, open.platform.test:PORT, ''",
    "http://open.platform.test:PORT/, 127.0.0.2, open.platform.test:PORT, ''",
    "http://open.platform.test:PORT/gate, 127.0.0.2, open.platform.test:PORT, /gate",
    "http://[::1]:PORT/gate/, ::1, [::1]:PORT, /gate",
    "http://127.0.0.1:PORT/eu-1/gate_2.0/~x, 127.0.0.1, 127.0.0.1:PORT, /eu-1/gate_2.0/~x",
  })
  void an_address_is_called_and_named(String url, String listens, String host, String prefix)
      throws IOException {
    try (DnsServer dns = new DnsServer();
        RawServer server = new RawServer(
            new ServerSocket(0, 50, InetAddress.getByName(listens)), json(PlatformFixture.PAID));
        PlatformFixture fixture = fixture(url.replace("PORT", "" + server.port()), null, dns)) {
      for (String name : List.of("platform", "open.platform.test")) {
        dns.tell(name, 60, "127.0.0.2");
      }
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      assertThat(fixture.call(PlatformFixture.get(TARGET))).isInstanceOf(Answer.Spoken.class);
      assertThat(server.received)
          .hasSize(2)
          .allSatisfy(got ->
              assertThat(got.header("Host")).isEqualTo(host.replace("PORT", "" + server.port())));
      assertThat(server.received.get(1).line()).isEqualTo("GET " + prefix + TARGET + " HTTP/1.1");
      assertThat(isAccepted(url.replace("PORT", "9"))).isEqualTo(!url.startsWith("HTTP"));
    }
  }

  /**
   * Names are announced to a platform that has several certificates (SNI), and are the name that
   * the certificate must have; addresses are never announced, as RFC 6066 wants. Nor are names
   * without a dot, which are no names of the internet: behind one such there is one certificate.
   */
  @ParameterizedTest
  @CsvSource({
    "https://127.0.0.1:PORT, 127.0.0.1, 127.0.0.1, ''",
    "https://[::1]:PORT, ::1, ::1, ''",
    "https://[::1%251]:PORT, ::1, ::1, ''",
    "https://localhost:PORT, 127.0.0.1, localhost, ''",
    "https://platform:PORT, 127.0.0.1, platform, ''",
    "https://open.platform.test:PORT, 127.0.0.1, open.platform.test, open.platform.test",
    "https://open.platform.test.:PORT, 127.0.0.1, open.platform.test, open.platform.test",
  })
  void a_certificate_must_have_the_name_that_was_called(
      String url, String listens, String subject, String announced) throws Exception {
    Pki pki = new Pki(folder, "theirs");
    List<HttpServerRequest> arrived = new CopyOnWriteArrayList<>();
    try (DnsServer dns = new DnsServer();
        PlatformFixture host = new PlatformFixture("http://127.0.0.1:9")) {
      dns.tell("platform", 60, "127.0.0.1");
      dns.tell("open.platform.test", 60, "127.0.0.1");
      HttpServer good = host.on(() -> tls(host, pki.called(subject), listens, arrived));
      try (PlatformFixture fixture =
          fixture(url.replace("PORT", "" + good.actualPort()), pki.authorityFile(), dns)) {
        assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
        assertThat(fixture.call(PlatformFixture.get(TARGET))).isInstanceOf(Answer.Spoken.class);
      }
      assertThat(arrived)
          .hasSize(2)
          .allSatisfy(request -> assertThat(
                  Objects.requireNonNullElse(request.connection().indicatedServerName(), ""))
              .isEqualTo(announced));
      HttpServer other = host.on(() -> tls(host, pki.called("another.test"), listens, arrived));
      try (PlatformFixture fixture =
          fixture(url.replace("PORT", "" + other.actualPort()), pki.authorityFile(), dns)) {
        assertThat(fixture.send()).isEqualTo(new Answer.Unsent("tls"));
        assertThat(fixture.call(PlatformFixture.get(TARGET))).isEqualTo(new Answer.Unsent("tls"));
      }
      assertThat(arrived).hasSize(2);
    }
  }

  @Test
  void a_zone_that_this_machine_has_not_is_unsent() {
    try (DnsServer dns = new DnsServer();
        PlatformFixture fixture = fixture("http://[fe80::1%25nowhere0]:9", null, dns)) {
      assertThat(fixture.send()).isEqualTo(new Answer.Unsent("dns"));
      assertThat(fixture.call(PlatformFixture.sale())).isEqualTo(new Answer.Unsent("dns"));
    }
  }

  /** By whoever looks at the configuration. */
  private static boolean isAccepted(String url) {
    Map<String, String> environment = Map.of("PAYONCE_UPSTREAM_BASE_URL", url);
    return !(Settings.load(Optional.empty(), environment, Profile.SANDBOX)
        instanceof Loaded.Faulty);
  }

  private static Future<HttpServer> tls(
      PlatformFixture host,
      Pki.Identity identity,
      String listens,
      List<HttpServerRequest> arrived) {
    return host.vertx
        .httpServerBuilder()
        .with(new HttpServerConfig()
            .setTcpHost(listens)
            .setTcpPort(0)
            .setVersions(HttpVersion.HTTP_1_1))
        .with(new ServerSSLOptions()
            .setSni(true)
            .setKeyCertOptions(new PemKeyCertOptions()
                .addCertPath(identity.chain().toString())
                .addKeyPath(identity.key().toString())))
        .build()
        .requestHandler(request -> {
          arrived.add(request);
          request
              .response()
              .putHeader("Content-Type", "application/json")
              .end(PlatformFixture.PAID);
        })
        .listen();
  }

  private static PlatformFixture fixture(String url, Path authorities, DnsServer dns) {
    PlatformSettings settings = new PlatformSettings(
        url,
        new PlatformSettings.Times(10_000, 10_000),
        4,
        PlatformFixture.ID_HEADERS,
        PlatformFixture.tls(authorities, false),
        PlatformSettings.Route.direct(dns.names()));
    return new PlatformFixture(settings, new PlatformKeys(() -> PlatformFixture.access("sk_1")));
  }
}
