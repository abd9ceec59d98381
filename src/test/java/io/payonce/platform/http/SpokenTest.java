package io.payonce.platform.http;

import static io.payonce.platform.http.RawServer.answer;
import static io.payonce.platform.http.RawServer.json;
import static io.payonce.platform.http.RawServer.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.payonce.credentials.PlatformKeys;
import io.payonce.credentials.RequestCredentials;
import io.payonce.model.Answer;
import io.payonce.model.Reply;
import io.payonce.platform.PlatformRequest;
import io.payonce.platform.http.RawServer.Behaviour;
import io.payonce.platform.http.RawServer.Received;
import io.payonce.signing.Signing;
import io.payonce.signing.SigningKey;
import io.payonce.signing.SigningMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire when all is well, byte by byte. */
class SpokenTest {
  @Test
  void the_platforms_bytes_come_back_unchanged() throws IOException {
    String odd = "{ \"code\" : \"C03\",\r\n \"msg\":\"Größe\" }\n";
    try (RawServer server = new RawServer(answer(200, "Content-Type: text/json\r\n", odd));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      Answer.Spoken spoken = (Answer.Spoken) fixture.send();
      assertThat(spoken.reply())
          .isEqualTo(new Reply("text/json", odd.getBytes(StandardCharsets.UTF_8)));
      assertThat(spoken.envelope().code()).isEqualTo("C03");
      assertThat(spoken.retryAfterMillis()).isEqualTo(-1);
    }
  }

  @Test
  void on_a_4xx_only_the_platforms_own_codes_are_a_verdict() throws IOException {
    for (int status : List.of(400, 403, 404, 409, 422, 429, 499)) {
      for (String code : List.of("C99", "S12", "M05", "X1", "CLIENT_TIMEOUT", "", "404")) {
        assertThat(sent(status, code)).isEqualTo(new Answer.Silent("HTTP " + status));
      }
      assertThat(sent(status, "C14")).isInstanceOf(Answer.Spoken.class);
    }
    assertThat(sent(200, "C99")).isInstanceOf(Answer.Spoken.class);
  }

  @Test
  void what_speaks_of_the_connection_is_never_a_verdict() throws IOException {
    for (int status : List.of(408, 421, 425, 431)) {
      for (String code : List.of("C14", "C12", "S04", "0")) {
        assertThat(sent(status, code)).isEqualTo(new Answer.Silent("HTTP " + status));
        assertThat(asked(status, code)).isEqualTo(new Answer.Silent("HTTP " + status));
      }
    }
  }

  private static Answer sent(int status, String code) throws IOException {
    try (RawServer server = saying(status, code);
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      return fixture.send();
    }
  }

  private static Answer asked(int status, String code) throws IOException {
    try (RawServer server = saying(status, code);
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      return fixture.call(PlatformFixture.get("/v1/transaction/query?x=1"));
    }
  }

  private static RawServer saying(int status, String code) {
    return new RawServer(answer(status, "", "{\"code\":\"" + code + "\"}"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void an_envelope_is_read_however_it_is_framed(Behaviour behaviour) throws IOException {
    try (RawServer server = new RawServer(behaviour);
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      Reply expected = Reply.json(PlatformFixture.PAID.getBytes(StandardCharsets.UTF_8));
      assertThat(((Answer.Spoken) fixture.send()).reply()).isEqualTo(expected);
      assertThat(((Answer.Spoken) fixture.call(PlatformFixture.sale())).reply())
          .isEqualTo(expected);
      assertThat(server.received).hasSize(2);
    }
  }

  static Stream<Arguments> answers() {
    String paid = PlatformFixture.PAID;
    String first = paid.substring(0, 5);
    String rest = paid.substring(5);
    return Stream.of(
            answer(200, "", paid),
            answer(201, "", paid),
            answer(400, "", paid),
            answer(429, "", paid),
            raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
                + paid.length()
                + "\r\n\r\n"
                + paid),
            (Behaviour) socket -> {
              String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n";
              raw(head + first + "\r\n").answer(socket);
              String size = Integer.toHexString(rest.length());
              return raw(size + "\r\n" + rest + "\r\n0\r\n\r\n").answer(socket);
            },
            (Behaviour) socket -> {
              raw("HTTP/1.1 200 OK\r\n\r\n" + paid).answer(socket);
              return false;
            })
        .map(Arguments::of);
  }

  @Test
  void each_send_has_a_fresh_id_and_the_intents_timestamp() throws IOException {
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      for (int i = 0; i < 20; i++) {
        fixture.send(PlatformFixture.intent(60_000, 1_700_000_000_000L + i));
      }
      Set<String> ids = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        Received send = server.received.get(i);
        assertThat(send.header("X-Timestamp")).isEqualTo("" + (1_700_000_000_000L + i));
        assertThat(send.header("X-Request-Id"))
            .isEqualTo(send.header("X-Client-Request-Id"))
            .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        ids.add(send.header("X-Request-Id"));
      }
      assertThat(ids).hasSize(20);
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void without_a_key_of_ours_no_send_carries_an_empty_one() throws IOException {
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(
            PlatformFixture.settings(server.url(), 10_000, 10_000, 4),
            new PlatformKeys(() -> PlatformFixture.access("")))) {
      fixture.send();
      assertThat(server.received)
          .singleElement()
          .matches(send -> send.header("Authorization") == null);
    }
  }

  @Test
  void a_send_is_the_callers_bytes_with_our_key_and_our_headers() throws IOException {
    List<Map.Entry<String, String>> headers =
        List.of(Map.entry("User-Agent", "sdk/1"), Map.entry("X-Request-Id", "the caller's"));
    byte[] body = "{ \"ü\":1 }".getBytes(StandardCharsets.UTF_8);
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(server.url() + "/gate/")) {
      PlatformRequest message = new PlatformRequest("POST", "/v1/x?b=%2F+a&a=", headers, body);
      fixture.on(() -> fixture.platform.send(PlatformFixture.intent(60_000), message));
      fixture.call(message);
      assertThat(server.received).hasSize(2).allSatisfy(send -> {
        assertThat(send.line()).isEqualTo("POST /gate/v1/x?b=%2F+a&a= HTTP/1.1");
        assertThat(send.body()).isEqualTo(body);
        assertThat(send.header("Host")).isEqualTo("127.0.0.1:" + server.port());
        assertThat(send.header("Authorization")).isEqualTo("Bearer sk_1");
        assertThat(send.header("User-Agent")).isEqualTo("sdk/1");
        assertThat(send.header("Content-Type")).isEqualTo("application/json");
        assertThat(send.header("X-Request-Id")).hasSize(36);
        assertThat(send.headers().keySet())
            .containsExactlyInAnyOrder(
                "host",
                "content-length",
                "authorization",
                "user-agent",
                "content-type",
                "x-request-id",
                "x-client-request-id",
                "x-timestamp");
      });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/gate", "/gate/"})
  void a_send_is_signed_as_it_goes_over_the_wire(String prefix) throws IOException {
    SigningKey key = SigningKey.ofSecret("k7", "secret".getBytes(StandardCharsets.UTF_8));
    PlatformKeys keys = new PlatformKeys(
        () -> new RequestCredentials("sk_1", Signing.of(SigningMode.HMAC_SHA256, key)));
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(
            PlatformFixture.settings(server.url() + prefix, 10_000, 20_000, 4), keys)) {
      fixture.send();
      fixture.call(PlatformFixture.get("/v1/transaction/query?a=%20b"));
      assertThat(server.received).hasSize(2).allSatisfy(send -> {
        assertThat(send.header("X-Signature")).matches("[0-9a-f]{64}");
        assertThat(send.header("X-Signature-Key-Id")).isEqualTo("k7");
        assertThat(SignedRequest.verdict(send, key).isValid()).isTrue();
        assertThat(send.line().split(" ")[1]).startsWith(prefix.replaceFirst("/$", "") + "/v1/");
      });
    }
  }

  @Test
  void the_pause_the_platform_asks_for_is_read_in_both_forms() throws IOException {
    String soon = httpDate(Instant.now().plusSeconds(90));
    try (RawServer server = new RawServer(asking("7"), asking(soon), asking("soon"), asking("-3"));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      assertThat(((Answer.Spoken) fixture.send()).retryAfterMillis()).isEqualTo(7000);
      assertThat(((Answer.Spoken) fixture.send()).retryAfterMillis())
          .isCloseTo(90_000, within(30_000L));
      assertThat(((Answer.Spoken) fixture.send()).retryAfterMillis()).isEqualTo(-1);
      assertThat(((Answer.Spoken) fixture.send()).retryAfterMillis()).isEqualTo(-1);
    }
  }

  static String httpDate(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atZone(ZoneOffset.UTC));
  }

  private static Behaviour asking(String pause) {
    return answer(429, "Retry-After: " + pause + "\r\n", "{\"code\":\"S04\"}");
  }
}
