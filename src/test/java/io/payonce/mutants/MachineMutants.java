package io.payonce.mutants;

import java.util.List;

/** Rules of the recovery machine. */
final class MachineMutants {
  private static final String RULE = "java/io/payonce/rule/";
  private static final String TEST = "io.payonce.rule.";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "an operator's 'unpaid' waits for every send's window",
          "java/io/payonce/recovery/Resolution.java",
          "if (!moment.windowOver()) {",
          "if (false) {",
          "io.payonce.recovery.ResolutionTest"),
      new Mutant(
          "what the platform says is paid no operator calls unpaid",
          "java/io/payonce/recovery/Resolution.java",
          "if (shown == Report.PAID || shown == Report.DONE) {",
          "if (false) {",
          "io.payonce.recovery.ResolutionTest"),
      new Mutant(
          "what the platform says is unpaid no operator calls paid",
          "java/io/payonce/recovery/Resolution.java",
          "return shown.isUnpaid() ? refused(",
          "return false ? refused(",
          "io.payonce.recovery.ResolutionTest"),
      new Mutant(
          "nothing is sent of what a ledger remembers that has gone back",
          "java/io/payonce/recovery/CommonDecisions.java",
          "&& !policy.doubted()",
          "",
          "io.payonce.recovery.StageRulesTest#what_a_ledger_remembers_that_has_gone_back_is_asked_about_and_never_sent"),
      new Mutant(
          "a failure that a forgotten id may have mended is asked about under that id",
          "java/io/payonce/recovery/CommonDecisions.java",
          "report == Report.FAILED && policy.reissuedUnknown()",
          "false",
          "io.payonce.recovery.StageRulesTest#a_failure_that_a_forgotten_reissued_id_may_have_mended_is_asked_about_under_that_id"),
      new Mutant(
          "a first send's refusal is not a forgotten send's",
          "java/io/payonce/recovery/Sending.java",
          "NOES.contains(report) && mayBeForgotten(moment, policy)",
          "false",
          "io.payonce.flow.ForgottenTest"
              + "#what_its_first_send_is_refused_says_nothing_of_a_forgotten_one"),
      new Mutant(
          "a page that is forgotten may be open though its repeat is refused",
          "java/io/payonce/recovery/Sending.java",
          "policy.mayShowASend() || moment.page().isPage()",
          "policy.mayShowASend()",
          "io.payonce.flow.ForgottenTest"
              + "#a_page_that_is_forgotten_may_be_open_though_its_repeat_is_refused"),
      new Mutant(
          "a first send's failure may be a forgotten send's",
          "java/io/payonce/recovery/Sending.java",
          "(history.generation() > 1 || policy.reissuedUnknown())",
          "history.generation() > 1",
          "io.payonce.flow.ForgottenTest"
              + "#what_its_first_send_is_answered_may_be_the_answer_to_a_forgotten_one"),
      new Mutant(
          "sends that are forgotten keep a failure from being the last word",
          "java/io/payonce/recovery/History.java",
          "Math.max(2, sendsInDoubt)",
          "sendsInDoubt",
          "io.payonce.recovery.StageRulesTest#what_a_ledger_remembers_that_has_gone_back_is_asked_about_and_never_sent"),
      new Mutant(
          "what is forgotten may have been refused, too",
          "java/io/payonce/recovery/History.java",
          ".without(Mark.OWNED, Mark.ID_IN_USE, Mark.ORDER_PAID_ELSEWHERE)",
          "",
          "io.payonce.recovery.HistoryTest#what_is_learnt_adds_a_mark_and_leaves_the_others"),
      new Mutant(
          "what a former id showed says nothing of the next one",
          "java/io/payonce/recovery/History.java",
          "marks.only(Mark.OPENED, Mark.ABORTED)",
          "marks",
          "io.payonce.recovery.HistoryTest#what_is_learnt_adds_a_mark_and_leaves_the_others"),
      new Mutant(
          "no record changes its shard",
          "java/io/payonce/model/Shards.java",
          "COUNT = 256;",
          "COUNT = 255;",
          "io.payonce.model.ShardsTest#a_merchant_keeps_its_shard_for_ever"),
      new Mutant(
          "a send's window is ten minutes, and more for the clocks",
          "java/io/payonce/model/Intent.java",
          "Duration.ofSeconds(630)",
          "Duration.ofSeconds(600)",
          "io.payonce.model.ShardsTest"),
      new Mutant(
          "each mark keeps the letter that every version wrote",
          "java/io/payonce/recovery/Mark.java",
          "OWNED('o',",
          "OWNED('w',",
          "io.payonce.recovery.HistoryTest#every_letter_is_one_mark"),
      new Mutant(
          "a payment in doubt has a deadline",
          "java/io/payonce/recovery/InDoubt.java",
          "return moment.deadlineOver() ? new Attention(history) : new InDoubt(history);",
          "return new InDoubt(history);",
          "io.payonce.recovery.StageRulesTest"),
      new Mutant(
          "a harmless call keeps its order while a send of it may come in",
          "java/io/payonce/recovery/InDoubt.java",
          "return policy.locks() && !moment.windowOver()",
          "return false",
          "io.payonce.recovery.StageRulesTest#a_harmless_call_keeps_its_order_while_a_send_may_come_in"),
      new Mutant(
          "a 'no' settles only with no earlier send in doubt",
          "java/io/payonce/recovery/Sending.java",
          "answered.noSendInDoubt() ? turnedDown(",
          "true ? turnedDown(",
          "io.payonce.recovery.StageRulesTest#a_no_settles_only_when_no_earlier_send_is_in_doubt"),
      new Mutant(
          "'busy' frees only with no earlier send in doubt",
          "java/io/payonce/recovery/Sending.java",
          "answered.noSendInDoubt() ? pause(",
          "true ? pause(",
          "io.payonce.recovery.StageRulesTest#a_no_settles_only_when_no_earlier_send_is_in_doubt"),
      new Mutant(
          "a mended refusal is sent again only with no earlier send in doubt",
          "java/io/payonce/recovery/Sending.java",
          "answered.noSendInDoubt() ? remedied(",
          "true ? remedied(",
          "io.payonce.recovery.StageRulesTest#a_no_settles_only_when_no_earlier_send_is_in_doubt"),
      new Mutant(
          "a refusal for now frees only with no earlier send in doubt",
          "java/io/payonce/recovery/Sending.java",
          "answered.noSendInDoubt() ? give(answered)",
          "true ? give(answered)",
          "io.payonce.recovery.StageRulesTest#a_no_settles_only_when_no_earlier_send_is_in_doubt"),
      new Mutant(
          "'not sent' is said only with no earlier send in doubt",
          "java/io/payonce/recovery/Sending.java",
          "answered.noSendInDoubt() ? unsent()",
          "true ? unsent()",
          "io.payonce.recovery.StageRulesTest#a_no_settles_only_when_no_earlier_send_is_in_doubt"),
      new Mutant(
          "silence after a send is in doubt",
          "java/io/payonce/recovery/Sending.java",
          "case NOT_FOUND, FOREIGN, UNKNOWN -> doubt(history, \"this send may have been executed\")",
          "case NOT_FOUND, FOREIGN, UNKNOWN -> give(history)",
          "io.payonce.recovery.StageRulesTest#silence_after_a_send_is_confirmed_not_refused"),
      new Mutant(
          "an unanswered send stays unaccounted for",
          "java/io/payonce/recovery/Sending.java",
          "doubt(history, \"this send may have been executed\")",
          "doubt(answered, \"this send may have been executed\")",
          "io.payonce.recovery.StageRulesTest#a_refused_send_leaves_the_earlier_one_alone_in_doubt"),
      new Mutant(
          "a takeover does not trust that nothing left",
          "java/io/payonce/recovery/Sending.java",
          "return doubt(history, \"its worker fell silent: the send may have left\")",
          "return give(history)",
          "io.payonce.recovery.StageRulesTest#a_worker_that_fell_silent_leaves_a_payment_in_doubt"),
      new Mutant(
          "a direct F or C waits for the earlier send",
          "java/io/payonce/recovery/Sending.java",
          "return answered.noSendInDoubt() ? unpaid(",
          "return true ? unpaid(",
          "io.payonce.recovery.StageRulesTest#f_and_c_wait_for_the_last_send_of_their_id"),
      new Mutant(
          "a second send's F is remembered as its own",
          "java/io/payonce/recovery/Sending.java",
          ": doubt(answered.withOwned(),",
          ": doubt(answered,",
          "io.payonce.recovery.StageRulesTest#a_second_sends_own_f_does_not_account_for_the_first"),
      new Mutant(
          "an open answer is noted as open",
          "java/io/payonce/recovery/Sending.java",
          "new Open(answered.withOwned().withOpened())",
          "new InDoubt(answered)",
          "io.payonce.recovery.StageRulesTest#no_new_attempt_after_open"),
      new Mutant(
          "C06 passes only for the payment's only send",
          "java/io/payonce/recovery/Sending.java",
          "answered.noSendInDoubt() ? history.withIdInUse() : history.withSeen()",
          "history.withIdInUse()",
          "io.payonce.recovery.StageRulesTest#c06_of_a_later_send_is_never_passed_on"),
      new Mutant(
          "C06 not shown stays in doubt",
          "java/io/payonce/recovery/History.java",
          "return withSeen().with(Mark.ID_IN_USE);",
          "return with(Mark.ID_IN_USE);",
          "io.payonce.recovery.StageRulesTest#c06_not_shown_stays_in_doubt"),
      new Mutant(
          "C06 that showed ours is ours",
          "java/io/payonce/recovery/History.java",
          "return withSeen().without(Mark.ID_IN_USE);",
          "return withSeen();",
          "io.payonce.recovery.StageRulesTest#c06_that_showed_ours_is_not_passed_on_as_anothers"),
      new Mutant(
          "C10 passes only for the payment's only send",
          "java/io/payonce/recovery/Sending.java",
          "answered.noSendInDoubt() ? answered.withOrderPaidElsewhere() : answered.withSeen()",
          "answered.withOrderPaidElsewhere()",
          "io.payonce.recovery.StageRulesTest#c10_not_shown_is_passed_on_only_for_the_only_send"),
      new Mutant(
          "C10 that showed ours is ours",
          "java/io/payonce/recovery/History.java",
          "return has(Mark.ORDER_PAID_ELSEWHERE) && !has(Mark.SEEN);",
          "return has(Mark.ORDER_PAID_ELSEWHERE);",
          "io.payonce.recovery.StageRulesTest#c10_that_showed_ours_is_not_passed_on_at_a_lag"),
      new Mutant(
          "a mended cause is tried once",
          "java/io/payonce/recovery/Sending.java",
          "!answered.has(Mark.REMEDIED) && maySend(",
          "maySend(",
          "io.payonce.recovery.StageRulesTest#a_mended_cause_is_sent_again_once"),
      new Mutant(
          "a send that never left is not counted",
          "java/io/payonce/recovery/History.java",
          "sends - 1, sendsInDoubt - 1,",
          "sends, sendsInDoubt - 1,",
          "io.payonce.recovery.StageRulesTest#a_send_that_never_left_is_not_counted"),
      new Mutant(
          "a send that never left is not in doubt",
          "java/io/payonce/recovery/Sending.java",
          "earlier(history.unsent())",
          "earlier(history)",
          "io.payonce.recovery.StageRulesTest#a_send_that_never_left_is_not_counted"),
      new Mutant(
          "'not found' is not unpaid before the windows are over",
          "java/io/payonce/recovery/InDoubt.java",
          "return moment.windowOver() ? unpaid(",
          "return true ? unpaid(",
          "io.payonce.recovery.StageRulesTest#not_found_is_not_unpaid_before_every_window_is_over"),
      new Mutant(
          "'not found' after something was shown is a lag",
          "java/io/payonce/recovery/InDoubt.java",
          "history.has(Mark.SEEN) || !policy.trustsAbsence()",
          "!policy.trustsAbsence()",
          "io.payonce.recovery.StageRulesTest#not_found_once_something_was_shown_is_a_lag"),
      new Mutant(
          "what cannot be asked about is never 'not found'",
          "java/io/payonce/recovery/InDoubt.java",
          "history.has(Mark.SEEN) || !policy.trustsAbsence()",
          "history.has(Mark.SEEN)",
          "io.payonce.recovery.StageRulesTest#an_irreversible_call_is_asked_about_and_never_sent_again"),
      new Mutant(
          "without idempotency a send is alone on the wire",
          "java/io/payonce/recovery/InDoubt.java",
          "moment.windowOver() == policy.resendAfterWindow()",
          "true",
          "io.payonce.recovery.StageRulesTest#without_idempotency_a_send_leaves_only_after_the_window_of_the_others"),
      new Mutant(
          "P on a confirm is a sign of life",
          "java/io/payonce/recovery/InDoubt.java",
          "case PROCESSING -> later(stay(history.withShown(), moment)",
          "case PROCESSING -> later(stay(history, moment)",
          "io.payonce.recovery.StageRulesTest#i_and_p_on_a_confirm_wait_and_never_resend"),
      new Mutant(
          "I on a confirm waits",
          "java/io/payonce/recovery/InDoubt.java",
          "later(new Open(history.withShown().withOpened()), \"the platform has it open\")",
          "CommonDecisions.resend(history, \"\")",
          "io.payonce.recovery.StageRulesTest#i_and_p_on_a_confirm_wait_and_never_resend"),
      new Mutant(
          "I on a confirm opens",
          "java/io/payonce/recovery/InDoubt.java",
          "new Open(history.withShown().withOpened())",
          "stay(history.withShown(), moment)",
          "io.payonce.recovery.StageRulesTest#no_new_attempt_after_open"),
      new Mutant(
          "F that waits is a sign of life",
          "java/io/payonce/recovery/InDoubt.java",
          "ended(this, report, moment, policy, stay(history.withShown(), moment))",
          "ended(this, report, moment, policy, stay(history, moment))",
          "io.payonce.recovery.StageRulesTest#not_found_once_something_was_shown_is_a_lag"),
      new Mutant(
          "another's transaction is a sign of the id",
          "java/io/payonce/recovery/InDoubt.java",
          "foreign(this, stay(history.withSeen(), moment))",
          "foreign(this, stay(history, moment))",
          "io.payonce.recovery.StageRulesTest#another_payments_transaction_under_our_id_is_never_sent_again"),
      new Mutant(
          "doubt has a deadline",
          "java/io/payonce/recovery/InDoubt.java",
          "moment.deadlineOver() ? new Attention(history) : new InDoubt(history)",
          "new InDoubt(history)",
          "io.payonce.recovery.StageRulesTest#doubt_has_a_deadline"),
      new Mutant(
          "OPEN has a deadline",
          "java/io/payonce/recovery/Open.java",
          "moment.deadlineOver() ? new Attention(history) : this",
          "this",
          "io.payonce.recovery.StageRulesTest#open_has_a_deadline"),
      new Mutant(
          "ATTENTION never sends when due",
          "java/io/payonce/recovery/Attention.java",
          "new Decision(Action.CONFIRM, this, \"needs review\")",
          "CommonDecisions.resend(history, \"\")",
          "io.payonce.recovery.StageRulesTest#attention_never_sends"),
      new Mutant(
          "ATTENTION never sends on 'not found'",
          "java/io/payonce/recovery/Attention.java",
          "case NOT_FOUND -> notFound(moment, policy)",
          "case NOT_FOUND -> CommonDecisions.resend(history, \"\")",
          "io.payonce.recovery.StageRulesTest#attention_never_sends"),
      new Mutant(
          "ATTENTION waits for the windows",
          "java/io/payonce/recovery/Attention.java",
          "moment.windowOver() && !history.has(Mark.SEEN)",
          "!history.has(Mark.SEEN)",
          "io.payonce.recovery.StageRulesTest#not_found_is_not_unpaid_before_every_window_is_over"),
      new Mutant(
          "ATTENTION remembers what was shown",
          "java/io/payonce/recovery/Attention.java",
          "case INITIAL, PROCESSING -> later(shown(),",
          "case INITIAL, PROCESSING -> later(this,",
          "io.payonce.recovery.StageRulesTest#an_operator_keeps_what_was_shown_before_a_lag"),
      new Mutant(
          "ATTENTION knows a lag",
          "java/io/payonce/recovery/Attention.java",
          "moment.windowOver() && !history.has(Mark.SEEN) && policy.trustsAbsence()",
          "moment.windowOver() && policy.trustsAbsence()",
          "io.payonce.recovery.StageRulesTest#an_operator_keeps_what_was_shown_before_a_lag"),
      new Mutant(
          "only a payment in doubt gets a reissued id",
          "java/io/payonce/recovery/CommonDecisions.java",
          "return stage instanceof InDoubt && policy.reissues()",
          "return policy.reissues()",
          "io.payonce.recovery.StageRulesTest#attention_never_sends"),
      new Mutant(
          "no reissued id after OPEN or ATTENTION",
          "java/io/payonce/recovery/CommonDecisions.java",
          "return stage instanceof InDoubt && policy.reissues() && !stage.history().has(Mark.OPENED)",
          "return policy.reissues()",
          "io.payonce.recovery.StageRulesTest#no_new_attempt_after_open"),
      new Mutant(
          "reissue can be switched off",
          "java/io/payonce/recovery/CommonDecisions.java",
          "&& policy.reissues()",
          "",
          "io.payonce.recovery.StageRulesTest#reissue_can_be_switched_off"),
      new Mutant(
          "an abort stops all sending",
          "java/io/payonce/recovery/CommonDecisions.java",
          "&& !history.has(Mark.ABORTED)",
          "",
          "io.payonce.recovery.StageRulesTest#nothing_is_sent_after_an_abort"),
      new Mutant(
          "sends are limited",
          "java/io/payonce/recovery/CommonDecisions.java",
          "&& history.sends() < policy.maxSends()",
          "",
          "io.payonce.recovery.StageRulesTest#sends_are_limited_over_all_ids"),
      new Mutant(
          "sends of all ids count",
          "java/io/payonce/recovery/History.java",
          "generation + 1, sends + 1, 1,",
          "generation + 1, 1, 1,",
          "io.payonce.recovery.StageRulesTest#sends_are_limited_over_all_ids"),
      new Mutant(
          "nothing is sent after the deadline",
          "java/io/payonce/recovery/CommonDecisions.java",
          "&& !moment.deadlineOver()",
          "",
          "io.payonce.recovery.StageRulesTest#nothing_is_sent_after_the_deadline"),
      new Mutant(
          "an irreversible call is never sent again",
          "java/io/payonce/recovery/CommonDecisions.java",
          "return policy.resends() &&",
          "return true &&",
          "io.payonce.recovery.StageRulesTest#an_irreversible_call_is_asked_about_and_never_sent_again"),
      new Mutant(
          "F and C wait for every send of the id",
          "java/io/payonce/recovery/History.java",
          "moment.windowOver() || sendsInDoubt <= (has(Mark.OWNED) ? 0 : 1)",
          "true",
          "io.payonce.recovery.StageRulesTest#f_and_c_wait_for_the_last_send_of_their_id"),
      new Mutant(
          "an answered send's F is not another send's",
          "java/io/payonce/recovery/History.java",
          "(has(Mark.OWNED) ? 0 : 1)",
          "1",
          "io.payonce.recovery.StageRulesTest#a_second_sends_own_f_does_not_account_for_the_first"),
      new Mutant(
          "after the windows F and C are final",
          "java/io/payonce/recovery/History.java",
          "moment.windowOver() || sendsInDoubt",
          "sendsInDoubt",
          "io.payonce.recovery.StageRulesTest#f_and_c_wait_for_the_last_send_of_their_id"),
      new Mutant(
          "only F without a reason allows a reissued id",
          "java/io/payonce/recovery/FinalUnpaid.java",
          "report == Report.FAILED && history",
          "history",
          "io.payonce.recovery.StageRulesTest#a_reissued_id_needs_a_final_f_of_the_old_one"),
      new Mutant(
          "a reissued id refused for now is the former's end",
          "java/io/payonce/recovery/CommonDecisions.java",
          "return history.generation() == 1 ? new Decision(RELEASE",
          "return true ? new Decision(RELEASE",
          "io.payonce.recovery.StageRulesTest#a_reissued_id_is_refused_as_the_unpaid_end_of_the_former"),
      new Mutant(
          "a reissued id refused for good is the former's end",
          "java/io/payonce/recovery/CommonDecisions.java",
          "return stage.history().generation() == 1 ? refused",
          "return true ? refused",
          "io.payonce.recovery.StageRulesTest#a_reissued_id_is_refused_as_the_unpaid_end_of_the_former"),
      new Mutant(
          "a held payment ends with its wait budget",
          "java/io/payonce/recovery/Held.java",
          "!moment.callersGone() && maySend",
          "maySend",
          "io.payonce.recovery.StageRulesTest#a_passing_refusal_is_released_when_no_caller_waits"),
      new Mutant(
          "paid is believed while held",
          "java/io/payonce/recovery/Held.java",
          "case PAID -> paid(this);",
          "case PAID -> later(this, \"nothing is on the wire\");",
          "io.payonce.recovery.StageRulesTest#paid_is_believed_in_every_stage"));

  private MachineMutants() {}
}
