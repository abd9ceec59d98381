package io.payonce.recovery;

import static io.payonce.recovery.Action.CONFIRM;
import static io.payonce.recovery.Action.REISSUE;
import static io.payonce.recovery.Action.RELEASE;
import static io.payonce.recovery.Action.RESEND;
import static io.payonce.recovery.Action.SETTLE_PAID;
import static io.payonce.recovery.Action.SETTLE_REFUSED;
import static io.payonce.recovery.Action.SETTLE_UNPAID;
import static io.payonce.recovery.Action.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.payonce.codes.Report;
import io.payonce.model.Operation.Doubt;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One sentence for each rule of recovery; {@link StageTest} shows that together they suffice. */
class StageRulesTest {
  private static final Policy USUAL = new Policy(3, true, false, Doubt.CONFIRM, false);
  private static final Policy LATE = new Policy(3, true, true, Doubt.CONFIRM, false);
  private static final Policy ASK_ONLY = new Policy(3, true, false, Doubt.ASK_ONLY, false);
  private static final Policy REPEAT = new Policy(3, true, false, Doubt.REPEAT, false);
  private static final Policy REPEAT_THEN_ASK =
      new Policy(3, true, false, Doubt.REPEAT_THEN_ASK, true);
  private static final Policy ONCE = new Policy(1, true, false, Doubt.CONFIRM, false);

  private static final Deadlines EARLY = new Deadlines(false, false, false);
  private static final Deadlines CALLERS_GONE = new Deadlines(false, false, true);
  private static final Deadlines WINDOW_OVER = new Deadlines(true, false, true);
  private static final Deadlines DEADLINE = new Deadlines(false, true, true);
  private static final Deadlines ALL_OVER = new Deadlines(true, true, true);

  private static final EnumSet<Action> SENDS = EnumSet.of(RESEND, REISSUE);
  private static final List<Report> NOES =
      List.of(Report.REFUSED, Report.BUSY, Report.REMEDIED, Report.REFUSED_FOR_NOW, Report.UNSENT);

  private static Decision tell(Stage stage, Report report, Deadlines moment) {
    return stage.next(report, moment, USUAL);
  }

  private static Stage after(Stage stage, Report... reports) {
    Stage now = stage;
    for (Report report : reports) {
      now = tell(now, report, EARLY).next();
    }
    return now;
  }

  /** One send on the wire without an answer. */
  private static Stage inDoubt() {
    return after(Stage.first(), Report.UNKNOWN);
  }

  /** The second send of the same id is about to leave, the first is in doubt. */
  private static Stage secondSend() {
    return after(inDoubt(), Report.NOT_FOUND);
  }

  /** Two sends of the same id without an answer. */
  private static Stage twoInDoubt() {
    return after(secondSend(), Report.UNKNOWN);
  }

  private static Stage secondAttempt() {
    return after(inDoubt(), Report.FAILED);
  }

  private static Stage attention() {
    return tell(inDoubt(), Report.UNKNOWN, DEADLINE).next();
  }

  private static final Policy DOUBTED =
      new Policy(3, true, false, Doubt.CONFIRM, true, false, true);
  private static final Policy DOUBTED_LATE =
      new Policy(3, false, true, Doubt.CONFIRM, true, false, true);

  @Test
  void what_a_ledger_remembers_that_has_gone_back_is_asked_about_and_never_sent() {
    Stage held = tell(Stage.first(), Report.BUSY, EARLY).next();
    assertThat(held.word()).isEqualTo("HELD");
    for (Stage stage : List.of(Stage.first(), held, inDoubt(), twoInDoubt(), secondAttempt())) {
      Stage doubted = stage.doubted();
      assertThat(doubted.due(EARLY, DOUBTED).action()).isEqualTo(CONFIRM);
      for (Report report : Report.values()) {
        for (Deadlines moment : List.of(EARLY, WINDOW_OVER, DEADLINE, ALL_OVER)) {
          assertThat(SENDS).doesNotContain(doubted.next(report, moment, DOUBTED).action());
          assertThat(SENDS)
              .doesNotContain(doubted.next(report, moment, DOUBTED_LATE).action());
        }
      }
      assertThat(doubted.next(Report.NOT_FOUND, EARLY, DOUBTED).action()).isEqualTo(WAIT);
      assertThat(doubted.next(Report.NOT_FOUND, WINDOW_OVER, DOUBTED).action())
          .isEqualTo(SETTLE_UNPAID);
      assertThat(doubted.next(Report.CLOSED, EARLY, DOUBTED).action())
          .as("a copy that is forgotten may still pay")
          .isEqualTo(WAIT);
      assertThat(doubted.next(Report.PAID, EARLY, DOUBTED).action()).isEqualTo(SETTLE_PAID);
    }
  }

  @Test
  void a_failure_that_a_forgotten_reissued_id_may_have_mended_is_asked_about_under_that_id() {
    Decision decision = inDoubt().doubted().next(Report.FAILED, WINDOW_OVER, DOUBTED);
    assertThat(decision.action()).isEqualTo(CONFIRM);
    assertThat(decision.next().history().generation()).isEqualTo(2);
    assertThat(decision.next().history().has(Mark.ABORTED)).isTrue();
    assertThat(inDoubt().doubted().next(Report.FAILED, EARLY, DOUBTED).action())
        .as("its own id may still pay")
        .isEqualTo(WAIT);
    assertThat(Stage.first().next(Report.FAILED, EARLY, DOUBTED).action())
        .as("the answer may be the one to a forgotten copy")
        .isEqualTo(CONFIRM);
    assertThat(inDoubt().doubted().next(Report.DECLINED, WINDOW_OVER, DOUBTED).action())
        .isEqualTo(SETTLE_UNPAID);
    assertThat(
            inDoubt().doubted().next(Report.FAILED, WINDOW_OVER, DOUBTED_LATE).action())
        .isEqualTo(SETTLE_UNPAID);
  }

  @Test
  void silence_after_a_send_is_confirmed_not_refused() {
    assertThat(inDoubt().word()).isEqualTo("IN_DOUBT");
    assertThat(inDoubt().due(EARLY, USUAL).action()).isEqualTo(CONFIRM);
  }

  @Test
  void a_worker_that_fell_silent_leaves_a_payment_in_doubt() {
    assertThat(Stage.first().due(EARLY, USUAL).next()).isEqualTo(inDoubt());
  }

  @Test
  void a_reissued_id_needs_a_final_f_of_the_old_one() {
    for (Report report : Report.values()) {
      Action act = tell(inDoubt(), report, EARLY).action();
      assertThat(act == REISSUE).as(report.name()).isEqualTo(report == Report.FAILED);
    }
    assertThat(secondAttempt().history()).isEqualTo(History.decode("2.2.1."));
  }

  @Test
  void a_decline_is_an_answer_and_not_tried_again() {
    assertThat(tell(inDoubt(), Report.DECLINED, EARLY).action()).isEqualTo(SETTLE_UNPAID);
  }

  @Test
  void a_direct_f_of_a_payment_never_in_doubt_is_its_answer() {
    assertThat(tell(Stage.first(), Report.FAILED, EARLY).action()).isEqualTo(SETTLE_UNPAID);
  }

  @Test
  void reissue_can_be_switched_off() {
    Policy off = new Policy(3, false, false, Doubt.CONFIRM, false);
    assertThat(inDoubt().next(Report.FAILED, EARLY, off).action()).isEqualTo(SETTLE_UNPAID);
  }

  @Test
  void a_reissued_id_is_refused_as_the_unpaid_end_of_the_former() {
    assertThat(tell(secondAttempt(), Report.REFUSED, EARLY).action()).isEqualTo(SETTLE_UNPAID);
    assertThat(tell(secondAttempt(), Report.UNSENT, EARLY).action()).isEqualTo(SETTLE_UNPAID);
    assertThat(tell(secondAttempt(), Report.BUSY, CALLERS_GONE).action()).isEqualTo(SETTLE_UNPAID);
    Stage othersOrder = after(secondAttempt(), Report.ALREADY_PAID);
    assertThat(tell(othersOrder, Report.NOT_FOUND, EARLY).action()).isEqualTo(SETTLE_UNPAID);
  }

  @Test
  void not_found_is_not_unpaid_before_every_window_is_over() {
    for (Deadlines moment : List.of(EARLY, CALLERS_GONE, DEADLINE)) {
      assertThat(inDoubt().next(Report.NOT_FOUND, moment, ONCE).action()).isEqualTo(WAIT);
      assertThat(tell(attention(), Report.NOT_FOUND, moment).action()).isEqualTo(WAIT);
    }
  }

  @Test
  void not_found_after_every_window_is_unpaid() {
    assertThat(tell(inDoubt(), Report.NOT_FOUND, WINDOW_OVER).action()).isEqualTo(SETTLE_UNPAID);
    assertThat(tell(attention(), Report.NOT_FOUND, ALL_OVER).action()).isEqualTo(SETTLE_UNPAID);
  }

  @Test
  void not_found_once_something_was_shown_is_a_lag() {
    Stage seen = after(inDoubt(), Report.PROCESSING);
    assertThat(tell(seen, Report.NOT_FOUND, EARLY).action()).isEqualTo(WAIT);
    assertThat(tell(seen, Report.NOT_FOUND, WINDOW_OVER).action()).isEqualTo(WAIT);
    Stage failedOnce = after(twoInDoubt(), Report.FAILED);
    assertThat(tell(failedOnce, Report.NOT_FOUND, EARLY).action()).isEqualTo(WAIT);
  }

  @Test
  void an_operator_keeps_what_was_shown_before_a_lag() {
    for (Report sign : List.of(Report.INITIAL, Report.PROCESSING)) {
      Stage seen = tell(attention(), sign, DEADLINE).next();
      assertThat(tell(seen, Report.NOT_FOUND, ALL_OVER).action())
          .as(sign.name())
          .isEqualTo(WAIT);
    }
  }

  @Test
  void a_no_settles_only_when_no_earlier_send_is_in_doubt() {
    for (Report no : NOES) {
      assertThat(tell(secondSend(), no, EARLY).action()).as(no.name()).isEqualTo(WAIT);
      assertThat(after(secondSend(), no).word()).as(no.name()).isEqualTo("IN_DOUBT");
    }
    assertThat(tell(Stage.first(), Report.REFUSED, EARLY).action()).isEqualTo(SETTLE_REFUSED);
  }

  @Test
  void a_refused_send_leaves_the_earlier_one_alone_in_doubt() {
    assertThat(after(secondSend(), Report.REFUSED).history().sendsInDoubt()).isEqualTo(1);
    assertThat(twoInDoubt().history().sendsInDoubt()).isEqualTo(2);
  }

  @Test
  void f_and_c_wait_for_the_last_send_of_their_id() {
    for (Report end : List.of(Report.FAILED, Report.DECLINED, Report.CLOSED)) {
      assertThat(tell(twoInDoubt(), end, EARLY).action()).as(end.name()).isEqualTo(WAIT);
      assertThat(tell(secondSend(), end, EARLY).action()).as(end.name()).isEqualTo(WAIT);
      Stage person = tell(twoInDoubt(), Report.UNKNOWN, DEADLINE).next();
      assertThat(tell(person, end, DEADLINE).action()).as(end.name()).isEqualTo(WAIT);
      assertThat(tell(person, end, ALL_OVER).action()).as(end.name()).isEqualTo(SETTLE_UNPAID);
    }
    assertThat(tell(twoInDoubt(), Report.CLOSED, WINDOW_OVER).action()).isEqualTo(SETTLE_UNPAID);
  }

  @Test
  void a_second_sends_own_f_does_not_account_for_the_first() {
    Stage owned = after(secondSend(), Report.FAILED);
    assertThat(tell(owned, Report.FAILED, EARLY).action()).isEqualTo(WAIT);
    assertThat(tell(owned, Report.FAILED, WINDOW_OVER).action()).isEqualTo(REISSUE);
  }

  @Test
  void no_new_attempt_after_c() {
    assertThat(tell(inDoubt(), Report.CLOSED, EARLY).action()).isEqualTo(SETTLE_UNPAID);
  }

  @Test
  void no_new_attempt_after_open() {
    Stage confirmedOpen = after(inDoubt(), Report.INITIAL);
    assertThat(tell(confirmedOpen, Report.FAILED, EARLY).action()).isEqualTo(SETTLE_UNPAID);
    Stage answeredOpen = after(Stage.first(), Report.PROCESSING);
    assertThat(answeredOpen.word()).isEqualTo("OPEN");
    assertThat(tell(answeredOpen, Report.FAILED, EARLY).action()).isEqualTo(SETTLE_UNPAID);
  }

  @Test
  void nothing_is_sent_after_an_abort() {
    List<Stage> stages = List.of(Stage.first(), inDoubt(), secondSend(), secondAttempt(), held());
    for (Stage stage : stages) {
      Stage aborted = stage.aborted();
      assertThat(SENDS).doesNotContain(aborted.due(EARLY, USUAL).action());
      for (Report report : Report.values()) {
        Decision decision = tell(aborted, report, EARLY);
        assertThat(SENDS).as(stage + " " + report).doesNotContain(decision.action());
        assertThat(decision.next().history().has(Mark.ABORTED)).isTrue();
      }
    }
  }

  @Test
  void c06_not_shown_stays_in_doubt() {
    Stage arrived = after(Stage.first(), Report.ID_IN_USE);
    for (Deadlines moment : List.of(EARLY, WINDOW_OVER, ALL_OVER)) {
      assertThat(tell(arrived, Report.NOT_FOUND, moment).action()).isEqualTo(WAIT);
    }
    assertThat(tell(arrived, Report.PAID, EARLY).action()).isEqualTo(SETTLE_PAID);
    assertThat(tell(arrived, Report.FOREIGN, EARLY).action()).isEqualTo(SETTLE_REFUSED);
  }

  @Test
  void c06_of_a_later_send_is_never_passed_on() {
    Stage arrived = after(secondSend(), Report.ID_IN_USE);
    assertThat(tell(arrived, Report.NOT_FOUND, WINDOW_OVER).action()).isEqualTo(WAIT);
    assertThat(tell(arrived, Report.FOREIGN, EARLY).action()).isEqualTo(WAIT);
  }

  @Test
  void c06_that_showed_ours_is_not_passed_on_as_anothers() {
    Stage ours = after(Stage.first(), Report.ID_IN_USE, Report.PROCESSING);
    assertThat(tell(ours, Report.FOREIGN, EARLY).action()).isEqualTo(WAIT);
  }

  @Test
  void c10_not_shown_is_passed_on_only_for_the_only_send() {
    Stage only = after(Stage.first(), Report.ALREADY_PAID);
    assertThat(tell(only, Report.NOT_FOUND, EARLY).action()).isEqualTo(SETTLE_REFUSED);
    assertThat(tell(only, Report.PAID, EARLY).action()).isEqualTo(SETTLE_PAID);
    Stage later = after(secondSend(), Report.ALREADY_PAID);
    assertThat(tell(later, Report.NOT_FOUND, EARLY).action()).isEqualTo(WAIT);
    assertThat(tell(later, Report.NOT_FOUND, WINDOW_OVER).action()).isEqualTo(WAIT);
  }

  @Test
  void c10_that_showed_ours_is_not_passed_on_at_a_lag() {
    Stage ours = after(Stage.first(), Report.ALREADY_PAID, Report.PROCESSING);
    assertThat(tell(ours, Report.NOT_FOUND, EARLY).action()).isEqualTo(WAIT);
    Stage person = tell(ours, Report.UNKNOWN, DEADLINE).next();
    assertThat(tell(person, Report.NOT_FOUND, ALL_OVER).action()).isEqualTo(WAIT);
  }

  @Test
  void another_payments_transaction_under_our_id_is_never_sent_again() {
    Stage foreign = after(inDoubt(), Report.FOREIGN);
    assertThat(foreign.word()).isEqualTo("IN_DOUBT");
    assertThat(tell(foreign, Report.NOT_FOUND, EARLY).action()).isEqualTo(WAIT);
  }

  @Test
  void open_has_a_deadline() {
    Stage open = after(Stage.first(), Report.INITIAL);
    assertThat(tell(open, Report.INITIAL, EARLY).next()).isEqualTo(open);
    assertThat(tell(open, Report.INITIAL, DEADLINE).next().word()).isEqualTo("ATTENTION");
    assertThat(tell(open, Report.UNKNOWN, DEADLINE).next().word()).isEqualTo("ATTENTION");
  }

  @Test
  void doubt_has_a_deadline() {
    assertThat(attention().word()).isEqualTo("ATTENTION");
    Stage seen = tell(inDoubt(), Report.PROCESSING, DEADLINE).next();
    assertThat(seen.word()).isEqualTo("ATTENTION");
  }

  @Test
  void attention_never_sends() {
    for (Deadlines moment : List.of(EARLY, WINDOW_OVER, DEADLINE, ALL_OVER)) {
      assertThat(attention().due(moment, USUAL).action()).isEqualTo(CONFIRM);
      for (Report report : Report.values()) {
        for (Policy policy : List.of(USUAL, LATE)) {
          assertThat(SENDS)
              .doesNotContain(attention().next(report, moment, policy).action());
        }
      }
    }
    assertThat(tell(attention(), Report.PAID, EARLY).action()).isEqualTo(SETTLE_PAID);
  }

  @Test
  void nothing_is_sent_after_the_deadline() {
    assertThat(SENDS).doesNotContain(tell(inDoubt(), Report.NOT_FOUND, DEADLINE).action());
    assertThat(SENDS).doesNotContain(tell(inDoubt(), Report.FAILED, DEADLINE).action());
  }

  @Test
  void i_and_p_on_a_confirm_wait_and_never_resend() {
    for (Report sign : List.of(Report.INITIAL, Report.PROCESSING)) {
      assertThat(tell(inDoubt(), sign, EARLY).action()).isEqualTo(WAIT);
      assertThat(tell(after(inDoubt(), sign), Report.NOT_FOUND, EARLY).action()).isEqualTo(WAIT);
    }
    assertThat(after(inDoubt(), Report.INITIAL).word()).isEqualTo("OPEN");
    assertThat(after(inDoubt(), Report.PROCESSING).word()).isEqualTo("IN_DOUBT");
  }

  @Test
  void direct_answers_and_confirms_share_one_table() {
    for (Report report : List.of(Report.PAID, Report.DONE, Report.DECLINED, Report.CLOSED)) {
      assertThat(tell(Stage.first(), report, EARLY).action())
          .as(report.name())
          .isEqualTo(tell(inDoubt(), report, EARLY).action());
    }
    assertThat(tell(secondAttempt(), Report.FAILED, EARLY).action())
        .isEqualTo(
            tell(after(secondAttempt(), Report.UNKNOWN), Report.FAILED, EARLY).action());
  }

  @Test
  void paid_is_believed_in_every_stage() {
    List<Stage> stages =
        List.of(Stage.first(), held(), inDoubt(), after(inDoubt(), Report.INITIAL), attention());
    for (Stage stage : stages) {
      assertThat(tell(stage, Report.PAID, EARLY).action()).as(stage.word()).isEqualTo(SETTLE_PAID);
      assertThat(tell(stage.aborted(), Report.PAID, ALL_OVER).action()).isEqualTo(SETTLE_PAID);
    }
  }

  @Test
  void no_answer_to_a_confirm_changes_nothing() {
    assertThat(tell(inDoubt(), Report.UNKNOWN, EARLY).next()).isEqualTo(inDoubt());
    assertThat(tell(twoInDoubt(), Report.UNKNOWN, WINDOW_OVER).next()).isEqualTo(twoInDoubt());
  }

  @Test
  void sends_are_limited_over_all_ids() {
    Stage third = after(twoInDoubt(), Report.NOT_FOUND, Report.UNKNOWN);
    assertThat(third.history().sends()).isEqualTo(3);
    assertThat(tell(third, Report.NOT_FOUND, EARLY).action()).isEqualTo(WAIT);
    Stage lastAttempt = after(secondAttempt(), Report.FAILED);
    assertThat(lastAttempt.history().generation()).isEqualTo(3);
    assertThat(tell(lastAttempt, Report.FAILED, EARLY).action()).isEqualTo(SETTLE_UNPAID);
    assertThat(inDoubt().next(Report.FAILED, EARLY, ONCE).action()).isEqualTo(SETTLE_UNPAID);
  }

  @Test
  void without_idempotency_a_send_leaves_only_after_the_window_of_the_others() {
    assertThat(inDoubt().next(Report.NOT_FOUND, EARLY, LATE).action()).isEqualTo(WAIT);
    assertThat(inDoubt().next(Report.NOT_FOUND, WINDOW_OVER, LATE).action()).isEqualTo(RESEND);
  }

  @Test
  void an_irreversible_call_is_asked_about_and_never_sent_again() {
    for (Deadlines moment : List.of(EARLY, WINDOW_OVER, ALL_OVER)) {
      assertThat(inDoubt().due(moment, ASK_ONLY).action()).isEqualTo(CONFIRM);
      for (Report report : Report.values()) {
        assertThat(SENDS)
            .doesNotContain(inDoubt().next(report, moment, ASK_ONLY).action());
        assertThat(SENDS)
            .doesNotContain(Stage.first().next(report, moment, ASK_ONLY).action());
      }
      assertThat(inDoubt().next(Report.NOT_FOUND, moment, ASK_ONLY).action()).isEqualTo(WAIT);
    }
  }

  @Test
  void a_harmless_call_is_repeated_and_then_given_back() {
    assertThat(inDoubt().due(EARLY, REPEAT).action()).isEqualTo(RESEND);
    Policy once = new Policy(1, true, false, Doubt.REPEAT, false);
    assertThat(inDoubt().due(EARLY, once).action()).isEqualTo(RELEASE);
  }

  @Test
  void a_harmless_call_keeps_its_order_while_a_send_may_come_in() {
    Policy locks = new Policy(1, true, false, Doubt.REPEAT, true);
    assertThat(inDoubt().due(DEADLINE, locks).action()).isEqualTo(WAIT);
    assertThat(inDoubt().due(WINDOW_OVER, locks).action()).isEqualTo(RELEASE);
  }

  private static Stage held() {
    return after(Stage.first(), Report.BUSY);
  }

  @Test
  void a_passing_refusal_is_held_then_sent_again() {
    assertThat(held().word()).isEqualTo("HELD");
    assertThat(held().due(EARLY, USUAL).action()).isEqualTo(RESEND);
    assertThat(held().due(EARLY, USUAL).next().history().sendsInDoubt()).isEqualTo(1);
  }

  @Test
  void a_passing_refusal_is_released_when_no_caller_waits() {
    assertThat(held().due(CALLERS_GONE, USUAL).action()).isEqualTo(RELEASE);
    assertThat(tell(Stage.first(), Report.BUSY, CALLERS_GONE).action()).isEqualTo(RELEASE);
    assertThat(tell(Stage.first(), Report.REFUSED_FOR_NOW, EARLY).action()).isEqualTo(RELEASE);
  }

  @Test
  void a_mended_cause_is_sent_again_once() {
    Decision again = tell(Stage.first(), Report.REMEDIED, EARLY);
    assertThat(again.action()).isEqualTo(RESEND);
    assertThat(tell(again.next(), Report.REMEDIED, EARLY).action()).isEqualTo(RELEASE);
  }

  @Test
  void a_send_that_never_left_is_not_counted() {
    assertThat(tell(Stage.first(), Report.UNSENT, EARLY).action()).isEqualTo(RELEASE);
    assertThat(after(secondSend(), Report.UNSENT)).isEqualTo(inDoubt());
  }

  private static Decision dueThen(Stage stage, Deadlines moment) {
    return stage.due(moment, REPEAT_THEN_ASK);
  }

  @Test
  void what_may_be_repeated_is_sent_as_often_as_allowed_and_then_asked_about() {
    Decision second = dueThen(inDoubt(), EARLY);
    assertThat(second.action()).isEqualTo(RESEND);
    Stage twice = second.next().next(Report.UNKNOWN, EARLY, REPEAT_THEN_ASK).next();
    Decision third = dueThen(twice, EARLY);
    assertThat(third.action()).isEqualTo(RESEND);
    Stage thrice = third.next().next(Report.UNKNOWN, EARLY, REPEAT_THEN_ASK).next();
    assertThat(dueThen(thrice, EARLY).action()).isEqualTo(CONFIRM);
    assertThat(dueThen(thrice, ALL_OVER).action()).as("never given back").isEqualTo(CONFIRM);
  }

  @Test
  void what_may_be_repeated_is_not_once_the_platform_has_shown_it_or_an_end_is_near() {
    assertThat(dueThen(inDoubt().aborted(), EARLY).action()).isEqualTo(CONFIRM);
    assertThat(dueThen(inDoubt(), DEADLINE).action()).isEqualTo(CONFIRM);
    for (Report sign : List.of(Report.PROCESSING, Report.FOREIGN, Report.ID_IN_USE)) {
      Stage shown = Stage.first().next(sign, EARLY, REPEAT_THEN_ASK).next();
      assertThat(dueThen(sign == Report.FOREIGN ? after(inDoubt(), sign) : shown, EARLY)
              .action())
          .as(sign.name())
          .isEqualTo(CONFIRM);
    }
    Stage paidElsewhere =
        Stage.first().next(Report.ALREADY_PAID, EARLY, REPEAT_THEN_ASK).next();
    assertThat(dueThen(paidElsewhere, EARLY).action()).isEqualTo(CONFIRM);
  }

  @Test
  void that_a_query_does_not_show_what_may_be_repeated_proves_nothing() {
    for (Deadlines moment : List.of(EARLY, WINDOW_OVER, DEADLINE, ALL_OVER)) {
      for (Stage stage : List.of(inDoubt(), attention())) {
        Decision answered = stage.next(Report.NOT_FOUND, moment, REPEAT_THEN_ASK);
        assertThat(answered.action()).as("%s %s", stage, moment).isEqualTo(WAIT);
      }
    }
    assertThat(
            inDoubt().next(Report.NOT_FOUND, DEADLINE, REPEAT_THEN_ASK).next().word())
        .isEqualTo("ATTENTION");
    assertThat(inDoubt().next(Report.PAID, EARLY, REPEAT_THEN_ASK).action()).isEqualTo(SETTLE_PAID);
    assertThat(inDoubt().next(Report.FAILED, WINDOW_OVER, REPEAT_THEN_ASK).action())
        .as("never under another id")
        .isEqualTo(SETTLE_UNPAID);
  }

  @Test
  void a_no_to_what_may_be_repeated_is_not_the_last_word_where_a_send_may_be_forgotten() {
    Policy doubted = new Policy(3, true, false, Doubt.REPEAT_THEN_ASK, true, false, true);
    Decision answered = Stage.first().next(Report.REFUSED, EARLY, doubted);
    assertThat(answered.next().word()).isEqualTo("IN_DOUBT");
    assertThat(answered.next().due(EARLY, doubted).action()).isEqualTo(CONFIRM);
  }

  @Test
  void a_history_of_a_newer_program_is_an_error_not_ignored() {
    assertThatThrownBy(() -> History.decode("1.1.1.z")).hasMessageContaining("not a history");
    assertThatThrownBy(() -> History.decode("1.1.1")).hasMessageContaining("not a history");
    assertThatThrownBy(() -> Stage.read("LIMBO", "1.1.1.")).hasMessageContaining("not a stage");
  }

  @Test
  void money_that_moved_in_another_amount_stays_known_where_the_ledger_went_back() {
    assertThat(new OtherAmount(History.FIRST).doubted().isOtherAmount()).isTrue();
  }
}
