package io.payonce.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.credentials.PlatformKeys;
import io.payonce.model.Answer;
import io.payonce.platform.http.RawServer.Behaviour;
import io.payonce.tls.Pki;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refusal's pause is read from its head on both clients, over HTTP/1.1 and HTTP/2. */
class RetryAfterHeaderTest {
  private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final List<String> NINE_SECONDS = List.of(
      "9",
      "Sun, 06 Nov 1994 08:49:46 GMT",
      "Sunday, 06-Nov-94 08:49:46 GMT",
      "Sun Nov  6 08:49:46 1994");

  @TempDir
  static Path folder;

  private static Pki pki;

  @BeforeAll
  static void authority() {
    pki = new Pki(folder, "theirs");
  }

  private record Refusal(String code, int status, String pause) {}

  private static final List<Refusal> REFUSALS = Stream.of("S01", "C14", "S04")
      .flatMap(code -> Stream.of(200, 403, 429)
          .flatMap(status -> NINE_SECONDS.stream().map(pause -> new Refusal(code, status, pause))))
      .toList();

  @Test
  void it_is_read_over_http1() throws IOException {
    try (RawServer server = new RawServer(twice(RetryAfterHeaderTest::http1, Behaviour[]::new));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      REFUSALS.forEach(refusal -> says(fixture, refusal));
    }
  }

  /** A connection of its own for each: on a used one a refusal counts only after a while. */
  private static Behaviour http1(Refusal refusal) {
    return RawServer.answer(
        refusal.status(),
        "Connection: close\r\nDate: " + DATE + "\r\nretry-after: " + refusal.pause() + "\r\n",
        json(refusal.code()));
  }

  @Test
  void it_is_read_over_http2() throws Exception {
    RawHttp2.Behaviour[] all = twice(RetryAfterHeaderTest::http2, RawHttp2.Behaviour[]::new);
    try (RawHttp2 server = new RawHttp2(pki.localhost(), all);
        PlatformFixture fixture = new PlatformFixture(
            settings(server), new PlatformKeys(() -> PlatformFixture.access("sk_1")))) {
      REFUSALS.forEach(refusal -> says(fixture, refusal));
    }
  }

  private static RawHttp2.Behaviour http2(Refusal refusal) {
    Map<String, String> headers = Map.of("date", DATE, "retry-after", refusal.pause());
    return stream -> stream
        .head(refusal.status(), headers, false)
        .data(json(refusal.code()), 0, true)
        .flush();
  }

  /** Once for the send, and once for the question. */
  private static <B> B[] twice(Function<Refusal, B> behaviour, IntFunction<B[]> array) {
    return REFUSALS.stream()
        .map(behaviour)
        .flatMap(each -> Stream.of(each, each))
        .toArray(array);
  }

  private static void says(PlatformFixture fixture, Refusal refusal) {
    for (Answer answer : List.of(fixture.send(), fixture.call(PlatformFixture.get("/v1/x")))) {
      assertThat(answer).isInstanceOfSatisfying(Answer.Spoken.class, said -> {
        assertThat(said.envelope().code()).isEqualTo(refusal.code());
        assertThat(said.retryAfterMillis()).as(refusal.toString()).isEqualTo(9000);
      });
    }
  }

  /** Who stands before the platform may say its words as well: they refuse nothing. */
  @Test
  void what_is_unavailable_has_refused_nothing() throws IOException {
    for (int status : new int[] {502, 503}) {
      for (String code : List.of("S01", "C08")) {
        String headers = "Connection: close\r\nRetry-After: 9\r\n";
        try (RawServer server = new RawServer(RawServer.answer(status, headers, json(code)));
            PlatformFixture fixture = new PlatformFixture(server.url())) {
          assertThat(fixture.send()).isEqualTo(new Answer.Silent("HTTP " + status));
          assertThat(fixture.call(PlatformFixture.sale()))
              .isEqualTo(new Answer.Silent("HTTP " + status));
        }
      }
    }
  }

  private static String json(String code) {
    return "{\"code\":\"" + code + "\",\"msg\":\"m\"}";
  }

  private static PlatformSettings settings(RawHttp2 server) {
    return PlatformFixture.http2(server.url(), pki.authorityFile());
  }
}
