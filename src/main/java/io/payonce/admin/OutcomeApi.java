package io.payonce.admin;

import io.payonce.ledger.LedgerUnavailable;
import io.payonce.outcome.OutcomeBatch;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeJournal;
import io.payonce.outcome.report.OutcomeJson;
import io.payonce.outcome.report.OutcomeSince;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;

/** The journal over HTTP: one event a line, oldest first. */
final class OutcomeApi {
  static final String COMPLETE_UNTIL = "Payonce-Complete-Until";
  static final String KEPT_SINCE = "Payonce-Kept-Since";

  private static final String LINES = "application/x-ndjson;charset=UTF-8";
  private static final Set<String> PARAMETERS = Set.of("since", "limit");
  private static final int DEFAULT_LIMIT = 100;

  /** Half a megabyte; who wants more asks again. */
  private static final int MOST_LIMIT = 1000;

  private final OutcomeJournal journal;
  private final long retentionMillis;

  /** @param retentionMillis 0 when no journal is kept */
  OutcomeApi(OutcomeJournal journal, long retentionMillis) {
    this.journal = journal;
    this.retentionMillis = retentionMillis;
  }

  Future<AdminResponse> read(MultiMap query) {
    Set<String> strange = new TreeSet<>(query.names());
    strange.removeAll(PARAMETERS);
    if (!strange.isEmpty()) {
      throw new IllegalArgumentException("\"since\" and \"limit\" are understood here, not \""
          + strange.iterator().next() + "\"");
    }
    if (retentionMillis == 0) {
      return Future.succeededFuture(
          AdminResponse.error(409, "no journal is kept: outcomes.retentionMs is 0"));
    }
    return journal
        .read(since(query.get("since")), limit(query.get("limit")))
        .map(this::lines)
        .recover(OutcomeApi::unread);
  }

  private AdminResponse lines(OutcomeBatch batch) {
    StringBuilder lines = new StringBuilder();
    batch.entries().forEach(entry -> lines.append(OutcomeJson.line(entry)).append('\n'));
    return AdminResponse.text(LINES, lines.toString())
        .with(COMPLETE_UNTIL, iso(batch.completeUntilMillis()))
        .with(KEPT_SINCE, iso(batch.completeUntilMillis() - retentionMillis));
  }

  private static String iso(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /** One part of Redis that is away makes the list incomplete, so there is none. */
  private static Future<AdminResponse> unread(Throwable failure) {
    return failure instanceof LedgerUnavailable unavailable
        ? Future.succeededFuture(AdminResponse.error(
            503,
            "not every part of Redis answered"
                + (unavailable.word().isEmpty() ? "" : " (" + unavailable.word() + ")")
                + ", so the list would have gaps: ask again from the same place"))
        : Future.failedFuture(failure);
  }

  /** A plus sign that was not encoded arrives as a blank. */
  private static OutcomeCursor since(String text) {
    if (text == null || text.isEmpty()) {
      return OutcomeCursor.START;
    }
    try {
      return OutcomeSince.parse(text.replace(' ', '+'), ZoneOffset.UTC);
    } catch (IllegalArgumentException strange) {
      throw new IllegalArgumentException("\"since\": " + strange.getMessage());
    }
  }

  private static int limit(String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (!text.matches("\\d{1,4}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MOST_LIMIT) {
      throw new IllegalArgumentException("\"limit\" must be a number from 1 to " + MOST_LIMIT);
    }
    return Integer.parseInt(text);
  }
}
