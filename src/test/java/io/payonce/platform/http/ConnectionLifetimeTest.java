package io.payonce.platform.http;

import static io.payonce.platform.http.RawServer.answer;
import static io.payonce.platform.http.RawServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.payonce.credentials.PlatformKeys;
import io.payonce.model.Answer;
import io.payonce.platform.http.RawServer.Behaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform may shorten a connection's life, never lengthen it. */
@Execution(ExecutionMode.CONCURRENT)
class ConnectionLifetimeTest {
  private static final String LAST = """
      Connection: close
      Connection: CLOSE
      Connection: close, X
      Connection: X , close
      Connection: keep-alive|Connection: close
      Connection: X|Connection: Y,close
      Keep-Alive: timeout=0
      Keep-Alive: timeout=1
      Keep-Alive: max=5, timeout=0
      Keep-Alive: timeout=60|Keep-Alive: timeout=0
      Keep-Alive: timeout=60, max=0
      Keep-Alive: timeout="0"
      """;

  private static final String KEPT = """
      X: y
      Connection: keep-alive
      Connection: X-close, closed
      Keep-Alive: timeout=60
      Keep-Alive: timeout=60, max=100
      Keep-Alive: timeout=abc
      Keep-Alive: timeout=99999999999999999999
      Keep-Alive: timeout=10
      """;

  @Test
  void what_is_the_last_answer_of_a_connection_is_followed_by_no_request() throws IOException {
    for (String headers : LAST.strip().split("\n")) {
      assertThat(connections(headers)).as(headers).isEqualTo(2);
    }
  }

  @Test
  void others_are_followed_by_the_next() throws IOException {
    for (String headers : KEPT.strip().split("\n")) {
      assertThat(connections(headers)).as(headers).isEqualTo(1);
    }
  }

  private static int connections(String headers) throws IOException {
    Behaviour first =
        answer(200, headers.strip().replace("|", "\r\n") + "\r\n", PlatformFixture.PAID);
    try (RawServer server = new RawServer(first, json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      return server.connections.get();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeout=60", "timeout=3600, max=1000", "max=7"})
  void our_own_time_is_never_exceeded(String said) throws IOException {
    Behaviour answer = answer(200, "Keep-Alive: " + said + "\r\n", PlatformFixture.PAID);
    try (RawServer server = new RawServer(answer);
        PlatformFixture fixture = keeping(server, 1000)) {
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      await().atMost(Duration.ofMinutes(1)).until(() -> server.ended.get() == 1);
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      assertThat(server.connections).hasValue(2);
      // The pool was empty meanwhile: who looks after it has rested.
      await().atMost(Duration.ofMinutes(1)).until(() -> server.ended.get() == 2);
    }
  }

  @Test
  void what_was_shortened_once_is_not_lengthened_again() {
    ConnectionLifetime lifetime = new ConnectionLifetime(15_000);
    assertThat(after(lifetime, "timeout=8")).isEqualTo("timeout=7");
    assertThat(after(lifetime, "timeout=12")).isEqualTo("timeout=7");
    assertThat(after(lifetime, "timeout=5")).isEqualTo("timeout=4");
  }

  @Test
  void an_old_servers_connection_is_kept_only_if_it_says_so() {
    Function<String, String> old = said -> {
      HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_0, HttpResponseStatus.OK);
      if (said != null) {
        head.headers().add("Connection", said);
      }
      new ConnectionLifetime(15_000).shorten(head);
      return head.headers().get("Connection");
    };
    assertThat(old.apply(null)).isEqualTo("close");
    assertThat(old.apply("X")).isEqualTo("close");
    assertThat(old.apply("X, Keep-Alive")).isEqualTo("keep-alive");
  }

  private static String after(ConnectionLifetime lifetime, String said) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers().set("Keep-Alive", said);
    lifetime.shorten(head);
    return head.headers().get("Keep-Alive");
  }

  private static PlatformFixture keeping(RawServer server, long keepAliveMillis) {
    PlatformSettings plain = PlatformFixture.settings(server.url(), 10_000, 10_000, 4);
    return new PlatformFixture(
        new PlatformSettings(
            plain.baseUrl(),
            new PlatformSettings.Times(10_000, 10_000, keepAliveMillis),
            plain.maxConnections(),
            plain.requestIdHeaders(),
            plain.tls(),
            plain.route()),
        new PlatformKeys(() -> PlatformFixture.access("sk_1")));
  }
}
