package io.payonce.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Report;
import io.payonce.recovery.Resolution.Kind;
import io.payonce.recovery.Resolution.Verdict;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operator may know more than the platform reports, but never less. */
class ResolutionTest {
  private static final Deadlines EARLY = new Deadlines(false, true, true);
  private static final Deadlines LATE = new Deadlines(true, true, true);
  private static final History ONE_SEND = History.FIRST;
  private static final History TWO_SENDS = History.FIRST.plusSend();
  private static final Set<Report> PAID = EnumSet.of(Report.PAID, Report.DONE);
  private static final Set<Report> UNPAID =
      EnumSet.of(Report.DECLINED, Report.FAILED, Report.CLOSED);
  private static final Set<Report> ABSENT = EnumSet.of(Report.NOT_FOUND, Report.FOREIGN);

  private static Stage stage(History past) {
    return Stage.read("ATTENTION", past.encode());
  }

  private static Kind kind(
      Verdict word, boolean forced, Report shown, History past, Deadlines moment) {
    return Resolution.of(word, forced, shown, stage(past), moment).kind();
  }

  @ParameterizedTest
  @EnumSource(Report.class)
  void the_platforms_paid_wins_over_every_word(Report shown) {
    for (Verdict word : Verdict.values()) {
      for (boolean forced : new boolean[] {false, true}) {
        boolean wins = kind(word, forced, shown, ONE_SEND, LATE) == Kind.PLATFORM_PAID;
        assertThat(wins).isEqualTo(PAID.contains(shown));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Report.class)
  void paid_is_refused_only_against_a_final_status(Report shown) {
    for (Deadlines moment : new Deadlines[] {EARLY, LATE}) {
      for (boolean forced : new boolean[] {false, true}) {
        boolean refused = kind(Verdict.PAID, forced, shown, ONE_SEND, moment) == Kind.REFUSED;
        assertThat(refused).isEqualTo(UNPAID.contains(shown));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Report.class)
  void unpaid_waits_for_every_sends_window_even_when_forced(Report shown) {
    for (boolean forced : new boolean[] {false, true}) {
      assertThat(kind(Verdict.UNPAID, forced, shown, TWO_SENDS, EARLY)).isNotEqualTo(Kind.GRANTED);
    }
  }

  @ParameterizedTest
  @EnumSource(Report.class)
  void unpaid_after_the_window_needs_a_query_that_does_not_show_it_alive(Report shown) {
    boolean granted = kind(Verdict.UNPAID, false, shown, TWO_SENDS, LATE) == Kind.GRANTED;
    assertThat(granted).isEqualTo(UNPAID.contains(shown) || ABSENT.contains(shown));
  }

  @ParameterizedTest
  @EnumSource(Report.class)
  void force_overcomes_silence_after_the_window_but_never_paid(Report shown) {
    Resolution forced = Resolution.of(Verdict.UNPAID, true, shown, stage(TWO_SENDS), LATE);
    assertThat(forced.kind() == Kind.GRANTED).isEqualTo(!PAID.contains(shown));
    boolean needed = kind(Verdict.UNPAID, false, shown, TWO_SENDS, LATE) == Kind.REFUSED;
    assertThat(forced.because().contains("insists")).isEqualTo(needed);
  }

  @Test
  void a_final_status_of_the_only_send_needs_no_window() {
    assertThat(kind(Verdict.UNPAID, false, Report.FAILED, ONE_SEND, EARLY)).isEqualTo(Kind.GRANTED);
    assertThat(kind(Verdict.UNPAID, false, Report.FAILED, TWO_SENDS, EARLY))
        .isEqualTo(Kind.REFUSED);
  }
}
