package io.payonce.mutants;

import java.util.List;

/** Rules of the calls that an operator describes. */
final class OperationMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String STAGES = "io.payonce.recovery.StageRulesTest";
  private static final String CALLS = "io.payonce.flow.CallFlowTest";
  private static final String REQUESTS = "io.payonce.validation.AddedRequestTest";
  private static final String LEDGER = "io.payonce.ledger.redis.RedisLedgerTest";
  private static final String FLOWS = "io.payonce.flow.AddedOperationFlowTest";
  private static final String SETTINGS = "io.payonce.settings.AddedOperationsTest";

  private static final String USUAL = FLOWS + "#notifications_and_queries_by_the_usual_id_find_it";
  private static final String LATE = FLOWS + "#that_it_is_paid_after_all_is_heard_by_the_usual_id";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "so may what a query shows paid",
          CODE + "flow/RecordedQuery.java",
          "boolean known = payment.isEnded() && name",
          "boolean known = payment.isEnded() || name",
          FLOWS + "#what_a_paid_payment_is_called_is_remembered_when_it_is_heard"),
      new Mutant(
          "and what the platform reports",
          CODE + "flow/WebhookFlow.java",
          ": ledger.rememberAlias(payment.id(), name))",
          ": Future.<Void>succeededFuture())",
          FLOWS + "#what_a_paid_payment_is_called_is_remembered_when_it_is_heard"),
      new Mutant(
          "and what a late query shows",
          CODE + "flow/TombstoneQuery.java",
          ": ledger.rememberAlias(question.id(), name))",
          ": Future.<Void>succeededFuture())",
          FLOWS + "#what_a_paid_payment_is_called_is_remembered_when_it_is_heard"),
      new Mutant(
          "and what a late repeat shows",
          CODE + "flow/TombstoneReply.java",
          ": ledger.rememberAlias(caller.id(), name);",
          ": Future.succeededFuture();",
          FLOWS + "#what_a_paid_payment_is_called_is_remembered_when_it_is_heard"),
      new Mutant(
          "another order is another request, whatever names it",
          CODE + "json/RequestScan.java",
          "found.names(name) || !CanonicalJson.isOfThePress(name, true)",
          "!CanonicalJson.isOfThePress(name, true)",
          REQUESTS + "#another_order_is_another_request_whatever_names_it"),
      new Mutant(
          "whether a payer was undone, the platform is asked by the id that it goes by",
          "java/io/payonce/flow/engine/StoredReply.java",
          "Envelope kept = ended.operation().isReissued() || ended.answer() == null",
          "Envelope kept = true",
          "io.payonce.flow.AddedOperationFlowTest#an_order_is_free_once_all_is_given_back_of_what_has_paid_it"),
      new Mutant(
          "what is said of another order's payment undoes none",
          "java/io/payonce/flow/engine/UndoneOrders.java",
          "|| !expected.byOrder()",
          "|| true",
          "io.payonce.flow.AddedOperationFlowTest#another_orders_payment_gives_back_no_order"),
      new Mutant(
          "the platform's id of a payment is known beside our own",
          CODE + "flow/PaymentFlow.java",
          "boolean same = work.operation().isReissued() ||",
          "boolean same = true ||",
          USUAL),
      new Mutant(
          "a notification under the usual id is of who was found by it",
          CODE + "flow/WebhookFlow.java",
          "return !payment.operation().isReissued() && webhook",
          "return false && webhook",
          LATE),
      new Mutant(
          "a tombstone says by what id the platform goes",
          CODE + "flow/WebhookFlow.java",
          "boolean money = left.platformId().equals(named)",
          "boolean money = false",
          FLOWS + "#so_it_is_when_nothing_but_a_tombstone_of_it_is_left"),
      new Mutant(
          "a query by the usual id is of who is known by it",
          CODE + "flow/QueryFlow.java",
          ": knownAs(inbound, fields, id.get()))",
          ": Future.succeededFuture(new CallerQuery(inbound, fields, id.get(), null)))",
          USUAL),
      new Mutant(
          "an id of another name is nothing to ask the platform by",
          CODE + "flow/QueryFlow.java",
          "|| !payment.operation().isReissued()",
          "",
          LATE),
      new Mutant(
          "an answer under the usual id is of who was found by it",
          CODE + "flow/RecordedQuery.java",
          "if (payment.operation().isReissued()) { return payment.platformId(); }",
          "if (question != null) { return payment.platformId(); }",
          LATE),
      new Mutant(
          "an answer must name the transaction that was asked for",
          CODE + "flow/RecordedQuery.java",
          "named != null && transaction.equals(StoredReply.transactionId(answer));",
          "named != null;",
          FLOWS + "#another_payments_id_is_not_taken_for_its_own"),
      new Mutant(
          "a caller's own second id stays in what the platform says",
          CODE + "flow/RecordedQuery.java",
          "named != null && !payment.operation().isReissued();",
          "false;",
          USUAL),
      new Mutant(
          "what may be repeated is not once the platform has shown it",
          CODE + "recovery/InDoubt.java",
          "!policy.repeats() || shown ||",
          "!policy.repeats() ||",
          STAGES + "#what_may_be_repeated_is_not_once_the_platform_has_shown_it_or_an_end_is_near"),
      new Mutant(
          "what an operator lets repeat is asked about at last and not given back",
          CODE + "recovery/InDoubt.java",
          "|| !maySend(history, moment, policy))) {",
          ")) {",
          STAGES + "#what_may_be_repeated_is_sent_as_often_as_allowed_and_then_asked_about"),
      new Mutant(
          "that a query does not show it proves nothing",
          CODE + "recovery/Policy.java",
          "return doubt == Operation.Doubt.CONFIRM || doubt == Operation.Doubt.REPEAT;",
          "return doubt != Operation.Doubt.ASK_ONLY;",
          STAGES + "#that_a_query_does_not_show_what_may_be_repeated_proves_nothing"),
      new Mutant(
          "a forgotten send of what may be repeated can be shown",
          CODE + "recovery/Policy.java",
          "return confirms() && resends();",
          "return asksAndSends();",
          STAGES
              + "#a_no_to_what_may_be_repeated_is_not_the_last_word_where_a_send_may_be_forgotten"),
      new Mutant(
          "an undescribed POST is counted",
          CODE + "flow/CallFlow.java",
          "if (!described && inbound.method()",
          "if (described && inbound.method()",
          CALLS + "#a_post_that_is_not_described_may_have_moved_money"),
      new Mutant(
          "members that an operator requires are required",
          CODE + "validation/RequestRules.java",
          "return lacksChoice(row, fields) || row.lacks(fields);",
          "return lacksChoice(row, fields);",
          REQUESTS + "#what_is_required_and_missing_is_named"),
      new Mutant(
          "a payment is named by the member that is said to",
          CODE + "json/RequestFieldsBuilder.java",
          "if (member.equals(added.idMember())) {",
          "if (false) {",
          REQUESTS + "#payment_and_order_are_named_by_the_members_that_are_said_to"),
      new Mutant(
          "an order is named by the member that is said to",
          CODE + "json/RequestFieldsBuilder.java",
          "if (named && member.equals(added.orderMember())) {",
          "if (false) {",
          REQUESTS + "#payment_and_order_are_named_by_the_members_that_are_said_to"),
      new Mutant(
          "what is known cannot be described otherwise",
          CODE + "settings/AddedOperations.java",
          "if (known != null) {",
          "if (false) {",
          SETTINGS + "#a_path_that_is_known_or_none_is_reported"),
      new Mutant(
          "an operator's path may have a dot of its own",
          CODE + "model/Operations.java",
          "path.length() == known.length()",
          "false",
          "io.payonce.http.server.ApiPathsTest"
              + "#what_another_server_could_take_for_an_operation_resembles_it"),
      new Mutant(
          "and an ending behind that",
          CODE + "model/Operations.java",
          "|| path.charAt(known.length()) == '.' && path.indexOf('/', known.length()) < 0",
          "",
          "io.payonce.http.server.ApiPathsTest"
              + "#what_another_server_could_take_for_an_operation_resembles_it"),
      new Mutant(
          "a record has all that it takes to end what an operator has described",
          CODE + "ledger/redis/BeginRetrier.java",
          "payment.operation().stored(),",
          "payment.operation().label(),",
          LEDGER
              + "#what_an_operator_has_added_is_written_with_its_terms_for_who_does_not_know_it"),
      new Mutant(
          "who does not know an operation leaves its payments alone",
          CODE + "ledger/redis/RedisLedger.java",
          "if (RecordReader.isForOthers(reply.rest().get(2), reply.number(1), settings)) {",
          "if (false) {",
          LEDGER + "#what_is_unknown_here_is_left_to_others_and_at_last_to_an_operator"),
      new Mutant(
          "earlier versions leave alone what an operator has described",
          "resources/io/payonce/ledger/redis/packed.lua",
          "return string.find(operation, '=', 1, true) and '2' or '1'",
          "return '1'",
          LEDGER
              + "#what_an_operator_has_added_is_written_with_its_terms_for_who_does_not_know_it"),
      new Mutant(
          "an id that the platform does not know by its name is never reissued",
          CODE + "flow/engine/RetryTiming.java",
          "&& work.operation().isReissued()",
          "",
          FLOWS + "#an_id_of_another_name_is_asked_about_by_its_value_and_never_reissued"),
      new Mutant(
          "where a body has the usual id too, the platform is asked by that",
          CODE + "flow/engine/UnsettledPayment.java",
          ": request().knownAs(id());",
          ": id().requestId();",
          FLOWS + "#the_platform_is_asked_by_the_usual_id_where_a_body_has_that_too"),
      new Mutant(
          "an order of another name is not held against what answers call theirs",
          CODE + "codes/Classification.java",
          "referenceOrderId = operation.showsOrder() ? referenceOrderId : null;",
          "",
          FLOWS + "#an_order_of_another_name_may_be_called_otherwise_in_answers"),
      new Mutant(
          "where code 0 is done, an unknown outcome is not answered with code 0",
          CODE + "model/Operation.java",
          "return isLedgered() && statusless == DONE;",
          "return result() != null;",
          FLOWS + "#while_its_outcome_is_unknown_no_other_gets_what_it_has_locked"));

  private OperationMutants() {}
}
