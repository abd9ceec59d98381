package io.payonce.outcome.report;

import static io.payonce.outcome.report.Entries.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.ledger.Outcome;
import io.payonce.model.Amount;
import io.payonce.model.Operation;
import io.payonce.outcome.OutcomeCursor;
import io.payonce.outcome.OutcomeEntry;
import io.payonce.outcome.OutcomeKind;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was settled, per day, merchant, currency, operation and status: each payment once. */
class OutcomeTotalsTest {
  private static final String MONDAY = "2026-11-23T10:00:00Z";
  private static final String TUESDAY = "2026-11-24T10:00:00Z";
  private static final String WEDNESDAY = "2026-11-25T10:00:00Z";

  private static OutcomeTotals totals(String zone, OutcomeEntry... entries) {
    List<OutcomeEntry> all =
        Stream.of(entries).sorted(Comparator.comparing(OutcomeEntry::cursor)).toList();
    OutcomeTotals totals = new OutcomeTotals(ZoneId.of(zone));
    all.forEach(totals::note);
    all.forEach(totals::add);
    return totals;
  }

  private static List<String> lines(OutcomeEntry... entries) {
    return totals("UTC", entries).lines().stream()
        .map(line -> String.join(
            " ",
            line.day().substring(8),
            line.merchantId(),
            line.currency(),
            line.operation(),
            line.status(),
            line.count() + "x",
            line.sum() + (line.unsaid() == 0 ? "" : " unsaid " + line.unsaid())))
        .toList();
  }

  @Test
  void merchants_currencies_operations_and_statuses_stand_apart() {
    assertThat(lines(
            sale(MONDAY, "a").entry(),
            sale(MONDAY, "b").entry(),
            sale(MONDAY, "c").as(Operation.SALE, 500L, "EUR").entry(),
            sale(MONDAY, "d").as(Operation.REFUND, 300L, "USD").entry(),
            sale(MONDAY, "e").as(Operation.VOID, null, null).entry(),
            sale(MONDAY, "f").ended(Outcome.UNPAID).entry(),
            sale(MONDAY, "g").of("M2").entry(),
            sale(TUESDAY, "h").entry()))
        .containsExactly(
            "23 M1  void PAID 1x 0 unsaid 1",
            "23 M1 EUR sale PAID 1x 500",
            "23 M1 USD refund PAID 1x 300",
            "23 M1 USD sale PAID 2x 2000",
            "23 M1 USD sale UNPAID 1x 1000",
            "23 M2 USD sale PAID 1x 1000",
            "24 M1 USD sale PAID 1x 1000");
  }

  @Test
  void a_void_counts_with_the_sum_of_what_it_has_undone() {
    assertThat(lines(
            sale(MONDAY, "a").entry(),
            sale("2026-11-23T10:00:01Z", "r")
                .as(Operation.REFUND, 300L, "EUR")
                .locking("txn:T0")
                .entry(),
            sale(TUESDAY, "v1").as(Operation.VOID, null, null).locking("req:a").entry(),
            sale(TUESDAY, "v2").as(Operation.VOID, null, null).locking("req:r").entry(),
            sale(TUESDAY, "v3")
                .as(Operation.VOID, null, null)
                .locking("req:earlier")
                .entry(),
            sale(TUESDAY, "v4")
                .as(Operation.VOID, null, null)
                .locking("req:a")
                .ended(Outcome.UNPAID)
                .entry()))
        .containsExactly(
            "23 M1 EUR refund PAID 1x 300",
            "23 M1 USD sale PAID 1x 1000",
            "24 M1  void PAID 1x 0 unsaid 1",
            "24 M1  void UNPAID 1x 0 unsaid 1",
            "24 M1 EUR void:refund PAID 1x 300",
            "24 M1 USD void:sale PAID 1x 1000");
  }

  /** With orders.sessions: allow, a page ends when it is made. */
  @Test
  void a_page_that_was_only_made_is_no_money() {
    assertThat(lines(
            sale(MONDAY, "a").as(Operation.CREATE_SESSION, 1000L, "USD").entry(),
            sale(MONDAY, "b")
                .as(Operation.CREATE_SESSION, 1000L, "USD")
                .locking(null)
                .entry()))
        .containsExactly(
            "23 M1 USD create-session PAID 1x 1000",
            "23 M1 USD create-session:made PAID 1x 0 unsaid 1");
  }

  @Test
  void what_moved_counts_where_it_is_another_sum() {
    assertThat(lines(
            sale(MONDAY, "a").moving(new Amount(700L, "USD", 900L)).entry(),
            sale(MONDAY, "b").moving(new Amount(700L, "EUR", null)).entry()))
        .containsExactly("23 M1 EUR sale PAID 1x 700", "23 M1 USD sale PAID 1x 900");
  }

  @Test
  void a_contradiction_counts_as_what_it_became_and_when() {
    OutcomeEntry told = sale(MONDAY, "a").ended(Outcome.UNPAID).entry();
    OutcomeEntry became = sale(TUESDAY, "a")
        .later(OutcomeKind.CONTRADICTED, Outcome.UNPAID, Outcome.PAID)
        .entry();
    assertThat(lines(told, became)).containsExactly("24 M1 USD sale PAID 1x 1000");
    assertThat(lines(told)).containsExactly("23 M1 USD sale UNPAID 1x 1000");
  }

  /** Another sum than was answered as paid: the later word counts, and only that. */
  @Test
  void a_paid_payment_of_another_sum_counts_once() {
    assertThat(lines(
            sale(MONDAY, "a").entry(),
            sale(TUESDAY, "a")
                .later(OutcomeKind.CONTRADICTED, Outcome.PAID, Outcome.PAID)
                .moving(new Amount(600L, "USD", 600L))
                .entry()))
        .containsExactly("24 M1 USD sale PAID 1x 600");
  }

  /** Both ids of a reissued payment were charged: the platform's batch has both. */
  @Test
  void money_that_moved_twice_counts_twice() {
    OutcomeEntry first = sale(MONDAY, "a").entry();
    OutcomeEntry again = sale(TUESDAY, "a")
        .named("T2")
        .later(OutcomeKind.CONTRADICTED, Outcome.PAID, Outcome.PAID)
        .entry();
    OutcomeEntry seen = sale(WEDNESDAY, "a")
        .named(null)
        .later(OutcomeKind.DECIDED, Outcome.PAID, Outcome.PAID)
        .entry();
    assertThat(lines(first, again, seen))
        .containsExactly("23 M1 USD sale PAID 1x 1000", "24 M1 USD sale PAID 1x 1000");
    OutcomeEntry third = sale(WEDNESDAY, "a")
        .named("T3")
        .later(OutcomeKind.CONTRADICTED, Outcome.PAID, Outcome.PAID)
        .entry();
    assertThat(lines(first, again, third)).hasSize(3);
  }

  /** The platform may name one transaction in two ways; it was answered as paid only once. */
  @Test
  void a_payment_that_became_paid_counts_once_whatever_it_is_called() {
    assertThat(lines(
            sale(MONDAY, "a").ended(Outcome.UNPAID).entry(),
            sale(TUESDAY, "a")
                .named("T2")
                .later(OutcomeKind.CONTRADICTED, Outcome.UNPAID, Outcome.PAID)
                .entry(),
            sale(WEDNESDAY, "a")
                .named("T3")
                .later(OutcomeKind.CONTRADICTED, Outcome.UNPAID, Outcome.PAID)
                .entry()))
        .containsExactly("25 M1 USD sale PAID 1x 1000");
  }

  @Test
  void an_operator_s_word_does_not_undo_what_moved() {
    OutcomeEntry became = sale(TUESDAY, "a")
        .later(OutcomeKind.CONTRADICTED, Outcome.UNPAID, Outcome.PAID)
        .entry();
    OutcomeEntry acknowledged = sale(WEDNESDAY, "a")
        .later(OutcomeKind.DECIDED, Outcome.UNPAID, Outcome.UNPAID)
        .entry();
    assertThat(lines(became, acknowledged)).containsExactly("24 M1 USD sale PAID 1x 1000");
    OutcomeEntry disowned = sale(WEDNESDAY, "b")
        .later(OutcomeKind.DECIDED, Outcome.PAID, Outcome.UNPAID)
        .entry();
    assertThat(lines(sale(MONDAY, "b").entry(), disowned))
        .containsExactly("23 M1 USD sale PAID 1x 1000");
  }

  /** Two have paid one order: an operator looks at both, and nothing becomes of it. */
  @Test
  void what_an_operator_has_only_seen_counts_where_it_ended() {
    OutcomeEntry seen = sale(WEDNESDAY, "a")
        .later(OutcomeKind.DECIDED, Outcome.PAID, Outcome.PAID)
        .entry();
    assertThat(lines(sale(MONDAY, "a").entry(), seen))
        .containsExactly("23 M1 USD sale PAID 1x 1000");
  }

  @Test
  void an_operator_s_word_counts_where_nothing_moved() {
    assertThat(lines(
            sale(MONDAY, "a").ended(Outcome.UNPAID).entry(),
            sale(TUESDAY, "a")
                .later(OutcomeKind.DECIDED, Outcome.UNPAID, Outcome.PAID)
                .entry()))
        .containsExactly("24 M1 USD sale PAID 1x 1000");
  }

  /** The same id long after its end, or after it was given back, is another payment. */
  @Test
  void lives_of_one_id_are_counted_apart() {
    OutcomeEntry first = sale(MONDAY, "a").ended(Outcome.UNPAID).begun(1).entry();
    OutcomeEntry became = sale(TUESDAY, "a")
        .later(OutcomeKind.CONTRADICTED, Outcome.UNPAID, Outcome.PAID)
        .begun(1)
        .entry();
    OutcomeEntry second = sale(WEDNESDAY, "a").begun(2).entry();
    assertThat(lines(first, became, second))
        .containsExactly("24 M1 USD sale PAID 1x 1000", "25 M1 USD sale PAID 1x 1000");
    assertThat(lines(
            sale(MONDAY, "b").begun(1).entry(),
            sale(WEDNESDAY, "b")
                .later(OutcomeKind.CONTRADICTED, Outcome.UNPAID, Outcome.PAID)
                .begun(2)
                .entry()))
        .hasSize(2);
  }

  /** Nothing was left of the record when its money moved. */
  @Test
  void a_contradiction_of_what_was_lost_takes_the_place_of_what_was_answered() {
    assertThat(lines(
            sale(MONDAY, "a").ended(Outcome.UNPAID).begun(1).entry(),
            sale(TUESDAY, "a")
                .later(OutcomeKind.CONTRADICTED, Outcome.UNPAID, Outcome.PAID)
                .begun(0)
                .entry()))
        .containsExactly("24 M1 USD sale PAID 1x 1000");
  }

  @Test
  void days_are_those_of_the_zone() {
    OutcomeEntry late = sale("2026-11-23T23:30:00Z", "a").entry();
    assertThat(totals("UTC", late).lines().get(0).day()).isEqualTo("2026-11-23");
    assertThat(totals("Europe/Berlin", late).lines().get(0).day()).isEqualTo("2026-11-24");
  }

  @Test
  void sums_beyond_a_long_are_exact() {
    assertThat(lines(
            sale(MONDAY, "a").as(Operation.SALE, Long.MAX_VALUE, "USD").entry(),
            sale(MONDAY, "b").as(Operation.SALE, 2L, "USD").entry()))
        .containsExactly("23 M1 USD sale PAID 2x 9223372036854775809");
  }

  @Test
  void what_cannot_be_read_is_counted_as_that() {
    OutcomeTotals totals =
        totals("UTC", OutcomeEntry.unreadable(new OutcomeCursor(1, 2, 3), null, "damaged"));
    assertThat(totals.lines()).isEmpty();
    assertThat(totals.unreadable()).isEqualTo(1);
  }
}
