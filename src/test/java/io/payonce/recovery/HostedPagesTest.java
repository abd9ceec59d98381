package io.payonce.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Report;
import io.payonce.model.Operation.Doubt;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What ends a hosted page and what does not: every stage, history, report and moment. */
class HostedPagesTest {
  private static final Policy POLICY = new Policy(3, true, false, Doubt.REPEAT, true);
  private static final Deadlines LIVES = at(PageLife.LIVES);
  private static final Deadlines SHUT = at(PageLife.SHUT);
  private static final Deadlines OVER = new Deadlines(true, false, true, PageLife.OVER);
  private static final String MADE = "1.1.0.sop";

  private static final Set<Report> UNPRESSED =
      EnumSet.of(Report.INITIAL, Report.DECLINED, Report.FAILED, Report.NOT_FOUND);

  @Test
  void a_page_that_was_made_is_open_and_not_done() {
    for (Report made : List.of(Report.DONE, Report.INITIAL, Report.PROCESSING)) {
      Decision decision = Stage.first().next(made, LIVES, POLICY);
      assertThat(decision.action()).isEqualTo(Action.WAIT);
      assertThat(decision.next().word()).isEqualTo("OPEN");
      assertThat(decision.next().history().noSendInDoubt()).isTrue();
    }
  }

  @Test
  void even_an_end_in_the_answer_to_its_making_ends_no_page() {
    for (Report end : List.of(Report.DECLINED, Report.FAILED, Report.CLOSED)) {
      assertThat(Stage.first().next(end, LIVES, POLICY).next().word()).isEqualTo("OPEN");
    }
  }

  @Test
  void f_ends_nothing_while_the_page_lives() {
    for (Report declined : List.of(Report.DECLINED, Report.FAILED)) {
      for (Deadlines moment : List.of(LIVES, SHUT)) {
        assertThat(open(MADE).next(declined, moment, POLICY).action()).isEqualTo(Action.WAIT);
      }
      assertThat(open(MADE).next(declined, OVER, POLICY).action()).isEqualTo(Action.SETTLE_UNPAID);
    }
  }

  @Test
  void c_counts_only_once_no_press_can_be_under_way() {
    assertThat(open(MADE).next(Report.CLOSED, LIVES, POLICY).action()).isEqualTo(Action.WAIT);
    assertThat(open(MADE).next(Report.CLOSED, SHUT, POLICY).action())
        .isEqualTo(Action.SETTLE_UNPAID);
    assertThat(open(MADE).next(Report.CLOSED, OVER, POLICY).action())
        .isEqualTo(Action.SETTLE_UNPAID);
  }

  @Test
  void c_counts_only_with_no_send_that_may_open_the_page_anew() {
    assertThat(open("1.2.1.sop").next(Report.CLOSED, SHUT, POLICY).action()).isEqualTo(Action.WAIT);
    Deadlines windowOver = new Deadlines(true, false, true, PageLife.SHUT);
    assertThat(open("1.2.1.sop").next(Report.CLOSED, windowOver, POLICY).action())
        .isEqualTo(Action.SETTLE_UNPAID);
  }

  @Test
  void without_c_a_page_is_unpaid_only_after_its_whole_life() {
    for (Report shown : UNPRESSED) {
      for (Deadlines moment : List.of(LIVES, SHUT)) {
        assertThat(open(MADE).next(shown, moment, POLICY).action()).isEqualTo(Action.WAIT);
      }
      assertThat(open(MADE).next(shown, OVER, POLICY).action()).isEqualTo(Action.SETTLE_UNPAID);
    }
  }

  @Test
  void silence_and_a_press_under_way_end_no_page_ever() {
    for (Report nothing : List.of(Report.UNKNOWN, Report.PROCESSING, Report.FOREIGN)) {
      assertThat(open(MADE).next(nothing, OVER, POLICY).action()).isEqualTo(Action.WAIT);
    }
  }

  @Test
  void what_is_paid_is_paid_at_any_time() {
    for (Stage stage : stages()) {
      for (Deadlines moment : moments()) {
        assertThat(stage.next(Report.PAID, moment, POLICY).action()).isEqualTo(Action.SETTLE_PAID);
      }
    }
  }

  @Test
  void no_page_ends_unpaid_but_by_these_rules_and_none_is_ever_reissued() {
    for (Stage stage : stages()) {
      for (Deadlines moment : moments()) {
        for (Report report : Report.values()) {
          Decision decision = stage.next(report, moment, POLICY);
          assertThat(decision.action()).isNotEqualTo(Action.REISSUE);
          if (decision.action() == Action.SETTLE_UNPAID) {
            boolean closed = report == Report.CLOSED && moment.page().isShut();
            boolean over = UNPRESSED.contains(report) && moment.page() == PageLife.OVER;
            assertThat(closed || over).as("%s: %s, %s", stage, report, moment).isTrue();
          }
          if (decision.action() == Action.RELEASE) {
            assertThat(stage.word()).isIn("SENDING", "HELD");
            assertThat(stage.history().sendAccountedFor().noSendInDoubt()).isTrue();
          }
        }
      }
    }
  }

  @Test
  void a_page_in_doubt_is_asked_for_again_and_when_that_is_over_about() {
    assertThat(doubt("1.1.1.").due(LIVES, POLICY).action()).isEqualTo(Action.RESEND);
    assertThat(doubt("1.3.3.").due(LIVES, POLICY).action()).isEqualTo(Action.CONFIRM);
    assertThat(doubt("1.3.3.").due(OVER, POLICY).action()).isEqualTo(Action.CONFIRM);
    assertThat(doubt("1.1.1.a").due(LIVES, POLICY).action()).isEqualTo(Action.CONFIRM);
  }

  @Test
  void a_page_whose_id_or_order_is_taken_is_asked_about_and_not_sent_again() {
    Decision taken = Stage.first().next(Report.ID_IN_USE, LIVES, POLICY);
    assertThat(taken.next().due(LIVES, POLICY).action()).isEqualTo(Action.CONFIRM);
    Decision paid = Stage.first().next(Report.ALREADY_PAID, LIVES, POLICY);
    assertThat(paid.next().due(LIVES, POLICY).action()).isEqualTo(Action.CONFIRM);
    assertThat(paid.next().next(Report.NOT_FOUND, LIVES, POLICY).action())
        .isEqualTo(Action.SETTLE_REFUSED);
  }

  @Test
  void a_closed_page_is_not_opened_anew() {
    assertThat(doubt("1.1.1.").due(SHUT, POLICY).action()).isEqualTo(Action.CONFIRM);
  }

  @Test
  void an_order_changes_hands_only_on_c_after_the_slack_with_no_send_unaccounted_for() {
    for (Report shown : Report.values()) {
      for (Deadlines moment : moments()) {
        for (String past : List.of(MADE, "1.2.1.sop", "1.1.1.sp")) {
          History history = History.decode(past);
          boolean alone = past.equals(MADE) || moment.windowOver();
          boolean gives = shown == Report.CLOSED && moment.page().isShut() && alone;
          assertThat(Succession.of(shown, history, moment))
              .as("%s, %s, %s", shown, moment, past)
              .isEqualTo(
                  shown == Report.PAID
                      ? Succession.PAID
                      : gives ? Succession.GIVES_WAY : Succession.STANDS);
        }
      }
    }
  }

  @Test
  void no_operator_calls_a_page_unpaid_that_may_still_be_paid() {
    for (Report shown : Report.values()) {
      for (Deadlines moment : List.of(
          LIVES,
          SHUT,
          new Deadlines(true, false, true, PageLife.LIVES),
          new Deadlines(true, false, true, PageLife.SHUT))) {
        Resolution word =
            Resolution.of(Resolution.Verdict.UNPAID, true, shown, Stage.read("OPEN", MADE), moment);
        boolean closed = shown == Report.CLOSED && moment.page().isShut();
        assertThat(word.kind() == Resolution.Kind.GRANTED).as("%s", shown).isEqualTo(closed);
      }
    }
    assertThat(Resolution.of(
                Resolution.Verdict.UNPAID, false, Report.NOT_FOUND, Stage.read("OPEN", MADE), OVER)
            .kind())
        .isEqualTo(Resolution.Kind.GRANTED);
  }

  private static List<Deadlines> moments() {
    List<Deadlines> all = new ArrayList<>();
    for (int flags = 0; flags < 8; flags++) {
      for (PageLife page : EnumSet.complementOf(EnumSet.of(PageLife.NONE))) {
        all.add(new Deadlines((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, page));
      }
    }
    return all;
  }

  private static List<Stage> stages() {
    List<Stage> all = new ArrayList<>();
    for (String word : List.of("SENDING", "HELD", "IN_DOUBT", "OPEN", "ATTENTION")) {
      for (String past : List.of(MADE, "1.1.1.", "1.2.1.s", "1.2.2.", "1.3.3.so", "1.1.1.x")) {
        all.add(Stage.read(word, past));
      }
    }
    return all;
  }

  private static Stage open(String history) {
    return Stage.read("OPEN", history);
  }

  private static Stage doubt(String history) {
    return Stage.read("IN_DOUBT", history);
  }

  private static Deadlines at(PageLife page) {
    return new Deadlines(false, false, true, page);
  }
}
