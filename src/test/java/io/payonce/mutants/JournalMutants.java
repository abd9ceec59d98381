package io.payonce.mutants;

import java.util.List;

/**
 * Rules by which the journal is complete, its sums count each payment once, and differences show.
 */
final class JournalMutants {
  private static final String JOURNAL = "java/io/payonce/ledger/journal/";
  private static final String OUTCOME = "java/io/payonce/outcome/";
  private static final String REPORT = OUTCOME + "report/";
  private static final String READS = "io.payonce.ledger.journal.RedisOutcomeJournalTest";
  private static final String FORMS = "io.payonce.outcome.report.OutcomeFormsTest";
  private static final String TOTALS = "io.payonce.outcome.report.OutcomeTotalsTest";
  private static final String COMPARES = "io.payonce.outcome.report.PlatformComparisonTest";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "no event is listed that an earlier one can still precede",
          JOURNAL + "StreamMerge.java",
          "waiting.peek().head().millis() < completeUntilMillis",
          "waiting.peek().head().millis() < Long.MAX_VALUE",
          READS + "#what_is_too_young_waits"),
      new Mutant(
          "the slowest clock says how far the journal goes",
          JOURNAL + "StreamMerge.java",
          "completeUntilMillis = earliest - marginMillis;",
          "completeUntilMillis = latest - marginMillis;",
          READS + "#the_slowest_clock_says_how_far_the_journal_goes"),
      new Mutant(
          "a shard that may have more is read on before others are listed",
          JOURNAL + "ShardReading.java",
          "mayHaveMore = range.size() >= asked;",
          "mayHaveMore = false;",
          READS + "#a_busy_shard_is_read_on_before_others_are_reported"),
      new Mutant(
          "a part that is away makes no shorter list",
          JOURNAL + "RedisOutcomeJournal.java",
          "return moves.send(key, range).map((Response entries) -> reading.filled(entries));",
          "return moves.send(key, range)"
              + ".map((Response entries) -> reading.filled(entries)).otherwise(reading);",
          READS + "#a_shard_whose_stream_is_unavailable_fails_the_call"),
      new Mutant(
          "what cannot be read is reported, and stops nothing",
          JOURNAL + "EntryReader.java",
          "if (!VERSION.equals(needed(\"v\"))) {",
          "if (false) {",
          READS + "#what_cannot_be_read_is_reported_as_such"),
      new Mutant(
          "a cursor passes over no shard of its millisecond",
          OUTCOME + "OutcomeCursor.java",
          "return millis + \"-0\";",
          "return (millis + 1) + \"-0\";",
          FORMS + "#a_shard_is_read_on_from_where_the_others_stand"),
      new Mutant(
          "a cursor tells no shard of its millisecond twice",
          OUTCOME + "OutcomeCursor.java",
          "return ofShard < shard || sequence",
          "return sequence",
          FORMS + "#a_shard_is_read_on_from_where_the_others_stand"),
      new Mutant(
          "what moved is what counts",
          OUTCOME + "OutcomeEntry.java",
          "return moved.transAmount() == null ? moved.orderAmount() : moved.transAmount();",
          "return asked.orderAmount();",
          TOTALS + "#what_moved_counts_where_it_is_another_sum"),
      new Mutant(
          "a payment that was corrected counts once",
          REPORT + "Corrections.java",
          "return entry.cursor().compareTo(place) < 0 || entry.facts().kind().corrects();",
          "return false;",
          TOTALS + "#a_contradiction_counts_as_what_it_became_and_when"),
      new Mutant(
          "a word against money that moved changes no sum",
          REPORT + "Corrections.java",
          "return seen || facts.former() == Outcome.PAID && !isPaid(entry);",
          "return seen;",
          TOTALS + "#an_operator_s_word_does_not_undo_what_moved"),
      new Mutant(
          "what an operator has only seen counts where it ended",
          REPORT + "Corrections.java",
          "boolean seen = facts.kind() == OutcomeKind.DECIDED && facts.former() == facts.outcome();",
          "boolean seen = false;",
          TOTALS + "#what_an_operator_has_only_seen_counts_where_it_ended"),
      new Mutant(
          "money that moved twice counts twice",
          REPORT + "Corrections.java",
          "&& !one.equals(other);",
          "&& false;",
          TOTALS + "#money_that_moved_twice_counts_twice"),
      new Mutant(
          "a payment that became paid counts once",
          REPORT + "Corrections.java",
          "&& later.facts().former() == Outcome.PAID",
          "",
          TOTALS + "#a_payment_that_became_paid_counts_once_whatever_it_is_called"),
      new Mutant(
          "an id that began again is another payment",
          REPORT + "Corrections.java",
          "return begun == 0 || otherBegun == 0 || begun == otherBegun;",
          "return true;",
          TOTALS + "#lives_of_one_id_are_counted_apart"),
      new Mutant(
          "sums have no page that was only made",
          OUTCOME + "OutcomeEntry.java",
          "return isPageMade() ? null : money.sum();",
          "return money.sum();",
          TOTALS + "#a_page_that_was_only_made_is_no_money"),
      new Mutant(
          "sums have a void with what it has undone",
          REPORT + "OutcomeTotals.java",
          "voided.see(entry);",
          "",
          TOTALS + "#a_void_counts_with_the_sum_of_what_it_has_undone"),
      new Mutant(
          "sums have no answer of a later life",
          REPORT + "LaterLives.java",
          "return isReleased(entry) && begunAgain.contains(entry.id());",
          "return false;",
          COMPARES + "#what_was_begun_again_under_its_id_is_asked_about_once"),
      new Mutant(
          "what the platform does not know was not paid",
          REPORT + "PlatformComparison.java",
          "case NOT_FOUND -> Difference.UNKNOWN;",
          "case NOT_FOUND -> null;",
          COMPARES + "#what_the_platform_does_not_know_cannot_have_been_paid"),
      new Mutant(
          "an answer that says nothing is no agreement",
          REPORT + "PlatformComparison.java",
          "return new Verdict(false, null, null, 0);",
          "return new Verdict(true, null, null, 0);",
          COMPARES + "#an_answer_that_says_nothing_of_it_is_no_agreement"),
      new Mutant(
          "an id that was given up must not be paid",
          REPORT + "PlatformComparison.java",
          "boolean paid = counts && facts.outcome() == Outcome.PAID;",
          "boolean paid = facts.outcome() == Outcome.PAID;",
          COMPARES + "#an_id_that_was_given_up_must_not_be_paid"));

  private JournalMutants() {}
}
