package io.payonce.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.model.PaymentId;
import io.payonce.outcome.OutcomeBatch;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeJournal;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the journal is asked for over HTTP, and what is wrong with asking otherwise. */
class OutcomeApiTest {
  private static final long DAY = 86_400_000;
  private static final long NOW = 1_795_428_000_000L;

  private OutcomeCursor asked;
  private int most;

  private OutcomeJournal journal() {
    return reading(this::journal);
  }

  private static OutcomeJournal reading(
      BiFunction<OutcomeCursor, Integer, Future<OutcomeBatch>> read) {
    return new OutcomeJournal() {
      @Override
      public Future<OutcomeBatch> read(OutcomeCursor after, int limit) {
        return read.apply(after, limit);
      }

      @Override
      public Future<List<String>> ofOrder(PaymentId any, String order) {
        throw new AssertionError("not asked here");
      }
    };
  }

  private Future<OutcomeBatch> journal(OutcomeCursor after, int limit) {
    asked = after;
    most = limit;
    OutcomeEntry entry =
        OutcomeEntry.unreadable(new OutcomeCursor(NOW - 5000, 7, 1), null, "damaged");
    return Future.succeededFuture(new OutcomeBatch(List.of(entry), entry.cursor(), NOW, false, 0));
  }

  private AdminResponse get(String... query) {
    MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < query.length; i += 2) {
      parameters.add(query[i], query[i + 1]);
    }
    return new OutcomeApi(journal(), DAY).read(parameters).result();
  }

  @Test
  void events_are_lines_and_say_how_far_they_are_complete() {
    AdminResponse answer = get();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).startsWith("application/x-ndjson");
    assertThat(answer.body().toString())
        .startsWith("{\"version\":1,\"cursor\":\"1795427995000-7-1\"")
        .endsWith("}\n");
    assertThat(answer.headers())
        .containsEntry("Payonce-Complete-Until", Instant.ofEpochMilli(NOW).toString())
        .containsEntry("Payonce-Kept-Since", Instant.ofEpochMilli(NOW - DAY).toString());
    assertThat(asked).isEqualTo(OutcomeCursor.START);
    assertThat(most).isEqualTo(100);
  }

  @Test
  void a_cursor_goes_on_and_a_time_begins_anew() {
    get("since", "1795427995000-7-1", "limit", "1000");
    assertThat(asked).isEqualTo(new OutcomeCursor(NOW - 5000, 7, 1));
    assertThat(most).isEqualTo(1000);
    // Whoever writes a query by hand forgets that a plus sign is a blank there.
    get("since", "2026-11-23T11:00:00 01:00");
    assertThat(asked).isEqualTo(OutcomeCursor.before(NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "since, yesterday, '\"since\": expected the cursor of a line'",
    "since, 1-2, not \"1-2\"",
    "limit, 0, 1 to 1000",
    "limit, 1001, 1 to 1000",
    "limit, ten, 1 to 1000",
    "until, 2026-11-23, \"until\"",
    "cursor, 1-2-3, \"cursor\""
  })
  void what_is_wrong_is_said(String name, String value, String said) {
    assertThatThrownBy(() -> get(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  @Test
  void where_no_journal_is_kept_its_silence_does_not_mean_no_outcomes() {
    AdminResponse answer =
        new OutcomeApi(journal(), 0).read(MultiMap.caseInsensitiveMultiMap()).result();
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body().toString()).contains("outcomes.retentionMs");
  }

  @Test
  void a_part_of_redis_that_is_unavailable_is_no_shorter_list() {
    AdminResponse answer = new OutcomeApi(
            reading((after, limit) ->
                Future.failedFuture(new LedgerUnavailable("x", false, "UNREACHABLE"))),
            DAY)
        .read(MultiMap.caseInsensitiveMultiMap())
        .result();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body().toString()).contains("UNREACHABLE", "gaps");
  }
}
