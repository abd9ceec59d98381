package io.payonce.platform.http;

import static io.payonce.platform.http.RawServer.answer;
import static io.payonce.platform.http.RawServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.payonce.codes.Remedy;
import io.payonce.credentials.Credentials;
import io.payonce.credentials.KeySource;
import io.payonce.credentials.PlatformKeys;
import io.payonce.platform.http.RawServer.Behaviour;
import io.payonce.tls.Looks;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A remedy counts as one only when the next send would differ from the refused one. */
class RemedyTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);

  @TempDir
  Path folder;

  @Test
  void a_refused_time_is_mended_by_the_date_of_the_refusal_itself() throws IOException {
    String before = "Date: " + SpokenTest.httpDate(Instant.now()) + "\r\n";
    Behaviour fine = answer(200, before, PlatformFixture.PAID);
    Behaviour refusal = refusingTime(Instant.now().minus(QUARTER));
    try (RawServer server = new RawServer(fine, fine, refusal, json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      fixture.send();
      fixture.send();
      long signedAt = System.currentTimeMillis();
      fixture.send();
      assertThat(mend(fixture, Remedy.SET_CLOCK, signedAt)).isTrue();
      fixture.send();
      long stamp = Long.parseLong(server.received.get(3).header("X-Timestamp"));
      assertThat(stamp).isCloseTo(System.currentTimeMillis() - QUARTER.toMillis(), within(30_000L));
      fixture.call(PlatformFixture.get("/v1/transaction/query"));
      assertThat(Long.parseLong(server.received.get(4).header("X-Timestamp")))
          .isCloseTo(System.currentTimeMillis() - QUARTER.toMillis(), within(30_000L));
    }
  }

  @Test
  void a_refused_time_that_agrees_with_the_platforms_own_date_is_not_mended() throws IOException {
    try (RawServer server = new RawServer(refusingTime(Instant.now()));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      long signedAt = System.currentTimeMillis();
      fixture.send();
      assertThat(mend(fixture, Remedy.SET_CLOCK, signedAt)).isFalse();
    }
  }

  @Test
  void a_refusal_without_a_date_is_not_mended() throws IOException {
    try (RawServer server = new RawServer(json("{\"code\":\"S02\"}"));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      fixture.send();
      assertThat(mend(fixture, Remedy.SET_CLOCK, 0)).isFalse();
    }
  }

  @Test
  void keys_are_mended_when_the_file_has_others_than_the_send_was_signed_with() throws IOException {
    Path file = swap("sk_old");
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = fixture(server, keys(file))) {
      long signedAt = System.currentTimeMillis();
      fixture.send();
      assertThat(mend(fixture, Remedy.READ_KEYS, signedAt)).isFalse();
      swap("sk_new");
      assertThat(mend(fixture, Remedy.READ_KEYS, signedAt)).isTrue();
      fixture.send();
      assertThat(server.received)
          .extracting(send -> send.header("Authorization"))
          .containsExactly("Bearer sk_old", "Bearer sk_new");
      assertThat(mend(fixture, Remedy.READ_KEYS, System.currentTimeMillis() + 1000))
          .isFalse();
    }
  }

  @Test
  void keys_that_cannot_be_read_leave_the_old_ones_in_use() throws IOException {
    Path file = swap("sk_old");
    PlatformKeys keys = keys(file);
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = fixture(server, keys)) {
      Files.delete(file.toRealPath());
      assertThat(mend(fixture, Remedy.READ_KEYS, 0)).isFalse();
      fixture.send();
      assertThat(server.received.get(0).header("Authorization")).isEqualTo("Bearer sk_old");
      swap("sk_new");
      assertThat(mend(fixture, Remedy.READ_KEYS, 0)).isTrue();
    }
  }

  @Test
  void a_watched_file_is_used_soon_after_it_was_swapped() throws IOException {
    Path file = swap("sk_old");
    PlatformKeys keys = keys(file);
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = fixture(server, keys)) {
      Looks.every(fixture.vertx, 10, () -> keys.look(source(file)));
      swap("sk_new");
      await().until(() -> keys.current().apiKey().equals("sk_new"));
      swap("sk_newer");
      await().until(() -> keys.current().apiKey().equals("sk_newer"));
    }
  }

  @Test
  void without_any_keys_there_is_no_start_and_no_key_is_ever_printed() {
    assertThatThrownBy(() -> keys(folder.resolve("missing")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(PlatformFixture.access("sk_secret")).asString().doesNotContain("sk_secret");
  }

  @ParameterizedTest
  @EnumSource(names = {"RENEW_TMK", "RENEW_KEY", "LOG_IN"})
  void what_wears_out_is_renewed_by_the_credentials(Remedy remedy) throws IOException {
    List<String> asked = new ArrayList<>();
    Credentials credentials = (what, signedAt) -> {
      asked.add(what + " " + signedAt);
      return Future.succeededFuture(true);
    };
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(
            PlatformFixture.settings(server.url(), 10_000, 20_000, 4),
            new PlatformKeys(() -> PlatformFixture.access("sk_1")),
            credentials)) {
      assertThat(mend(fixture, remedy, 77)).isTrue();
      assertThat(asked).containsExactly(remedy + " 77");
    }
  }

  @ParameterizedTest
  @EnumSource(Remedy.class)
  void with_nothing_configured_and_nothing_changed_nothing_is_mended(Remedy remedy)
      throws IOException {
    try (RawServer server = new RawServer(json(PlatformFixture.PAID));
        PlatformFixture fixture = new PlatformFixture(server.url())) {
      assertThat(mend(fixture, remedy, System.currentTimeMillis())).isFalse();
    }
  }

  private static boolean mend(PlatformFixture fixture, Remedy remedy, long signedAtMillis) {
    return fixture.on(() -> fixture.platform.remedy(remedy, signedAtMillis));
  }

  private static PlatformFixture fixture(RawServer server, PlatformKeys keys) {
    return new PlatformFixture(PlatformFixture.settings(server.url(), 10_000, 20_000, 4), keys);
  }

  private static PlatformKeys keys(Path file) {
    return new PlatformKeys(source(file));
  }

  private static KeySource source(Path file) {
    return () -> PlatformFixture.access(Files.readString(file));
  }

  /** As Kubernetes does it: a new folder, then one rename of the link to it. */
  private Path swap(String key) throws IOException {
    Path data = Files.createTempDirectory(folder, "data");
    Files.writeString(data.resolve("apiKey"), key);
    Path link = Files.createSymbolicLink(data.resolve("link"), data);
    Path current = folder.resolve("current");
    Files.move(link, current, StandardCopyOption.ATOMIC_MOVE);
    return current.resolve("apiKey");
  }

  private static Behaviour refusingTime(Instant date) {
    return answer(200, "Date: " + SpokenTest.httpDate(date) + "\r\n", "{\"code\":\"S02\"}");
  }
}
