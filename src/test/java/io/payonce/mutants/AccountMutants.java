package io.payonce.mutants;

import java.util.List;

/** A payment keeps the key that it began with, and no other is used for it. */
final class AccountMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String FLOW = "io.payonce.flow.TwoAccountsTest";
  private static final String LEDGER = "io.payonce.ledger.redis.RedisLedgerTest";
  private static final String KEEPS =
      LEDGER + "#a_payment_keeps_its_account_and_a_pod_without_that_leaves_it_alone";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "a query by another application asks by the payment's own",
          CODE + "flow/QueryFlow.java",
          "String appId = payment == null ? callers : payment.appId(callers);",
          "String appId = callers;",
          FLOW + "#a_query_by_another_application_asks_by_the_payments_own"),
      new Mutant(
          "who wants an order asks by the payer's application",
          CODE + "flow/engine/UndoneOrders.java",
          "found.get().appId(appId),",
          "appId,",
          FLOW + "#who_wants_the_order_of_another_applications_payment_asks_by_that_one"),
      new Mutant(
          "what follows is cleared up by its original's application",
          CODE + "flow/PaidAfterAll.java",
          "original.appId(appId)",
          "appId",
          FLOW + "#what_follows_by_another_application_is_cleared_up_by_the_originals"),
      new Mutant(
          "a page gives way by its own application",
          CODE + "flow/PageHandover.java",
          "page.appId(of.caller().fields().appId())",
          "of.caller().fields().appId()",
          FLOW + "#a_hosted_page_gives_way_to_another_application_by_its_own"),
      new Mutant(
          "and is closed by it",
          CODE + "flow/PageExpiry.java",
          "page.appId(appId)",
          "appId",
          FLOW + "#a_hosted_page_gives_way_to_another_application_by_its_own"),
      new Mutant(
          "a page is closed under the key that it was made with",
          "java/io/payonce/flow/ExpiryFlow.java",
          "account.orElse(callers)",
          "callers",
          "io.payonce.flow.TwoAccountsTest#a_hosted_page_is_closed_under_the_key_that_it_was_made_with"),
      new Mutant(
          "a page is known by its session",
          "java/io/payonce/flow/engine/PaymentEngine.java",
          "step.isPagesAnswer(work) ? StoredReply.session(known) : step.name(work)",
          "step.name(work)",
          "io.payonce.flow.TwoAccountsTest#a_hosted_page_is_closed_under_the_key_that_it_was_made_with"),
      new Mutant(
          "a payment is asked about and sent again under its own key",
          CODE + "flow/engine/PaymentEngine.java",
          "return accounts.way(work.account());",
          "return accounts.way(accounts.of(work.fields().appId(), work.id().merchantId()));",
          FLOW + "#what_another_pod_takes_over_it_asks_about_and_sends_again_under_the_same_key"),
      new Mutant(
          "a follow-up goes where its original went",
          CODE + "flow/PaymentFlow.java",
          ": followed.whose().account();",
          ": accounts.of(checked.fields().appId(), checked.id().merchantId());",
          FLOW + "#what_follows_on_it_goes_where_it_went"),
      new Mutant(
          "so does one of which only a tombstone is left",
          CODE + "flow/OriginalLookup.java",
          ": ledger.tombstone(id).map(left -> left.map(Tombstone::whose).orElse(null)));",
          ": Future.succeededFuture(null));",
          FLOW + "#also_by_its_order_when_nothing_but_its_tombstone_is_left"),
      new Mutant(
          "a query asks under the key of the payment",
          CODE + "flow/QueryFlow.java",
          ".map(Payment::account)",
          ".map(none -> (Account) null)",
          FLOW + "#a_repeat_and_a_query_of_it_go_by_its_own_key_too"),
      new Mutant(
          "an abort goes where its payment went",
          CODE + "flow/AbortFlow.java",
          "send(stop, noted.account(),",
          "send(stop, accounts.of(null, noted.id().merchantId()),",
          FLOW + "#a_void_and_an_abort_and_an_operators_questions_too"),
      new Mutant(
          "also when only a tombstone is left of that",
          CODE + "flow/AbortFlow.java",
          "send(stop, left.get().account(),",
          "send(stop, accounts.of(null, id.merchantId()),",
          FLOW + "#an_abort_of_what_only_a_tombstone_is_left_of_goes_where_it_went"),
      new Mutant(
          "what is passed on names its merchant in its body or else in its query",
          CODE + "flow/port/Accounts.java",
          "named != null ? named : MerchantScan.query(inbound.query()).plain());",
          "named);",
          FLOW + "#what_is_passed_on_goes_by_its_body_or_else_by_its_query"),
      new Mutant(
          "a body's word counts before its query's",
          CODE + "flow/port/Accounts.java",
          "inbound.body().length == 0 ? null",
          "true ? null",
          FLOW + "#what_is_passed_on_goes_by_its_body_or_else_by_its_query"),
      new Mutant(
          "who has paid an order is asked about under its own key",
          CODE + "flow/engine/UndoneOrders.java",
          "Accounts.Way way = accounts.way(whose.account());",
          "Accounts.Way way = accounts.way(accounts.of(appId, payer.merchantId()));",
          FLOW + "#who_paid_an_order_is_asked_about_under_its_own_key"),
      new Mutant(
          "an appId beats a merchantId",
          CODE + "wiring/AccountsWiring.java",
          "return ofApp != null\n        ? ofApp",
          "return ofApp != null && merchantId == null\n        ? ofApp",
          "io.payonce.wiring.AccountsWiringTest#an_app_beats_a_merchant"),
      new Mutant(
          "a record names its account",
          CODE + "ledger/redis/BeginRetrier.java",
          "settings.home().of(payment.account()),",
          "settings.home().own(),",
          KEEPS),
      new Mutant(
          "the names of accounts are compared whole",
          CODE + "ledger/redis/HomePlatform.java",
          "collect(Collectors.joining(\" \", \" \", \" \"))",
          "collect(Collectors.joining(\"/north \", \" \", \"/north \"))",
          KEEPS),
      new Mutant(
          "one account's webhook secret says nothing of another's payments",
          CODE + "flow/WebhookFlow.java",
          "if (payment.isStrange() || !webhook.isOf(payment.account())) {",
          "if (payment.isStrange()) {",
          FLOW + "#one_accounts_secret_says_nothing_of_anothers_payments"),
      new Mutant(
          "an account with a secret of its own is not spoken of under the general one",
          CODE + "wiring/WebhookWiring.java",
          "} else {\n        general.add(account);",
          "}\n      {\n        general.add(account);",
          "io.payonce.wiring.WebhookWiringTest"
              + "#an_accounts_own_secret_is_of_its_payments_and_the_general_one_of_all_others"),
      new Mutant(
          "whose secret a pod does not have, its notifications wait",
          CODE + "outcome/Notifier.java",
          "if (notice.account() == null) {",
          "if (false) {",
          "io.payonce.outcome.NotifierTest"
              + "#what_another_accounts_secret_is_to_sign_waits_for_a_pod_that_has_it"),
      new Mutant(
          "a notification that nobody can sign comes before an operator",
          CODE + "outcome/Notifier.java",
          "if (!notice.isOlderThan(settings.giveUpMillis())) {",
          "if (true) {",
          "io.payonce.outcome.NotifierTest"
              + "#what_no_pod_can_sign_is_given_up_in_the_end_and_a_pod_that_can_comes_first"),
      new Mutant(
          "before that, a pod that can sign it has a lease to come",
          CODE + "outcome/Notifier.java",
          "return notice.tries().failed() == 0",
          "return notice.tries().failed() < 0",
          "io.payonce.outcome.NotifierTest"
              + "#what_no_pod_can_sign_is_given_up_in_the_end_and_a_pod_that_can_comes_first"),
      new Mutant(
          "one account's success proves nothing for another",
          CODE + "telemetry/Misconfigurations.java",
          "return account.equals(byAccount)",
          "return true",
          "io.payonce.telemetry.MisconfigurationsTest"
              + "#another_accounts_success_proves_nothing"));

  private AccountMutants() {}
}
