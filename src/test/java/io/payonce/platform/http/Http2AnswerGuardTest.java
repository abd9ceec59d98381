package io.payonce.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.credentials.PlatformKeys;
import io.payonce.model.Answer;
import io.payonce.platform.http.RawHttp2.Behaviour;
import io.payonce.tls.Pki;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** With HTTP/2 it is the stream that ends when it brings anything but one answer. */
class Http2AnswerGuardTest {
  private static final String REFUSED = "{\"code\":\"C14\"}";
  private static final Behaviour PAID = stream -> stream.whole(PlatformFixture.PAID);
  private static final Answer UNKNOWN = new Answer.Silent("not one answer");

  @TempDir
  Path folder;

  private Pki pki;

  @BeforeEach
  void authority() {
    pki = new Pki(folder, "theirs");
  }

  static Stream<Arguments> interim() {
    return Stream.of(true, false)
        .flatMap(isPayment ->
            Stream.of(101, 102, 104, 199).map(status -> Arguments.of(isPayment, status)));
  }

  @ParameterizedTest
  @MethodSource("interim")
  void an_interim_head_ends_its_stream_and_the_neighbours_go_on(boolean isPayment, int status)
      throws Exception {
    CompletableFuture<RawHttp2.Stream> neighbour = new CompletableFuture<>();
    Behaviour interim = stream -> stream.head(status, false).whole(REFUSED);
    try (RawHttp2 server = new RawHttp2(pki.localhost(), neighbour::complete, interim, PAID);
        PlatformFixture fixture = fixture(server)) {
      CompletableFuture<Answer> beside = ask(fixture, isPayment);
      RawHttp2.Stream waiting = neighbour.join();
      assertThat(ask(fixture, isPayment).join()).isEqualTo(UNKNOWN);
      assertThat(code(ask(fixture, isPayment).join())).isEqualTo("0");
      waiting.ctx().executor().execute(() -> waiting.whole(PlatformFixture.PAID));
      assertThat(code(beside.join())).isEqualTo("0");
      assertThat(server.asked).hasSize(3).containsOnly(server.asked.get(0));
    }
  }

  @ParameterizedTest
  @MethodSource("interim")
  void it_is_the_same_when_the_answer_comes_late(boolean isPayment, int status) throws Exception {
    CompletableFuture<RawHttp2.Stream> late = new CompletableFuture<>();
    Behaviour interim = stream -> {
      stream.head(status, false).head(status, false).flush();
      late.complete(stream);
    };
    try (RawHttp2 server = new RawHttp2(pki.localhost(), interim, PAID);
        PlatformFixture fixture = fixture(server)) {
      assertThat(ask(fixture, isPayment).join()).isEqualTo(UNKNOWN);
      late.join().ctx().executor().execute(() -> late.join().whole(REFUSED));
      assertThat(code(ask(fixture, isPayment).join())).isEqualTo("0");
      await().until(() -> server.asked.size() == 2);
    }
  }

  @Test
  void heads_that_announce_the_answer_are_no_answer() throws Exception {
    Behaviour announced = stream -> stream.head(103, false).head(100, false).whole(REFUSED);
    try (RawHttp2 server = new RawHttp2(pki.localhost(), announced);
        PlatformFixture fixture = fixture(server)) {
      assertThat(code(ask(fixture, true).join())).isEqualTo("C14");
      assertThat(code(ask(fixture, false).join())).isEqualTo("C14");
    }
  }

  @Test
  void heads_that_announce_an_answer_for_ever_are_not_read_on() throws Exception {
    Behaviour announcing = stream -> {
      for (int i = 0; i < 20_000; i++) {
        stream.head(103, false);
      }
      stream.whole(REFUSED);
    };
    try (RawHttp2 server = new RawHttp2(pki.localhost(), announcing, PAID);
        PlatformFixture fixture = fixture(server)) {
      assertThat(ask(fixture, true).join()).isEqualTo(new Answer.Silent("too large"));
      assertThat(code(ask(fixture, true).join())).isEqualTo("0");
    }
  }

  @Test
  void a_second_answer_on_a_stream_is_dropped() throws Exception {
    Behaviour twice = stream -> {
      stream.head(200, false).data(REFUSED, 0, false).head(200, false).data(REFUSED, 0, true);
      stream.flush();
    };
    try (RawHttp2 server = new RawHttp2(pki.localhost(), twice, PAID);
        PlatformFixture fixture = fixture(server)) {
      assertThat(ask(fixture, true).join()).isInstanceOf(Answer.Silent.class);
      assertThat(code(ask(fixture, true).join())).isEqualTo("0");
    }
  }

  private static CompletableFuture<Answer> ask(PlatformFixture fixture, boolean isPayment) {
    return fixture.later(() -> isPayment
        ? fixture.platform.send(PlatformFixture.intent(60_000), PlatformFixture.sale())
        : fixture.platform.call(PlatformFixture.get("/v1/transaction/query?x=1")));
  }

  private static String code(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Spoken.class);
    return ((Answer.Spoken) answer).envelope().code();
  }

  private PlatformFixture fixture(RawHttp2 server) {
    PlatformSettings settings = PlatformFixture.http2(server.url(), pki.authorityFile());
    return new PlatformFixture(settings, new PlatformKeys(() -> PlatformFixture.access("sk_1")));
  }
}
