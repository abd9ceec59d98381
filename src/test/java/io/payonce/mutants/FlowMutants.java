package io.payonce.mutants;

import java.util.List;

/** Rules that the order of steps keeps. */
final class FlowMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String TOLD = "io.payonce.flow.UnwrittenAnswerTest";
  private static final String CLOCKS = "io.payonce.flow.WindowClocksTest";
  private static final String RESULTS = "io.payonce.flow.engine.ResultReplyTest";
  private static final String DERIVED = "io.payonce.flow.ReissuedIdTest";
  private static final String AFTER = "io.payonce.flow.RetryAfterTest";
  private static final String SENT = "io.payonce.flow.NothingSentTest";
  private static final String OPEN = "io.payonce.flow.OpenAnswersTest";
  private static final String DECIDED = "io.payonce.flow.operator.ResolveFlowTest";
  private static final String WORLD =
      "io.payonce.world.FewWorldsTest#no_world_of_few_breaks_a_rule";

  private static final String FOLLOW = "io.payonce.flow.FollowUpTest";
  private static final String PAGES = "io.payonce.world.PagesTest";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "only 'paid' is answered before it is written",
          CODE + "flow/engine/PaymentEngine.java",
          "outcome == Outcome.PAID && isSilence(failure) ? paidUnwritten(work, step, settlement, ended)",
          "true ? paidUnwritten(work, step, settlement, ended)",
          "io.payonce.flow.PaidBindsTest#an_unpaid_end_is_not_answered_before_it_is_written"),
      new Mutant(
          "a second charge is noted also where the end is written late",
          CODE + "flow/engine/PaymentEngine.java",
          ".compose(done -> chargedAgain(work, step, close))));",
          "));",
          "io.payonce.flow.PaidBindsTest#a_second_charge_is_noted_also_when_the_ledger_was_away_as_it_was_answered"),
      new Mutant(
          "a follow-up whose original has begun since waits for it as if it had found it",
          CODE + "flow/PaymentFlow.java",
          "return lookUpOriginal(checked) .compose(this::found) .compose(this::clearUp) .compose(this::admit)",
          "return admit(admitted.named())",
          "io.payonce.flow.LateOriginalTest"),
      new Mutant(
          "a refund of an order waits for who has moved its money and has not ended",
          CODE + "flow/PaymentFlow.java",
          "return named.followed().original() != null",
          "return true",
          "io.payonce.flow.PaidBindsTest#a_refund_of_an_order_waits_for_who_has_moved_its_money_and_has_not_ended"),
      new Mutant(
          "who is under way is asked about by its own worker",
          CODE + "flow/engine/UndoneOrders.java",
          "return !payer.isEnded() && payer.otherAmount() == null;",
          "return false;",
          "io.payonce.flow.LateOriginalTest"),
      new Mutant(
          "what follows on a payment is not sent again while that is open",
          CODE + "flow/engine/PaymentEngine.java",
          "found.filter(each -> mustEndFirst(each, work)).isPresent()",
          "found.filter(each -> false).isPresent()",
          "io.payonce.flow.LateOriginalTest"),
      new Mutant(
          "a void of what moved another amount need not wait",
          CODE + "flow/engine/PaymentEngine.java",
          "&& (original.otherAmount() == null || work.operation() != Operation.VOID);",
          ";",
          "io.payonce.flow.LateOriginalTest"),
      new Mutant(
          "only a void of what moved another amount need not wait",
          CODE + "flow/engine/PaymentEngine.java",
          "&& (original.otherAmount() == null || work.operation() != Operation.VOID);",
          "&& original.otherAmount() == null;",
          "io.payonce.flow.LateOriginalTest"),
      new Mutant(
          "that there was a second charge is written once the ledger is back",
          CODE + "flow/engine/PaymentEngine.java",
          "return writes .movedAgain( work.id(), work.ref().order(), TimelineWords.again(((Answer.Spoken) step.answer()).envelope()), step.event(work).encode())",
          "return ledger .paidAgain( work.id(), work.ref().order(), TimelineWords.again(((Answer.Spoken) step.answer()).envelope()), step.event(work).encode())",
          "io.payonce.flow.PaidBindsTest#a_second_charge_is_noted_also_when_the_ledger_was_away_as_it_was_answered"),
      new Mutant(
          "a settled void gives the order back",
          CODE + "flow/engine/PaymentEngine.java",
          "= undone.by(work);",
          "= Future.succeededFuture();",
          FOLLOW + "#a_settled_void_gives_the_order_back"),
      new Mutant(
          "only a payer that is wholly undone is taken out",
          CODE + "json/RelatedScan.java",
          "Set.of(\"VOIDED\", \"REFUNDED\")",
          "Set.of(\"VOIDED\", \"REFUNDED\", \"PART_REFUNDED\")",
          FOLLOW + "#refunds_that_come_up_to_the_whole_give_the_order_back_and_parts_do_not"),
      new Mutant(
          "the void of a void takes the order",
          CODE + "flow/OriginalLookup.java",
          "|| undoing.operation() == Operation.VOID)",
          ")",
          "io.payonce.flow.FollowUpTest"),
      new Mutant(
          "the void of a refund takes the order",
          CODE + "flow/OriginalLookup.java",
          "boolean undone = operation == Operation.VOID",
          "boolean undone = operation == Operation.AUTH",
          FOLLOW + "#the_void_of_a_refund_takes_the_order_and_pays_it_again"),
      new Mutant(
          "the void of a payment in doubt is noted like an abort",
          CODE + "flow/OriginalFirst.java",
          "return caller.operation() == Operation.VOID",
          "return caller.operation() == Operation.AUTH",
          FOLLOW
              + "#a_void_of_a_payment_in_doubt_stops_its_sends_and_is_never_answered_that_there_is_none"),
      new Mutant(
          "an unsettled original is cleared up first",
          CODE + "flow/OriginalFirst.java",
          "if (original == null || isDone(original)) {",
          "if (true) {",
          FOLLOW + "#a_follow_up_of_an_open_payment_is_not_sent_and_its_id_is_not_burnt"),
      new Mutant(
          "what depends on an original gives the id back",
          CODE + "codes/Classification.java",
          "if (code.dependsOnOriginal() && expected.operation().follows()) {",
          "if (false) {",
          FOLLOW + "#what_the_platform_refuses_for_how_an_original_stands_may_come_again"),
      new Mutant(
          "a refund of an order takes its payer's lock",
          CODE + "flow/OriginalLookup.java",
          "return standing.holder() != null || payers.isEmpty()",
          "return true",
          FOLLOW + "#a_refund_of_the_order_keeps_others_out_as_well"),
      new Mutant(
          "a second refund without an original is refused",
          CODE + "flow/OriginalLookup.java",
          "new Followed(null, lock, body, new Voided(own, own), null)",
          "new Followed(null, lock, body, null, null)",
          FOLLOW + "#a_second_refund_without_an_original_is_refused_where_merchants_want_it"),
      new Mutant(
          "a stale worker's 'no' is answered to no caller",
          CODE + "flow/engine/PaymentEngine.java",
          "boolean isLost = close instanceof CloseResult.Stale && ended.outcome() != Outcome.PAID;",
          "boolean isLost = false;",
          TOLD + "#a_stale_workers_no_is_answered_to_no_caller"),
      new Mutant(
          "what another worker has written is read and answered",
          CODE + "flow/engine/PaymentEngine.java",
          "if (close instanceof CloseResult.Already) {",
          "if (false) {",
          TOLD + "#what_another_worker_has_written_is_read_and_answered"),
      new Mutant(
          "what reports to the caller's own hook is never sent under a reissued id",
          CODE + "flow/engine/RetryTiming.java",
          "&& (!isAnsweredElsewhere(work) || mayHaveBeenOurs(work)),",
          ",",
          "io.payonce.flow.engine.RetryTimingTest"),
      new Mutant(
          "a body refused at the door says nothing of what an earlier call sent",
          CODE + "flow/RequestValidation.java",
          "known.isPresent() ? refusal.sends(0) :",
          "",
          SENT + "#a_refused_body_says_no_only_when_its_id_was_never_seen"),
      new Mutant(
          "a body that names no payment proves nothing",
          CODE + "flow/RequestValidation.java",
          "if (fields == null) { return Future.succeededFuture(refusal.sends(0));",
          "if (fields == null) { return Future.succeededFuture(refusal.neverSent());",
          SENT + "#a_body_that_names_no_payment_proves_nothing"),
      new Mutant(
          "without the ledger 'nothing was sent' is said of this call only",
          CODE + "flow/port/Outbound.java",
          "Sent.NOT_BY_THIS_CALL, 0, outcome)",
          "Sent.NO, 0, outcome)",
          SENT + "#without_the_ledger_it_is_said_of_this_call_only"),
      new Mutant(
          "who is turned away unread has no proof that nothing was ever sent",
          CODE + "flow/port/Outbound.java",
          "Sent.NOT_BY_THIS_CALL, CallOutcome.CROWDED,",
          "Sent.NO, CallOutcome.CROWDED,",
          SENT + "#who_is_turned_away_unread_is_answered_about_this_call_only"),
      new Mutant(
          "a question or an abort that met no ledger says nothing of its payment",
          CODE + "flow/port/Outbound.java",
          "call sent nothing, call again\", Sent.UNKNOWN,",
          "call sent nothing, call again\", Sent.NOT_BY_THIS_CALL,",
          SENT + "#an_abort_that_is_not_sent_says_nothing_of_its_payment"),
      new Mutant(
          "an abort that nobody could send says nothing of the payment it was to stop",
          CODE + "flow/port/Outbound.java",
          "originalTransactionRequestId\", Sent.UNKNOWN,",
          "originalTransactionRequestId\", Sent.NOT_BY_THIS_CALL,",
          SENT + "#an_abort_that_is_not_sent_says_nothing_of_its_payment"),
      new Mutant(
          "another body under a used id is not answered that nothing was sent",
          CODE + "flow/InTheWay.java",
          ".sends(0); // what came of that request is not this caller's",
          ".neverSent();",
          SENT + "#another_body_under_a_used_id_gets_no_proof"),
      new Mutant(
          "a refusal after a life that was sent is no proof",
          CODE + "flow/CallerReplies.java",
          "return sends > 0 ? refusal.sends(sends) :",
          "return false ? refusal :",
          SENT + "#a_refusal_after_a_life_that_was_sent_is_no_proof"),
      new Mutant(
          "what no id joins to its repeats speaks for itself alone",
          CODE + "flow/PaymentFlow.java",
          ".map(out -> named(inbound) ? out : out.ofThisCall());",
          ".map(out -> out);",
          SENT + "#a_call_without_an_id_speaks_for_itself_alone"),
      new Mutant(
          "no window ends by the ledger's clock alone",
          CODE + "flow/engine/RetryTiming.java",
          "return lives && !moment.windowOver() ? moment :",
          "return true ? moment :",
          CLOCKS + "#a_ledger_whose_clock_jumps_ahead_ends_no_window"),
      new Mutant(
          "no window ends by the platform's clock alone",
          CODE + "recovery/Window.java",
          "return ledgerMillis >= MILLIS && othersMillis() >= MILLIS;",
          "return othersMillis() >= MILLIS;",
          "io.payonce.recovery.WindowTest"),
      new Mutant(
          "without the platform's Date it is our own time that counts",
          CODE + "recovery/Window.java",
          "return platformMillis == null ? seenMillis : platformMillis;",
          "return platformMillis == null ? ledgerMillis : platformMillis;",
          "io.payonce.recovery.WindowTest"),
      new Mutant(
          "what a process has seen is counted from the first time",
          CODE + "flow/port/Sightings.java",
          "firstSeen.putIfAbsent(",
          "firstSeen.put(",
          CLOCKS + "#a_platform_without_a_date_is_believed_once_this_process_has_waited_as_long"),
      new Mutant(
          "a call without a status that is in doubt is not answered as accepted",
          CODE + "flow/CallerReplies.java",
          "return caller.operation().hasResult() ?",
          "return false ?",
          RESULTS + "#an_outcome_that_is_not_known_is_not_answered_as_done"),
      new Mutant(
          "how a call stands is not its result",
          CODE + "flow/engine/StoredReply.java",
          "return outcome == Outcome.RELEASED || ResultReply.isAnswerable(work.operation(), last) ?",
          "return true ?",
          RESULTS + "#what_a_query_shows_of_a_batch_is_answered_as_done_only_with_its_number"),
      new Mutant(
          "an open call without its result is not answered as done",
          CODE + "flow/engine/StoredReply.java",
          "&& ResultReply.isAnswerable(asked.operation(), answer);",
          ";",
          RESULTS + "#an_open_batch_is_not_answered_as_done"),
      new Mutant(
          "a call that ended without its result is not answered as done",
          CODE + "flow/engine/StoredReply.java",
          "if (result && outcome != Outcome.RELEASED) {",
          "if (false) {",
          RESULTS + "#an_end_without_its_result_is_not_answered_as_done"),
      new Mutant(
          "what is remembered of a call is not answered as done",
          CODE + "flow/TombstoneReply.java",
          "if (caller.operation().hasResult()) {",
          "if (false) {",
          RESULTS + "#what_is_remembered_of_a_batch_is_not_answered_as_done"),
      new Mutant(
          "a refusal is its send's, not the payment's",
          CODE + "flow/engine/StoredReply.java",
          "case BUSY -> known.sendsInDoubt() == 0;",
          "case BUSY -> true;",
          RESULTS + "#a_refusal_of_a_repeat_is_never_the_outcome_of_the_first_send"),
      new Mutant(
          "what an earlier release kept is answered only if it is the only send's",
          CODE + "flow/engine/StoredReply.java",
          "case RELEASED -> last.sendsInDoubt() <= (last.has(Mark.ID_IN_USE) ? 1 : 0);",
          "case RELEASED -> true;",
          RESULTS + "#what_an_earlier_release_kept_of_a_repeat_is_not_answered_either"),
      new Mutant(
          "a resend has an intent of its own",
          CODE + "flow/engine/PaymentEngine.java",
          ": unused(work, permit))",
          ": send(work.withIntent(work.lease(), next), null, permit))",
          WORLD),
      new Mutant(
          "an unanswered begin may have happened",
          CODE + "flow/CallerReplies.java",
          "if (unavailable.mayHaveRun()) {",
          "if (false) {",
          SENT + "#a_begin_that_was_not_answered_may_have_happened"),
      new Mutant(
          "a caller hears only of its own request",
          CODE + "flow/CallerReplies.java",
          "if (!isOf(payment, caller)) {",
          "if (false) {",
          TOLD + "#a_caller_is_answered_only_about_its_own_request"),
      new Mutant(
          "nobody hears of an open end as of an end",
          CODE + "flow/engine/StoredReply.java",
          "return answer != null && isOpen(stage) && isAcceptance(answer, asked)",
          "return answer != null && isAcceptance(answer, asked)",
          TOLD + "#only_an_acceptance_is_answered_for_a_payment_without_an_end"),
      new Mutant(
          "what an earlier release kept of an open payment is answered only if it is an acceptance",
          CODE + "flow/engine/StoredReply.java",
          "return answer != null && isOpen(stage) && isAcceptance(answer, asked)",
          "return answer != null && isOpen(stage)",
          OPEN),
      new Mutant(
          "what a confirm hears is not kept as an open payment's answer",
          CODE + "flow/engine/StoredReply.java",
          "return report == Report.INITIAL || report == Report.PROCESSING;",
          "return true;",
          OPEN + "#what_a_confirm_is_answered_is_not_the_answer_of_an_open_payment"),
      new Mutant(
          "an acceptance is no verdict",
          CODE + "flow/engine/StoredReply.java",
          "if (work.answerSoFar() == null || isAcceptance(work.answerSoFar(), work.answeredAs())) {",
          "if (work.answerSoFar() == null) {",
          TOLD + "#an_acceptance_is_not_the_answer_of_an_end"),
      new Mutant(
          "a query's 'no' is not passed on while the ledger is unsettled",
          CODE + "flow/RecordedQuery.java",
          "case PAID, DECLINED, FAILED, CLOSED, FOREIGN -> expedited(",
          "case DECLINED, FAILED, CLOSED -> Future.succeededFuture(question.passed(answer)); case PAID, FOREIGN -> expedited(",
          WORLD),
      new Mutant(
          "a query's 'not found' is not passed on while the ledger is unsettled",
          CODE + "flow/QueryFlow.java",
          "if (question.payment() != null) {",
          "if (question.payment() != null && StoredReply.isStatus(answer)) {",
          WORLD),
      new Mutant(
          "what the ledger has forgotten is looked for under reissued ids",
          CODE + "flow/QueryFlow.java",
          "return isFinal(answer, false)\n        ? reissued.answer(question, answer)",
          "return false\n        ? reissued.answer(question, answer)",
          DERIVED
              + "#when_the_ledger_has_forgotten_it_the_failure_of_the_first_id_is_not_the_whole_truth"),
      new Mutant(
          "what the platform calls a payment is remembered before anybody hears it",
          CODE + "flow/engine/PaymentEngine.java",
          "return ours ? StoredReply.transactionId(answer) : null;",
          "return null;",
          WORLD),
      new Mutant(
          "what a query brought to light is remembered before its caller hears it",
          CODE + "flow/RecordedQuery.java",
          "(name == null || known ? Future.<Void>succeededFuture() : ledger.rememberAlias(payment.id(), name))",
          "Future.<Void>succeededFuture()",
          "io.payonce.flow.QueryFlowTest"),
      new Mutant(
          "an abort of a transaction nobody knows leaves only when it is known whose it is",
          CODE + "flow/AbortFlow.java",
          "? Future.succeededFuture(strange(stop.inbound(), answer))",
          "? send(stop, Account.DEFAULT, stop.inbound().body())",
          "io.payonce.e2e.WaitingIT"),
      new Mutant(
          "a paid payment is asked for under the id that paid",
          CODE + "flow/QueryFlow.java",
          "payment.history().generation() == 1 && question.fields()",
          "question.fields()",
          DERIVED + "#it_is_asked_for_under_the_id_that_may_have_paid_and_answered_under_its_own"),
      new Mutant(
          "what we answered stands though the platform's query lags",
          CODE + "flow/RecordedQuery.java",
          "if (payment.outcome() == Outcome.PAID || payment.outcome() == Outcome.UNPAID && !unpaid ||",
          "if (",
          WORLD),
      new Mutant(
          "an abort's 'not found' is not passed on while a send may come",
          CODE + "flow/AbortFlow.java",
          "noted.isEnded() ? null",
          "true ? null",
          "io.payonce.e2e.WaitingIT"),
      new Mutant(
          "a late comer is answered what the tombstone says",
          CODE + "flow/TombstoneReply.java",
          "if (outcome != Outcome.PAID) {",
          "if (true) {",
          WORLD),
      new Mutant(
          "what was done is not answered late as paid",
          CODE + "flow/TombstoneReply.java",
          "return operation.statusless() == Operation.Statusless.DONE ? null : TransactionStatus.SUCCESS;",
          "return TransactionStatus.SUCCESS;",
          RESULTS + "#another_request_that_was_done_before_is_not_answered_as_paid"),
      new Mutant(
          "what may be repeated goes out again when its answer is forgotten",
          CODE + "ledger/Settlement.java",
          "return operation.doubt() == Operation.Doubt.REPEAT && !isPage ? null : platformId;",
          "return platformId;",
          PAGES + "#an_unlocked_page_goes_out_again_when_its_answer_is_forgotten"),
      new Mutant(
          "that a session was made is no word on its payment",
          CODE + "flow/RecordedQuery.java",
          "if (isMadeOnly(payment)) {",
          "if (false) {",
          PAGES + "#that_an_unlocked_page_was_made_is_no_word_on_its_payment"),
      new Mutant(
          "a session that was made is not answered as not found",
          CODE + "flow/RecordedQuery.java",
          ": Future.succeededFuture(pending(question, payment));",
          ": Future.succeededFuture(question.passed(answer));",
          "io.payonce.flow.QueryFlowTest#a_caller_who_was_given_a_sessions_transaction_id_never_gets_not_found_by_it"),
      new Mutant(
          "an operator's decision rests on what was asked after every send's window",
          CODE + "flow/operator/ResolveFlow.java",
          "pauses.moment(work, 0, shown.answer()).knowing(shown.asked());",
          "pauses.moment(work, 0, shown.answer());",
          DECIDED
              + "#unpaid_is_refused_when_the_question_came_before_though_its_answer_came_after"),
      new Mutant(
          "an operator does not decide on a send that was sent after the question",
          CODE + "flow/operator/ResolveFlow.java",
          "if (isSentSince(asked.work(), taken.work())) {",
          "if (false) {",
          DECIDED
              + "#unpaid_is_given_back_when_another_sends_whole_window_fell_after_the_question"),
      new Mutant(
          "whoever waits hears when the platform wants to see it again",
          CODE + "flow/RetryFlow.java",
          "result.comesAgain().ifPresent(",
          "java.util.OptionalInt.empty().ifPresent(",
          AFTER + "#one_that_was_met_by_a_resend_is_answered_with_what_is_left_of_its_pause"),
      new Mutant(
          "what has refused for the moment is not to be called again at once",
          CODE + "flow/CallerReplies.java",
          "return code.ofThatSend() == Report.BUSY ||",
          "return",
          AFTER + "#where_none_is_known_a_moment_is_enough"),
      new Mutant(
          "'nothing was sent' is not said of a known payment",
          CODE + "flow/PaymentFlow.java",
          "known.isPresent() ?",
          "false ?",
          SENT + "#who_is_turned_away_is_answered_what_is_known_of_its_payment"));

  private FlowMutants() {}
}
