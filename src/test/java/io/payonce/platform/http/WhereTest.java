package io.payonce.platform.http;

import static io.payonce.platform.http.RawServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.credentials.PlatformKeys;
import io.payonce.dns.DnsServer;
import io.payonce.model.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The platform's name leads to several addresses, and to others tomorrow; all that we say follows.
 */
@Execution(ExecutionMode.CONCURRENT)
class WhereTest {
  private static final String NAME = "platform.test";
  private static final String C = "::1";
  private static final long HASTE_MILLIS = 1000;
  private static final AtomicInteger TESTS = new AtomicInteger();

  // Each test has addresses of its own, so that a port that is free at one is free at the other.
  private final int number = TESTS.incrementAndGet();
  private final String a = "127.7." + number + ".2";
  private final String b = "127.7." + number + ".3";

  private final DnsServer dns = new DnsServer();
  private final List<AutoCloseable> open = new ArrayList<>();

  /** A way to the platform: the client of payments, or that of questions and renewals. */
  private record Client(String name, Function<PlatformFixture, Answer> ask) {
    Answer ask(PlatformFixture fixture) {
      return ask.apply(fixture);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Client> clients() {
    return Stream.of(
        new Client("payment", PlatformFixture::send),
        new Client("question", fixture -> fixture.call(PlatformFixture.get("/v1/x"))),
        new Client("renewal", WhereTest::renew));
  }

  private static Answer renew(PlatformFixture fixture) {
    HttpPlatform renewals =
        fixture.on(() -> io.vertx.core.Future.succeededFuture(HttpPlatform.forRenewals(
            fixture.vertx,
            fixture.settings,
            new PlatformKeys(() -> PlatformFixture.access("sk_1")),
            fixture.clock,
            PlatformFixture.SCAN)));
    Answer answer = fixture.on(() -> renewals.call(PlatformFixture.sale()));
    fixture.on(renewals::close);
    return answer;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    dns.close();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void two_addresses_of_which_one_refuses_are_as_good_as_one(Client client) throws IOException {
    RawServer server = server(b, 0);
    dns.tell(NAME, 60, a, b);
    for (int i = 0; i < 10; i++) {
      PlatformFixture fixture = fixture(server.port());
      assertThat(client.ask(fixture)).isInstanceOf(Answer.Spoken.class);
      assertThat(client.ask(fixture)).isInstanceOf(Answer.Spoken.class);
    }
    assertThat(server.received).hasSize(20);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void an_address_that_does_not_answer_leaves_time_for_the_next(Client client) throws IOException {
    RawServer server = server(b, 0);
    deaf(a, server.port());
    dns.tell(NAME, 60, a, b);
    until(() -> {
      long nanos = System.nanoTime();
      boolean spoken = client.ask(hasty(server.port())) instanceof Answer.Spoken;
      boolean waited = System.nanoTime() - nanos >= HASTE_MILLIS * 1_000_000;
      return spoken && waited; // for the one that does not answer, so it was led there first
    });
    assertThat(server.received).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void a_name_that_moves_is_followed_when_the_old_address_dies(Client client) throws IOException {
    RawServer old = server(a, 0);
    dns.tell(NAME, 0, a);
    PlatformFixture fixture = fixture(old.port());
    assertThat(client.ask(fixture)).isInstanceOf(Answer.Spoken.class);
    RawServer fresh = server(b, old.port());
    dns.tell(NAME, 0, b);
    old.close();
    // What is under way when a kept connection breaks is in doubt, whatever DNS says.
    until(() -> client.ask(fixture) instanceof Answer.Spoken);
    assertThat(fresh.received).isNotEmpty();
    assertThat(client.ask(fixture)).isInstanceOf(Answer.Spoken.class);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void a_name_that_moves_is_followed_although_the_old_address_works(Client client)
      throws IOException {
    RawServer old = server(a, 0);
    RawServer fresh = server(b, old.port());
    dns.tell(NAME, 0, a);
    PlatformFixture fixture = fixture(old.port());
    assertThat(client.ask(fixture)).isInstanceOf(Answer.Spoken.class);
    dns.tell(NAME, 0, b);
    until(() -> {
      assertThat(client.ask(fixture)).isInstanceOf(Answer.Spoken.class);
      return !fresh.received.isEmpty();
    });
  }

  @ParameterizedTest
  @MethodSource("clients")
  void a_refused_connect_makes_dns_be_asked_before_its_answer_has_expired(Client client)
      throws IOException {
    RawServer server = server(b, 0);
    dns.tell(NAME, 3600, a);
    PlatformFixture fixture = fixture(server.port());
    assertThat(client.ask(fixture)).isEqualTo(new Answer.Unsent("refused"));
    dns.tell(NAME, 3600, b);
    until(() -> client.ask(fixture) instanceof Answer.Spoken);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void ipv6_is_tried_when_ipv4_refuses_and_used_when_it_is_alone(Client client) throws IOException {
    RawServer server = server(C, 0);
    dns.tell(NAME, 60, a, C);
    assertThat(client.ask(fixture(server.port()))).isInstanceOf(Answer.Spoken.class);
    dns.tell(NAME, 60, C);
    assertThat(client.ask(fixture(server.port()))).isInstanceOf(Answer.Spoken.class);
    assertThat(server.received)
        .allSatisfy(got -> assertThat(got.header("Host")).isEqualTo(NAME + ":" + server.port()));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void an_address_that_works_outlives_its_name(Client client) throws IOException {
    RawServer server = server(a, 0);
    dns.tell(NAME, 0, a);
    PlatformFixture fixture = fixture(server.port());
    assertThat(client.ask(fixture)).isInstanceOf(Answer.Spoken.class);
    for (int code : List.of(DnsServer.SERVFAIL, DnsServer.NXDOMAIN)) {
      dns.fail(NAME, code);
      int asked = dns.questions.get();
      until(() -> {
        assertThat(client.ask(fixture)).isInstanceOf(Answer.Spoken.class);
        return dns.questions.get() > asked;
      });
      assertThat(client.ask(fixture)).isInstanceOf(Answer.Spoken.class);
    }
  }

  @Test
  void an_unknown_name_is_unsent_until_it_is_known() throws IOException {
    RawServer server = server(a, 0);
    PlatformFixture fixture = fixture(server.port());
    assertThat(fixture.send()).isEqualTo(new Answer.Unsent("dns"));
    assertThat(fixture.call(PlatformFixture.sale())).isEqualTo(new Answer.Unsent("dns"));
    dns.tell(NAME, 60, a);
    until(() -> fixture.send() instanceof Answer.Spoken);
  }

  @Test
  void a_kept_connection_does_not_grow_old() throws IOException {
    RawServer server = server(a, 0);
    dns.tell(NAME, 60, a);
    PlatformFixture fixture = fixture(server.port(), 300);
    until(() -> {
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      long used =
          server.received.stream().map(got -> got.connection()).distinct().count();
      return used >= 3 && server.received.size() > used;
    });
  }

  private RawServer server(String address, int port) throws IOException {
    RawServer server = new RawServer(
        new ServerSocket(port, 50, InetAddress.getByName(address)), json(PlatformFixture.PAID));
    open.add(server);
    return server;
  }

  /** Listens and accepts none; the queue before it is full, so no connection gets through. */
  private void deaf(String address, int port) throws IOException {
    open.add(new ServerSocket(port, 1, InetAddress.getByName(address)));
    for (int i = 0; i < 4; i++) {
      Socket filler = new Socket();
      open.add(filler);
      try {
        filler.connect(new java.net.InetSocketAddress(address, port), 200);
      } catch (java.net.SocketTimeoutException full) {
        return;
      }
    }
  }

  private static void until(Callable<Boolean> so) {
    await().atMost(Duration.ofMinutes(2)).until(so);
  }

  private PlatformFixture fixture(int port) {
    return fixture(port, 60_000);
  }

  private PlatformFixture fixture(int port, long connectionMillis) {
    return fixture(port, connectionMillis, 10_000);
  }

  /** With two addresses, this is what each of them gets. */
  private PlatformFixture hasty(int port) {
    return fixture(port, 60_000, HASTE_MILLIS);
  }

  private PlatformFixture fixture(int port, long connectionMillis, long connectMillis) {
    PlatformSettings settings = new PlatformSettings(
        "http://" + NAME + ":" + port,
        new PlatformSettings.Times(connectMillis, 20_000),
        4,
        PlatformFixture.ID_HEADERS,
        PlatformFixture.tls(null, false),
        new PlatformSettings.Route(connectionMillis, dns.names(), null));
    PlatformFixture fixture =
        new PlatformFixture(settings, new PlatformKeys(() -> PlatformFixture.access("sk_1")));
    open.add(fixture);
    return fixture;
  }
}
