package io.payonce.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Bytes that no caller would send who means well, over HTTP/1.x: none of them brings a payment that
 * was not asked for, keeps memory or a connection for long, or goes without an answer that can be
 * read. The README of the tests has the table.
 */
class HostileIT {
  private static final int BUDGET = 200_000;
  private static final int MOST_HEAD_BYTES = 8192;

  private static TestPod testPod;

  @BeforeAll
  static void open() {
    Map<String, String> settings = new HashMap<>(CrowdIT.PATIENT);
    settings.put("server.maxBufferedBytes", Integer.toString(BUDGET));
    testPod = new TestPod(settings);
    testPod.patiently(() -> testPod.caller().pay(Caller.sale("order-open", "pay-open")));
  }

  @AfterAll
  static void nothing_was_smuggled_and_nothing_stayed() {
    try (TestPod closing = testPod) {
      assertThat(closing.platform().charges().all())
          .noneMatch(charge -> charge.toString().contains("smuggled"));
      TestPod.until(() -> closing.admin(0).contains("payonce_buffered_bytes 0.0"));
    }
  }

  @TestFactory
  List<DynamicContainer> hostile() {
    return new ParallelScenarios(16)
        .group("is decided on the head", HostileIT::heads)
        .group("has one meaning or none", HostileIT::framing)
        .group("is told what is wrong in our envelope", HostileIT::answers)
        .group("HTTP/1.0 is served", HostileIT::old)
        .group("who has said all gets its answer", HostileIT::halfClosed)
        .group("the admin port", HostileIT::admin)
        .group("takes its time", HostileIT::slow)
        .groups();
  }

  /** Only the head is sent; whoever waits for the body would not answer. */
  private static void heads(ParallelScenarios together) {
    String keyless = head("POST", Caller.SALE, "").replace(TestPod.KEY, "k_nobody");
    for (String length : List.of(
        "Content-Length: 65000\r\n",
        "Content-Length: 0\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Content-Length: 65000\r\nExpect: 100-continue\r\n")) {
      together.add(
          "no key, " + length.strip(), () -> answered(keyless + length + "\r\n").is(200, "S10"));
    }
    together.add("no key, and a body that stops before its end", () -> {
      String most = keyless + "Content-Length: 65000\r\n\r\n" + "x".repeat(64_900);
      answered(most).is(200, "S10");
    });
    together.add(
        "a path that resembles one",
        () -> answered(head("POST", Caller.SALE + "/", "Content-Length: 9\r\n") + "\r\n")
            .is(200, "C18"));
    together.add(
        "a method that is not taken",
        () ->
            answered(head("PUT", Caller.SALE, "Content-Length: 9\r\n") + "\r\n").is(200, "C19"));
    together.add(
        "too long a body, and no 100 Continue for it",
        () -> answered(
                head("POST", Caller.SALE, "Content-Length: 65537\r\nExpect: 100-continue\r\n")
                    + "\r\n")
            .is(413));
    together.add("who is let in is told to go on, and is served", () -> {
      String body = Caller.sale("order-expect", "pay-expect").encode();
      try (Socket socket = Raw.open(testPod.pod().port())) {
        send(
            socket,
            head("POST", Caller.SALE, Raw.length(body) + "Expect: 100-continue\r\n") + "\r\n");
        assertThat(next(socket).status()).isEqualTo(100);
        send(socket, body);
        assertThat(Caller.isPaid(next(socket).body())).isTrue();
      }
    });
    together.add("who was refused and sends on is served again on the connection", () -> {
      try (Socket socket = Raw.open(testPod.pod().port())) {
        send(socket, keyless + "Content-Length: 4\r\n\r\n");
        next(socket).is(200, "S10");
        send(socket, "abcd" + head("POST", Caller.SALE, "Content-Length: 2\r\n") + "\r\n{}");
        next(socket).is(200, "C01");
      }
    });
  }

  private static void framing(ParallelScenarios together) {
    String inner = smuggled();
    String chunked = "Transfer-Encoding: chunked\r\n";
    String five = "5\r\n{\"a\":\r\n0\r\n\r\n";
    Map<String, String> refused = Map.ofEntries(
        Map.entry("CL and TE", "Content-Length: 5\r\n" + chunked + "\r\n0\r\n\r\n" + inner),
        Map.entry("TE and CL", chunked + "Content-Length: 5\r\n\r\n0\r\n\r\n" + inner),
        Map.entry("TE twice", chunked + chunked + "\r\n0\r\n\r\n" + inner),
        Map.entry("TE identity", "Transfer-Encoding: identity\r\n\r\n" + inner),
        Map.entry("TE chunked, identity", "Transfer-Encoding: chunked, identity\r\n\r\n" + inner),
        Map.entry("TE xchunked", "Transfer-Encoding: xchunked\r\n\r\n" + inner),
        Map.entry("TE \\x0bchunked", "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n" + inner),
        Map.entry("TE :chunked", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + inner),
        Map.entry("two lengths", "Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + inner),
        Map.entry("a length twice", "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}" + inner),
        Map.entry("a list of lengths", "Content-Length: 2, 2\r\n\r\n{}" + inner),
        Map.entry("a signed length", "Content-Length: +2\r\n\r\n{}" + inner),
        Map.entry("a negative length", "Content-Length: -1\r\n\r\n" + inner),
        Map.entry("a length in hex", "Content-Length: 0x2\r\n\r\n{}" + inner),
        Map.entry("a length too long to count", "Content-Length: 18446744073709551618\r\n\r\n{}"),
        Map.entry("a bare LF", "X-Some: a\nContent-Length: 2\r\n\r\n{}" + inner),
        Map.entry("a bare CR", "X-Some: a\rContent-Length: 2\r\n\r\n{}" + inner),
        Map.entry("a NUL", "X-Some: a\u0000b\r\nContent-Length: 2\r\n\r\n{}" + inner),
        Map.entry("a name of controls", "X\u0001Some: a\r\nContent-Length: 2\r\n\r\n{}" + inner),
        Map.entry("a blank in a name", "X Some: a\r\nContent-Length: 2\r\n\r\n{}" + inner),
        Map.entry("a line without a colon", "nothing\r\nContent-Length: 2\r\n\r\n{}" + inner),
        Map.entry("a chunk size of -1", chunked + "\r\n-1\r\n" + inner),
        Map.entry("a chunk size too long", chunked + "\r\n10000000000000001\r\n" + inner),
        Map.entry("a chunk size of words", chunked + "\r\n0x5\r\n" + inner),
        Map.entry("a chunk without its end", chunked + "\r\n5\r\n{\"a\":xx0\r\n\r\n" + inner),
        Map.entry("a bare LF in a chunk's line", chunked + "\r\n5\n{\"a\":\r\n0\r\n\r\n" + inner),
        Map.entry("an extension with a bare LF", chunked + "\r\n5;a\nb\r\n{\"a\":\r\n0\r\n\r\n"));
    refused.forEach((name, rest) -> together.add(name, () -> {
      List<Said> said = Said.all(exchange(head("POST", Caller.SALE, "") + rest));
      assertThat(said).as(name).hasSize(1);
      assertThat(said.get(0).isOurs().status()).as(said.toString()).isBetween(400, 499);
      assertThat(said.get(0).closes()).as("the connection ends").isTrue();
    }));
    together.add("a folded header hides nothing", () -> {
      String raw =
          exchange(head("POST", Caller.SALE, "X-Some: a\r\n Transfer-Encoding: chunked\r\n")
              + "Content-Length: 2\r\nConnection: close\r\n\r\n{}" + inner);
      Said.only(raw).isOurs();
    });
    together.add("what follows a body is a request of its own, and needs its own key", () -> {
      List<Said> said = Said.all(exchange(head("POST", Caller.SALE, chunked) + "\r\n" + five
          + inner.replace(TestPod.KEY, "k_nobody\r\nConnection: X\r\nConnection: te, Close")));
      said.forEach(Said::isOurs);
      assertThat(said).extracting(Said::code).containsExactly("C02", "S10");
    });
    together.add("a prelude of another protocol", () -> {
      for (String other : List.of(
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u0016\u0003\u0001\u0000\u0005hello\r\n\r\n")) {
        assertThat(Said.all(exchange(other)))
            .allSatisfy(each -> assertThat(each.isOurs().status()).isGreaterThanOrEqualTo(400));
      }
    });
    together.add("h2c and websockets are not switched to", () -> {
      for (String upgrade : List.of(
          "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n",
          "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n")) {
        String raw = exchange(head("POST", Caller.SALE, "") + "Connection: Upgrade, close\r\n"
            + upgrade + "Content-Length: 2\r\n\r\n{}");
        Said.only(raw).is(200, "C01");
      }
    });
  }

  private static void answers(ParallelScenarios together) {
    String closing = "Connection: close\r\nContent-Length: 2\r\n";
    together.add(
        "400", () -> answered(head("POST", Caller.SALE, "Host: b\r\n") + "\r\n").is(400));
    together.add("404", () -> answered(head("GET", "/elsewhere", "") + "\r\n").is(404));
    together.add("400 for a tunnel, which 200 would promise", () -> {
      for (String target : List.of(Caller.SALE, "/v1/transaction/query?a=b", "here:443", "*")) {
        answered(head("CONNECT", target, "") + "\r\n").is(400);
        answered(head("CONNECT", target, closing).replace(TestPod.KEY, "no") + "\r\n{}")
            .is(400);
        answered(head("CONNECT", target, "").replace("HTTP/1.1", "HTTP/1.0") + "\r\n")
            .is(400);
      }
    });
    together.add("400 for a target that is no path", () -> {
      for (String method : List.of("POST", "OPTIONS", "GET", "TRACE")) {
        for (String target : List.of("*", "here:443", "http://here" + Caller.SALE)) {
          answered(head(method, target, closing) + "\r\n{}").is(400);
        }
      }
    });
    together.add("431 for a head", () -> {
      String big = "X-Big: " + "x".repeat(MOST_HEAD_BYTES) + "\r\n";
      answered(head("POST", Caller.SALE, big) + closing + "\r\n{}").is(431);
    });
    together.add("431 for a line", () -> {
      String far = Caller.SALE + "?" + "x".repeat(MOST_HEAD_BYTES);
      answered(head("POST", far, closing) + "\r\n{}").is(431);
    });
    for (String version : List.of("HTTP/1.2", "HTTP/2.0", "HTTP/9.9", "http/1.1", "ICE/1.0")) {
      together.add("501 for " + version, () -> {
        Said said =
            answered(head("POST", Caller.SALE, closing).replace("HTTP/1.1", version) + "\r\n{}");
        assertThat(said.is(501).version()).isEqualTo("HTTP/1.1");
        assertThat(said.closes()).isTrue();
      });
    }
    together.add("413 for 100 times as much framing as body", () -> {
      String extension = "1;" + "x".repeat(2000) + "\r\n{\r\n";
      String raw = Raw.exchange(
          testPod.pod().port(),
          head("POST", Caller.SALE, "Transfer-Encoding: chunked\r\n") + "\r\n"
              + extension.repeat(400));
      Said.only(raw).is(413);
    });
  }

  /** As {@code nc -N} and some health checkers do: their half of the connection is closed. */
  private static void halfClosed(ParallelScenarios together) {
    for (String version : List.of("HTTP/1.0", "HTTP/1.1")) {
      together.add("a payment, " + version, () -> {
        String name = "half-" + version.substring(7);
        String body = Caller.sale("order-" + name, "pay-" + name, "slow 1s").encode();
        String head = head("POST", Caller.SALE, Raw.length(body)).replace("HTTP/1.1", version);
        Said said = Said.only(sayAll(testPod.pod().port(), head + "\r\n" + body));
        assertThat(Caller.isPaid(said.body())).as(said.body()).isTrue();
      });
      together.add("a probe, " + version, () -> {
        String probe = "GET /health/live " + version + "\r\nHost: localhost\r\n\r\n";
        assertThat(Said.only(sayAll(testPod.pod().adminPort(), probe)).status()).isEqualTo(200);
      });
    }
  }

  private static String sayAll(int port, String bytes) throws IOException {
    try (Socket socket = Raw.open(port)) {
      send(socket, bytes);
      socket.shutdownOutput();
      return Raw.rest(socket.getInputStream());
    }
  }

  private static void admin(ParallelScenarios together) {
    for (String probe : List.of(
        "GET /health/live HTTP/1.0\r\n\r\n",
        "GET /health/ready HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")) {
      together.add("serves a probe that speaks HTTP/1.0: " + probe.strip(), () -> {
        try (Socket socket = Raw.open(testPod.pod().adminPort())) {
          send(socket, probe);
          assertThat(next(socket).status()).isEqualTo(200);
        }
      });
    }
    together.add("who hangs up within a body is no error of ours", () -> {
      String part = "POST /admin/ask HTTP/1.1\r\nHost: localhost\r\n"
          + "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{";
      assertThat(sayAll(testPod.pod().adminPort(), part)).isEmpty();
      String probe = "GET /health/live HTTP/1.0\r\n\r\n";
      assertThat(sayAll(testPod.pod().adminPort(), probe)).startsWith("HTTP/1.0 200 ");
    });
    together.add("says what it cannot read", () -> {
      for (String broken : List.of(
          "GET /metrics HTTP/1.1\r\nX-Some: a\u0000b\r\n\r\n",
          "GET /metrics HTTP/3.1\r\nHost: a\r\n\r\n")) {
        Said said = Said.only(Raw.exchange(testPod.pod().adminPort(), broken));
        assertThat(said.status()).isBetween(400, 501);
        assertThat(said.body()).contains("\"error\"");
      }
    });
  }

  private static void old(ParallelScenarios together) {
    together.add("without a Host, and the connection ends", () -> {
      String body = Caller.sale("order-old-1", "pay-old-1").encode();
      Said said = Said.only(exchange("POST " + Caller.SALE + " HTTP/1.0\r\nAuthorization: Bearer "
          + TestPod.KEY + "\r\n" + Raw.length(body) + "\r\n" + body));
      assertThat(said.version()).isEqualTo("HTTP/1.0");
      assertThat(said.closes()).isTrue();
      assertThat(said.headers()).doesNotContainKey("transfer-encoding");
      assertThat(Caller.isPaid(said.body())).as(said.body()).isTrue();
    });
    together.add("who wants the connection kept gets it kept", () -> {
      try (Socket socket = Raw.open(testPod.pod().port())) {
        for (int i = 2; i < 4; i++) {
          String body = Caller.sale("order-old-" + i, "pay-old-" + i).encode();
          send(
              socket,
              old("Connection: keep-alive\r\nExpect: 100-continue\r\n" + Raw.length(body)) + body);
          Said said = next(socket);
          assertThat(said.keeps()).as(said.toString()).isTrue();
          assertThat(Caller.isPaid(said.body())).as(said.body()).isTrue();
        }
      }
    });
    together.add("refusals too", () -> {
      answered(old("Content-Length: 2\r\n") + "{}").is(200, "C01");
      answered(old("Content-Length: 2\r\n").replace(TestPod.KEY, "no") + "{}").is(200, "S10");
      answered(old("Content-Length: 99999\r\n")).is(413);
    });
    together.add("two hosts are two, and chunks are none of its", () -> {
      answered(old("Host: a\r\nHost: b\r\nContent-Length: 2\r\n") + "{}").is(400);
      answered(old("Transfer-Encoding: chunked\r\n") + "2\r\n{}\r\n0\r\n\r\n").is(400);
    });
  }

  private static void slow(ParallelScenarios together) {
    together.add("a head that drips", () -> {
      try (Socket socket = Raw.open(testPod.pod().port())) {
        String head = head("POST", Caller.SALE, "X-Drip: ");
        send(socket, head.substring(0, head.length() - 1));
        Said.only(drip(socket, "a")).is(408);
      }
    });
    together.add("the second head of a connection, too", () -> {
      try (Socket socket = Raw.open(testPod.pod().port())) {
        send(socket, head("POST", Caller.SALE, "Content-Length: 2\r\n") + "\r\n{}");
        next(socket).is(200, "C01");
        Said.only(drip(socket, "P")).is(408);
      }
    });
    together.add("a body that drips", () -> {
      try (Socket socket = Raw.open(testPod.pod().port())) {
        send(socket, head("POST", Caller.SALE, "Content-Length: 60000\r\n") + "\r\n");
        Said.only(drip(socket, " ")).is(408);
      }
    });
    together.add("the body of one who was refused", () -> {
      try (Socket socket = Raw.open(testPod.pod().port())) {
        send(
            socket,
            head("POST", Caller.SALE, "Content-Length: 60000\r\n").replace(TestPod.KEY, "no")
                + "\r\n");
        Said.only(drip(socket, " ")).is(200, "S10");
      }
    });
    together.add("a connection on which nobody speaks", () -> {
      try (Socket socket = Raw.open(testPod.pod().port())) {
        assertThat(Raw.rest(socket.getInputStream())).isEmpty();
      }
    });
    together.add("requests without end whose answers nobody reads", () -> {
      String one = head("POST", Caller.SALE, "Content-Length: 2\r\n") + "\r\n{}";
      int many = 2000;
      try (Socket socket = Raw.open(testPod.pod().port())) {
        Thread writer = new Thread(() -> {
          try {
            for (int i = 0; i < many; i++) {
              send(socket, one);
            }
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
        writer.start();
        assertThat(
                testPod.caller().pay(Caller.sale("order-beside", "pay-beside")).isPaid())
            .isTrue();
        for (int i = 0; i < many; i++) {
          next(socket).is(200, "C01");
        }
      }
    });
  }

  @Test
  void bodies_beyond_what_may_be_kept_are_refused_and_small_ones_go_on() throws IOException {
    List<Socket> stuck = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        Socket socket = Raw.open(testPod.pod().port());
        stuck.add(socket);
        send(
            socket,
            head("POST", Caller.SALE, "Content-Length: 65000\r\n") + "\r\n" + " ".repeat(64_900));
      }
      TestPod.until(() -> testPod.admin(0).contains("payonce_buffered_bytes 194700.0"));
      String body = " ".repeat(10_000);
      Said said = answered(head("POST", Caller.SALE, Raw.length(body)) + "\r\n" + body);
      said.is(200, "E01");
      assertThat(said.headers())
          .containsEntry("retry-after", "1")
          .containsEntry("payonce-source", "proxy");
      assertThat(said.headers().get("payonce-sent")).isNotEqualTo("yes").isNotEqualTo("no");
      assertThat(testPod.caller().pay(Caller.sale("order-small", "pay-small")).isPaid())
          .isTrue();
    } finally {
      for (Socket socket : stuck) {
        socket.close();
      }
    }
    TestPod.until(() -> testPod.admin(0).contains("payonce_buffered_bytes 0.0"));
    assertThat(testPod.admin(0)).contains("netty_direct_memory_bytes", "netty_heap_memory_bytes");
  }

  @Test
  void the_admin_port_is_there_for_who_comes_however_many_are_idle() throws IOException {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        idle.add(Raw.open(testPod.pod().adminPort()));
      }
      assertThat(testPod.admin("/health/live")).contains("up");
      assertThat(Raw.rest(idle.get(0).getInputStream())).as("the oldest goes").isEmpty();
    } finally {
      for (Socket each : idle) {
        each.close();
      }
    }
  }

  @Test
  void a_crowd_without_a_key_keeps_no_memory() throws IOException {
    List<Socket> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = Raw.open(testPod.pod().port());
        crowd.add(socket);
        send(
            socket,
            head("POST", Caller.SALE, "Content-Length: 65000\r\n").replace(TestPod.KEY, "k_nobody")
                + "\r\n" + "x".repeat(64_900));
      }
      for (Socket socket : crowd) {
        next(socket).is(200, "S10");
      }
      assertThat(testPod.admin(0)).contains("payonce_buffered_bytes 0.0");
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }

  private static String smuggled() {
    String body = Caller.sale("order-smuggled", "pay-smuggled").encode();
    return head("POST", Caller.SALE, Raw.length(body)) + "\r\n" + body;
  }

  /** A head without its end. */
  private static String head(String method, String path, String more) {
    return method + " " + path + " HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + TestPod.KEY
        + "\r\nContent-Type: application/json\r\n" + more;
  }

  private static String old(String more) {
    return "POST " + Caller.SALE + " HTTP/1.0\r\nAuthorization: Bearer " + TestPod.KEY + "\r\n"
        + more + "\r\n";
  }

  private static String exchange(String bytes) {
    return Raw.exchange(testPod.pod().port(), bytes);
  }

  /** The first answer to bytes after which nothing more is sent, and nothing is closed. */
  private static Said answered(String bytes) throws IOException {
    try (Socket socket = Raw.open(testPod.pod().port())) {
      send(socket, bytes);
      return next(socket);
    }
  }

  private static void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static Said next(Socket socket) throws IOException {
    return Said.next(socket.getInputStream());
  }

  /** A byte now and then, until the other side has had enough; what came back. */
  private static String drip(Socket socket, String drop) throws IOException {
    socket.setSoTimeout(300);
    StringBuilder came = new StringBuilder();
    for (int reads = 0; reads < 2000; reads++) {
      try {
        int read = socket.getInputStream().read();
        if (read < 0) {
          return came.toString();
        }
        came.append((char) read);
      } catch (java.net.SocketTimeoutException quiet) {
        try {
          send(socket, drop);
        } catch (IOException closed) {
          return came.toString();
        }
      } catch (IOException reset) {
        return came.toString();
      }
    }
    throw new IllegalStateException("nobody minds; so far: " + came);
  }
}
