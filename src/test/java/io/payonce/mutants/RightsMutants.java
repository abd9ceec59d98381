package io.payonce.mutants;

import java.util.List;

/** Which merchants a client may call for, and that it learns nothing of others. */
final class RightsMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String RIGHTS = CODE + "flow/engine/ClientRights.java";
  private static final String SCAN = CODE + "json/MerchantScan.java";
  private static final String TABLE = "io.payonce.http.ClientRightsTest#";
  private static final String BODIES = TABLE + "a_body_must_name_one_of_its_merchants_plainly";
  private static final String PLACES = TABLE + "all_places_of_a_call_must_agree";
  private static final String PAGES =
      TABLE + "a_page_that_is_not_known_as_its_merchants_is_not_closed_for_who_is_kept_to_that";
  private static final String MADE =
      TABLE + "whoever_is_kept_to_some_closes_the_pages_that_he_has_made";
  private static final String APPS = "io.payonce.wiring.AccountsWiringTest"
      + "#an_app_of_another_account_than_the_merchants_is_anothers";
  private static final String OPEN = "io.payonce.settings.ReloadableTest"
      + "#who_shows_no_key_is_kept_out_at_once_and_let_in_by_a_restart_only";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "a client is kept to its merchants before anything is done for it",
          CODE + "flow/Flows.java",
          "Outbound refusal = rights.refusal(inbound);",
          "Outbound refusal = null;",
          TABLE + "another_merchants_payment_is_nothing_to_a_client_whether_it_is_there_or_not"),
      new Mutant(
          "a page is closed for the merchant that it is known to be of",
          CODE + "flow/ExpiryFlow.java",
          "return rights.isKept(inbound)",
          "return rights.isKept(inbound) && inbound == null",
          PAGES),
      new Mutant(
          "a page has the name of its session, whatever else it is called",
          CODE + "flow/engine/PaymentEngine.java",
          ": pageNamed(work, step, known).map(done))",
          ": Future.succeededFuture(done))",
          MADE),
      new Mutant(
          "and whether it takes an order or not",
          CODE + "flow/engine/PaymentEngine.java",
          ".compose(done -> pageNamed(work, step, answer))",
          "",
          MADE),
      new Mutant(
          "and not while that cannot be read",
          CODE + "flow/ExpiryFlow.java",
          ".recover(failure -> unread(inbound, failure))",
          ".recover(failure -> close(inbound, Optional.empty()))",
          TABLE
              + "a_page_is_not_closed_for_who_is_kept_to_some_while_it_cannot_be_known_whose_it_is"),
      new Mutant(
          "an answer with another merchant's entries is not shown",
          CODE + "flow/Flows.java",
          "answer(inbound).map(out -> rights.shown(inbound, out))",
          "answer(inbound)",
          TABLE + "lists_with_another_merchants_entries_are_not_shown_to_who_is_kept_to_its_own"),
      new Mutant(
          "an answer about another merchant is no answer",
          CODE + "flow/engine/OneMerchant.java",
          "return named == null || asksFor(named, request)",
          "return true",
          TABLE + "an_answer_about_another_merchant_is_as_good_as_none"),
      new Mutant(
          "a call that names no merchant is for none of a client's",
          RIGHTS,
          "if (meant == null) {",
          "if (false) {",
          BODIES),
      new Mutant(
          "every merchant that a body names must be the client's",
          RIGHTS,
          "own.containsAll(body.all())",
          "own.contains(meant)",
          BODIES),
      new Mutant(
          "every merchant that a query names must be the client's",
          RIGHTS,
          "&& own.containsAll(query.all())",
          "",
          PLACES),
      new Mutant(
          "a merchant in a header must be the client's",
          RIGHTS,
          "&& headers(inbound).allMatch(own::contains)",
          "",
          PLACES),
      new Mutant(
          "a merchant in a path must be the client's",
          RIGHTS,
          "(!forwarded || path(inbound).allMatch(own::contains))",
          "true",
          PLACES),
      new Mutant(
          "an appId beside it must be of that merchant's account",
          RIGHTS,
          "return accounts.isAnothers(Accounts.appId(inbound), meant)",
          "return false",
          TABLE + "a_client_may_not_name_another_accounts_app_beside_its_own_merchant"),
      new Mutant(
          "the account that lists a merchant is that merchant's",
          CODE + "wiring/AccountsWiring.java",
          "&& !ofApp.equals(ofMerchant)",
          "&& ofMerchant == null",
          APPS),
      new Mutant(
          "a merchant that an account does not list is none of its",
          CODE + "wiring/AccountsWiring.java",
          "|| ofMerchants.containsValue(ofApp));",
          ");",
          APPS),
      new Mutant(
          "who shows no key is kept out as soon as the settings say so",
          CODE + "settings/Reloadable.java",
          "current.client().open() && fresh.client().open(),",
          "current.client().open(),",
          OPEN),
      new Mutant(
          "and is let in by a restart only",
          CODE + "settings/Reloadable.java",
          "current.client().open() && fresh.client().open(),",
          "running.client().open() && fresh.client().open(),",
          OPEN),
      new Mutant(
          "a call is held against the settings of now",
          CODE + "http/ClientKeys.java",
          "return now.get().open();",
          "return true;",
          "io.payonce.http.ClientKeysTest#whether_a_key_is_needed_is_what_the_settings_say_by_now"),
      new Mutant(
          "beside a body a query names nobody",
          RIGHTS,
          "String meant = body.plain();",
          "String meant = body.plain() == null ? query.plain() : body.plain();",
          PLACES),
      new Mutant(
          "a name that has gone is for no merchant until the restart",
          CODE + "settings/Reloadable.java",
          ".forEach(key -> all.put(key.name(), Set.of()));",
          ".forEach(key -> {});",
          "io.payonce.settings.ReloadableTest#a_client_whose_name_has_gone_is_for_no_merchant_until_the_restart"),
      new Mutant(
          "so is a key that another name has by now",
          CODE + "settings/Reloadable.java",
          "|| fixed && isAnothers(key, fresh.keys())",
          "",
          "io.payonce.settings.ReloadableTest#a_key_that_another_name_has_now_is_for_no_merchant_until_the_restart"),
      new Mutant(
          "who gets a new name is not let go by that",
          CODE + "http/ClientKeys.java",
          "orphans.isEmpty() ? Set.of()",
          "true ? Set.of()",
          "io.payonce.http.ClientKeysTest#a_client_with_a_list_that_gets_a_new_name_waits_until_the_list_has_it"),
      new Mutant(
          "merchants are found however deep they are",
          SCAN,
          "object(parser, false);",
          "parser.skipChildren();",
          BODIES),
      new Mutant(
          "a body that is called a form must name nobody else as one",
          RIGHTS,
          "&& own.containsAll(form(inbound))",
          "",
          TABLE + "a_body_that_is_called_a_form_names_no_other_merchant_as_one"),
      new Mutant(
          "a payment's own answer may name an acquirer",
          RIGHTS,
          "|| payments && !isMerchant(named)",
          "",
          TABLE + "a_payments_own_answer_is_shown_unless_it_names_another_merchant_besides"),
      new Mutant(
          "and no other merchant",
          RIGHTS,
          "|| payments && !isMerchant(named)",
          "|| payments",
          TABLE + "a_payments_own_answer_is_shown_unless_it_names_another_merchant_besides"),
      new Mutant(
          "a semicolon may begin another parameter",
          SCAN,
          "scan.behindSemicolons(name + \"=\" + value);",
          "",
          "io.payonce.json.MerchantScanTest#each_merchant_of_a_query_is_found"),
      new Mutant(
          "a merchant of an account is one in a path, too",
          RIGHTS,
          "return !accounts.of(null, name).isDefault()",
          "return false",
          PLACES),
      new Mutant(
          "names are found in whatever spelling",
          SCAN,
          "ALIKE.contains(lastLetters(name))",
          "false",
          BODIES));

  private RightsMutants() {}
}
