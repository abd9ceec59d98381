package io.payonce.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.json.JsonOutput;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.payonce.ledger.Payments;
import io.payonce.model.TimelineEvent;
import io.payonce.model.TimelineEvent.Field;
import io.payonce.model.TimelineEvent.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineJsonTest {
  /** @param outcome null while it has not ended */
  private static JsonArray timeline(Outcome outcome, String... events) {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < events.length; i++) {
      log.append(1_800_000_000_000L + i).append(' ').append(events[i]).append('\n');
    }
    Payment payment =
        Payments.sale(outcome == null ? "IN_DOUBT" : null, outcome, "1.1.1.", null, log.toString());
    return new JsonArray(JsonOutput.text(TimelineJson.of(payment)));
  }

  private static List<String> words(Outcome outcome, String... events) {
    return timeline(outcome, events).stream()
        .map(line -> ((JsonObject) line).getString("what"))
        .toList();
  }

  @Test
  void each_send_is_shown_and_the_last_decision_settles() {
    JsonArray lines = timeline(
        Outcome.PAID,
        "begun",
        "E02 (UNKNOWN); ask first",
        "query: C12 (NOT_FOUND); the same id again; sent",
        "E02 (UNKNOWN); ask first",
        "query: P (PROCESSING); ask again",
        "query: S (PAID); it is done");
    assertThat(lines.stream().map(line -> ((JsonObject) line).getString("what")))
        .containsExactly(
            "begun",
            "sent",
            "E02 (UNKNOWN)",
            "query: C12 (NOT_FOUND)",
            "sent",
            "E02 (UNKNOWN)",
            "query: P (PROCESSING)",
            "query: S (PAID)",
            "settled");
    assertThat(lines.getJsonObject(3).getString("rule")).isEqualTo("the same id again");
    assertThat(lines.getJsonObject(8))
        .isEqualTo(new JsonObject()
            .put("at", "2027-01-15T08:00:00.005Z")
            .put("what", "settled")
            .put("rule", null));
  }

  @Test
  void of_a_send_whose_worker_died_it_is_unknown_whether_it_left() {
    assertThat(words(null, "begun")).containsExactly("begun", "sent, perhaps");
    assertThat(words(null, "begun", "due; ask first", "query: C12 (NOT_FOUND); ask again"))
        .containsExactly("begun", "sent, perhaps", "due", "query: C12 (NOT_FOUND)");
    assertThat(words(null, "begun", "a query shows it paid", "E02 (UNKNOWN); ask first"))
        .containsExactly("begun", "sent", "a query shows it paid", "E02 (UNKNOWN)");
  }

  @Test
  void a_send_that_stayed_here_is_not_shown_as_sent() {
    assertThat(words(Outcome.RELEASED, "begun", "not sent: refused; nothing left"))
        .containsExactly("begun", "not sent: refused", "released");
    assertThat(words(null, "begun", "not sent: refused; again; sent", "E02 (UNKNOWN); ask"))
        .containsExactly("begun", "not sent: refused", "sent", "E02 (UNKNOWN)");
  }

  @Test
  void what_came_after_the_end_did_not_settle_it() {
    assertThat(words(
            Outcome.UNPAID,
            "begun",
            "F (DECLINED); a decline is an answer",
            "query: S (PAID); it is done",
            "a caller's query shows it paid",
            "an operator says unpaid: seen; and known; sent"))
        .containsExactly(
            "begun",
            "sent",
            "F (DECLINED)",
            "settled",
            "query: S (PAID)",
            "a caller's query shows it paid",
            "an operator says unpaid: seen; and known; sent");
  }

  @Test
  void fields_say_the_same_as_the_lines_of_earlier_versions() {
    TimelineEvent heard =
        TimelineEvent.of(Kind.ANSWERED).with(Field.CODE, "E02").with(Field.REPORT, "UNKNOWN");
    TimelineEvent missing = TimelineEvent.of(Kind.ANSWERED)
        .with(Field.BY, TimelineEvent.ASKED)
        .with(Field.CODE, "C12")
        .with(Field.REPORT, "NOT_FOUND");
    TimelineEvent paid = TimelineEvent.of(Kind.ANSWERED)
        .with(Field.BY, TimelineEvent.ASKED)
        .with(Field.STATUS, "S")
        .with(Field.REPORT, "PAID");
    List<TimelineEvent> events = List.of(
        TimelineEvent.of(Kind.BEGUN).with(Field.CLIENT, "shop"),
        heard.with(Field.RULE, "ask first"),
        missing.with(Field.RULE, "the same id again").with(Field.SENT, "1"),
        TimelineEvent.of(Kind.SILENT).with(Field.WHY, "timeout").with(Field.RULE, "ask first"),
        TimelineEvent.of(Kind.DUE).with(Field.RULE, "ask"),
        paid.with(Field.RULE, "it is done"));
    String[] fields = events.stream().map(TimelineEvent::encode).toArray(String[]::new);
    String[] flat = events.stream().map(TimelineEvent::flat).toArray(String[]::new);
    assertThat(fields).allMatch(TimelineEvent::isEncoded);
    assertThat(words(Outcome.PAID, fields))
        .isEqualTo(words(Outcome.PAID, flat))
        .containsExactly(
            "begun",
            "sent",
            "E02 (UNKNOWN)",
            "query: C12 (NOT_FOUND)",
            "sent",
            "silence: timeout",
            "due",
            "query: S (PAID)",
            "settled");
  }

  @Test
  void what_an_operator_writes_is_never_taken_for_ours() {
    String note = "card holder; sent; E02 (UNKNOWN); query: S (PAID)\tnote=other\n";
    TimelineEvent said = TimelineEvent.of(Kind.PERSON)
        .with(Field.BY, "anna")
        .with(Field.SAYS, "unpaid")
        .with(Field.NOTE, note)
        .with(Field.RULE, "a send may still take effect");
    JsonArray lines = timeline(null, "begun", said.encode());
    assertThat(lines).hasSize(3);
    JsonObject line = lines.getJsonObject(2);
    String kept = "card holder; sent; E02 (UNKNOWN); query: S (PAID) note=other ";
    assertThat(line.getString("what")).isEqualTo("anna says unpaid: " + kept);
    assertThat(line.getString("by")).isEqualTo("anna");
    assertThat(line.getString("note")).isEqualTo(kept);
    assertThat(line.getString("rule")).isEqualTo("refused: a send may still take effect");
    assertThat(words(null, "begun", said.flat()))
        .last()
        .isEqualTo(
            "an operator says unpaid: anna: " + kept + " (refused; a send may still take effect)");
  }

  @Test
  void a_line_of_a_later_version_or_one_that_was_cut_off_is_shown_as_far_as_it_is_known() {
    assertThat(words(null, "begun", "\tweighed\tpounds=3")).last().isEqualTo("weighed");
    String whole = TimelineEvent.of(Kind.PERSON)
        .with(Field.BY, "anna")
        .with(Field.SAYS, "paid")
        .with(Field.NOTE, "seen")
        .encode();
    for (int end = 1; end <= whole.length(); end++) {
      assertThat(words(null, "begun", whole.substring(0, end))).hasSize(3);
    }
  }

  @Test
  void what_has_not_ended_is_not_settled() {
    assertThat(words(null, "begun", "E02 (UNKNOWN); ask first"))
        .containsExactly("begun", "sent", "E02 (UNKNOWN)");
  }
}
