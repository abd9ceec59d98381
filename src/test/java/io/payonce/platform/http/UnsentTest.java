package io.payonce.platform.http;

import static io.payonce.platform.http.RawServer.hang;
import static io.payonce.platform.http.RawServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.FreePorts;
import io.payonce.credentials.PlatformKeys;
import io.payonce.dns.Host;
import io.payonce.dns.HostNames;
import io.payonce.model.Answer;
import io.payonce.model.Intent;
import io.payonce.platform.PlatformAddress;
import io.payonce.platform.PlatformRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** "Unsent" is a promise: the platform saw no byte of the send. */
class UnsentTest {
  @Test
  void a_host_that_does_not_listen_is_unsent() {
    try (PlatformFixture fixture = new PlatformFixture("http://127.0.0.1:" + FreePorts.next())) {
      assertThat(fixture.send()).isEqualTo(new Answer.Unsent("refused"));
      assertThat(fixture.call(PlatformFixture.sale())).isEqualTo(new Answer.Unsent("refused"));
    }
  }

  @Test
  void an_unknown_host_is_unsent() {
    try (PlatformFixture fixture = new PlatformFixture("http://no-such-host.invalid")) {
      assertThat(fixture.send()).isEqualTo(new Answer.Unsent("dns"));
      assertThat(fixture.call(PlatformFixture.sale())).isEqualTo(new Answer.Unsent("dns"));
    }
  }

  @Test
  void a_server_that_does_not_speak_tls_is_unsent() throws IOException {
    try (RawServer server = new RawServer(hang());
        PlatformFixture fixture =
            new PlatformFixture(impatient("https://127.0.0.1:" + server.port()), keys())) {
      assertThat(fixture.send())
          .isIn(new Answer.Unsent("tls"), new Answer.Unsent("connect-timeout"));
      // A greeting of TLS is random enough to look like a request now and then.
      assertThat(server.received).noneMatch(got -> got.line().contains("HTTP/1."));
    }
  }

  @Test
  void a_platform_that_comes_back_within_the_time_gets_the_request_once() throws IOException {
    int port = FreePorts.next();
    try (PlatformFixture fixture = new PlatformFixture("http://127.0.0.1:" + port)) {
      CompletableFuture<Answer> answer = fixture.later(
          () -> fixture.platform.send(PlatformFixture.intent(60_000), PlatformFixture.sale()));
      try (RawServer server = new RawServer(
          new ServerSocket(port, 50, InetAddress.getLoopbackAddress()),
          json(PlatformFixture.PAID))) {
        assertThat(answer.join()).isInstanceOf(Answer.Spoken.class);
        assertThat(server.received).hasSize(1);
      }
    }
  }

  @Test
  void an_intent_over_its_time_never_leaves() throws IOException {
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      assertThat(fixture.send(PlatformFixture.intent(0)))
          .isEqualTo(new Answer.Unsent("lease over"));
      assertThat(fixture.send(PlatformFixture.intent(-60_000)))
          .isEqualTo(new Answer.Unsent("lease over"));
      assertThat(server.bytes).hasValue(0);
    }
  }

  @Test
  void an_event_loop_that_stalls_while_connecting_lets_nothing_leave() throws IOException {
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      Answer answer = fixture.on(() -> {
        Intent intent = PlatformFixture.intent(50);
        Future<Answer> sent = fixture.platform.send(intent, PlatformFixture.sale());
        stallUntilOver(intent);
        return sent;
      });
      assertThat(answer).isEqualTo(new Answer.Unsent("lease over"));
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      assertThat(server.received).hasSize(1);
    }
  }

  @Test
  void a_lease_that_ends_with_the_connection_in_hand_lets_nothing_leave() throws IOException {
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      HttpClientAgent client = fixture.vertx.createHttpClient();
      Intent intent = PlatformFixture.intent(500);
      PaymentSender wire = wire(fixture, stalling(client, intent), server);
      assertThat(fixture.on(() -> wire.send(intent, request(server), PlatformFixture.BODY)))
          .isEqualTo(new Answer.Unsent("lease over"));
      assertThat(server.bytes).hasValue(0);

      PaymentSender next = wire(fixture, client, server);
      Intent later = PlatformFixture.intent(60_000);
      assertThat(fixture.on(() -> next.send(later, request(server), PlatformFixture.BODY)))
          .isInstanceOf(Answer.Spoken.class);
      assertThat(server.received).hasSize(1);
    }
  }

  @Test
  void a_full_pool_refuses_at_once_and_what_waits_in_vain_is_unsent() throws IOException {
    try (RawServer server = new RawServer(hang());
        PlatformFixture fixture =
            new PlatformFixture(PlatformFixture.settings(server.url(), 2_500, 20_000, 1), keys())) {
      CompletableFuture<Answer> first = fixture.later(() -> sale(fixture));
      await().until(() -> server.received.size() == 1);
      CompletableFuture<Answer> second = fixture.later(() -> sale(fixture));
      CompletableFuture<Answer> third = fixture.later(() -> sale(fixture));
      assertThat(third.join()).isEqualTo(new Answer.Unsent("pool-full"));
      assertThat(second.join()).isEqualTo(new Answer.Unsent("connect-timeout"));
      assertThat(first).isNotDone();
      assertThat(server.received).hasSize(1);
    }
  }

  @Test
  void what_has_no_unambiguous_form_is_not_sent() throws IOException {
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      for (PlatformRequest odd : List.of(
          PlatformFixture.post("http://elsewhere/v1/x", PlatformFixture.BODY),
          PlatformFixture.post("/v1/x HTTP/1.1\r\nX: y", PlatformFixture.BODY),
          PlatformFixture.post("/v1/ü", PlatformFixture.BODY),
          new PlatformRequest(
              "POST", "/v1/x", List.of(Map.entry("X", "a\r\nb: c")), new byte[0]))) {
        assertThat(fixture.on(() -> fixture.platform.send(PlatformFixture.intent(60_000), odd)))
            .isInstanceOfSatisfying(
                Answer.Unsent.class, said -> assertThat(said.why()).isEqualTo("unsignable"));
        assertThat(fixture.call(odd))
            .isInstanceOfSatisfying(
                Answer.Unsent.class, said -> assertThat(said.why()).isEqualTo("unsignable"));
      }
      assertThat(server.connections).hasValue(0);
    }
  }

  private static Future<Answer> sale(PlatformFixture fixture) {
    return fixture.platform.send(PlatformFixture.intent(60_000), PlatformFixture.sale());
  }

  private static PlatformSettings impatient(String url) {
    return PlatformFixture.settings(url, 300, 5_000, 4);
  }

  private static PaymentSender wire(PlatformFixture fixture, HttpClient client, RawServer server) {
    ResponseReader reading = new ResponseReader(PlatformFixture.SCAN, fixture.clock);
    Host host = HostNames.ofThisMachine().host("127.0.0.1");
    return new PaymentSender(
        fixture.vertx,
        client,
        PlatformFixture.settings(server.url(), 10_000, 10_000, 4),
        reading,
        () -> new AddressAttempts(fixture.vertx, host, server.port()));
  }

  private static RequestOptions request(RawServer server) {
    PlatformAddress endpoint = PlatformAddress.of(server.url());
    PlatformKeys keys = keys();
    return new RequestSigner(endpoint, PlatformFixture.ID_HEADERS, keys::current, null)
        .next(PlatformFixture.sale(), System.currentTimeMillis())
        .result();
  }

  /** A client on whose event loop time passes just when the connection has been made. */
  private static HttpClient stalling(HttpClient client, Intent intent) {
    UnaryOperator<Future<?>> stall = got -> got.onSuccess(request -> stallUntilOver(intent));
    return (HttpClient) Proxy.newProxyInstance(
        UnsentTest.class.getClassLoader(),
        new Class<?>[] {HttpClient.class},
        (self, method, args) -> stall.apply((Future<?>) method.invoke(client, args)));
  }

  private static void stallUntilOver(Intent intent) {
    while (System.nanoTime() < intent.leavesBeforeNanos()) {
      Thread.onSpinWait();
    }
  }

  private static PlatformKeys keys() {
    return new PlatformKeys(() -> PlatformFixture.access("sk_1"));
  }
}
