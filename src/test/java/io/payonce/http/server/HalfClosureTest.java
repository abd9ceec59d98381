package io.payonce.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.wiring.Pod;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A caller may close its half of the connection as soon as it has asked; on every transport. */
class HalfClosureTest {
  private static final String GET = "GET /%s HTTP/1.1\r\nHost: here\r\n\r\n";

  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private Vertx vertx;
  private HttpServer server;

  private static List<Supplier<Vertx>> transports() {
    return List.of(Vertx::vertx, Pod::vertx);
  }

  private void serve(Supplier<Vertx> transport) throws Exception {
    vertx = transport.get();
    server = vertx
        .httpServerBuilder()
        .with(PublicPort.config("127.0.0.1", 0, 60))
        .build()
        .connectionHandler(connection -> {
          open.incrementAndGet();
          Http1Pacing.keep(connection, () -> 1000);
          connection.closeHandler(closed -> open.decrementAndGet());
        })
        .requestHandler(held::add)
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .get(2, TimeUnit.MINUTES);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void who_has_said_all_gets_its_answer_and_the_connection_ends(Supplier<Vertx> transport)
      throws Exception {
    serve(transport);
    try (Socket socket = says(GET.formatted("a"))) {
      HttpServerRequest request = next();
      await().until(() -> HalfClosure.isOver(request.connection()));
      assertThat(request.response().closed()).isFalse();
      answer(request);
      assertThat(rest(socket)).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n/a");
    }
    await().until(() -> open.get() == 0);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void all_that_was_asked_at_once_is_answered(Supplier<Vertx> transport) throws Exception {
    serve(transport);
    try (Socket socket = says(GET.formatted("a") + GET.formatted("b") + GET.formatted("c"))) {
      for (int i = 0; i < 3; i++) {
        answer(next());
      }
      assertThat(rest(socket)).contains("/a").contains("/b").endsWith("\r\n\r\n/c");
    }
    await().until(() -> open.get() == 0);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void an_interim_answer_is_not_the_answer(Supplier<Vertx> transport) throws Exception {
    serve(transport);
    try (Socket socket = says(GET.formatted("a"))) {
      HttpServerRequest request = next();
      await().until(() -> HalfClosure.isOver(request.connection()));
      vertx.runOnContext(go -> request.response().writeContinue());
      answer(request);
      assertThat(rest(socket)).startsWith("HTTP/1.1 100 ").endsWith("\r\n\r\n/a");
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void a_connection_on_which_nothing_is_asked_ends_with_the_caller_s_half(Supplier<Vertx> transport)
      throws Exception {
    serve(transport);
    try (Socket socket = says("")) {
      assertThat(rest(socket)).isEmpty();
    }
    try (Socket socket = opened()) {
      send(socket, GET.formatted("a"));
      answer(next());
      String whole = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n/a";
      assertThat(socket.getInputStream().readNBytes(whole.length()))
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo(whole);
      socket.shutdownOutput();
      assertThat(rest(socket)).isEmpty();
    }
    await().until(() -> open.get() == 0);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void who_stops_within_a_request_is_gone(Supplier<Vertx> transport) throws Exception {
    serve(transport);
    try (Socket socket = says("POST /a HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nabc")) {
      HttpServerRequest request = next();
      await().until(() -> request.response().closed());
      assertThat(rest(socket)).isEmpty();
    }
    await().until(() -> open.get() == 0);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void who_resets_the_connection_is_gone(Supplier<Vertx> transport) throws Exception {
    serve(transport);
    HttpServerRequest request;
    try (Socket socket = opened()) {
      send(socket, GET.formatted("a"));
      request = next();
      socket.setSoLinger(true, 0);
    }
    await().until(() -> request.response().closed());
    await().until(() -> open.get() == 0);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void who_has_gone_is_noticed_with_the_answer_at_the_latest(Supplier<Vertx> transport)
      throws Exception {
    serve(transport);
    try (Socket socket = opened()) {
      send(socket, GET.formatted("a"));
    }
    answer(next());
    await().until(() -> open.get() == 0);
  }

  @Test
  void who_may_have_gone_keeps_no_other_out() throws Exception {
    serve(Pod::vertx);
    ConnectionLimit.limit(vertx, server.actualPort(), 2);
    try (Socket first = says(GET.formatted("first"));
        Socket second = says(GET.formatted("second"))) {
      List<HttpServerRequest> waiting = List.of(next(), next());
      await().until(() -> waiting.stream().allMatch(each -> HalfClosure.isOver(each.connection())));
      try (Socket third = says(GET.formatted("third"))) {
        HttpServerRequest request = next();
        assertThat(rest(first)).isEmpty();
        waiting.forEach(this::answer);
        answer(request);
        assertThat(rest(second)).endsWith("/second");
        assertThat(rest(third)).endsWith("/third");
      }
    }
  }

  private void answer(HttpServerRequest request) {
    vertx.runOnContext(go -> {
      if (!request.response().closed()) {
        request.response().end(request.path());
      }
    });
  }

  private HttpServerRequest next() throws InterruptedException {
    HttpServerRequest request = held.poll(2, TimeUnit.MINUTES);
    assertThat(request).isNotNull();
    return request;
  }

  private Socket opened() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    socket.setSoTimeout(120_000);
    return socket;
  }

  /** Sends, and closes this half of the connection. */
  private Socket says(String bytes) throws IOException {
    Socket socket = opened();
    send(socket, bytes);
    socket.shutdownOutput();
    return socket;
  }

  private static void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }
}
