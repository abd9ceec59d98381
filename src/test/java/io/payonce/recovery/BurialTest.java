package io.payonce.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Report;
import io.payonce.recovery.Burial.Kind;
import io.payonce.recovery.Resolution.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** It is unknown what was sent, so everything must speak for it. */
class BurialTest {
  private static final long NOTICED = 1_800_000_000_000L;
  private static final long PAGE = 1_800_000;
  private static final Burial.Times LATER = at(Window.MILLIS, 0);

  private static Burial.Times at(long afterMillis, long mayBePage) {
    return new Burial.Times(NOTICED + afterMillis, NOTICED, mayBePage);
  }

  @Test
  void unpaid_takes_force_and_the_platforms_word_on_every_id() {
    List<Report> none = List.of(Report.NOT_FOUND, Report.FOREIGN, Report.DECLINED);
    assertThat(Burial.of(Verdict.UNPAID, true, none, LATER).kind()).isEqualTo(Kind.GRANTED);
    assertThat(Burial.of(Verdict.UNPAID, false, none, LATER).kind()).isEqualTo(Kind.REFUSED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Report.class,
      names = {"INITIAL", "PROCESSING", "UNKNOWN", "ID_IN_USE", "BUSY", "UNSENT"})
  void what_the_platform_does_not_end_no_force_ends(Report one) {
    List<Report> shown = List.of(Report.NOT_FOUND, one);
    assertThat(Burial.of(Verdict.UNPAID, true, shown, LATER).kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void before_a_window_has_passed_since_it_was_noticed_nothing_is_granted() {
    for (Verdict word : Verdict.values()) {
      Burial early = Burial.of(word, true, List.of(Report.NOT_FOUND), at(Window.MILLIS - 1, 0));
      assertThat(early.kind()).isEqualTo(Kind.REFUSED);
      assertThat(early.retryAtMillis()).isEqualTo(NOTICED + Window.MILLIS);
      assertThat(Burial.of(word, true, List.of(Report.NOT_FOUND), LATER).kind())
          .isEqualTo(Kind.GRANTED);
    }
  }

  @Test
  void paid_under_any_id_is_paid_whoever_says_what_and_when() {
    for (Report report : List.of(Report.PAID, Report.DONE, Report.OTHER_AMOUNT)) {
      for (Verdict word : Verdict.values()) {
        List<Report> shown = List.of(Report.NOT_FOUND, report, Report.UNKNOWN);
        assertThat(Burial.of(word, false, shown, at(0, 0)).kind()).isEqualTo(Kind.PLATFORM_PAID);
      }
    }
  }

  @Test
  void a_final_no_of_the_platform_stands_against_paid() {
    assertThat(Burial.of(Verdict.PAID, true, List.of(Report.FAILED), LATER).kind())
        .isEqualTo(Kind.REFUSED);
    assertThat(Burial.of(Verdict.PAID, true, List.of(Report.UNKNOWN), LATER).kind())
        .isEqualTo(Kind.GRANTED);
  }

  @Test
  void a_press_that_failed_does_not_end_what_may_be_a_page() {
    List<Report> pressed = List.of(Report.FAILED, Report.NOT_FOUND);
    Burial early = Burial.of(Verdict.UNPAID, true, pressed, at(Window.MILLIS, PAGE));
    assertThat(early.kind()).isEqualTo(Kind.REFUSED);
    assertThat(early.retryAtMillis()).isEqualTo(NOTICED + Window.MILLIS + PAGE);
    assertThat(Burial.of(Verdict.UNPAID, true, pressed, at(Window.MILLIS + PAGE, PAGE))
            .kind())
        .isEqualTo(Kind.GRANTED);
    assertThat(Burial.of(Verdict.UNPAID, true, List.of(Report.NOT_FOUND), at(Window.MILLIS, PAGE))
            .kind())
        .isEqualTo(Kind.GRANTED);
  }

  @Test
  void what_cannot_be_asked_about_ends_by_force_after_the_window() {
    assertThat(Burial.of(Verdict.UNPAID, true, List.of(), LATER).kind()).isEqualTo(Kind.GRANTED);
    assertThat(Burial.of(Verdict.UNPAID, true, List.of(), at(1, 0)).kind()).isEqualTo(Kind.REFUSED);
  }
}
