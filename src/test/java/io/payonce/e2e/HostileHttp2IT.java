package io.payonce.e2e;

import static io.payonce.e2e.RawH2.CONTINUATION;
import static io.payonce.e2e.RawH2.DATA;
import static io.payonce.e2e.RawH2.END_HEADERS;
import static io.payonce.e2e.RawH2.END_STREAM;
import static io.payonce.e2e.RawH2.GOAWAY;
import static io.payonce.e2e.RawH2.HEADERS;
import static io.payonce.e2e.RawH2.PING;
import static io.payonce.e2e.RawH2.PRIORITY;
import static io.payonce.e2e.RawH2.PUSH_PROMISE;
import static io.payonce.e2e.RawH2.RST_STREAM;
import static io.payonce.e2e.RawH2.SETTINGS;
import static io.payonce.e2e.RawH2.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.e2e.RawH2.Frame;
import io.payonce.tls.Pki;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Frames that no caller would send who means well: each ends its stream or its connection, no other
 * connection suffers, nothing is paid. The README of the tests has the table.
 */
class HostileHttp2IT {
  private static final int FLOOD = 20_000;

  /** What a caller sends before he can know that he is cut off. */
  private interface Attack {
    void on(RawH2 connection) throws IOException;
  }

  @TempDir
  static Path folder;

  private static TestPod testPod;

  @BeforeAll
  static void open() {
    Pki.Identity server = new Pki(folder, "ours").localhost();
    Map<String, String> settings = new HashMap<>(CrowdIT.PATIENT);
    settings.put("server.tls.certFile", server.chain().toString());
    settings.put("server.tls.keyFile", server.key().toString());
    testPod = new TestPod(settings);
    TestPod.until(HostileHttp2IT::serves);
  }

  @AfterAll
  static void others_are_served_and_nothing_else_was_paid() throws IOException {
    try (TestPod closing = testPod) {
      assertThat(serves()).isTrue();
      assertThat(closing.platform().charges().all())
          .noneMatch(charge -> charge.toString().contains("hostile"));
    }
  }

  @TestFactory
  List<DynamicContainer> hostile() {
    return new ParallelScenarios(4)
        .group("has one meaning or none", HostileHttp2IT::heads)
        .group("breaks the rules of the connection", HostileHttp2IT::rules)
        .group("floods", HostileHttp2IT::floods)
        .group("is told in our envelope", HostileHttp2IT::answers)
        .groups();
  }

  private static void heads(ParallelScenarios together) {
    Map<String, List<Map.Entry<String, String>>> heads = Map.ofEntries(
        Map.entry("an upper-case name", with(Map.entry("X-Upper", "a"))),
        Map.entry("a connection header", with(Map.entry("connection", "close"))),
        Map.entry("a transfer-encoding", with(Map.entry("transfer-encoding", "chunked"))),
        Map.entry("a te that is not trailers", with(Map.entry("te", "gzip"))),
        Map.entry("an upgrade", with(Map.entry("upgrade", "h2c"))),
        Map.entry("a proxy-connection", with(Map.entry("proxy-connection", "keep-alive"))),
        Map.entry("two paths", with(Map.entry(":path", "/v1/other"))),
        Map.entry("two methods", with(Map.entry(":method", "GET"))),
        Map.entry("a pseudo header nobody knows", with(Map.entry(":extra", "a"))),
        Map.entry("a status", with(Map.entry(":status", "200"))),
        Map.entry("a CR and LF in a value", with(Map.entry("x-some", "a\r\nx-other: b"))),
        Map.entry("a NUL in a value", with(Map.entry("x-some", "a\u0000b"))),
        Map.entry("a blank in a name", with(Map.entry("x some", "a"))),
        Map.entry("a colon in a name", with(Map.entry("x:some", "a"))),
        Map.entry("no name", with(Map.entry("", "a"))),
        Map.entry("another host", with(Map.entry("host", "elsewhere"))),
        Map.entry(
            "two lengths",
            with(Map.entry("content-length", "2"), Map.entry("content-length", "3"))),
        Map.entry("a length that is none", with(Map.entry("content-length", "1x"))),
        Map.entry("no path", without(":path")),
        Map.entry("no method", without(":method")),
        Map.entry("no scheme", without(":scheme")),
        Map.entry("a tunnel to a host", tunnel()),
        Map.entry("a tunnel to a path", change(":method", "CONNECT")));
    heads.forEach((name, fields) -> together.add(
        name,
        () -> refused(connection -> connection
            .frame(HEADERS, END_HEADERS, 1, RawH2.fields(fields))
            .frame(DATA, END_STREAM, 1, sale("hostile")))));
    together.add(
        "a pseudo header behind others",
        () -> refused(connection -> {
          List<Map.Entry<String, String>> fields = new ArrayList<>(without(":path"));
          fields.add(Map.entry(":path", Caller.SALE));
          connection.frame(HEADERS, END_HEADERS | END_STREAM, 1, RawH2.fields(fields));
        }));
    for (String length : List.of("1", "9999")) {
      together.add(
          "a length that is not the body's: " + length,
          () -> refused(connection -> connection
              .frame(
                  HEADERS, END_HEADERS, 1, RawH2.fields(with(Map.entry("content-length", length))))
              .frame(DATA, END_STREAM, 1, sale("hostile"))));
    }
  }

  private static void rules(ParallelScenarios together) {
    byte[] head = RawH2.fields(with());
    Map<String, Attack> attacks = Map.ofEntries(
        Map.entry("data on a stream that is not open", c -> c.frame(DATA, 0, 1, sale("hostile"))),
        Map.entry("an even stream", c -> c.frame(HEADERS, END_HEADERS, 2, head)),
        Map.entry("headers on stream 0", c -> c.frame(HEADERS, END_HEADERS, 0, head)),
        Map.entry("settings on a stream", c -> c.frame(SETTINGS, 0, 1)),
        Map.entry("settings of a wrong length", c -> c.frame(SETTINGS, 0, 0, (byte) 1)),
        Map.entry("a ping of a wrong length", c -> c.frame(PING, 0, 0, (byte) 1)),
        Map.entry("a push promise", c -> c.frame(PUSH_PROMISE, END_HEADERS, 1, RawH2.number(2))),
        Map.entry("a window update of 0", c -> c.frame(WINDOW_UPDATE, 0, 0, RawH2.number(0))),
        Map.entry(
            "windows beyond 2^31",
            c -> c.flood(2, RawH2.framed(WINDOW_UPDATE, 0, 0, RawH2.number(Integer.MAX_VALUE)))),
        Map.entry(
            "a window of 2^31",
            c -> c.frame(
                SETTINGS, 0, 0, (byte) 0, (byte) 4, (byte) 0x80, (byte) 0, (byte) 0, (byte) 0)),
        Map.entry("a reset of an idle stream", c -> c.frame(RST_STREAM, 0, 9, RawH2.number(8))),
        Map.entry("a continuation of nothing", c -> c.frame(CONTINUATION, END_HEADERS, 1, head)),
        Map.entry(
            "a frame between a head and its rest",
            c -> c.frame(HEADERS, 0, 1, head).frame(PING, 0, 0, new byte[8])),
        Map.entry(
            "a head of another stream inside",
            c -> c.frame(HEADERS, 0, 1, head).frame(CONTINUATION, END_HEADERS, 3, head)),
        Map.entry("a frame too large", c -> c.frame(DATA, 0, 1, new byte[20_000])),
        Map.entry(
            "an index that is not in the table",
            c -> c.frame(
                HEADERS, END_HEADERS | END_STREAM, 1, (byte) 0xff, (byte) 0xff, (byte) 0x7f)),
        Map.entry("an index of 0", c -> c.frame(HEADERS, END_HEADERS | END_STREAM, 1, (byte) 0x80)),
        Map.entry("a number without end", c -> c.frame(HEADERS, END_HEADERS, 1, endless())),
        Map.entry("padding longer than its frame", c -> c.frame(DATA, 8, 1, (byte) 200, (byte) 1)),
        Map.entry(
            "HTTP/1.1 inside",
            c -> c.bytes(("POST " + Caller.SALE + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1))));
    attacks.forEach((name, attack) -> together.add(name, () -> ends(attack)));
    together.add("a stream that is behind", () -> {
      try (RawH2 connection = new RawH2(testPod.pod().port())) {
        connection
            .frame(HEADERS, END_HEADERS | END_STREAM, 5, head)
            .frame(HEADERS, END_HEADERS | END_STREAM, 3, head)
            .frame(HEADERS, END_HEADERS | END_STREAM, 7, head);
        Frame end = connection.next();
        while (end != null && end.type() != GOAWAY && !(end.stream() == 7 && end.type() == DATA)) {
          assertThat(end.stream() == 3 && end.type() != RST_STREAM)
              .as("it is answered")
              .isFalse();
          end = connection.next();
        }
      }
    });
    together.add(
        "a stream that depends on itself",
        () -> refused(connection -> connection.frame(PRIORITY, 0, 1, new byte[] {0, 0, 0, 1, 16})));
  }

  private static void floods(ParallelScenarios together) {
    byte[] head = RawH2.fields(with());
    together.add(
        "rapid reset",
        () -> ends(connection -> {
          ByteArrayOutputStream many = new ByteArrayOutputStream();
          for (int stream = 1; stream < 2 * FLOOD; stream += 2) {
            many.writeBytes(RawH2.framed(HEADERS, END_HEADERS, stream, head));
            many.writeBytes(RawH2.framed(RST_STREAM, 0, stream, RawH2.number(8)));
          }
          connection.bytes(many.toByteArray());
        }));
    together.add(
        "resets that we are made to send",
        () -> ends(connection -> {
          ByteArrayOutputStream many = new ByteArrayOutputStream();
          for (int stream = 1; stream < 2 * FLOOD; stream += 2) {
            many.writeBytes(RawH2.framed(HEADERS, END_HEADERS, stream, head));
            many.writeBytes(RawH2.framed(WINDOW_UPDATE, 0, stream, RawH2.number(0)));
          }
          connection.bytes(many.toByteArray());
        }));
    together.add(
        "continuations without end",
        () -> ends(connection -> connection
            .frame(HEADERS, 0, 1, head)
            .flood(
                FLOOD,
                RawH2.framed(CONTINUATION, 0, 1, RawH2.fields(List.of(Map.entry("x", "y")))))));
    together.add(
        "empty continuations",
        () -> ends(connection ->
            connection.frame(HEADERS, 0, 1, head).flood(FLOOD, RawH2.framed(CONTINUATION, 0, 1))));
    together.add(
        "an HPACK bomb",
        () -> refused(connection -> {
          ByteArrayOutputStream bomb = new ByteArrayOutputStream();
          bomb.writeBytes(head);
          // One large field goes into the table, and is named again for a byte each.
          bomb.write(0x40);
          bomb.writeBytes(
              new byte[] {1, 'b', 127, (byte) (3000 - 127 & 127 | 128), (byte) (3000 - 127 >> 7)});
          bomb.writeBytes("x".repeat(3000).getBytes(StandardCharsets.ISO_8859_1));
          for (int i = 0; i < 10_000; i++) {
            bomb.write(0x80 | 62);
          }
          connection.frame(HEADERS, END_HEADERS | END_STREAM, 1, bomb.toByteArray());
        }));
    together.add(
        "empty data",
        () -> ends(connection -> connection
            .frame(HEADERS, END_HEADERS, 1, head)
            .flood(FLOOD, RawH2.framed(DATA, 0, 1))));
    for (Map.Entry<String, byte[]> flood : Map.of(
            "pings", RawH2.framed(PING, 0, 0, new byte[8]),
            "settings", RawH2.framed(SETTINGS, 0, 0))
        .entrySet()) {
      together.add(flood.getKey() + " whose answers nobody reads", () -> {
        try (RawH2 connection = new RawH2(testPod.pod().port())) {
          connection.flood(FLOOD, flood.getValue());
          assertThat(serves()).isTrue();
        } catch (IOException cutOff) {
          assertThat(serves()).isTrue();
        }
      });
    }
    together.add("priorities", () -> {
      try (RawH2 connection = new RawH2(testPod.pod().port())) {
        connection.flood(FLOOD, RawH2.framed(PRIORITY, 0, 1, new byte[] {0, 0, 0, 3, 16}));
        assertThat(serves()).isTrue();
      } catch (IOException cutOff) {
        assertThat(serves()).isTrue();
      }
    });
    together.add("more streams than are allowed", () -> {
      try (RawH2 connection = new RawH2(testPod.pod().port())) {
        for (int stream = 1; stream < 1000; stream += 2) {
          connection.frame(HEADERS, END_HEADERS, stream, head);
        }
        Frame first = connection.await(RST_STREAM, 201);
        assertThat(first == null || first.payload()[3] == 7)
            .as("REFUSED_STREAM")
            .isTrue();
      }
      assertThat(serves()).isTrue();
    });
  }

  private static void answers(ParallelScenarios together) {
    together.add("no key", () -> answered(change("authorization", "Bearer no"), "200", "S10"));
    together.add("no key, and a small body after the answer", HostileHttp2IT::keptOpen);
    together.add("elsewhere", () -> answered(change(":path", "/elsewhere"), "404", "HTTP404"));
    together.add("an odd path", () -> answered(change(":path", "/v1/%2e%2e/x"), "400", "HTTP400"));
    together.add(
        "too long a body",
        () -> answered(with(Map.entry("content-length", "99999")), "413", "HTTP413"));
    together.add(
        "too long a head",
        () -> answered(with(Map.entry("x-big", "x".repeat(9000))), "431", "HTTP431"));
  }

  private static void answered(List<Map.Entry<String, String>> fields, String status, String code)
      throws IOException {
    try (RawH2 connection = new RawH2(testPod.pod().port())) {
      connection.frame(HEADERS, END_HEADERS, 1, RawH2.fields(fields));
      Frame head = connection.await(HEADERS, 1);
      assertThat(head).isNotNull();
      Frame body = connection.await(DATA, 1);
      assertThat(body).isNotNull();
      JsonObject envelope = new JsonObject(body.text());
      assertThat(envelope.getString("code")).isEqualTo(code);
      assertThat(envelope.getString("traceId")).isNotBlank();
      if (!status.equals("200")) {
        assertThat(code).endsWith(status);
      }
    }
  }

  /** A gateway puts many callers on one connection; those without a key do not end it. */
  private static void keptOpen() throws IOException {
    List<Map.Entry<String, String>> stranger =
        new ArrayList<>(change("authorization", "Bearer no"));
    stranger.add(Map.entry("content-length", "2"));
    try (RawH2 connection = new RawH2(testPod.pod().port())) {
      int stream = 1;
      for (; stream < 20; stream += 2) {
        connection.frame(HEADERS, END_HEADERS, stream, RawH2.fields(stranger));
        assertThat(answered(connection, stream)).contains("S10");
        connection.frame(DATA, END_STREAM, stream, "{}".getBytes(StandardCharsets.UTF_8));
      }
      connection
          .frame(HEADERS, END_HEADERS, stream, RawH2.fields(with()))
          .frame(DATA, END_STREAM, stream, sale("neighbour"));
      assertThat(answered(connection, stream)).matches(Caller::isPaid, "is paid");
    }
  }

  private static String answered(RawH2 connection, int stream) throws IOException {
    Frame frame = connection.next();
    while (frame != null && (frame.type() != DATA || frame.stream() != stream)) {
      assertThat(frame.type()).isNotIn(RST_STREAM, GOAWAY);
      frame = connection.next();
    }
    assertThat(frame).isNotNull();
    return frame.text();
  }

  /** The stream is refused one way or the other, and never answered as paid. */
  private static void refused(Attack attack) throws IOException {
    try (RawH2 connection = new RawH2(testPod.pod().port())) {
      attack.on(connection);
      Frame end = connection.end(1);
      if (end != null && end.type() == DATA) {
        assertThat(end.text()).doesNotContain("\"transactionStatus\"");
      }
    }
    assertThat(serves()).isTrue();
  }

  /** The connection is ended; it may say goodbye. */
  private static void ends(Attack attack) throws IOException {
    try (RawH2 connection = new RawH2(testPod.pod().port())) {
      attack.on(connection);
      Frame frame = connection.next();
      while (frame != null && frame.type() != GOAWAY) {
        assertThat(frame.text()).doesNotContain("\"transactionStatus\"");
        frame = connection.next();
      }
    } catch (IOException cutOff) {
      assertThat(cutOff).isNotInstanceOf(java.net.SocketTimeoutException.class);
    }
    assertThat(serves()).isTrue();
  }

  private static boolean serves() throws IOException {
    try (RawH2 connection = new RawH2(testPod.pod().port())) {
      connection
          .frame(HEADERS, END_HEADERS, 1, RawH2.fields(with()))
          .frame(DATA, END_STREAM, 1, sale("good"));
      Frame body = connection.await(DATA, 1);
      return body != null && Caller.isPaid(body.text());
    }
  }

  private static byte[] sale(String id) {
    return Caller.sale("order-" + id, "pay-" + id).encode().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] endless() {
    byte[] number = new byte[200];
    java.util.Arrays.fill(number, (byte) 0xff);
    return number;
  }

  @SafeVarargs
  private static List<Map.Entry<String, String>> with(Map.Entry<String, String>... more) {
    List<Map.Entry<String, String>> fields = new ArrayList<>(List.of(
        Map.entry(":method", "POST"),
        Map.entry(":scheme", "https"),
        Map.entry(":authority", "localhost"),
        Map.entry(":path", Caller.SALE),
        Map.entry("authorization", "Bearer " + TestPod.KEY),
        Map.entry("content-type", "application/json")));
    for (Map.Entry<String, String> each : more) {
      fields.add(each.getKey().startsWith(":") ? 4 : fields.size(), each);
    }
    return fields;
  }

  private static List<Map.Entry<String, String>> without(String name) {
    return with().stream().filter(field -> !field.getKey().equals(name)).toList();
  }

  private static List<Map.Entry<String, String>> tunnel() {
    return change(":method", "CONNECT").stream()
        .filter(field -> !List.of(":path", ":scheme").contains(field.getKey()))
        .toList();
  }

  private static List<Map.Entry<String, String>> change(String name, String value) {
    return with().stream()
        .map(field -> field.getKey().equals(name) ? Map.entry(name, value) : field)
        .toList();
  }
}
