package io.payonce.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.credentials.PlatformKeys;
import io.payonce.model.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is given up leaves nothing behind that could still arrive, and costs little. */
class GivenUpTest {
  private static final int MOST_BYTES = 16 << 20;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_request_that_is_not_answered_in_time_ends_in_a_reset(boolean isPayment) throws Exception {
    CompletableFuture<String> end = new CompletableFuture<>();
    try (RawServer server = new RawServer(socket -> {
          end.complete(end(socket));
          return false;
        });
        PlatformFixture fixture = impatient(server)) {
      do {
        assertThat(ask(fixture, isPayment)).isEqualTo(new Answer.Silent("timeout"));
      } while (server.received.isEmpty()); // a busy machine may not have read it by then
      assertThat(end.get(1, TimeUnit.MINUTES)).isEqualTo("reset");
    }
  }

  private static String end(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    try {
      return in.read() < 0 ? "end" : "more";
    } catch (SocketException reset) {
      return "reset";
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_small_body_in_endless_wrapping_is_not_read_on(boolean isPayment) throws IOException {
    String chunk = "1;" + "x".repeat(4000) + "\r\n \r\n";
    try (RawServer server = new RawServer(socket -> {
          put(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          for (int sent = 0; sent < MOST_BYTES; sent += chunk.length()) {
            put(socket, chunk);
          }
          put(socket, "0\r\n\r\n");
          return true;
        });
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      assertThat(ask(fixture, isPayment)).isEqualTo(new Answer.Silent("too large"));
      await().until(() -> server.ended.get() == 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void heads_that_announce_an_answer_for_ever_are_not_read_on(boolean isPayment)
      throws IOException {
    String heads = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000);
    try (RawServer server = new RawServer(socket -> {
          for (int sent = 0; sent < MOST_BYTES; sent += heads.length()) {
            put(socket, heads);
          }
          return true;
        });
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      assertThat(ask(fixture, isPayment)).isEqualTo(new Answer.Silent("too large"));
    }
  }

  @Test
  void a_post_without_a_body_says_so() throws IOException {
    try (RawServer server = new RawServer(RawServer.json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      fixture.call(PlatformFixture.post("/v1/other", new byte[0]));
      fixture.call(PlatformFixture.get("/v1/other"));
      assertThat(server.received.get(0).header("Content-Length")).isEqualTo("0");
      assertThat(server.received.get(1).header("Content-Length")).isNull();
    }
  }

  private static Answer ask(PlatformFixture fixture, boolean isPayment) {
    return isPayment ? fixture.send() : fixture.call(PlatformFixture.sale());
  }

  private static void put(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
  }

  private static PlatformFixture impatient(RawServer server) {
    return new PlatformFixture(
        PlatformFixture.settings(server.url(), 10_000, 400, 4),
        new PlatformKeys(() -> PlatformFixture.access("sk_1")));
  }
}
