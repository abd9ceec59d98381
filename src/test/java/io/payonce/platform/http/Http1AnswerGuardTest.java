package io.payonce.platform.http;

import static io.payonce.platform.http.RawServer.json;
import static io.payonce.platform.http.RawServer.raw;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.credentials.PlatformKeys;
import io.payonce.model.Answer;
import io.payonce.platform.http.RawServer.Behaviour;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A connection brings one whole final answer to its request, or it is never used again: else the
 * next payment on it would get another's "no".
 */
@Execution(ExecutionMode.CONCURRENT)
class Http1AnswerGuardTest {
  private static final String REFUSED = whole("{\"code\":\"C14\"}");
  private static final Answer UNKNOWN = new Answer.Silent("not one answer");

  /** Both ways to the platform: payments, and what moves no money. */
  private enum Way {
    PAYMENT(
        fixture -> fixture.platform.send(PlatformFixture.intent(60_000), PlatformFixture.sale())),
    POST(fixture -> fixture.platform.call(PlatformFixture.sale())),
    QUESTION(fixture -> fixture.platform.call(PlatformFixture.get("/v1/transaction/query?x=1")));

    private final Function<PlatformFixture, Future<Answer>> ask;

    Way(Function<PlatformFixture, Future<Answer>> ask) {
      this.ask = ask;
    }
  }

  static Stream<Arguments> mixed() {
    return Stream.of(Way.values())
        .flatMap(way -> Stream.of(
                because("101", interim("101 Switching Protocols")),
                because("101 to another protocol", upgrade()),
                because("102", interim("102 Processing")),
                because("104", interim("104 Upload Resumption Supported")),
                because("199", interim("199 Anything")),
                because("102 twice", interim("102 Processing") + interim("102 Processing")),
                because("100, then 102", interim("100 Continue") + interim("102 Processing")),
                because("102 and the answer", interim("102 Processing") + REFUSED),
                because("two answers", REFUSED + REFUSED),
                because("an answer and half of another", REFUSED + "HTTP/1.1 200 OK\r\nContent-L"))
            .map(each -> Arguments.of(way, each.get()[0], each.get()[1])));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("mixed")
  void what_brings_anything_but_one_answer_is_unknown_and_its_connection_is_not_used_again(
      Way way, String what, String bytes) throws IOException {
    try (RawServer server = new RawServer(raw(bytes), json(PlatformFixture.PAID));
        PlatformFixture fixture = narrow(server)) {
      assertThat(ask(fixture, way).join()).isEqualTo(UNKNOWN);
      assertThat(code(ask(fixture, way).join())).isEqualTo("0");
      assertThat(server.received).extracting(RawServer.Received::connection).containsExactly(1, 2);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("mixed")
  void the_send_right_behind_never_gets_the_late_answer(Way way, String what, String bytes)
      throws IOException {
    try (RawServer server = new RawServer(late(bytes, REFUSED), json(PlatformFixture.PAID));
        PlatformFixture fixture = narrow(server)) {
      CompletableFuture<Answer> first = ask(fixture, way);
      await().until(() -> server.received.size() == 1);
      CompletableFuture<Answer> behind = ask(fixture, way);
      assertThat(first.join()).isEqualTo(UNKNOWN);
      assertThat(code(behind.join())).isEqualTo("0");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("mixed")
  void it_is_the_same_in_small_pieces(Way way, String what, String bytes) throws IOException {
    String head = bytes.startsWith("HTTP/1.1 200") ? interim("102 Processing") : "";
    try (RawServer server = new RawServer(inPieces(head + bytes), json(PlatformFixture.PAID));
        PlatformFixture fixture = narrow(server)) {
      assertThat(ask(fixture, way).join()).isEqualTo(UNKNOWN);
      assertThat(code(ask(fixture, way).join())).isEqualTo("0");
    }
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void heads_that_announce_the_answer_are_no_answer(Way way, String interim) throws IOException {
    try (RawServer server =
            new RawServer(late(interim, REFUSED), inPieces(interim + whole(PlatformFixture.PAID)));
        PlatformFixture fixture = narrow(server)) {
      assertThat(code(ask(fixture, way).join())).isEqualTo("C14");
      assertThat(code(ask(fixture, way).join())).isEqualTo("0");
      assertThat(server.received).allMatch(request -> request.connection() == 1);
    }
  }

  static Stream<Arguments> harmless() {
    return Stream.of(Way.values())
        .flatMap(way -> Stream.of(
                interim("100 Continue"),
                interim("103 Early Hints"),
                interim("103 Early Hints") + interim("100 Continue"))
            .map(interim -> Arguments.of(way, interim)));
  }

  @Test
  void an_answer_without_a_request_ends_its_connection() throws IOException {
    try (RawServer server =
            new RawServer(late(whole(PlatformFixture.PAID), REFUSED), json(PlatformFixture.PAID));
        PlatformFixture fixture = narrow(server)) {
      assertThat(code(ask(fixture, Way.PAYMENT).join())).isEqualTo("0");
      await().until(() -> server.ended.get() == 1);
      assertThat(code(ask(fixture, Way.PAYMENT).join())).isEqualTo("0");
      assertThat(server.connections).hasValue(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_second_answer_that_comes_when_the_next_send_is_out_is_not_that_ones(Way way)
      throws IOException {
    while (!isNotThatOnes(way)) {
      // A busy machine's server was so slow that the guard had stopped listening.
    }
  }

  /** Whether the server was quick enough to show it. */
  private static boolean isNotThatOnes(Way way) throws IOException {
    AtomicLong apart = new AtomicLong();
    Behaviour twice = socket -> {
      long since = System.nanoTime();
      put(socket, REFUSED);
      Thread.sleep(30);
      put(socket, whole(PlatformFixture.PAID));
      apart.set(System.nanoTime() - since);
      return true;
    };
    try (RawServer server =
            new RawServer(json(PlatformFixture.PAID), twice, json(PlatformFixture.PAID));
        PlatformFixture fixture = narrow(server)) {
      assertThat(code(ask(fixture, way).join())).isEqualTo("0");
      Answer answer = ask(fixture, way).join();
      await().until(() -> apart.get() > 0);
      if (apart.get() > MILLISECONDS.toNanos(Http1AnswerGuard.LISTEN_MILLIS) / 2) {
        return false;
      }
      assertThat(answer).isEqualTo(UNKNOWN);
      assertThat(code(ask(fixture, way).join())).isEqualTo("0");
      assertThat(server.received)
          .extracting(RawServer.Received::connection)
          .containsExactly(1, 1, 2);
      return true;
    }
  }

  @Test
  void a_refusal_that_stays_alone_is_believed_and_its_connection_kept() throws IOException {
    try (RawServer server = new RawServer(json("{\"code\" : \"C14\"}"));
        PlatformFixture fixture = narrow(server)) {
      for (int i = 0; i < 3; i++) {
        assertThat(code(ask(fixture, Way.PAYMENT).join())).isEqualTo("C14");
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void an_answer_that_ends_with_its_connection_is_whole() throws IOException {
    Behaviour closing = socket -> {
      put(socket, "HTTP/1.1 200 OK\r\n\r\n" + PlatformFixture.PAID);
      return false;
    };
    try (RawServer server = new RawServer(closing);
        PlatformFixture fixture = narrow(server)) {
      assertThat(code(ask(fixture, Way.PAYMENT).join())).isEqualTo("0");
      assertThat(code(ask(fixture, Way.QUESTION).join())).isEqualTo("0");
    }
  }

  private static CompletableFuture<Answer> ask(PlatformFixture fixture, Way way) {
    return fixture.later(() -> way.ask.apply(fixture));
  }

  /** One connection at a time: who comes second waits for the first one's. */
  private static PlatformFixture narrow(RawServer server) {
    return new PlatformFixture(
        PlatformFixture.settings(server.url(), 10_000, 10_000, 1),
        new PlatformKeys(() -> PlatformFixture.access("sk_1")));
  }

  private static String code(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Spoken.class);
    return ((Answer.Spoken) answer).envelope().code();
  }

  private static Arguments because(String what, String bytes) {
    return Arguments.of(what, bytes);
  }

  private static String interim(String status) {
    return "HTTP/1.1 " + status + "\r\n\r\n";
  }

  private static String upgrade() {
    return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
  }

  private static String whole(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
        + "\r\n\r\n" + body;
  }

  private static Behaviour late(String first, String then) {
    return socket -> {
      put(socket, first);
      Thread.sleep(100);
      put(socket, then);
      return true;
    };
  }

  private static Behaviour inPieces(String bytes) {
    return socket -> {
      for (String each : List.of(bytes.split("(?<=\\G.{7})", -1))) {
        put(socket, each);
        Thread.sleep(1);
      }
      return true;
    };
  }

  private static void put(Socket socket, String bytes) throws IOException {
    socket.setTcpNoDelay(true);
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
  }
}
