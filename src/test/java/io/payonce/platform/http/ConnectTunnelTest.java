package io.payonce.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.handler.proxy.ProxyConnectException;
import io.payonce.FreePorts;
import io.payonce.credentials.PlatformKeys;
import io.payonce.dns.DnsServer;
import io.payonce.model.Answer;
import io.payonce.platform.PlatformRequest;
import io.payonce.platform.http.ConnectProxy.Behaviour;
import io.payonce.tls.Pki;
import io.payonce.tls.WatchedFile;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * The platform behind an HTTP proxy: only the proxy can reach it, or knows where it is. What the
 * proxy does not let through has not left.
 */
class ConnectTunnelTest {
  private static final String NAME = "open.platform.test";

  /** On a busy machine a TLS handshake takes its time. */
  private static final long PATIENT_MILLIS = 10_000;

  @TempDir
  static Path folder;

  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
  private static final List<HttpServerRequest> ARRIVED = new CopyOnWriteArrayList<>();
  private static Pki pki;
  private static DnsServer dns;
  private static PlatformFixture host;
  private static HttpServer platform;

  private ConnectProxy proxy;
  private volatile String login = "";
  private WatchedFile<String> watched;

  @BeforeAll
  static void open() throws IOException {
    pki = new Pki(folder, "theirs");
    dns = new DnsServer();
    host = new PlatformFixture("http://127.0.0.1:9");
    platform = serve(pki.called(NAME));
    LOG.start();
    log().addAppender(LOG);
    log().setAdditive(false);
  }

  private static Logger log() {
    return (Logger) LoggerFactory.getLogger(ConnectTunnel.class);
  }

  @AfterAll
  static void close() {
    log().setAdditive(true);
    log().detachAppender(LOG);
    host.close();
    dns.close();
  }

  @BeforeEach
  void begin() throws IOException {
    ARRIVED.clear();
    LOG.list.clear();
    proxy = new ConnectProxy("127.0.0.1", ConnectProxy.isMute());
    proxy.from(proxy.passes());
  }

  @AfterEach
  void end() throws IOException {
    proxy.close();
  }

  private static HttpServer serve(Pki.Identity identity) {
    return host.on(() -> host.vertx
        .httpServerBuilder()
        .with(new HttpServerConfig()
            .setTcpHost("127.0.0.1")
            .setTcpPort(0)
            .setVersions(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2))
        .with(new ServerSSLOptions()
            .setSni(true)
            .setUseAlpn(true)
            .setKeyCertOptions(new PemKeyCertOptions()
                .addCertPath(identity.chain().toString())
                .addKeyPath(identity.key().toString())))
        .build()
        .requestHandler(ConnectTunnelTest::answer)
        .listen());
  }

  private static void answer(HttpServerRequest request) {
    ARRIVED.add(request);
    if (request.uri().endsWith("/cut")) {
      request.connection().close();
    } else {
      request.response().putHeader("Content-Type", "application/json").end(PlatformFixture.PAID);
    }
  }

  private PlatformFixture fixture(boolean http2) {
    return fixture(platform.actualPort(), http2, "127.0.0.1", proxy.port(), PATIENT_MILLIS);
  }

  private PlatformFixture fixture(
      int to, boolean http2, String through, int port, long connectMillis) {
    return fixture(NAME + ":" + to, http2, through, port, connectMillis);
  }

  private PlatformFixture fixture(
      String to, boolean http2, String through, int port, long connectMillis) {
    watched = WatchedFile.of("the login", () -> login);
    PlatformSettings settings = new PlatformSettings(
        "https://" + to,
        new PlatformSettings.Times(connectMillis, 20_000),
        4,
        PlatformFixture.ID_HEADERS,
        PlatformFixture.tls(pki.authorityFile(), http2),
        PlatformSettings.Route.direct(dns.names())
            .through(new ConnectTunnel(through, port, watched, connectMillis)));
    return new PlatformFixture(
        settings, new PlatformKeys(() -> PlatformFixture.access("sk_secret")));
  }

  private static List<Answer> both(PlatformFixture fixture) {
    return List.of(fixture.send(), fixture.call(PlatformFixture.get("/v1/x")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_is_sent_passes_the_proxy_unread(boolean http2) {
    try (PlatformFixture fixture = fixture(http2)) {
      for (int i = 0; i < 2; i++) {
        assertThat(both(fixture))
            .allSatisfy(answer -> assertThat(answer).isInstanceOf(Answer.Spoken.class));
      }
    }
    String authority = NAME + ":" + platform.actualPort();
    assertThat(proxy.heads)
        .as("one connection each for payments and questions")
        .hasSize(2)
        .allSatisfy(head -> assertThat(head)
            .startsWith("CONNECT " + authority + " HTTP/1.1\r\n")
            .containsIgnoringCase("host: " + authority)
            .doesNotContainIgnoringCase("proxy-authorization")
            .doesNotContain("sk_secret"));
    assertThat(proxy.passed.toString(StandardCharsets.ISO_8859_1)).doesNotContain("sk_secret");
    assertThat(ARRIVED).hasSize(4).allSatisfy(request -> {
      assertThat(request.connection().indicatedServerName()).isEqualTo(NAME);
      assertThat(request.version()).isEqualTo(http2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1);
      assertThat(request.authority().toString()).isEqualTo(authority);
      assertThat(request.headers().names().toString()).doesNotContainIgnoringCase("proxy");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]"})
  void a_platform_without_a_name_is_reached_too(String address) {
    String plain = address.replaceAll("[\\[\\]]", "");
    String to = address + ":" + serve(pki.called(plain)).actualPort();
    try (PlatformFixture fixture = fixture(to, false, "127.0.0.1", proxy.port(), PATIENT_MILLIS)) {
      assertThat(both(fixture))
          .allSatisfy(answer -> assertThat(answer).isInstanceOf(Answer.Spoken.class));
    }
    assertThat(proxy.heads)
        .allSatisfy(head -> assertThat(head).startsWith("CONNECT " + to + " HTTP/1.1\r\n"));
  }

  @Test
  void who_wants_through_is_sent_along_and_may_change() {
    login = "till:pass:word";
    try (PlatformFixture fixture = fixture(false)) {
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      login = "till:new";
      assertThat(watched.reread()).isTrue();
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
    }
    assertThat(proxy.heads).hasSize(2);
    assertThat(proxy.heads.get(0)).containsIgnoringCase(basic("till:pass:word"));
    assertThat(proxy.heads.get(1)).containsIgnoringCase(basic("till:new"));
    assertThat(ARRIVED).noneMatch(request -> request.headers().contains("Proxy-Authorization"));
  }

  private static String basic(String login) {
    return "proxy-authorization: Basic "
        + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0",
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 0",
        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0",
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0",
        "HTTP/1.1 204 No Content\r\nContent-Length: 0",
        "HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\nContent-Length: 0",
        "SSH-2.0-nothing of this kind",
      })
  void what_the_proxy_refuses_has_not_left(String head) {
    String status = head.substring(head.indexOf(' ') + 1).split("\r\n")[0];
    refused(ConnectProxy.says(head), head.startsWith("HTTP") ? "status: " + status : "");
  }

  @Test
  void nor_has_what_it_hangs_up_on() {
    refused(ConnectProxy.hangsUp(), "disconnected");
  }

  private void refused(Behaviour behaviour, String words) {
    proxy.from(behaviour);
    try (PlatformFixture fixture = fixture(false)) {
      assertThat(both(fixture)).containsOnly(new Answer.Unsent("proxy"));
      assertThat(ARRIVED).isEmpty();
      assertThat(LOG.list)
          .as("said once, not by each copy and each of its tries")
          .singleElement()
          .satisfies(line -> assertThat(line.getFormattedMessage())
              .startsWith("proxy refused: 127.0.0.1:" + proxy.port() + ", ")
              .endsWith(words));
      proxy.from(proxy.passes());
      assertThat(both(fixture))
          .as("and it goes on when the proxy does")
          .allSatisfy(answer -> assertThat(answer).isInstanceOf(Answer.Spoken.class));
    }
  }

  @Test
  void what_proxies_say_by_turns_is_each_said_once_and_not_without_end() {
    ConnectTunnel tunnel =
        new ConnectTunnel("proxy.test", 3128, WatchedFile.of("the login", () -> ""), 1);
    for (int i = 0; i < 3; i++) {
      refuses(tunnel, "407 Proxy Authentication Required");
      refuses(tunnel, "503 Service Unavailable");
    }
    assertThat(LOG.list)
        .extracting(line -> line.getFormattedMessage().replaceFirst(".*status: ", ""))
        .containsExactly("407 Proxy Authentication Required", "503 Service Unavailable");
    for (int i = 0; i < 50; i++) {
      refuses(tunnel, "403 request " + i);
    }
    assertThat(LOG.list).hasSize(ConnectTunnel.MOST_SAID);
  }

  private static void refuses(ConnectTunnel tunnel, String status) {
    tunnel.failed(new ProxyConnectException("http, none, proxy.test => a.test, status: " + status));
  }

  @Test
  void nor_has_what_it_does_not_answer() {
    proxy.from(ConnectProxy.isMute());
    try (PlatformFixture fixture =
        fixture(platform.actualPort(), false, "127.0.0.1", proxy.port(), 200)) {
      assertThat(both(fixture))
          .allSatisfy(answer -> assertThat(answer)
              .isIn(new Answer.Unsent("connect-timeout"), new Answer.Unsent("proxy")));
      assertThat(ARRIVED).isEmpty();
    }
  }

  @Test
  void a_proxy_that_is_not_there_is_unsent() {
    try (PlatformFixture fixture =
        fixture(platform.actualPort(), false, "127.0.0.1", FreePorts.next(), PATIENT_MILLIS)) {
      assertThat(both(fixture)).containsOnly(new Answer.Unsent("refused"));
    }
    try (PlatformFixture fixture =
        fixture(443, false, "no-such-proxy.invalid", 3128, PATIENT_MILLIS)) {
      assertThat(both(fixture)).containsOnly(new Answer.Unsent("dns"));
    }
    assertThat(ARRIVED).isEmpty();
  }

  @Test
  void of_several_proxies_one_is_enough() {
    dns.tell("proxy.test", 60, "127.0.0.9", "127.0.0.1");
    try (PlatformFixture fixture =
        fixture(platform.actualPort(), false, "proxy.test", proxy.port(), PATIENT_MILLIS)) {
      assertThat(both(fixture))
          .allSatisfy(answer -> assertThat(answer).isInstanceOf(Answer.Spoken.class));
    }
  }

  @Test
  void a_platform_that_is_not_who_it_should_be_gets_nothing() {
    int other = serve(pki.called("another.test")).actualPort();
    try (PlatformFixture fixture =
        fixture(other, false, "127.0.0.1", proxy.port(), PATIENT_MILLIS)) {
      assertThat(both(fixture)).containsOnly(new Answer.Unsent("tls"));
      assertThat(ARRIVED).isEmpty();
      assertThat(proxy.heads).isNotEmpty();
    }
  }

  /** From the first byte behind the proxy's word on, it is unknown how far it came. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_breaks_behind_it_is_in_doubt(boolean http2) {
    try (PlatformFixture fixture = fixture(http2)) {
      PlatformRequest cut = PlatformFixture.post("/v1/cut", PlatformFixture.BODY);
      assertThat(fixture.on(() -> fixture.platform.send(PlatformFixture.intent(60_000), cut)))
          .isInstanceOf(Answer.Silent.class);
      assertThat(fixture.call(cut)).isInstanceOf(Answer.Silent.class);
      await().until(() -> ARRIVED.size() == 2);
    }
  }
}
