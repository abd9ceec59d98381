package io.payonce.mutants;

import java.util.List;

/** Rules of the journal of outcomes, and of what callers are to be notified of. */
final class OutcomeMutants {
  private static final String LEDGER = "resources/io/payonce/ledger/redis/";
  private static final String CONTRACT = "io.payonce.ledger.redis.RedisLedgerTest";
  private static final String WRITES = "io.payonce.ledger.redis.JournalWriteTest";
  private static final String WRECKS = "io.payonce.ledger.redis.BrokenRecordsTest";

  private static final String LOST = CONTRACT
      + "#money_that_moved_for_a_request_whose_id_is_another_ones_by_now_is_known_everywhere";
  private static final String ENDED =
      CONTRACT + "#what_has_ended_keeps_its_answer_though_another_request_of_its_id_is_paid";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "where the clock has gone back, a refusal is notified",
          LEDGER + "release.lua",
          "or passed < 0",
          "",
          "io.payonce.ledger.redis.ClockStepTest"
              + "#who_waits_no_more_is_notified_of_a_refusal_though_it_seems_to_have_begun_later"),
      new Mutant(
          "no payment ends without its entry",
          LEDGER + "settle.lua",
          "report(said, 'settled', of, outcome, had[3], history)",
          "",
          CONTRACT
              + "#what_ends_is_in_the_journal_once_however_often_and_by_whomever_it_is_settled"),
      new Mutant(
          "who has lost the lease writes no entry",
          LEDGER + "settle.lua",
          "if outcome ~= 'PAID' and not holds(had[2], token) then return {'STALE'} end",
          "if outcome ~= 'PAID' and not holds(had[2], token) then"
              + " report(said, 'settled', of, outcome, had[3], history) return {'STALE'} end",
          CONTRACT
              + "#what_ends_is_in_the_journal_once_however_often_and_by_whomever_it_is_settled"),
      new Mutant(
          "a late success is no second end",
          LEDGER + "settle.lua",
          "report(said, 'contradicted', of, outcome, had[3], had[15])",
          "report(said, 'settled', of, outcome, had[3], had[15])",
          CONTRACT + "#the_journal_names_both_outcomes_where_an_answer_is_contradicted_and_once"),
      new Mutant(
          "a late success is notified once",
          LEDGER + "settle.lua",
          "and not isNoted(had[14], platformId) then",
          "then",
          CONTRACT + "#the_journal_names_both_outcomes_where_an_answer_is_contradicted_and_once"),
      new Mutant(
          "each of its ids that is paid late is a charge of its own",
          LEDGER + "common.lua",
          "return late == '1' or late and string.find(late, ' ' .. platformId .. ' ', 1, true)",
          "return late",
          CONTRACT + "#each_id_that_is_paid_after_an_unpaid_answer_is_in_the_journal_once"),
      new Mutant(
          "a late success that an earlier program has written is no news",
          LEDGER + "common.lua",
          "return late == '1' or late and",
          "return late and",
          CONTRACT + "#a_late_success_that_an_earlier_program_has_written_is_no_news"),
      new Mutant(
          "that a lost request is paid is known though its id is another's",
          LEDGER + "settle.lua",
          "request ~= fingerprint and outcome == 'PAID' then payLost",
          "false then payLost",
          LOST),
      new Mutant(
          "only money says something of a request that is lost",
          LEDGER + "settle.lua",
          "request ~= fingerprint and outcome == 'PAID' then payLost",
          "request ~= fingerprint then payLost",
          LOST),
      new Mutant(
          "that a lost request is paid is in the journal once",
          LEDGER + "common.lua",
          "~= platformId then journal(said",
          "~= false then journal(said",
          LOST),
      new Mutant(
          "nothing is sent again under an id that is paid",
          LEDGER + "common.lua",
          "else redis.call('HSET', payment, 'ab', 'lost') end",
          "end",
          LOST),
      new Mutant(
          "that a lost request is paid is an operator's to see",
          LEDGER + "common.lua",
          "redis.call('ZADD', attention, 'NX', at, member) if pays ~= '1' then return end",
          "if pays ~= '1' then return end",
          ENDED),
      new Mutant(
          "who has an order keeps it though a lost request has paid it",
          LEDGER + "common.lua",
          "if own and sets == '1' and kind == 'held' and holder == id then",
          "if false then",
          LOST),
      new Mutant(
          "a lost request's order is not held for another's",
          LEDGER + "common.lua",
          "if own and sets == '1' and kind",
          "if sets == '1' and kind",
          LOST),
      new Mutant(
          "what ends stays listed for what its id has paid before",
          LEDGER + "settle.lua",
          "(second or had[18] == 'lost') and 'RELEASED' or state",
          "second and 'RELEASED' or state",
          LOST),
      new Mutant(
          "what is released stays listed for what its id has paid before",
          LEDGER + "release.lua",
          "(state == 'ATTENTION' or had[6]) and had[9] ~= 'lost'",
          "(state == 'ATTENTION' or had[6])",
          CONTRACT + "#what_is_released_stays_listed_when_another_request_of_its_id_is_paid"),
      new Mutant(
          "what has ended stays for the operator of what its id has paid before",
          LEDGER + "common.lua",
          "if ended(state) then redis.call('PERSIST', payment) else",
          "if not ended(state) then",
          CONTRACT + "#what_an_earlier_request_of_its_id_has_paid_does_not_end_by_itself"),
      new Mutant(
          "a second charge is named so that readers can read it",
          LEDGER + "common.lua",
          "string.match(moved, '^(.*) as %S+$') or moved",
          "moved",
          CONTRACT + "#a_second_charge_is_in_the_journal_once_with_its_sum_and_its_own_name"),
      new Mutant(
          "paid once more after a person said no is news again",
          LEDGER + "acknowledge.lua",
          "redis.call('HDEL', payment, 'late')",
          "",
          CONTRACT
              + "#what_is_seen_paid_once_more_after_an_operator_said_no_is_notified_and_journalled_again"),
      new Mutant(
          "a payment ends in full memory also without a journal",
          LEDGER + "common.lua",
          "local lasts = redis.call('PEXPIRE', notice, millis)",
          "local lasts = 0",
          WRITES
              + "#a_payment_ends_and_is_notified_also_when_memory_is_full_and_no_journal_is_kept"),
      new Mutant(
          "an entry says what was answered before",
          LEDGER + "common.lua",
          "'told', told or '',",
          "'told', '',",
          CONTRACT + "#the_journal_names_both_outcomes_where_an_answer_is_contradicted_and_once"),
      new Mutant(
          "money that moved for a lost payment has its entry",
          LEDGER + "common.lua",
          "report(said, 'contradicted', of, 'PAID', told, history)",
          "",
          CONTRACT + "#money_that_moved_for_a_lost_payment_is_in_the_journal"),
      new Mutant(
          "money that moved for a lost payment has one entry for each of its ids",
          LEDGER + "common.lua",
          "if redis.call('HGET', back, 'told:' .. id) == platformId then return false end",
          "",
          CONTRACT + "#money_that_moved_for_a_lost_payment_is_in_the_journal"),
      new Mutant(
          "what is known to be paid is no news",
          LEDGER + "common.lua",
          "if told == 'PAID' then return false end",
          "",
          CONTRACT + "#a_forgotten_payment_that_was_paid_is_no_news_when_it_is_seen_paid"),
      new Mutant(
          "the journal is a script's first write",
          LEDGER + "settle.lua",
          "report(said, 'settled', of, outcome, had[3], history)\n",
          "redis.call('HDEL', payment, 'f')\n"
              + "report(said, 'settled', of, outcome, had[3], history)\n",
          WRITES + "#who_may_not_write_the_journal_ends_and_changes_nothing"),
      new Mutant(
          "a notice is written after the journal",
          LEDGER + "common.lua",
          "journal(outcomes, journalMillis, at, kind, member, of, outcome, told, history,"
              + " transactionId, platformId, why)\n  if of[6]",
          "notify(notice, outbox, noticeMillis, at, kind, member, of, outcome, answer)\n"
              + "  journal(outcomes, journalMillis, at, kind, member, of, outcome, told, history,"
              + " transactionId, platformId, why)\n  if false and of[6]",
          WRITES + "#who_may_not_write_the_journal_ends_and_changes_nothing"),
      new Mutant(
          "full memory keeps no payment from its end",
          LEDGER + "common.lua",
          "local lasts = redis.call('PEXPIRE', outcomes, millis)",
          "local lasts = 0",
          WRITES + "#a_payment_ends_and_is_journalled_also_when_memory_is_full"),
      new Mutant(
          "a shard's first entry has an end",
          LEDGER + "common.lua",
          "if lasts == 0 then redis.call('PEXPIRE', outcomes, millis) end",
          "",
          WRITES + "#the_journal_of_a_shard_ends_some_time_after_its_last_entry"),
      new Mutant(
          "old entries are trimmed",
          LEDGER + "common.lua",
          "math.max(0, at - millis)",
          "0",
          WRITES + "#entries_that_are_too_old_leave_with_the_next_one"),
      new Mutant(
          "without a journal nothing of it is written",
          LEDGER + "common.lua",
          "if millis == '' then return end",
          "if millis == '' then millis = 1000 end",
          CONTRACT + "#without_a_journal_none_is_written_and_callers_are_notified_all_the_same"),
      new Mutant(
          "a release that its caller was answered is no entry",
          LEDGER + "release.lua",
          "if not string.find(had[8] or '', ' ' .. token .. ' ', 1, true) or passed >= tonumber(waited) or passed < 0 then",
          "if true then",
          CONTRACT + "#a_release_is_in_the_journal_if_its_caller_was_not_answered_with_it"),
      new Mutant(
          "a release by another one than who began is an entry",
          LEDGER + "release.lua",
          "not string.find(had[8] or '', ' ' .. token .. ' ', 1, true) or",
          "",
          CONTRACT + "#a_release_is_in_the_journal_if_its_caller_was_not_answered_with_it"),
      new Mutant(
          "a release of what outlasted its caller's patience is an entry",
          LEDGER + "release.lua",
          "or passed >= tonumber(waited)",
          "",
          CONTRACT + "#a_release_is_in_the_journal_if_its_caller_was_not_answered_with_it"),
      new Mutant(
          "another amount is an entry once",
          LEDGER + "contradict.lua",
          "if not known then journal",
          "if true then journal",
          CONTRACT + "#another_amount_that_moved_is_in_the_journal_once_each"),
      new Mutant(
          "another amount said once more is one line of the timeline",
          LEDGER + "contradict.lua",
          "known and had[4] or noted",
          "noted",
          CONTRACT + "#what_is_said_again_of_money_that_moved_leaves_no_second_line"),
      new Mutant(
          "the same of what has no record any more",
          LEDGER + "contradict.lua",
          "known and left[1] or noted",
          "noted",
          CONTRACT + "#what_is_said_again_of_money_that_moved_leaves_no_second_line"),
      new Mutant(
          "who was not listed was not decided about",
          LEDGER + "acknowledge.lua",
          "if not redis.call('ZSCORE', attention, member) then return {'UNLISTED'} end",
          "if redis.call('ZREM', attention, 'nobody') == 1 then return {'UNLISTED'} end",
          CONTRACT + "#what_an_operator_decides_after_the_end_is_in_the_journal_with_their_words"),
      new Mutant(
          "a decision is news only to who was notified that it is paid after all",
          LEDGER + "acknowledge.lua",
          "if disowns == '1' and had[5] then",
          "if disowns == '1' then",
          CONTRACT + "#who_was_not_notified_of_another_amount_is_not_notified_of_its_end"),
      new Mutant(
          "who was notified that it is paid after all is notified of an operator's decision",
          LEDGER + "acknowledge.lua",
          "if disowns == '1' and had[5] then",
          "if false then",
          CONTRACT
              + "#who_was_notified_that_it_is_paid_after_all_is_notified_when_an_operator_says_it_is_not"),
      new Mutant(
          "what is buried before its end ends so",
          LEDGER + "bury.lua",
          "ended(had[1]) and 'decided' or 'settled'",
          "'decided'",
          WRECKS + "#who_buries_what_had_not_ended_ends_it"),
      new Mutant(
          "what is buried after its end does not end twice",
          LEDGER + "bury.lua",
          "ended(had[1]) and 'decided' or 'settled'",
          "'settled'",
          WRECKS + "#who_buries_what_had_ended_has_decided"),
      new Mutant(
          "who named no place is not notified",
          LEDGER + "common.lua",
          "if url == '-' or not url and",
          "if not url and",
          CONTRACT + "#who_named_no_hook_or_is_notified_by_the_platform_is_not_notified_by_us"),
      new Mutant(
          "who was notified before is notified also when the record is gone",
          LEDGER + "common.lua",
          "if of[6] or not of[1] then notify",
          "if of[6] then notify",
          CONTRACT + "#who_was_answered_otherwise_is_notified_also_when_the_record_is_gone"),
      new Mutant(
          "a notice tells what repeats hear",
          LEDGER + "release.lua",
          "if open and open[1] and not ended(open[1]) then answer = elseAnswer end",
          "",
          CONTRACT
              + "#a_release_of_what_depends_on_an_open_original_returns_what_repeats_are_answered"),
      new Mutant(
          "more to tell leaves a payment with who delivers it",
          LEDGER + "common.lua",
          "redis.call('ZADD', outbox, 'NX', at, member)",
          "redis.call('ZADD', outbox, at, member)",
          WRITES + "#more_to_notify_does_not_take_a_payment_from_who_delivers_it"),
      new Mutant(
          "a caller is notified of the platform's success, not of what was answered before",
          "java/io/payonce/flow/PaidAfterAll.java",
          "StoredReply.kept(original, RecordedQuery.ours(original, answer).reply())",
          "original.answer()",
          "io.payonce.flow.OwnRoadTest"
              + "#who_was_answered_unpaid_is_notified_of_the_success_that_a_follow_up_shows"),
      new Mutant(
          "what a record names needs its key",
          "resources/io/payonce/ledger/redis/peek.lua",
          "'body', 'ans', 'nu')",
          "'body', 'ans')",
          "io.payonce.ledger.maintenance.KeyAgreementTest"
              + "#a_callers_hook_needs_its_key_in_the_record_and_after_it"));

  private OutcomeMutants() {}
}
