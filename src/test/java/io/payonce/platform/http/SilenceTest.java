package io.payonce.platform.http;

import static io.payonce.platform.http.RawServer.answer;
import static io.payonce.platform.http.RawServer.hang;
import static io.payonce.platform.http.RawServer.hangUp;
import static io.payonce.platform.http.RawServer.json;
import static io.payonce.platform.http.RawServer.raw;
import static io.payonce.platform.http.RawServer.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.credentials.PlatformKeys;
import io.payonce.model.Answer;
import io.payonce.platform.http.RawServer.Behaviour;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What was sent once is never sent again, whatever the platform does with it. */
@Execution(ExecutionMode.CONCURRENT)
class SilenceTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  private static final String HTML = "<html>please wait</html>";

  static Stream<Arguments> misbehaviours() {
    return Stream.of(
        bad("closed", "reads, then closes", hangUp()),
        bad("reset", "reads, then resets", reset()),
        bad("timeout", "reads, then hangs", hang()),
        bad("timeout", "half a head, then hangs", raw("HTTP/1.1 200 O")),
        bad(
            "timeout",
            "half a body, then hangs",
            raw(HEAD + "Content-Length: 99\r\n\r\n{\"code\"")),
        bad("timeout", "a body that drips", SilenceTest::drip),
        bad("closed", "half a head, then closes", closing("HTTP/1.1 200 O")),
        bad(
            "cut",
            "half a body, then closes",
            closing(HEAD + "Content-Length: 99\r\n\r\n{\"code\"")),
        bad(
            "cut",
            "half a chunked body",
            closing(HEAD + "Transfer-Encoding: chunked\r\n\r\nff\r\n{")),
        bad("not readable", "not HTTP", raw("SSH-2.0-OpenSSH_9.2\r\n\r\n")),
        bad("not readable", "an impossible length", raw(HEAD + "Content-Length: -1\r\n\r\n{}")),
        bad(
            "not readable",
            "length and chunks at once",
            raw(HEAD + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
        bad(
            "not readable",
            "a broken chunk",
            raw(HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n")),
        bad(
            "not readable",
            "too long a head",
            raw(HEAD + "X-Long: " + "x".repeat(9000) + "\r\n\r\n")),
        bad("not readable", "a page", answer(200, "Content-Type: text/html\r\n", HTML)),
        bad("not readable", "an empty 200", answer(200, "", "")),
        bad("not readable", "JSON without a code", json("{\"ok\":true}")),
        bad("HTTP 204", "no content", raw("HTTP/1.1 204 No Content\r\n\r\n")),
        bad("HTTP 302", "a redirect", answer(302, "Location: /elsewhere\r\n", "")),
        bad(
            "HTTP 307",
            "a redirect with an envelope",
            answer(307, "Location: /elsewhere\r\n", PlatformFixture.PAID)),
        bad("HTTP 404", "a 404 page", answer(404, "", HTML)),
        bad("HTTP 429", "a 429 without an envelope", answer(429, "Retry-After: 1\r\n", "")),
        bad("HTTP 503", "a 503 with an envelope", answer(503, "", PlatformFixture.PAID)),
        bad("HTTP 500", "a 500 page", answer(500, "", HTML)),
        bad("too large", "a huge body", SilenceTest::huge),
        bad("too large", "an endless chunked body", SilenceTest::endless));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("misbehaviours")
  void a_send_that_has_left_is_silence_and_never_repeated(
      String why, String what, Behaviour behaviour) throws IOException {
    try (RawServer server = new RawServer(behaviour);
        PlatformFixture fixture = fixture(server, why)) {
      assertThat(fixture.send()).isEqualTo(new Answer.Silent(why));
      assertThat(server.received).hasSize(1);
      assertThat(server.received.get(0).body()).isEqualTo(PlatformFixture.BODY);
    }
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("misbehaviours")
  void a_post_that_moves_no_money_is_silence_too_and_never_sent_again(
      String why, String what, Behaviour behaviour) throws IOException {
    try (RawServer server = new RawServer(behaviour);
        PlatformFixture fixture = fixture(server, why)) {
      assertThat(fixture.call(PlatformFixture.sale())).isEqualTo(new Answer.Silent(why));
      await().untilAsserted(() -> assertThat(server.received).hasSize(1));
    }
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void a_kept_connection_that_breaks_when_it_is_used_again_is_silence(
      String why, Behaviour behaviour) throws IOException {
    try (RawServer server = new RawServer(json(PlatformFixture.PAID), behaviour);
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      assertThat(fixture.send()).isInstanceOf(Answer.Spoken.class);
      assertThat(fixture.send()).isEqualTo(new Answer.Silent(why));
      assertThat(server.received).hasSize(2).allMatch(request -> request.connection() == 1);
    }
  }

  static Stream<Arguments> breaks() {
    return Stream.of(Arguments.of("closed", hangUp()), Arguments.of("reset", reset()));
  }

  @ParameterizedTest
  @MethodSource("delays")
  void an_answer_that_is_late_costs_its_connection(Behaviour behaviour) throws IOException {
    try (RawServer server = new RawServer(behaviour);
        PlatformFixture fixture = fixture(server, "timeout")) {
      assertThat(fixture.send()).isEqualTo(new Answer.Silent("timeout"));
      await().untilAsserted(() -> assertThat(server.ended).hasValue(1));
      assertThat(fixture.call(PlatformFixture.sale())).isEqualTo(new Answer.Silent("timeout"));
      await().untilAsserted(() -> assertThat(server.ended).hasValue(2));
    }
  }

  static Stream<Behaviour> delays() {
    return Stream.of(hang(), SilenceTest::drip);
  }

  @Test
  void bytes_after_an_answer_do_not_become_the_answer_to_the_next_send() throws IOException {
    String early = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"code\":\"S1\"}";
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"code\":\"0\"}";
    try (RawServer server = new RawServer(raw(answer + early), json("{\"code\":\"2\"}"));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      assertThat(fixture.send()).isEqualTo(new Answer.Silent("not one answer"));
      assertThat(code(fixture.send())).isEqualTo("2");
    }
  }

  private static String code(Answer answer) {
    return ((Answer.Spoken) answer).envelope().code();
  }

  /** Impatient where silence itself is the case. */
  private static PlatformFixture fixture(RawServer server, String why) {
    return new PlatformFixture(
        PlatformFixture.settings(server.url(), 10_000, why.equals("timeout") ? 1500 : 10_000, 4),
        new PlatformKeys(() -> PlatformFixture.access("sk_1")));
  }

  private static Arguments bad(String why, String what, Behaviour behaviour) {
    return Arguments.of(why, what, behaviour);
  }

  private static Behaviour closing(String bytes) {
    return socket -> {
      put(socket, bytes);
      return false;
    };
  }

  private static boolean drip(Socket socket) throws IOException, InterruptedException {
    put(socket, HEAD + "Content-Length: 999\r\n\r\n{");
    for (int i = 0; i < 300; i++) {
      Thread.sleep(50);
      put(socket, " ");
    }
    return false;
  }

  private static boolean huge(Socket socket) throws IOException {
    put(socket, HEAD + "Content-Length: 2000000\r\n\r\n");
    return fill(socket, 2_000_000 / 50_000, "x".repeat(50_000));
  }

  private static boolean endless(Socket socket) throws IOException {
    put(socket, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
    return fill(socket, 10_000, "c350\r\n" + "x".repeat(50_000) + "\r\n");
  }

  private static boolean fill(Socket socket, int times, String bytes) throws IOException {
    for (int i = 0; i < times; i++) {
      put(socket, bytes);
    }
    return true;
  }

  private static void put(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
  }
}
