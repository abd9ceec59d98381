package io.payonce.mutants;

import java.util.List;

/**
 * Whose an answer is, what amount it speaks of, and that what it says is written before it is
 * answered.
 */
final class AnswerMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String WHOSE = "io.payonce.flow.WhoseAnswerTest";
  private static final String BINDS = "io.payonce.flow.PaidBindsTest";
  private static final String AMOUNT = "io.payonce.flow.OtherAmountTest";
  private static final String UNKNOWN_AMOUNT =
      AMOUNT + "#how_much_was_asked_for_is_not_known_of_what_is_forgotten_so_no_answer_is_paid";
  private static final String PASS =
      AMOUNT + "#where_other_amounts_pass_they_do_so_on_every_road_and_pay_the_order";
  private static final String SCRIPT = "resources/io/payonce/ledger/redis/";
  private static final String CONTRACT = "io.payonce.ledger.redis.RedisLedgerTest";
  private static final String READ = "io.payonce.codes.ClassificationTest";

  private static final String FORGOTTEN = "io.payonce.flow.ForgottenTest";
  private static final String WAITED = "io.payonce.flow.AnswerAfterAWaitTest";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "who is refused for another's sake hears what another call has made of its own payment",
          CODE + "flow/CallerReplies.java",
          "if (found.filter(CallerReplies::isBegun).isPresent()) {",
          "if (false) {",
          WAITED),
      new Mutant(
          "a look that took long is looked up again",
          CODE + "flow/CallerReplies.java",
          "time.nanos() - sinceNanos <= FRESH_MILLIS * NANOS_PER_MILLI",
          "true",
          WAITED + "#a_look_that_took_long_is_looked_up_again"),
      new Mutant(
          "a refusal for another's sake is not answered without a last look",
          CODE + "flow/CallerReplies.java",
          "failure instanceof LedgerUnavailable unavailable ? Future.succeededFuture(Outbound.notBegun(unavailable, caller.traceId()))",
          "failure instanceof LedgerUnavailable unavailable ? Future.succeededFuture(refusal)",
          WAITED),
      new Mutant(
          "a follow-up need not wait when another call has done it",
          CODE + "flow/OriginalFirst.java",
          "return replies .unlessBegun(InTheWay.notFollowed(original, caller), caller, payment)",
          "return replies.unlessSent(InTheWay.notFollowed(original, caller), caller)",
          WAITED + "#a_follow_up_need_not_wait_when_another_call_has_done_it_meanwhile"),
      new Mutant(
          "an answer that names another id answers another question",
          CODE + "codes/Classification.java",
          "if (envelope.status() == null || !agrees(envelope.transactionRequestId(), expected.platformId())) {",
          "if (envelope.status() == null) {",
          READ + "#an_answer_about_another_payment_says_nothing_of_ours"),
      new Mutant(
          "a query's answer is of the order that was asked for",
          CODE + "flow/RecordedQuery.java",
          "payment.referenceOrderId(), payment.amount());",
          "null, payment.amount());",
          WHOSE),
      new Mutant(
          "a query's answer is of the amount that was asked for",
          CODE + "flow/RecordedQuery.java",
          "payment.referenceOrderId(), payment.amount());",
          "payment.referenceOrderId(), io.payonce.model.Amount.UNSAID);",
          WHOSE),
      new Mutant(
          "another's transaction under the id is not kept as an answer",
          CODE + "flow/engine/StoredReply.java",
          "&& isRefusal(answer)",
          "",
          "io.payonce.flow.engine.StoredReplyTest"),
      new Mutant(
          "what moved for a released payment is written before P is answered",
          CODE + "flow/RecordedQuery.java",
          "case RELEASED -> moved(payment, answer).map(noted -> pending(question, payment));",
          "case RELEASED -> Future.succeededFuture(pending(question, payment));",
          AMOUNT
              + "#what_moved_for_a_released_payment_is_listed_and_keeps_its_order_before_p_is_answered"),
      new Mutant(
          "an id for which money moved is not sent again, by no version",
          SCRIPT + "contradict.lua",
          "'st', 'SETTLED', 'oa'",
          "'oa'",
          CONTRACT + "#money_that_moved_for_a_released_payment_keeps_its_order_and_its_id"),
      new Mutant(
          "what was given back and moved money can still be paid",
          SCRIPT + "settle.lua",
          "had[3] == 'RELEASED' and had[3] or had[1],",
          "had[1],",
          CONTRACT + "#money_that_moved_for_a_released_payment_keeps_its_order_and_its_id"),
      new Mutant(
          "what an operator has decided about is no news",
          SCRIPT + "contradict.lua",
          "if had[5] == otherAmount then return {'DECIDED'} end",
          "",
          CONTRACT
              + "#money_that_moved_for_a_released_payment_is_not_begun_again_by_the_first_version"),
      new Mutant(
          "the same of what is forgotten",
          SCRIPT + "contradict.lua",
          "if left[2] == otherAmount then return {'DECIDED'} end",
          "",
          CONTRACT
              + "#what_moved_for_a_forgotten_payment_is_shown_and_an_operators_decision_takes_it_off_its_order"),
      new Mutant(
          "the same of what an operator has ended",
          SCRIPT + "packed.lua",
          "if outcome ~= 'PAID' and otherAmount then redis.call('HSET', payment, 'od', otherAmount) end",
          "",
          CONTRACT + "#what_an_operator_has_decided_about_before_it_ended_is_no_news"),
      new Mutant(
          "what did not pay keeps nobody from its order",
          SCRIPT + "acknowledge.lua",
          "if others ~= payers then stand",
          "if false then stand",
          CONTRACT
              + "#money_that_moved_for_a_released_payment_is_not_begun_again_by_the_first_version"),
      new Mutant(
          "an operator's unpaid takes what moved off its order",
          CODE + "flow/operator/ResolveFlow.java",
          "return admin .disown(request.id(), order(dossier), request.event().encode())",
          "return admin.acknowledge(request.id(), request.event().encode())",
          AMOUNT + "#what_did_not_pay_as_an_operator_decided_leaves_its_order_free_and_is_no_news"),
      new Mutant(
          "unpaid needs force where money moved for what was answered unpaid",
          CODE + "flow/operator/ResolveFlow.java",
          ": payment.otherAmount() != null || PAID",
          ": PAID",
          AMOUNT + "#unpaid_needs_force_for_what_was_answered_unpaid_and_moved_money"),
      new Mutant(
          "unpaid needs force where what was answered unpaid was paid in whole",
          CODE + "flow/operator/ResolveFlow.java",
          "|| PAID.matcher(payment.timeline()).find()",
          "",
          AMOUNT + "#unpaid_needs_force_for_what_was_answered_unpaid_and_was_paid_in_whole"),
      new Mutant(
          "unpaid needs force where money moved for what is forgotten",
          CODE + "flow/operator/ResolveFlow.java",
          "? dossier.left().moved() != null || dossier.tombstone() != null",
          "? false",
          AMOUNT + "#unpaid_needs_force_for_what_was_forgotten_as_unpaid_and_moved_money"),
      new Mutant(
          "who calls again for what moved gets what a query gets",
          CODE + "flow/CallerReplies.java",
          "payment.answer() != null && !isMovedSince(payment)",
          "payment.answer() != null",
          AMOUNT
              + "#what_moved_for_a_released_payment_is_listed_and_keeps_its_order_before_p_is_answered"),
      new Mutant(
          "what moved for a payment that was given back keeps its order",
          SCRIPT + "contradict.lua",
          "if pays == '1' then payLate",
          "if false then payLate",
          CONTRACT + "#money_that_moved_for_a_released_payment_keeps_its_order_and_its_id"),
      new Mutant(
          "what moved stays in the ledger until an operator has seen it",
          SCRIPT + "contradict.lua",
          "redis.call('PERSIST', payment)",
          "",
          CONTRACT + "#money_that_moved_for_a_released_payment_does_not_end_by_itself"),
      new Mutant(
          "what was answered unpaid and is paid can be given back",
          CODE + "flow/OriginalFirst.java",
          "paid ? Future.succeededFuture(false) : notFollowed(original, caller, payment)",
          "notFollowed(original, caller, payment)",
          "io.payonce.flow.FollowUpTest#what_was_answered_unpaid_and_is_paid_can_be_given_back"),
      new Mutant(
          "what follows on what was answered unpaid goes out once that is written",
          CODE + "flow/PaidAfterAll.java",
          "return paid(original, former, (Answer.Spoken) answer, event);",
          "return Future.succeededFuture(true);",
          "io.payonce.flow.FollowUpTest#what_was_answered_unpaid_and_is_paid_can_be_given_back"),
      new Mutant(
          "who has no lease does not say how often a payment was sent",
          SCRIPT + "settle.lua",
          "if not holds(had[2], token) then history =",
          "if false then history =",
          CONTRACT + "#who_has_no_lease_does_not_say_how_often_it_was_sent"),
      new Mutant(
          "what is paid was sent",
          CODE + "flow/CallerReplies.java",
          "sends == 0 && outcome != Outcome.PAID",
          "sends == 0",
          "io.payonce.flow.NothingSentTest#what_is_paid_was_sent_whatever_its_record_counts"),
      new Mutant(
          "nobody waits for how much a refund has left",
          CODE + "flow/engine/PaymentEngine.java",
          "return work.operation().refunds() ? Future.succeededFuture() : givenBack;",
          "return givenBack;",
          "io.payonce.flow.FollowUpTest#no_call_waits_for_how_much_a_refund_has_left"),
      new Mutant(
          "what a ledger has forgotten may have been paid under a reissued id",
          CODE + "flow/engine/PaymentEngine.java",
          "case CONFIRM -> confirm(perhapsReissued(work, step), step);",
          "case CONFIRM -> confirm(work, step);",
          FORGOTTEN + "#what_failed_under_its_own_id_may_have_been_paid_under_a_reissued_one"),
      new Mutant(
          "a reissued id that may have been forgotten is asked about, and never sent",
          CODE + "recovery/Stage.java",
          "new InDoubt(history().nextGeneration(proof).withAborted())",
          "new InDoubt(history().nextGeneration(proof))",
          "io.payonce.recovery.StageRulesTest#a_failure_that_a_forgotten_reissued_id_may_have_mended_is_asked_about_under_that_id"),
      new Mutant(
          "who takes over what began after a lapse knows of it",
          CODE + "ledger/redis/LedgerEpochs.java",
          "begunAtMillis < lapsedAtMillis + Intent.WINDOW_MILLIS;",
          "begunAtMillis <= lapsedAtMillis;",
          FORGOTTEN + "#who_takes_it_over_sends_nothing_though_there_is_no_answer_yet"),
      new Mutant(
          "who begins it after a lapse knows of it",
          CODE + "flow/PaymentFlow.java",
          "begun.confirmsFirst() ? at : 0",
          "0",
          FORGOTTEN + "#what_failed_under_its_own_id_may_have_been_paid_under_a_reissued_one"),
      new Mutant(
          "a refused body hears no proof from a ledger that may have forgotten",
          CODE + "flow/RequestValidation.java",
          "ledger.mayHaveForgotten(id) ?",
          "false ?",
          FORGOTTEN + "#that_there_is_no_record_proves_nothing_while_one_may_be_forgotten"),
      new Mutant(
          "who is kept out hears no proof from a ledger that may have forgotten",
          CODE + "flow/CallerReplies.java",
          "ledger.mayHaveForgotten(caller.id()) ?",
          "false ?",
          FORGOTTEN + "#whom_another_payment_keeps_out_gets_no_proof_either"),
      new Mutant(
          "what began elsewhere while a question was under way is answered by the ledger",
          CODE + "flow/QueryFlow.java",
          "? Future.succeededFuture(RecordedQuery.ofAnotherPlatform(question, found.get())) : recorded.answer(",
          "? unrecorded(question, answer) : recorded.answer(",
          "io.payonce.flow.TwoPlatformsTest"
              + "#what_began_elsewhere_while_a_question_was_under_way_is_answered_from_the_ledger"),
      new Mutant(
          "what moved is undone by force only",
          CODE + "flow/operator/ResolveFlow.java",
          "if (!request.forced()) {",
          "if (false) {",
          AMOUNT + "#what_moved_for_a_released_payment_is_an_operators_to_decide"),
      new Mutant(
          "what moved after its end was forgotten is listed and keeps its order",
          CODE + "flow/TombstoneReply.java",
          ": isMovedAfterAll(tombstone, caller, answer) ?",
          ": false ?",
          AMOUNT + "#what_moved_after_its_unpaid_was_forgotten_is_listed_and_keeps_its_order"),
      new Mutant(
          "two ids in one query name one payment",
          CODE + "flow/QueryFlow.java",
          "same.equals(known)",
          "true",
          WHOSE + "#two_ids_in_one_query_name_one_payment"),
      new Mutant(
          "what the ledger knows is asked for by its own id",
          CODE + "flow/QueryFlow.java",
          "&& question.fields().transactionId() == null && appId",
          "&& appId",
          WHOSE + "#a_transaction_unknown_here_does_not_answer_for_the_request_beside_it"),
      new Mutant(
          "what the ledger does not know is not answered under another id",
          CODE + "flow/QueryFlow.java",
          "if (!reissued.isUnder(question.id(), answer)) {",
          "if (false) {",
          WHOSE + "#what_the_ledger_does_not_know_is_not_answered_under_another_id"),
      new Mutant(
          "an abort is noted on what the platform names when asked for that transaction",
          CODE + "flow/AbortFlow.java",
          "StoredReply.isOf(asked, answer) ?",
          "true ?",
          WHOSE + "#an_abort_is_not_noted_on_what_an_answer_about_another_transaction_names"),
      new Mutant(
          "another's transaction does not give its name to ours",
          CODE + "flow/engine/PaymentEngine.java",
          "report.isStatus() && work.operation().identity()",
          "work.operation().identity()",
          WHOSE + "#a_confirm_that_was_answered_for_another_id_says_nothing_after_c06"),
      new Mutant(
          "what was answered as paid is written as soon as the ledger is back",
          CODE + "flow/engine/MoneyWrites.java",
          ".recover(again -> isSilence(again) && pauseMillis < LAST_PAUSE_MILLIS ?",
          ".recover(again -> false ?",
          BINDS + "#what_was_answered_as_paid_is_written_as_soon_as_the_ledger_is_back"),
      new Mutant(
          "that a former id has paid counts whatever question or send is answered so",
          CODE + "flow/engine/UnsettledPayment.java",
          "return expected(former ? named : platformId());",
          "return expected();",
          "io.payonce.flow.ReissuedIdTest"),
      new Mutant(
          "how a former id stands, unless it has paid, says nothing of the present one",
          CODE + "flow/engine/UnsettledPayment.java",
          "|| spoken.envelope().status() != TransactionStatus.SUCCESS) {",
          ") {",
          "io.payonce.flow.ReissuedIdTest#that_the_first_id_has_failed_says_nothing_of_the_second"),
      new Mutant(
          "that a former id of a forgotten payment has paid is listed",
          CODE + "flow/TombstoneQuery.java",
          "return former ? named.requestId() : null;",
          "return null;",
          "io.payonce.flow.ReissuedIdTest"),
      new Mutant(
          "that a former id has paid is learnt before what follows on it",
          CODE + "flow/PaidAfterAll.java",
          "Optional<String> former = RecordedQuery.former(original, answer);",
          "Optional<String> former = Optional.empty();",
          "io.payonce.flow.ReissuedIdTest"),
      new Mutant(
          "what names the order of a payment is not another's",
          CODE + "flow/RecordedQuery.java",
          "payment.outcome() == Outcome.REFUSED && !named",
          "payment.outcome() == Outcome.REFUSED",
          "io.payonce.flow.WebhookFlowTest#what_was_refused_as_anothers_id_and_paid_its_own_order_is_listed_whoever_shows_it"),
      new Mutant(
          "that another amount moved is written as soon as the ledger is back",
          CODE + "flow/engine/PaymentEngine.java",
          "if (deferral.otherAmount() != null && isSilence(failure)) {",
          "if (false) {",
          "io.payonce.flow.UnwrittenMoneyTest"),
      new Mutant(
          "what a query shows paid is written later where the ledger cannot be read",
          CODE + "flow/QueryFlow.java",
          "return writes.write(asked, what, () -> combine(question, answer));",
          "return combine(question, answer);",
          "io.payonce.flow.UnwrittenMoneyTest"),
      new Mutant(
          "what a payment of which only its order knows has paid, only the platform can say",
          CODE + "flow/TombstoneReply.java",
          "report(paid, caller, answer) == Report.PAID ?",
          "true ?",
          "io.payonce.flow.WebhookFlowTest"),
      new Mutant(
          "a payment that has paid its order is not in its own way",
          CODE + "flow/PaymentFlow.java",
          "&& itself.payer().equals(checked.id().requestId())) {",
          "&& false) {",
          "io.payonce.flow.WebhookFlowTest"),
      new Mutant(
          "another amount that a stale worker was answered is not dropped",
          CODE + "flow/engine/PaymentEngine.java",
          "done || deferral.otherAmount() == null ?",
          "true ?",
          AMOUNT
              + "#what_a_send_is_answered_after_another_worker_has_taken_its_payment_over_is_listed"),
      new Mutant(
          "another amount that a former id of a paid payment moved is listed",
          CODE + "flow/engine/MoneyWrites.java",
          "return StoredReply.isChargedAgain(ended, said) ?",
          "return false ?",
          BINDS + "#what_a_stale_worker_was_answered_of_what_is_paid_by_another_id_needs_review"),
      new Mutant(
          "a query that shows it is listed, too",
          CODE + "flow/RecordedQuery.java",
          "StoredReply.isChargedAgain(payment, answer.envelope()) ?",
          "false ?",
          BINDS
              + "#what_a_query_shows_charged_once_more_with_another_amount_needs_review_and_is_no_answer"),
      new Mutant(
          "where other amounts pass, what a query showed paid stays so",
          CODE + "flow/RecordedQuery.java",
          "TimelineWords.of(TimelineWords.CALLERS, Report.PAID, answer, payment.amount())",
          "TimelineWords.of(TimelineWords.CALLERS, Report.OTHER_AMOUNT, answer, payment.amount())",
          AMOUNT + "#where_other_amounts_pass_what_a_query_showed_paid_stays_so_to_queries"),
      new Mutant(
          "what a caller's call has shown paid is written as soon as the ledger is back",
          CODE + "flow/engine/MoneyWrites.java",
          "if (isSilence(failure) && unwritten.size() < MOST && unwritten.add(news)) {",
          "if (false) {",
          "io.payonce.flow.UnwrittenMoneyTest"),
      new Mutant(
          "what moved for what ended while it was asked about is noted",
          CODE + "flow/RetryFlow.java",
          "return now.get().isEnded() ?",
          "return false ?",
          "io.payonce.flow.UnwrittenMoneyTest"),
      new Mutant(
          "what moved for what ended just before it was taken over is noted",
          CODE + "flow/RetryFlow.java",
          "result.isPresent() ? Future.succeededFuture() :",
          "true ? Future.succeededFuture() :",
          "io.payonce.flow.UnwrittenMoneyTest"),
      new Mutant(
          "what a confirm shows paid is not answered before it is written",
          CODE + "flow/engine/PaymentEngine.java",
          "return step.answersSend() ? Future.succeededFuture(result) : leaveForRecovery(work);",
          "return Future.succeededFuture(result);",
          "io.payonce.flow.UnwrittenAnswerTest"),
      new Mutant(
          "what a confirm has shown paid is not forgotten while the ledger is away",
          CODE + "flow/engine/PaymentEngine.java",
          "failure -> outcome == Outcome.PAID && isSilence(failure)",
          "failure -> outcome == Outcome.PAID && isSilence(failure) && step.answersSend()",
          BINDS + "#what_a_confirm_has_shown_paid_is_not_forgotten_while_the_ledger_is_away"),
      new Mutant(
          "two names of an original name one payment",
          CODE + "flow/OriginalLookup.java",
          "byRequestId(fields).map(known::equals)",
          "Future.succeededFuture(true)",
          "io.payonce.flow.WhoseAnswerTest"
              + "#two_names_of_an_original_name_one_payment_or_nothing_is_sent"),
      new Mutant(
          "the id beside an unknown transaction leads to the original",
          CODE + "flow/OriginalLookup.java",
          "known.isPresent() ? named : recorded(fields)",
          "named",
          "io.payonce.flow.WhoseAnswerTest"
              + "#a_transaction_unknown_here_is_the_one_of_the_id_beside_it"),
      new Mutant(
          "what a query showed paid stays so to queries",
          CODE + "flow/RecordedQuery.java",
          "|| StoredReply.isPaidSince(payment)) { return stored(question, payment);",
          ") { return stored(question, payment);",
          BINDS + "#what_a_query_showed_paid_stays_so_to_queries_whatever_the_platform_says_next"),
      new Mutant(
          "unless an operator decides that it is not",
          CODE + "flow/engine/TimelineWords.java",
          "paid && (event.has(Field.RULE) || !UNPAID.equals(event.get(Field.SAYS)));",
          "paid;",
          BINDS + "#what_was_paid_after_all_is_answered_as_unpaid_again_once_an_operator_says_so"),
      new Mutant(
          "what a query shows under way is not sent again",
          CODE + "flow/RecordedQuery.java",
          "payment.stage().isUnseen() && !payment.isPage()",
          "false",
          BINDS
              + "#what_a_query_shows_under_way_is_not_sent_again_though_the_next_does_not_find_it"),
      new Mutant(
          "money may move under an id that had failed",
          CODE + "flow/RecordedQuery.java",
          "former(payment, answer).orElseGet(() -> knownAs(question, payment, answer)),",
          "knownAs(question, payment, answer),",
          BINDS + "#what_a_query_shows_paid_under_an_id_that_had_failed_is_not_taken_for_anothers"),
      new Mutant(
          "what one id has paid stands when another is shown charged, too",
          CODE + "flow/RecordedQuery.java",
          "if (!StoredReply.isChargedAgain(payment, answer.envelope())) {",
          "if (true) {",
          BINDS
              + "#what_a_query_shows_charged_once_more_under_a_former_id_needs_review_and_is_no_answer"),
      new Mutant(
          "a send that is charged after another id has paid needs review",
          CODE + "flow/engine/PaymentEngine.java",
          "&& StoredReply.isChargedAgain(now.payment(), spoken.envelope())",
          "&& false",
          BINDS + "#a_send_that_is_charged_after_a_former_id_was_shown_paid_needs_review"),
      new Mutant(
          "a send of an earlier life was one, too",
          CODE + "flow/engine/StoredReply.java",
          "return sends > 0 ? sends : TimelineWords.sends(payment.timeline());",
          "return sends;",
          "io.payonce.flow.NothingSentTest"
              + "#a_life_that_did_not_leave_proves_nothing_of_the_one_before"),
      new Mutant(
          "that an own life did not leave is no proof by itself",
          CODE + "flow/CallerReplies.java",
          "? unlessSent(out.ofThisCall(), caller)",
          "? Future.succeededFuture(out)",
          "io.payonce.flow.NothingSentTest"
              + "#a_life_that_did_not_leave_proves_nothing_of_the_one_before"),
      new Mutant(
          "what a query shows paid is written",
          CODE + "flow/RecordedQuery.java",
          "if (payment.outcome() == Outcome.PAID) { return settled(question, payment, answer);",
          "if (true) { return settled(question, payment, answer);",
          BINDS + "#what_a_query_showed_paid_is_not_released_by_the_next_refusal"),
      new Mutant(
          "what a query shows paid though it was answered unpaid is written and listed",
          CODE + "flow/RecordedQuery.java",
          "if (payment.outcome() == Outcome.PAID) { return settled(question, payment, answer);",
          "if (payment.isEnded()) { return settled(question, payment, answer);",
          BINDS + "#what_a_query_shows_paid_though_it_was_answered_unpaid_is_written_and_listed"),
      new Mutant(
          "what the ledger has not taken is not answered as paid",
          CODE + "flow/RecordedQuery.java",
          "LedgerUnavailable.otherwise(new CloseResult.Stale())",
          "LedgerUnavailable.otherwise(new CloseResult.Closed())",
          BINDS + "#what_the_ledger_has_not_taken_is_not_answered_as_paid"),
      new Mutant(
          "only the answer to an own send is answered before it is written",
          CODE + "flow/engine/PaymentEngine.java",
          "return answer != null && how.equals(TimelineWords.ANSWERED);",
          "return true;",
          "io.payonce.flow.UnwrittenAnswerTest#what_a_confirm_shows_paid_is_answered_only_when_it_is_written"),
      new Mutant(
          "what began while a question was on its way is written before it is answered as paid",
          CODE + "flow/QueryFlow.java",
          "if (isFinal(answer, true)) {",
          "if (false) {",
          WHOSE + "#what_began_while_a_question_was_on_its_way_is_written_before_it_is_answered"),
      new Mutant(
          "a tombstone that says paid is not overruled",
          CODE + "flow/TombstoneReply.java",
          "report.isUnpaid() && tombstone.outcome() != Outcome.PAID;",
          "report.isUnpaid();",
          BINDS + "#what_a_tombstone_says_is_paid_no_f_of_the_platform_overrules"),
      new Mutant(
          "a tombstone that says paid is not overruled for who asks",
          CODE + "flow/QueryFlow.java",
          "if (left.filter(TombstoneQuery::speaksOf).isPresent()) {",
          "if (left.filter(any -> false).isPresent()) {",
          BINDS
              + "#what_a_tombstone_says_is_paid_is_answered_to_a_query_whatever_the_platform_says"),
      new Mutant(
          "no failure overrules a tombstone that says paid, for who asks",
          CODE + "flow/TombstoneQuery.java",
          "if (report.isUnpaid() && !paid) {",
          "if (report.isUnpaid()) {",
          BINDS
              + "#what_a_tombstone_says_is_paid_is_answered_to_a_query_whatever_the_platform_says"),
      new Mutant(
          "paid after all is written before who asks late is answered",
          CODE + "flow/TombstoneQuery.java",
          "if (paid) {",
          "if (true) {",
          BINDS
              + "#what_a_question_shows_paid_after_its_unpaid_was_forgotten_is_written_and_listed"),
      new Mutant(
          "of what is forgotten, it is unknown if all was paid",
          CODE + "flow/TombstoneQuery.java",
          "settings.otherAmount() ? paidAfterAll",
          "true ? paidAfterAll",
          UNKNOWN_AMOUNT),
      new Mutant(
          "what moved for a forgotten payment keeps the order that the answer names",
          CODE + "flow/TombstoneQuery.java",
          "question.id(), order, order != null, TimelineWords",
          "question.id(), order, false, TimelineWords",
          UNKNOWN_AMOUNT),
      new Mutant(
          "no refund pays the order that its answer names",
          CODE + "flow/TombstoneQuery.java",
          "envelope.transactionType() == null || PAYS.contains(envelope.transactionType())",
          "true",
          AMOUNT + "#the_order_that_the_answer_about_a_refund_names_is_not_paid_by_it"),
      new Mutant(
          "where other amounts pay, they pay the order of what is forgotten",
          CODE + "flow/TombstoneQuery.java",
          "order != null, out.reply(),",
          "false, out.reply(),",
          PASS),
      new Mutant(
          "other amounts pass for who repeats late",
          CODE + "flow/TombstoneReply.java",
          "settings.understood(Classification.ofConfirm(answer, expected))",
          "Classification.ofConfirm(answer, expected)",
          PASS),
      new Mutant(
          "other amounts pass for who gives back",
          CODE + "flow/PaidAfterAll.java",
          "Report report = settings.understood(Classification.ofConfirm( answer, new Classification.Expected( original.operation(), former.orElseGet(() -> StoredReply.platformId(original)), original.referenceOrderId(), original.amount())));",
          "Report report = Classification.ofConfirm( answer, new Classification.Expected( original.operation(), former.orElseGet(() -> StoredReply.platformId(original)), original.referenceOrderId(), original.amount()));",
          PASS),
      new Mutant(
          "who repeats late hears what who asks hears",
          CODE + "flow/TombstoneReply.java",
          "noted == Contradiction.DECIDED ? known(tombstone, caller, answer)",
          "true ? Future.succeededFuture(of(tombstone, caller, answer))",
          UNKNOWN_AMOUNT),
      new Mutant(
          "another amount under a reissued id is money that moved",
          CODE + "flow/ReissuedIdQuery.java",
          "case OTHER_AMOUNT -> buried.moved(question.buried(), (Answer.Spoken) answer, forgotten(question, first));",
          "case OTHER_AMOUNT -> from(question, first, attempt + 1);",
          AMOUNT + "#what_moved_under_a_forgotten_reissued_id_is_not_answered_as_failed"),
      new Mutant(
          "who waits for a call without an id is answered what it follows on",
          CODE + "flow/InTheWay.java",
          "if (id.requestId().startsWith(PaymentFlow.OWN_ID)) {",
          "if (false) {",
          "io.payonce.flow.engine.ResultReplyTest#who_waits_for_a_call_without_an_id_is_answered_with_what_it_follows_on"),
      new Mutant(
          "paid after all is written before a late comer hears it",
          CODE + "flow/TombstoneReply.java",
          "return tombstone.outcome() != Outcome.PAID && report",
          "return false && report",
          BINDS
              + "#what_is_paid_after_its_unpaid_was_forgotten_is_written_before_a_late_comer_is_answered"),
      new Mutant(
          "less than was asked for is another amount",
          CODE + "model/Amount.java",
          "&& !isLessThan(asked);",
          ";",
          READ + "#success_of_ours_with_another_amount_is_money_that_moved"),
      new Mutant(
          "a sum alone is asked about",
          CODE + "codes/Classification.java",
          "&& !envelope.amount().isSumOnly();",
          ";",
          READ + "#a_sum_alone_that_a_sends_answer_names_is_asked_about"),
      new Mutant(
          "another amount of ours is not another's",
          CODE + "codes/Classification.java",
          "if (movedOtherwise(envelope, expected)) { return Report.OTHER_AMOUNT; }",
          "",
          AMOUNT + "#it_needs_review_at_once_and_its_order_stays_taken"),
      new Mutant(
          "another amount is listed for review at once",
          CODE + "recovery/CommonDecisions.java",
          "later(new OtherAmount(shown.withShown()),",
          "later(new InDoubt(shown.withShown()),",
          AMOUNT + "#it_needs_review_at_once_and_its_order_stays_taken"),
      new Mutant(
          "money that moved is not taken for unpaid by a later word",
          CODE + "recovery/OtherAmount.java",
          "case DECLINED, FAILED, CLOSED, INITIAL,",
          "case DECLINED, FAILED, CLOSED -> CommonDecisions.unpaid(this, \"\"); case INITIAL,",
          AMOUNT + "#no_later_word_of_the_platform_frees_its_order"),
      new Mutant(
          "unpaid needs force where money moved",
          CODE + "recovery/Resolution.java",
          "moved ? Report.OTHER_AMOUNT : shown",
          "shown",
          AMOUNT + "#unpaid_needs_force_whatever_the_platform_says_by_then"),
      new Mutant(
          "who repeats what moved money does not hear that it is not paid",
          CODE + "flow/TombstoneReply.java",
          ": undecided.unlessRepeated(caller.id(), out, CallerReplies.pending(caller, 1));",
          ": Future.succeededFuture(out);",
          AMOUNT + "#while_money_that_moved_is_undecided_no_answer_is_unpaid"),
      new Mutant(
          "who asks for what moved money does not hear that it is not paid",
          CODE + "flow/TombstoneQuery.java",
          "return undecided.unless(question.id(), out, pending(question));",
          "return Future.succeededFuture(out);",
          AMOUNT + "#while_money_that_moved_is_undecided_no_answer_is_unpaid"),
      new Mutant(
          "what a ledger that is unavailable cannot say is not answered as not paid",
          CODE + "flow/engine/Undecided.java",
          "LedgerUnavailable.otherwise(pending)",
          "LedgerUnavailable.otherwise(no)",
          AMOUNT + "#while_money_that_moved_is_undecided_no_answer_is_unpaid"),
      new Mutant(
          "who uses the id of what moved money does not hear that it is not paid",
          CODE + "flow/CallerReplies.java",
          "InTheWay.otherBody(other, TransactionStatus.PROCESSING, caller)",
          "out",
          AMOUNT + "#whoever_uses_its_id_for_another_request_does_not_get_it_as_not_paid_either"),
      new Mutant(
          "a sum that is decided says nothing of another",
          CODE + "flow/TombstoneReply.java",
          "? known(tombstone, caller, answer) // of this sum",
          "? Future.succeededFuture(of(tombstone, caller, answer)) // of this sum",
          AMOUNT + "#that_one_sum_is_decided_says_nothing_of_another_that_moved_since"),
      new Mutant(
          "money under a reissued id that nobody remembers is undecided",
          CODE + "flow/ReissuedIdQuery.java",
          ": buried.no(question.buried(), out);",
          ": Future.succeededFuture(out);",
          AMOUNT + "#what_moved_under_a_forgotten_reissued_id_is_undecided_too"),
      new Mutant(
          "what was refused and shows money is listed for review first",
          CODE + "flow/TombstoneQuery.java",
          "Burial.isPaid(Classification.ofConfirm(spoken, expected(tombstone, question, spoken)))",
          "false",
          AMOUNT + "#what_was_refused_and_shows_money_is_listed_for_review_before_it_is_answered"),
      new Mutant(
          "what an operator has disowned is not answered as paid by the platform's word",
          CODE + "flow/TombstoneQuery.java",
          "? moved(question, (Answer.Spoken) spoken, remembered(question, tombstone)) : word.get());",
          "? moved(question, (Answer.Spoken) spoken, platforms(question, spoken)) : word.get());",
          AMOUNT + "#what_was_refused_and_an_operator_has_disowned_is_never_answered_as_paid"),
      new Mutant(
          "a record that moved another amount is not named as who has paid",
          CODE + "flow/CallerReplies.java",
          "found.get().outcome() != Outcome.PAID && found.get().otherAmount() != null",
          "false",
          AMOUNT + "#who_has_moved_another_amount_is_not_named_as_who_has_paid"),
      new Mutant(
          "what is forgotten and moved another amount is not named as who has paid",
          CODE + "flow/CallerReplies.java",
          "? Future.succeededFuture(left.get().outcome() != Outcome.PAID)",
          "? Future.succeededFuture(false)",
          AMOUNT + "#who_has_moved_another_amount_is_not_named_as_who_has_paid"),
      new Mutant(
          "the request of a released payment that moved money is not named as closed",
          CODE + "flow/engine/StoredReply.java",
          "if (!payment.isEnded() || movedSince) {",
          "if (!payment.isEnded()) {",
          AMOUNT + "#whoever_uses_its_id_for_another_request_does_not_get_it_as_not_paid_either"),
      new Mutant(
          "who buries what moved money has decided it",
          SCRIPT + "bury.lua",
          "if had[9] then redis.call('HSET', wreck, 'od', had[9]) end",
          "",
          "io.payonce.ledger.redis.BrokenRecordsTest#who_buries_what_moved_money_has_decided_what_that_means"),
      new Mutant(
          "only the sum that an operator has seen is decided",
          CODE + "ledger/redis/RecordLookup.java",
          "(decided == null || !moved.toString().equals(decided.toString()))",
          "decided == null",
          CONTRACT
              + "#what_moved_for_a_forgotten_payment_is_shown_and_an_operators_decision_takes_it_off_its_order"),
      new Mutant(
          "what a caller's query learns of another amount is acted on at once",
          CODE + "flow/RecordedQuery.java",
          "return payment.otherAmount() != null ?",
          "return true ?",
          AMOUNT + "#a_callers_query_that_shows_it_lists_it_for_review"),
      new Mutant(
          "a released payment that is paid is listed for review",
          SCRIPT + "common.lua",
          "if state == 'RELEASED' then redis.call('PERSIST', payment)",
          "if state == 'NONE' then redis.call('PERSIST', payment)",
          CONTRACT + "#a_released_payment_that_is_paid_needs_review_until_an_operator_has_seen_it"),
      new Mutant(
          "a tombstone answers the truth",
          SCRIPT + "settle.lua",
          "outcome == 'PAID' and had[3] ~= 'PAID' and unbury(tomb, attention, back, id, platformId, member, at, keepMillis, said, of, history)",
          "false",
          CONTRACT
              + "#what_was_answered_unpaid_and_forgotten_and_is_paid_needs_review_and_is_answered_to_late_comers"),
      new Mutant(
          "what moved instead is kept",
          SCRIPT + "defer.lua",
          "redis.call('HSET', payment, 'oa', otherAmount)",
          "",
          CONTRACT + "#what_was_asked_for_and_what_moved_instead_are_kept_until_the_end"));

  private AnswerMutants() {}
}
