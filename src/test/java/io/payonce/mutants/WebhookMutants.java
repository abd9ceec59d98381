package io.payonce.mutants;

import java.util.List;

/** Rules of what the platform says by itself. */
final class WebhookMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String FLOW = "io.payonce.flow.WebhookFlowTest";
  private static final String PORT = "io.payonce.webhook.WebhookVerticleTest";
  private static final String WORLDS =
      "io.payonce.world.FewWorldsTest#none_does_where_the_platform_reports_by_itself_how_payments_end";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "only what the platform has signed is read",
          CODE + "webhook/BodySignature.java",
          "return secret.length > 0 && MessageDigest.isEqual(HmacSha256.of(secret, body), read(given.strip()));",
          "return true;",
          PORT + "#what_the_platform_did_not_sign_changes_nothing"),
      new Mutant(
          "only what is of this hour is read",
          CODE + "webhook/WebhookMessage.java",
          "return sentAtMillis < nowMillis - maxAgeMillis ||",
          "return",
          PORT + "#a_time_that_is_far_away_is_refused"),
      new Mutant(
          "a time far ahead is refused as well",
          CODE + "webhook/WebhookMessage.java",
          "|| sentAtMillis > nowMillis + Math.min(maxAgeMillis, AHEAD_MILLIS);",
          ";",
          PORT + "#a_time_that_is_far_away_is_refused"),
      new Mutant(
          "of two signatures none counts",
          CODE + "webhook/WebhookMessage.java",
          "return values.size() == 1 &&",
          "return values.size() >= 1 &&",
          PORT + "#a_head_that_is_none_of_a_notifications_is_refused"),
      new Mutant(
          "a notification says what it says in one place",
          CODE + "json/NotificationScan.java",
          "if (saysAtTop && dataFrom >= 0) {",
          "if (false) {",
          PORT + "#what_is_signed_and_cannot_be_understood_is_refused"),
      new Mutant(
          "the platform is answered 200 only about what is written",
          CODE + "webhook/WebhookVerticle.java",
          "failure -> failed(exchange, failure));",
          "failure -> exchange.received());",
          PORT + "#what_the_ledger_has_not_surely_written_is_503_and_the_repeat_settles_it"),
      new Mutant(
          "a pod that closes takes no notifications",
          CODE + "webhook/WebhookVerticle.java",
          "} else if (gate.isShut() || atWork >= MOST_AT_WORK) {",
          "} else if (atWork >= MOST_AT_WORK) {",
          PORT + "#a_pod_that_closes_sends_the_platform_elsewhere"),
      new Mutant(
          "what names no request is asked about",
          CODE + "codes/Classification.java",
          "if (envelope.transactionRequestId() == null) { return Report.UNKNOWN; } Report report",
          "Report report",
          FLOW + "#what_names_no_request_settles_nothing_and_is_asked_about"),
      new Mutant(
          "a sum that differs and is of nobody knows what is asked about",
          CODE + "codes/Classification.java",
          "return report == Report.OTHER_AMOUNT && envelope.amount().isSumOnly()",
          "return false",
          FLOW + "#a_sum_without_its_meaning_is_asked_about"),
      new Mutant(
          "a notification is held against the record",
          CODE + "flow/WebhookFlow.java",
          ": payment.platformId(), payment.referenceOrderId(), payment.amount());",
          ": payment.platformId(), null, payment.amount());",
          FLOW + "#s_of_another_order_under_the_id_of_what_has_ended_changes_nothing"),
      new Mutant(
          "the address of a notification is no evidence",
          CODE + "flow/NotifiedPayment.java",
          "&& addressed.owner().equals(owner) && isOf(addressed, named)",
          "&& addressed.owner().equals(owner)",
          FLOW + "#the_body_counts_and_not_the_address_that_it_came_to"),
      new Mutant(
          "a notified C ends nothing",
          CODE + "flow/WebhookFlow.java",
          "case CLOSED, FOREIGN -> expedited(webhook, payment);",
          "case CLOSED, FOREIGN -> decided(webhook, payment, once);",
          FLOW + "#a_no_settles_nothing_and_is_asked_about_at_once"),
      new Mutant(
          "a notified F ends nothing",
          CODE + "flow/WebhookFlow.java",
          "payment.isPage() ? repeated(payment) : expedited(webhook, payment);",
          "payment.isPage() ? repeated(payment) : decided(webhook, payment, once);",
          FLOW + "#a_no_settles_nothing_and_is_asked_about_at_once"),
      new Mutant(
          "one press that failed is no reason to ask about a page",
          CODE + "flow/WebhookFlow.java",
          "payment.isPage() ? repeated(payment) : expedited",
          "false ? repeated(payment) : expedited",
          FLOW + "#one_press_that_failed_does_not_end_a_page_and_s_pays_it"),
      new Mutant(
          "a settled notification is received once it is safe",
          CODE + "flow/WebhookFlow.java",
          "return ledger .safely(payment.id(), ended ? WebhookFlow::isSettled : WebhookFlow::isSeen) .map(ended",
          "return Future.succeededFuture().map(ended",
          WORLDS),
      new Mutant(
          "a repeated notification is received once the first is safe",
          CODE + "flow/WebhookFlow.java",
          "return ledger.safely(payment.id(), now -> now.outcome() == outcome).map(REPEATED);",
          "return Future.succeededFuture(REPEATED);",
          FLOW + "#what_is_no_news_here_may_still_be_news_to_a_replica"),
      new Mutant(
          "what is left for recovery is not received",
          CODE + "flow/WebhookFlow.java",
          "return once ? handle(webhook, false) : Future.failedFuture(unwritten());",
          "return Future.succeededFuture(SETTLED);",
          FLOW + "#nothing_is_taken_as_received_that_the_ledger_has_not_surely_written"),
      new Mutant(
          "a platform's secret says nothing of another's payments",
          CODE + "flow/WebhookFlow.java",
          "if (payment.isStrange() || !webhook.isOf(payment.account())) {",
          "if (false) {",
          FLOW + "#what_another_platform_was_sent_is_none_of_this_ones"),
      new Mutant(
          "where an id may be anothers only the query decides",
          CODE + "flow/WebhookFlow.java",
          "if (RecordedQuery.isPerhapsAnothers(payment, webhook.said().envelope())) {",
          "if (false) {",
          FLOW + "#where_the_id_may_have_been_anothers_before_the_query_decides"),
      new Mutant(
          "money of what is forgotten is listed for review",
          CODE + "flow/WebhookFlow.java",
          "return left.outcome() == Outcome.PAID || !money",
          "return true",
          FLOW + "#s_of_what_is_forgotten_needs_review_and_keeps_its_order"),
      new Mutant(
          "only our own address shows that a lost payment was ours",
          CODE + "flow/WebhookFlow.java",
          "return found.addressed() && isMoney(webhook, found.id()) ? moved(webhook, found.id()) : asked",
          "return isMoney(webhook, found.id()) ? moved(webhook, found.id()) : asked",
          FLOW + "#what_is_unknown_here_is_asked_about_once_a_second_at_most"),
      new Mutant(
          "what was charged under two of its ids is before an operator",
          CODE + "flow/engine/StoredReply.java",
          "&& shown.transactionId() != null && !paidBy.equals(shown.transactionId());",
          "&& false;",
          FLOW
              + "#what_was_charged_under_two_of_its_ids_is_before_an_operator_whichever_came_first"),
      new Mutant(
          "what is safe stands where a failover cannot lose it",
          CODE + "ledger/redis/RecordLookup.java",
          "reply.word() == OnFind.FOUND && stands.test(payment(id, reply))",
          "true",
          "io.payonce.ledger.redis.ReplicatedLedgerTest#with_its_replica_the_ledger_works"),
      new Mutant(
          "what it says is under way is not sent again",
          CODE + "flow/WebhookFlow.java",
          "&& payment.stage().isUnseen() &&",
          "&& false &&",
          FLOW + "#what_it_says_is_under_way_is_not_sent_again_though_a_query_does_not_find_it"),
      new Mutant(
          "a late S is an operator's to see, whatever it names",
          CODE + "flow/WebhookFlow.java",
          "payment.isEnded() ? late(webhook, payment) : expedited(webhook, payment);",
          "expedited(webhook, payment);",
          FLOW + "#a_late_s_that_names_only_its_transaction_needs_review"),
      new Mutant(
          "the address of a late S is no evidence",
          CODE + "flow/WebhookFlow.java",
          "? Future.succeededFuture(said.transactionRequestId() != null) :",
          "? Future.succeededFuture(true) :",
          FLOW + "#neither_an_address_nor_a_no_nor_what_was_paid_is_a_late_s"),
      new Mutant(
          "strangers' transactions are seldom asked about",
          CODE + "flow/UnknownTransactions.java",
          "if (next != null && now - next < 0) {",
          "if (false) {",
          FLOW + "#what_is_unknown_here_is_asked_about_once_a_second_at_most"));

  private WebhookMutants() {}
}
