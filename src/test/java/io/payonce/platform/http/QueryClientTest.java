package io.payonce.platform.http;

import static io.payonce.platform.http.RawServer.answer;
import static io.payonce.platform.http.RawServer.hang;
import static io.payonce.platform.http.RawServer.hangUp;
import static io.payonce.platform.http.RawServer.json;
import static io.payonce.platform.http.RawServer.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.payonce.credentials.PlatformKeys;
import io.payonce.model.Answer;
import io.payonce.platform.http.RawServer.Behaviour;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A question may be asked twice, over another connection; nothing else may. */
class QueryClientTest {
  private static final String QUERY = "/v1/transaction/query?transactionRequestId=T1";

  @ParameterizedTest
  @MethodSource("breaks")
  void a_question_whose_kept_connection_breaks_is_asked_again_on_a_new_one(Behaviour behaviour)
      throws IOException {
    try (RawServer server =
            new RawServer(json(PlatformFixture.PAID), behaviour, json("{\"code\":\"C12\"}"));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      ask(fixture);
      assertThat(((Answer.Spoken) ask(fixture)).envelope().code()).isEqualTo("C12");
      assertThat(server.received)
          .extracting(RawServer.Received::connection)
          .containsExactly(1, 1, 2);
      assertThat(server.received.get(1).header("X-Request-Id"))
          .isNotEqualTo(server.received.get(2).header("X-Request-Id"));
    }
  }

  static Stream<Behaviour> breaks() {
    return Stream.of(hangUp(), reset());
  }

  @Test
  void a_question_is_asked_twice_at_most() throws IOException {
    try (RawServer server = new RawServer(hangUp());
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      assertThat(ask(fixture)).isEqualTo(new Answer.Silent("closed"));
      assertThat(server.received).hasSize(2);
    }
  }

  @Test
  void a_question_that_was_answered_badly_is_not_asked_again() throws IOException {
    try (RawServer server = new RawServer(answer(503, "", ""), answer(302, "", ""));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      assertThat(ask(fixture)).isEqualTo(new Answer.Silent("HTTP 503"));
      assertThat(ask(fixture)).isEqualTo(new Answer.Silent("HTTP 302"));
      assertThat(server.received).hasSize(2);
    }
  }

  @Test
  void a_question_that_was_not_answered_in_time_is_not_asked_again() throws IOException {
    try (RawServer server = new RawServer(hang());
        PlatformFixture fixture = impatient(server)) {
      int asked = 0;
      do {
        assertThat(ask(fixture)).isEqualTo(new Answer.Silent("timeout"));
        asked++;
      } while (server.received.isEmpty()); // a busy machine may not have read it by then
      assertThat(server.received).hasSizeLessThanOrEqualTo(asked);
    }
  }

  @Test
  void payments_that_wait_for_answers_hold_no_question_up() throws IOException {
    try (RawServer server = new RawServer(hang(), json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(
            PlatformFixture.settings(server.url(), 10_000, 20_000, 1),
            new PlatformKeys(() -> PlatformFixture.access("sk_1")))) {
      fixture.later(
          () -> fixture.platform.send(PlatformFixture.intent(60_000), PlatformFixture.sale()));
      await().until(() -> server.received.size() == 1);
      assertThat(ask(fixture)).isInstanceOf(Answer.Spoken.class);
    }
  }

  @Test
  void what_comes_of_a_question_arrives_on_the_loop_that_asked() throws IOException {
    try (RawServer server = new RawServer(json(PlatformFixture.PAID), hang());
        PlatformFixture fixture = impatient(server)) {
      Thread loop = fixture.on(() -> Future.succeededFuture(Thread.currentThread()));
      assertThat(List.of(heardOn(fixture), heardOn(fixture))).containsOnly(loop);
    }
  }

  private static Thread heardOn(PlatformFixture fixture) {
    return fixture.on(() ->
        fixture.platform.call(PlatformFixture.get(QUERY)).map(answer -> Thread.currentThread()));
  }

  private static Answer ask(PlatformFixture fixture) {
    return fixture.call(PlatformFixture.get(QUERY));
  }

  private static PlatformFixture impatient(RawServer server) {
    return new PlatformFixture(
        PlatformFixture.settings(server.url(), 10_000, 400, 4),
        new PlatformKeys(() -> PlatformFixture.access("sk_1")));
  }
}
