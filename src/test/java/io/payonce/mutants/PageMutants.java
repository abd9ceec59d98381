package io.payonce.mutants;

import java.util.List;

/** Rules of hosted pages. */
final class PageMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String RULE = "io.payonce.recovery.HostedPagesTest";
  private static final String STREET = "io.payonce.world.PagesTest";
  private static final String LEDGER = "io.payonce.ledger.redis.RedisLedgerTest";

  private static final String SCRIPT = "resources/io/payonce/ledger/redis/";
  private static final String BINDS = "io.payonce.flow.PaidBindsTest";

  private static final String JUMPS = "io.payonce.world.PagesTest";

  private static final String MOVED = LEDGER
      + "#a_page_that_moves_another_amount_after_its_order_was_handed_on_is_among_its_payers";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "money that a page moves after it gave its order away keeps that order",
          SCRIPT + "defer.lua",
          "payLate(order, back, attention, member, id, sets, keepMillis)",
          "",
          MOVED),
      new Mutant(
          "a page that has its order holds it on",
          SCRIPT + "defer.lua",
          "and string.find(redis.call('HGET', payment, 'shut') or '', ' .')",
          "",
          LEDGER + "#a_page_that_has_its_order_holds_it_for_another_amount"),
      new Mutant(
          "a page of which an operator says that it paid nothing is no payer of its order",
          SCRIPT + "settle.lua",
          "free(order, stood[3], id, had[5], keepMillis, had[10]);",
          "free(order, stood[3], id, had[5], keepMillis);",
          MOVED),
      new Mutant(
          "what was asked for before does not end a page that other clocks know to live",
          CODE + "recovery/Deadlines.java",
          "callersGone, page.atMost(asked.page));",
          "callersGone, asked.page);",
          JUMPS + "#a_ledger_whose_clock_jumps_ahead_ends_no_page"),
      new Mutant(
          "no page ends by the ledger's clock alone",
          CODE + "flow/engine/PageTimes.java",
          "nowMillis >= ends && proof.intentMillis() >= ends - page.intentAtMillis()",
          "nowMillis >= ends",
          JUMPS + "#a_ledger_whose_clock_jumps_ahead_ends_no_page"),
      new Mutant(
          "no page is shut by the ledger's clock alone",
          CODE + "flow/engine/PageTimes.java",
          "&& provenIn(page, proof) <= 0",
          "",
          JUMPS + "#a_ledger_whose_clock_jumps_ahead_ends_no_press"),
      new Mutant(
          "no order is handed over by the ledger's clock alone",
          CODE + "flow/PageHandover.java",
          "Deadlines moment = proven(of, shut, asked, answer);",
          "Deadlines moment = asked;",
          JUMPS + "#a_ledger_whose_clock_jumps_ahead_ends_no_press"),
      new Mutant(
          "a closed page is looked at when the slower clock has run, not half an hour later",
          CODE + "flow/engine/RetryTiming.java",
          "Math.max(pages.shutAt(page), proven)",
          "pages.shutAt(page)",
          STREET + "#a_closed_page_ends_a_moment_later_where_a_pods_clock_is_a_moment_behind"),
      new Mutant(
          "who wants a closed page's order waits for the slower clock, too",
          CODE + "flow/PageHandover.java",
          "unseen > 0 ? patiently(of, shut, unseen) : kept(SOON_MILLIS)",
          "kept(SOON_MILLIS)",
          STREET + "#an_order_is_handed_over_later_where_a_pods_clock_is_behind"),
      new Mutant(
          "F ends nothing while the page lives",
          CODE + "recovery/HostedPages.java",
          "case DECLINED, FAILED, INITIAL -> unpressed(stage, waiting, moment);",
          "case DECLINED, FAILED, INITIAL -> unpaid(stage, \"F\");",
          RULE + "#f_ends_nothing_while_the_page_lives"),
      new Mutant(
          "C counts only once no press can be under way",
          CODE + "recovery/HostedPages.java",
          "moment.page().isShut() && stage.history().isFinal(moment)",
          "stage.history().isFinal(moment)",
          RULE + "#c_counts_only_once_no_press_can_be_under_way"),
      new Mutant(
          "C counts only with no send that may open the page anew",
          CODE + "recovery/HostedPages.java",
          "moment.page().isShut() && stage.history().isFinal(moment)",
          "moment.page().isShut()",
          RULE + "#c_counts_only_with_no_send_that_may_open_the_page_anew"),
      new Mutant(
          "without C a page is unpaid only after its whole life",
          CODE + "recovery/HostedPages.java",
          "return moment.page() == PageLife.OVER",
          "return moment.page() != PageLife.LIVES",
          RULE + "#without_c_a_page_is_unpaid_only_after_its_whole_life"),
      new Mutant(
          "a closed page is not opened anew",
          CODE + "recovery/HostedPages.java",
          "&& moment.page() == PageLife.LIVES",
          "",
          RULE + "#a_closed_page_is_not_opened_anew"),
      new Mutant(
          "what was answered that its order is paid is not sent again",
          CODE + "recovery/HostedPages.java",
          "&& !history.has(Mark.ORDER_PAID_ELSEWHERE)",
          "",
          RULE + "#a_page_whose_id_or_order_is_taken_is_asked_about_and_not_sent_again"),
      new Mutant(
          "a page that was made is open, not done",
          CODE + "recovery/Sending.java",
          "if (moment.page().isPage() && report.isStatus() && !moved) {",
          "if (false) {",
          RULE + "#a_page_that_was_made_is_open_and_not_done"),
      new Mutant(
          "an order changes hands only on C",
          CODE + "recovery/Succession.java",
          "shown == Report.CLOSED && moment.page().isShut() &&",
          "moment.page().isShut() &&",
          RULE + "#an_order_changes_hands_only_on_c_after_the_slack_with_no_send_unaccounted_for"),
      new Mutant(
          "an order changes hands only after the slack",
          CODE + "recovery/Succession.java",
          "shown == Report.CLOSED && moment.page().isShut() &&",
          "shown == Report.CLOSED &&",
          RULE + "#an_order_changes_hands_only_on_c_after_the_slack_with_no_send_unaccounted_for"),
      new Mutant(
          "no order changes hands while a send is unaccounted for",
          CODE + "recovery/Succession.java",
          "&& isAlone(history, moment)",
          "",
          RULE + "#an_order_changes_hands_only_on_c_after_the_slack_with_no_send_unaccounted_for"),
      new Mutant(
          "no operator calls a living page unpaid",
          CODE + "recovery/Resolution.java",
          "if (moment.page().isPage() && !isOver(shown, moment)) {",
          "if (false) {",
          RULE + "#no_operator_calls_a_page_unpaid_that_may_still_be_paid"),
      new Mutant(
          "a page's life is over when the platform's clock cannot say otherwise",
          CODE + "flow/engine/PageTimes.java",
          "return looksAt(page) + Window.MILLIS;",
          "return looksAt(page);",
          STREET + "#without_c_the_order_is_free_only_after_the_pages_whole_life"),
      new Mutant(
          "abandoned pages are not polled",
          CODE + "flow/engine/RetryTiming.java",
          "long look = silent ? now : nextLook(then, report, now);",
          "long look = now;",
          STREET + "#abandoned_pages_are_not_polled"),
      new Mutant(
          "the press that was under way is waited for",
          CODE + "flow/PageHandover.java",
          "return rest <= 0 ? ask(of, shut) : patiently(of, shut, Math.max(rest, unseen));",
          "return ask(of, shut);",
          STREET + "#a_sale_beside_an_open_page_closes_it_and_charges_once"),
      new Mutant(
          "what has no page in it is not answered as one",
          CODE + "flow/engine/StoredReply.java",
          "&& ResultReply.isAnswerable(Operation.CREATE_SESSION, answer);",
          ";",
          "io.payonce.flow.OpenAnswersTest"
              + "#a_session_that_is_accepted_without_its_page_is_not_answered_as_made"),
      new Mutant(
          "that a page was paid is written before others are refused for it",
          CODE + "flow/PageHandover.java",
          "return writes .paid(page.ref(), Settlement.paid(page, reply, answer.envelope().transactionId(), event))",
          "return Future.<CloseResult>succeededFuture(new CloseResult.Closed())",
          BINDS + "#a_page_that_was_seen_paid_never_gives_way_whatever_is_said_of_it_next"),
      new Mutant(
          "that a page has moved another amount is written",
          CODE + "flow/PageHandover.java",
          "return retries .moved( of.page().id(), (Answer.Spoken) answer, ASKED, \"money moved for it, when its order was wanted\")",
          "return Future.<Void>succeededFuture()",
          BINDS + "#a_page_that_has_moved_another_amount_never_gives_way"),
      new Mutant(
          "what has moved money keeps its order",
          SCRIPT + "common.lua",
          "(had[1] == 'OPEN' or had[1] == 'ATTENTION') and not had[6]",
          "(had[1] == 'OPEN' or had[1] == 'ATTENTION')",
          LEDGER + "#a_page_hands_nothing_on_that_is_not_as_it_was_seen"),
      new Mutant(
          "refuse closes no page",
          CODE + "flow/PageHandover.java",
          "settings.orders().sessions() == SessionPolicy.REPLACE && PageExpiry.sessionId(of.page()) != null",
          "PageExpiry.sessionId(of.page()) != null",
          STREET + "#refuse_closes_no_page"),
      new Mutant(
          "the same request gets the same page",
          CODE + "flow/engine/StoredReply.java",
          "return made ? work.answerSoFar() : null;",
          "return null;",
          STREET + "#the_same_request_gets_the_same_page_when_a_confirm_has_shown_it_paid"),
      new Mutant(
          "a closed page's id is C11",
          CODE + "flow/engine/StoredReply.java",
          "if (work.isPage() && outcome == Outcome.UNPAID) {",
          "if (false) {",
          "io.payonce.flow.engine.ResultReplyTest#whoever_wants_a_page_that_has_ended_unpaid_has_to_make_another"),
      new Mutant(
          "F on a page is no reason to ask about it sooner",
          CODE + "flow/RecordedQuery.java",
          "if (payment.isPage() && (report == Report.FAILED || report == Report.DECLINED)) {",
          "if (false) {",
          STREET + "#a_declined_shopper_presses_again_and_has_paid"),
      new Mutant(
          "a page that a caller expires is looked at after the slack",
          CODE + "flow/ExpiryFlow.java",
          "return expired ? noted(",
          "return false ? noted(",
          STREET + "#a_page_that_a_caller_expires_frees_its_order_after_the_slack"),
      new Mutant(
          "pages take their orders only when all pods can read it",
          CODE + "ledger/redis/BeginRetrier.java",
          "&& (payment.operation() != Operation.CREATE_SESSION || abilities.all(Ability.PAGES));",
          ";",
          LEDGER + "#a_page_takes_no_order_while_an_earlier_version_lives"),
      new Mutant(
          "an order is handed on only by the page as it was seen",
          "resources/io/payonce/ledger/redis/common.lua",
          "or string.gsub(had[2], 'a', '') ~= string.gsub(history, 'a', '') or",
          "or",
          LEDGER + "#a_page_hands_nothing_on_that_is_not_as_it_was_seen"),
      new Mutant(
          "a page that may be sent again hands nothing on",
          "resources/io/payonce/ledger/redis/common.lua",
          "if not follows or",
          "if",
          LEDGER + "#a_page_hands_nothing_on_that_is_not_as_it_was_seen"),
      new Mutant(
          "a page that is not closed hands nothing on",
          "resources/io/payonce/ledger/redis/common.lua",
          "or not string.match(had[3] or '', '^%d+ $') then return false end",
          "then return false end had[3] = had[3] or '0 '",
          LEDGER + "#a_page_hands_nothing_on_that_is_not_as_it_was_seen"),
      new Mutant(
          "a page that has handed its order on stays due",
          "resources/io/payonce/ledger/redis/common.lua",
          "if had[4] == '-' then redis.call('ZADD', due, lookAt, member) end",
          "redis.call('ZREM', due, member)",
          LEDGER + "#a_closed_page_hands_its_order_on_and_stays_due"),
      new Mutant(
          "a page that has handed its order on contests none",
          CODE + "ledger/maintenance/AuditReply.java",
          "if (orderName.isEmpty() || field(Field.SHUT).matches(\"\\\\d+ .+\")) {",
          "if (orderName.isEmpty()) {",
          "io.payonce.ledger.maintenance.AuditorTest#a_page_that_has_handed_its_order_on_contests_none"));

  private PageMutants() {}
}
