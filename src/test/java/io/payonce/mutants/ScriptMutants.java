package io.payonce.mutants;

import java.util.List;

/** Rules that the ledger's scripts keep. */
final class ScriptMutants {
  private static final String LEDGER = "resources/io/payonce/ledger/redis/";
  private static final String ABILITIES = "io.payonce.ledger.maintenance.RedisAbilitiesTest";
  private static final String SECOND =
      "#what_another_of_its_ids_moved_stays_listed_for_review_when_the_payment_is_paid";
  private static final String CONTRACT = "io.payonce.ledger.redis.RedisLedgerTest";
  private static final String LOST = "io.payonce.ledger.redis.LostBeginTest";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "the intent of another send stores that send's time",
          LEDGER + "intent.lua",
          "'it', at, 'pa', platformAt - at,",
          "'it', at,",
          CONTRACT + "#an_attempt_is_an_intent_and_a_new_lease"),
      new Mutant(
          "the first intent stores the send's time",
          LEDGER + "begin.lua",
          "'pa', digits(platformAt - at),",
          "",
          CONTRACT + "#a_begun_payment_is_in_its_first_send"),
      new Mutant(
          "a tip that was sent again outlives its success",
          LEDGER + "intent.lua",
          "if tailMillis ~= '0' then",
          "if false then",
          CONTRACT + "#a_tip_that_was_sent_again_keeps_others_waiting_after_its_success"),
      new Mutant(
          "a tip's tail is over when both clocks say so",
          LEDGER + "common.lua",
          "at < tonumber(last) or tonumber(platformAt) < tonumber(platformLast)",
          "at < tonumber(last) and tonumber(platformAt) < tonumber(platformLast)",
          CONTRACT + "#a_tips_tail_is_over_when_both_clocks_say_so"),
      new Mutant(
          "tips hold up nothing but one another",
          "java/io/payonce/ledger/redis/BeginRetrier.java",
          "tipsLock = TipLocks.lock(renamed ? named.substring(alias.length()) : original);",
          "tipsLock = renamed ? named.substring(alias.length()) : original;",
          CONTRACT + "#tips_of_an_original_wait_for_one_another_and_hold_up_nothing_else"),
      new Mutant(
          "one original's tips have one lock",
          "java/io/payonce/ledger/redis/BeginRetrier.java",
          "boolean renamed = named != null && named.startsWith(alias);",
          "boolean renamed = false;",
          CONTRACT
              + "#an_original_named_by_its_transaction_has_the_tips_of_the_one_named_by_its_request"),
      new Mutant(
          "a begin takes its order",
          LEDGER + "begin.lua",
          "if orderName ~= '' then take(payment, order, back, id, payers or '', payer, voids, sets) end",
          "",
          CONTRACT + "#another_payment_of_a_taken_order_learns_who_holds_it_and_leaves_no_trace"),
      new Mutant(
          "an order's lock has no expiry of its own",
          LEDGER + "common.lua",
          "if holder then redis.call('SET', order, 'held:' .. holder .. payers)",
          "if holder then redis.call('SET', order, 'held:' .. holder .. payers, 'PX', 1000)",
          CONTRACT + "#an_unsettled_record_and_its_order_never_end_by_themselves"),
      new Mutant(
          "a taken order refuses another payment",
          LEDGER + "common.lua",
          "local theirs = kind == 'held' and name ~= id and heeds == '1'",
          "local theirs = false",
          CONTRACT + "#another_payment_of_a_taken_order_learns_who_holds_it_and_leaves_no_trace"),
      new Mutant(
          "a paid order refuses another payment",
          LEDGER + "common.lua",
          "if other then return 'ORDER_PAID', other end",
          "if other and false then return 'ORDER_PAID', other end",
          CONTRACT + "#a_paid_order_refuses_another_payment_and_names_the_payer"),
      new Mutant(
          "the due time is written with the intent",
          LEDGER + "begin.lua",
          "redis.call('ZADD', due, digits(at + leaseMillis), member)",
          "",
          CONTRACT + "#a_begun_payment_is_due_when_its_lease_is_over_and_not_before"),
      new Mutant(
          "a begun payment is nobody else's while its lease lasts",
          LEDGER + "begin.lua",
          "redis.call('ZADD', due, digits(at + leaseMillis), member)",
          "redis.call('ZADD', due, at, member)",
          CONTRACT + "#a_begun_payment_is_due_when_its_lease_is_over_and_not_before"),
      new Mutant(
          "the same id with another body is another request",
          LEDGER + "begin.lua",
          "if request and not same(prints, request, had[6]) then return {'OTHER_BODY', at, read(payment, packed), false, redis.call('HGET', payment, 'body')} end",
          "",
          CONTRACT + "#the_same_id_with_another_body_or_operation_is_not_the_same_request"),
      new Mutant(
          "what a record has besides tells its request, too",
          LEDGER + "common.lua",
          "or besides and string.find(prints, ' ' .. besides .. ' ', 1, true)",
          "",
          CONTRACT + "#while_pods_of_the_first_version_live_a_record_has_both_fingerprints"),
      new Mutant(
          "records of the first version are known by their fingerprint",
          "java/io/payonce/ledger/sealing/Fingerprints.java",
          "(\" \" + each + \" \").startsWith(known)",
          "false",
          CONTRACT + "#a_record_of_the_first_version_is_known_by_the_fingerprint_that_it_has"),
      new Mutant(
          "less than was seen is a lapse",
          "java/io/payonce/ledger/redis/LedgerEpochs.java",
          "if (shows < before ||",
          "if (",
          "io.payonce.ledger.maintenance.LedgerEpochsTest#a_pod_that_has_seen_more_than_redis_shows_knows_that_the_ledger_has_gone_back"),
      new Mutant(
          "one lost move is noticed by the next",
          "java/io/payonce/ledger/redis/LedgerEpochs.java",
          "|| counted && shows == before",
          "",
          "io.payonce.ledger.maintenance.LedgerEpochsTest#one_lost_move_is_noticed_by_the_next"),
      new Mutant(
          "a lapse that one pod notices is shown to all",
          "java/io/payonce/ledger/redis/LedgerEpochs.java",
          "shows / LAPSE > before / LAPSE",
          "false",
          "io.payonce.ledger.maintenance.LedgerEpochsTest#a_pod_that_has_seen_more_than_redis_shows_knows_that_the_ledger_has_gone_back"),
      new Mutant(
          "data in a new run of Redis is not trusted by pods that never saw it",
          LEDGER + "vouch.lua",
          "and (trusted or is) then",
          "and false then",
          "io.payonce.ledger.maintenance.LedgerEpochsTest#when_all_pods_start_cold_on_another_run_of_redis_it_counts_as_gone_back"),
      new Mutant(
          "a server that was reached anew is asked whether it still is the one that is trusted",
          "java/io/payonce/ledger/maintenance/RunTrust.java",
          "!reached.equals(moves.parts().toString()) || areOthers(seen)",
          "areOthers(seen)",
          "io.payonce.ledger.maintenance.RunTrustTest#who_lives_through_a_restart_vouches_for_the_new_run_at_its_next_look"),
      new Mutant(
          "a server that did not say which run it is is asked again",
          "java/io/payonce/ledger/maintenance/RunTrust.java",
          ".onFailure(unheard -> reached = \"\")",
          "",
          "io.payonce.ledger.maintenance.RunTrustTest#a_server_that_does_not_say_which_run_it_is_is_asked_again_at_the_next_look"),
      new Mutant(
          "a payment of another platform is not worked on here",
          LEDGER + "claim.lua",
          "if not string.find(platforms, ' ' .. of .. ' ', 1, true) then",
          "if false then",
          CONTRACT + "#a_payment_of_another_platform_is_not_claimed_here_and_is_counted"),
      new Mutant(
          "a payment of another platform reaches an operator",
          LEDGER + "claim.lua",
          "if late and redis.call('ZADD', attention, 'NX', at, member) == 1",
          "if false and redis.call('ZADD', attention, 'NX', at, member) == 1",
          CONTRACT + "#a_payment_of_another_platform_needs_review_at_its_deadline_till_it_goes_on"),
      new Mutant(
          "a record says which platform was sent it",
          LEDGER + "begin.lua",
          "'pf', platform,",
          "",
          "io.payonce.ledger.maintenance.CharterTest#what_is_unsettled_of_others_is_named"),
      new Mutant(
          "another host is refused while anything is unsettled",
          "java/io/payonce/ledger/maintenance/Charter.java",
          "of.isEmpty() ? rename(first) : refuse(of.get(), first)",
          "rename(first)",
          "io.payonce.ledger.maintenance.CharterTest#another_host_is_refused_while_anything_is_unsettled_and_learns_how_to_keep_the_name"),
      new Mutant(
          "a late comer meets the tombstone",
          LEDGER + "begin.lua",
          "if tombstone then return {'LATE', at, tombstone} end",
          "",
          CONTRACT + "#a_forgotten_payment_leaves_its_outcome"),
      new Mutant(
          "a tombstone is of one body",
          LEDGER + "begin.lua",
          "if tombstone and not same(prints, string.match(tombstone, '^%S+ (%S+) ')) then return {'OTHER_BODY', at, false, tombstone, false} end",
          "",
          CONTRACT + "#a_forgotten_payment_leaves_its_outcome"),
      new Mutant(
          "a begin has a time after which it begins nothing",
          LEDGER + "begin.lua",
          "if at > tonumber(notAfter) then return {'TOO_LATE', at} end",
          "",
          LOST + "#a_begin_too_late_is_no_begin"),
      new Mutant(
          "a begin shown twice begins once",
          LEDGER + "begin.lua",
          "if repeated and had[2] == token and not ended(had[1]) then return {'BEGUN', at, began} end",
          "",
          LOST + "#a_begin_whose_answer_is_lost_is_found_again_and_happens_once"),
      new Mutant(
          "an old begin out of a buffer begins no second life",
          LEDGER + "begin.lua",
          "(had[1] ~= 'RELEASED' or repeated)",
          "(had[1] ~= 'RELEASED')",
          LOST + "#a_repeat_that_arrives_when_the_payment_was_released_begins_nothing"),
      new Mutant(
          "a begin remembers those of former lives",
          LEDGER + "begin.lua",
          "string.sub(' ' .. token .. (had[4] or ''), 1, 200) .. ' '",
          "' ' .. token .. ' '",
          LOST + "#a_repeat_that_arrives_after_a_second_life_begins_nothing_either"),
      new Mutant(
          "a begin sees the payment that is there",
          LEDGER + "begin.lua",
          "redis.call('EXISTS', payment, packed,",
          "redis.call('EXISTS', packed,",
          CONTRACT + "#the_same_id_with_another_body_or_operation_is_not_the_same_request"),
      new Mutant(
          "a begin sees the payment that has ended",
          LEDGER + "begin.lua",
          "redis.call('EXISTS', payment, packed,",
          "redis.call('EXISTS', payment,",
          "io.payonce.ledger.redis.PackedRecordTest#what_is_settled_is_one_string_that_lives_as_long_as_the_hash_would_have"),
      new Mutant(
          "a begin sees a tombstone under a key of its own",
          LEDGER + "begin.lua",
          "packed, tomb, order, tail) > 0",
          "packed, order, tail) > 0",
          CONTRACT + "#what_stays_of_another_platforms_payment_says_whose_it_was"),
      new Mutant(
          "a begin sees that its order is taken",
          LEDGER + "begin.lua",
          "tomb, order, tail) > 0",
          "tomb, tail) > 0",
          CONTRACT + "#tips_of_an_original_wait_for_one_another_and_hold_up_nothing_else"),
      new Mutant(
          "a begin sees the tail of an earlier tip",
          LEDGER + "begin.lua",
          "tomb, order, tail) > 0",
          "tomb, order) > 0",
          CONTRACT + "#a_tip_that_was_sent_again_keeps_others_waiting_after_its_success"),
      new Mutant(
          "a tail holds back the next tip where nobody has the lock",
          LEDGER + "begin.lua",
          "if mark or marks[3] then",
          "if mark then",
          CONTRACT + "#a_tip_that_was_sent_again_keeps_others_waiting_after_its_failure"),
      new Mutant(
          "only a closed page's order can be taken over",
          LEDGER + "begin.lua",
          "if why == 'PAGE' and not hand(",
          "if why == 'PAGE' and false and not hand(",
          CONTRACT + "#an_order_is_handed_on_once"),
      new Mutant(
          "who had paid an order that is held counts when its holder has paid",
          LEDGER + "common.lua",
          "if was or mark ~= 'held:' .. id then",
          "if mark ~= 'held:' .. id then",
          CONTRACT
              + "#whoever_paid_before_a_pod_of_the_first_version_took_the_order_stays_a_payer"),
      new Mutant(
          "what is begun again was not aborted",
          LEDGER + "begin.lua",
          "if had[1] then redis.call('DEL', payment) end",
          "",
          CONTRACT + "#a_released_payment_that_begins_again_is_not_aborted"),
      new Mutant(
          "an order that another paid is given back as paid",
          LEDGER + "common.lua",
          "stand(order, id, sets == '0' and '' or payers)",
          "stand(order, id, '')",
          CONTRACT + "#what_does_not_pay_may_use_a_paid_order_and_leaves_it_paid"),
      new Mutant(
          "a token that nobody holds opens nothing",
          LEDGER + "common.lua",
          "and #shown > 1",
          "",
          CONTRACT + "#a_fencing_token_without_a_lease_opens_nothing"),
      new Mutant(
          "only who holds an order frees it",
          LEDGER + "common.lua",
          "if kind ~= 'held' or holder ~= id then local others",
          "if false then local others",
          CONTRACT + "#an_order_that_another_holds_by_now_stays_its_own"),
      new Mutant(
          "without the lease only 'paid' settles",
          LEDGER + "settle.lua",
          "if outcome ~= 'PAID' and not holds(had[2], token) then return {'STALE'} end",
          "",
          CONTRACT + "#without_the_lease_only_paid_is_believed"),
      new Mutant(
          "'paid' settles whoever says it",
          LEDGER + "settle.lua",
          "if outcome ~= 'PAID' and not holds(had[2], token)",
          "if not holds(had[2], token)",
          CONTRACT + "#without_the_lease_only_paid_is_believed"),
      new Mutant(
          "a paid order remembers its payer",
          LEDGER + "settle.lua",
          "if pays == '1' or again then alone = pay(order, stood[3], back, attention, member, id, payer, had[5], sets, keepMillis, unit ~= '' and string.byte(sought, 4) == 0) elseif orderName",
          "if false then return {'STALE'} elseif orderName",
          CONTRACT + "#a_paid_order_refuses_another_payment_and_names_the_payer"),
      new Mutant(
          "an order paid by a lost payment stays paid",
          LEDGER + "settle.lua",
          "if pays == '1' then payLate(order, back, attention, member, id, sets, keepMillis) end if not state",
          "if not state",
          CONTRACT + "#an_order_paid_by_a_payment_that_was_lost_refuses_another"),
      new Mutant(
          "what was settled stays as it was answered",
          LEDGER + "settle.lua",
          "if state == 'SETTLED' then return {'ALREADY'} end",
          "",
          CONTRACT + "#a_settled_payment_stays_as_it_was_answered"),
      new Mutant(
          "what was released is not settled as unpaid",
          LEDGER + "settle.lua",
          "if outcome ~= 'PAID' and state == 'RELEASED' then return {'ALREADY'} end",
          "",
          CONTRACT + "#what_has_been_released_is_not_settled_as_unpaid"),
      new Mutant(
          "a contradiction is put listed for review",
          LEDGER + "settle.lua",
          "redis.call('ZADD', attention, at, member)",
          "",
          CONTRACT + "#paid_after_an_unpaid_answer_is_listed_for_review"),
      new Mutant(
          "a contradiction is not forgotten",
          LEDGER + "settle.lua",
          "redis.call('PERSIST', payment)",
          "",
          CONTRACT + "#evidence_against_an_answer_does_not_end_by_itself"),
      new Mutant(
          "a contradiction takes no order from who has it",
          LEDGER + "settle.lua",
          "if pays == '1' then payLate(order, back, attention, member, id, sets, keepMillis) end return {'CONTRADICTED'}",
          "if pays == '1' then redis.call('SET', order, 'paid:' .. id, 'PX', keepMillis) end return {'CONTRADICTED'}",
          CONTRACT + "#a_contradiction_does_not_take_the_order_from_who_has_it"),
      new Mutant(
          "a settled payment is never due",
          LEDGER + "settle.lua",
          "redis.call('ZREM', due, member)",
          "",
          CONTRACT + "#a_settled_payment_keeps_its_answer_and_is_never_due"),
      new Mutant(
          "a settled payment leaves a tombstone",
          LEDGER + "settle.lua",
          "remembers == '1' and outcome,",
          "false,",
          CONTRACT + "#a_forgotten_payment_leaves_its_outcome"),
      new Mutant(
          "a follow-up names a forgotten payment as the platform knows it",
          LEDGER + "find.lua",
          "if mark then return {'LATE', mark} end",
          "",
          CONTRACT + "#the_platforms_id_of_a_payment_is_known_until_its_tombstone_ends"),
      new Mutant(
          "what needs no tombstone leaves none",
          "java/io/payonce/ledger/redis/SettlementWriter.java",
          "settings.tombstoneMillis() > 0 && settlement.platformId() != null",
          "settings.tombstoneMillis() > 0",
          CONTRACT + "#what_may_be_repeated_leaves_no_tombstone_and_begins_anew"),
      new Mutant(
          "what is known of a lost request settles no other under its id",
          LEDGER + "settle.lua",
          "if request ~= fingerprint then return {'OTHER_REQUEST'} elseif ordered",
          "if ordered",
          CONTRACT + "#what_is_known_of_a_lost_request_is_not_true_of_another_under_its_id"),
      new Mutant(
          "a lease is of one order",
          LEDGER + "settle.lua",
          "elseif ordered ~= orderName then return {'OTHER_ORDER'} end",
          "end",
          CONTRACT + "#a_lease_with_another_order_is_a_fault_and_changes_nothing"),
      new Mutant(
          "a release needs the lease",
          LEDGER + "release.lua",
          "if not holds(had[2], token) then return {'STALE'} end",
          "",
          CONTRACT),
      new Mutant(
          "a released payment frees its order",
          LEDGER + "release.lua",
          "if orderName ~= '' then free(order, redis.call('GET', order), id, had[4], keepMillis) end",
          "",
          CONTRACT + "#a_released_payment_frees_its_order_and_can_be_read"),
      new Mutant(
          "a deferral needs the lease",
          LEDGER + "defer.lua",
          "or not holds(had[2], token)",
          "",
          CONTRACT + "#a_deferred_payment_is_due_after_its_pause_and_its_lease_is_worth_nothing"),
      new Mutant(
          "a deferral gives the lease back",
          LEDGER + "defer.lua",
          "'f', '-', ",
          "",
          CONTRACT + "#a_deferred_payment_is_due_after_its_pause_and_its_lease_is_worth_nothing"),
      new Mutant(
          "a deferred payment has a due time",
          LEDGER + "defer.lua",
          "redis.call('ZADD', due, at + pauseMillis, member)",
          "redis.call('ZREM', due, member)",
          CONTRACT + "#a_deferral_without_an_answer_keeps_the_one_there_is"),
      new Mutant(
          "a deferred payment is known by the platform's name",
          LEDGER + "defer.lua",
          "knownBy(alias, transactionId, id, keepMillis, named)",
          "",
          CONTRACT + "#a_payment_is_found_by_what_the_platform_calls_it_long_before_it_ends"),
      new Mutant(
          "a payment sent again is known by the platform's name",
          LEDGER + "intent.lua",
          "knownBy(alias, transactionId, id, keepMillis, named)",
          "",
          CONTRACT + "#a_payment_is_found_by_what_the_platform_calls_it_long_before_it_ends"),
      new Mutant(
          "a payment sent under a reissued id is known by it",
          LEDGER + "intent.lua",
          "knownBy(derivedAlias, derivedId, id, keepMillis, derivedNamed)",
          "",
          CONTRACT + "#a_payment_is_found_by_what_the_platform_calls_it_long_before_it_ends"),
      new Mutant(
          "a name does not take a follow-up's lock",
          LEDGER + "common.lua",
          "'PX', keepMillis, 'NX')",
          "'PX', keepMillis)",
          CONTRACT + "#a_name_does_not_take_a_follow_ups_lock"),
      new Mutant(
          "who needs an operator is listed",
          LEDGER + "defer.lua",
          "redis.call('ZADD', attention, at, member)",
          "",
          CONTRACT + "#a_payment_is_listed_for_review_as_long_as_it_needs_attention"),
      new Mutant(
          "nothing that follows on a payment begins while that is under way",
          LEDGER + "begin.lua",
          "if original ~= payment and isOpen(original, operation) then return {'ORIGINAL_OPEN', at} end",
          "",
          CONTRACT + "#nothing_that_follows_on_a_payment_begins_while_that_is_under_way"),
      new Mutant(
          "a void of what has moved another amount than asked for begins",
          LEDGER + "common.lua",
          "and not (had[2] and operation == 'void')",
          "",
          CONTRACT + "#a_void_begins_where_its_original_has_moved_another_amount_than_asked_for"),
      new Mutant(
          "what has paid its order and left no other trace does not begin anew",
          LEDGER + "common.lua",
          "if new and payer == id and without(payers, id) ~= payers then return 'ORDER_PAID', id end",
          "",
          CONTRACT + "#what_moved_money_and_has_no_record_begins_no_more"),
      new Mutant(
          "an order that another payment has paid since gets no further send",
          LEDGER + "intent.lua",
          "if once == '1' and paidBesides(order, had[6], had[7], id) then",
          "if false then",
          CONTRACT + "#an_order_that_another_payment_has_paid_since_gets_no_further_send"),
      new Mutant(
          "a refund of a paid order is sent again",
          LEDGER + "common.lua",
          "kind and operation ~= 'refund' and without(",
          "kind and without(",
          CONTRACT + "#what_does_not_pay_the_order_may_be_sent_again_though_it_is_paid"),
      new Mutant(
          "a part of a paid order is sent again where orders are split",
          LEDGER + "intent.lua",
          "if once == '1' and paidBesides(",
          "if paidBesides(",
          CONTRACT + "#what_does_not_pay_the_order_may_be_sent_again_though_it_is_paid"),
      new Mutant(
          "a resend needs the lease",
          LEDGER + "intent.lua",
          "or not holds(had[2], token)",
          "",
          CONTRACT),
      new Mutant(
          "an aborted payment gets no intent",
          LEDGER + "intent.lua",
          "if had[3] then return {'ABORTED'} end",
          "",
          CONTRACT + "#an_aborted_payment_gives_no_intent_any_more_and_says_so"),
      new Mutant(
          "an ended payment gets no intent",
          LEDGER + "intent.lua",
          "if not state or ended(state) or not holds(had[2], token) then",
          "if not state then",
          CONTRACT + "#a_released_payment_gives_no_intent"),
      new Mutant(
          "a resend renews the due time",
          LEDGER + "intent.lua",
          "redis.call('ZADD', due, at + leaseMillis, member)",
          "",
          CONTRACT + "#an_attempt_is_an_intent_and_a_new_lease"),
      new Mutant(
          "an abort is noted",
          LEDGER + "abort.lua",
          "'ab', 1, ",
          "",
          CONTRACT + "#an_aborted_payment_gives_no_intent_any_more_and_says_so"),
      new Mutant(
          "what is not due is not claimed",
          LEDGER + "claim.lua",
          "if score and tonumber(score) > at then return {'NOT_DUE'} end",
          "",
          CONTRACT + "#what_is_not_due_or_unknown_is_not_claimed"),
      new Mutant(
          "a claim makes the former lease worthless",
          LEDGER + "claim.lua",
          "redis.call('HSET', payment, 'f', token)",
          "",
          CONTRACT + "#a_due_payment_is_taken_over_once_with_its_body"),
      new Mutant(
          "a claimed payment is due again when its worker dies",
          LEDGER + "claim.lua",
          "redis.call('ZADD', due, at + (later or leaseMillis), member)",
          "if later then redis.call('ZADD', due, at + later, member) else redis.call('ZREM', due, member) end",
          CONTRACT),
      new Mutant(
          "what another account was sent is asked about all the same",
          LEDGER + "common.lua",
          "return named and asks and string.match(putOff, '^%d+', named + 1)",
          "return putOff ~= ' ' and asks and string.match(putOff, '%d+')",
          CONTRACT + "#while_one_account_is_not_asked_about_another_is"),
      new Mutant(
          "what is put off is due again",
          LEDGER + "claim.lua",
          "redis.call('ZADD', due, at + (later or leaseMillis), member)",
          "if later then redis.call('ZREM', due, member) else redis.call('ZADD', due, at + leaseMillis, member) end",
          CONTRACT + "#without_confirms_what_can_only_be_confirmed_waits_and_keeps_its_due_time"),
      new Mutant(
          "what sends, or ends without a question, is not put off",
          LEDGER + "common.lua",
          "(young or state == 'ATTENTION') and string.find(asked,",
          "string.find(asked,",
          CONTRACT + "#without_confirms_what_needs_none_is_taken_all_the_same"),
      new Mutant(
          "a deadline over in an outage is shown to an operator",
          LEDGER + "common.lua",
          "and began and at < began + deadlineMillis",
          "and began",
          CONTRACT + "#without_confirms_what_must_be_listed_for_review_is_taken"),
      new Mutant(
          "a payment without due time can be claimed",
          LEDGER + "claim.lua",
          "if score and tonumber(score) > at",
          "if not score or tonumber(score) > at",
          CONTRACT + "#a_payment_that_has_lost_its_due_time_can_be_claimed"),
      new Mutant(
          "a newer version's record is left alone",
          LEDGER + "claim.lua",
          "if newer(had[2]) then",
          "if false then",
          CONTRACT + "#a_record_of_a_newer_version_is_left_to_those_who_know_it"),
      new Mutant(
          "poison goes aside at the third time",
          LEDGER + "quarantine.lua",
          "< tonumber(most) then",
          "< 1000 then",
          CONTRACT
              + "#a_payment_that_makes_workers_fail_goes_aside_at_the_third_time_with_its_order_taken"),
      new Mutant(
          "a look brought forward takes no lease away",
          LEDGER + "expedite.lua",
          "if had[2] ~= '-' then",
          "if false then",
          CONTRACT + "#an_expedited_payment_is_due_now_unless_it_is_leased"),
      new Mutant(
          "what another of its ids moved stays before an operator",
          LEDGER + "settle.lua",
          "(second or had[18] == 'lost') and 'RELEASED' or state",
          "had[18] == 'lost' and 'RELEASED' or state",
          CONTRACT + SECOND),
      new Mutant(
          "what another of its ids moved is no amount of the one that paid",
          LEDGER + "settle.lua",
          "not second and had[10]",
          "had[10]",
          CONTRACT + SECOND),
      new Mutant(
          "an operator who says paid has seen what moved",
          LEDGER + "common.lua",
          "and decides ~= '1' and",
          "and",
          CONTRACT + SECOND),
      new Mutant(
          "one transaction is no second charge",
          LEDGER + "common.lua",
          "second ~= transactionId and second or nil",
          "second or nil",
          CONTRACT + SECOND),
      new Mutant(
          "what another of its ids moved is not forgotten for what this one did",
          LEDGER + "defer.lua",
          "(ofAnother(otherAmount) or not ofAnother(had[6]))",
          "true",
          CONTRACT + SECOND),
      new Mutant(
          "what moved under a former id is named by its transaction",
          "java/io/payonce/flow/engine/TimelineWords.java",
          "named == null || named.equals(platformId)",
          "true",
          "io.payonce.flow.WebhookFlowTest#what_moved_under_an_id_that_had_failed_stays_before_an_operator_when_the_other_pays"),
      new Mutant(
          "what was learned under a lease is looked at once that is given back",
          LEDGER + "defer.lua",
          "pauseMillis = math.min(0, pauseMillis)",
          "",
          CONTRACT
              + "#what_was_hurried_under_a_lease_is_due_once_it_is_put_off_and_only_that_time"),
      new Mutant(
          "what was hurried once is not hurried for ever",
          LEDGER + "defer.lua",
          "redis.call('HDEL', payment, 'hu')",
          "",
          CONTRACT
              + "#what_was_hurried_under_a_lease_is_due_once_it_is_put_off_and_only_that_time"),
      new Mutant(
          "whoever claims looks late enough",
          LEDGER + "claim.lua",
          "redis.call('HDEL', payment, 'hu')",
          "",
          CONTRACT
              + "#what_was_hurried_under_a_lease_that_ended_is_looked_at_once_by_the_next_worker"),
      new Mutant(
          "a late payer takes the order from nobody",
          LEDGER + "common.lua",
          "stand(order, not own and sets == '1' and holder or nil, payers, keepMillis)",
          "stand(order, nil, payers, keepMillis)",
          CONTRACT
              + "#a_late_payer_takes_the_order_from_no_other_and_stays_when_that_one_ends_unpaid"),
      new Mutant(
          "the end of a lock leaves the order to its other payers",
          LEDGER + "common.lua",
          "-- Lets go of an order: it is free, or has been paid by others while this one held it.",
          "local stand = function(order) redis.call('DEL', order) end",
          CONTRACT
              + "#a_late_payer_takes_the_order_from_no_other_and_stays_when_that_one_ends_unpaid"),
      new Mutant(
          "an order keeps the set of its payers",
          LEDGER + "common.lua",
          "others = without(payers, payer)",
          "others = ''",
          CONTRACT + "#an_order_paid_twice_is_free_when_neither_payer_is_left"),
      new Mutant(
          "who was taken out is not marked again",
          LEDGER + "common.lua",
          "if redis.call('HEXISTS', back, 'gone:' .. payer) == 0 then",
          "if true then",
          CONTRACT + "#a_payer_that_was_taken_out_is_not_marked_again_by_a_late_word"),
      new Mutant(
          "the void of a refund brings its payer back",
          LEDGER + "settle.lua",
          "if pays == '1' or again then",
          "if pays == '1' then",
          CONTRACT + "#the_void_of_a_refund_takes_the_order_and_brings_its_payer_back"),
      new Mutant(
          "nothing is given back while a follow-up is under way",
          LEDGER + "common.lua",
          "if standing(redis.call('GET', lock)) == 'held' then return 'BUSY' end",
          "",
          CONTRACT
              + "#what_is_learned_by_asking_gives_nothing_back_while_a_follow_up_is_under_way"),
      new Mutant(
          "nothing is given back while the void of a refund is known",
          LEDGER + "common.lua",
          "and marks[i + 1] == payer then return 'KEPT' end",
          "and marks[i + 1] == payer then return end",
          CONTRACT + "#a_refund_whose_void_has_begun_gives_nothing_back_until_that_has_failed"),
      new Mutant(
          "the releasing script looks at the original once more",
          LEDGER + "release.lua",
          "if open and open[1] and not ended(open[1]) then",
          "if false then",
          CONTRACT
              + "#a_refusal_that_depends_on_an_unsettled_original_is_answered_otherwise_and_stops_it"),
      new Mutant(
          "a canary that was taken away begins its quiet time anew",
          LEDGER + "due.lua",
          "-(since or -at)",
          "1",
          ABILITIES + "#a_ledger_that_was_quiet_long_enough_has_no_pods_of_the_first_version"),
      new Mutant(
          "what is due is found behind however many strangers",
          "java/io/payonce/ledger/redis/RedisLedger.java",
          "return score.isEmpty() || found.size() == most",
          "return true",
          CONTRACT + "#what_is_due_is_found_behind_however_many_payments_of_other_platforms"),
      new Mutant(
          "who is met again is passed over for another lease",
          "java/io/payonce/ledger/redis/HomePlatform.java",
          "if (met.size() < MOST || met.containsKey(id)) {",
          "if (met.size() < MOST) {",
          "io.payonce.ledger.redis.HomePlatformTest"),
      new Mutant(
          "no look holds Redis for long, however much it has to pass over",
          "java/io/payonce/ledger/redis/RedisLedger.java",
          "MOST_A_LOOK = 400;",
          "MOST_A_LOOK = 20_000;",
          "io.payonce.ledger.maintenance.ShortHoldsTest#no_command_of_ours_holds_redis_for_long"),
      new Mutant(
          "of what came in one millisecond a page begins after the given one",
          LEDGER + "common.lua",
          "if isAfter(redis.call('ZRANGE', list, middle, middle)[1], member) then",
          "if false then",
          "io.payonce.ledger.redis.RedisLedgerAdminTest#payments_of_the_same_millisecond_are_listed_once_each"),
      new Mutant(
          "a glance puts the canary up again where it has gone",
          LEDGER + "glance.lua",
          "else bare[#bare + 1] = i - 1 end",
          "end",
          ABILITIES + "#a_glance_sees_the_canaries_too_and_puts_up_the_one_that_has_gone"),
      new Mutant(
          "a shard that fails hides nothing of its neighbours",
          "java/io/payonce/ledger/redis/Canary.java",
          "return most > 1 && isAnswer(failure) ? each(shards) : whatIsThere(parts, failure);",
          "return Future.failedFuture(failure);",
          "io.payonce.ledger.redis.GlanceApartTest#a_shard_that_fails_hides_nothing_of_its_neighbours"),
      new Mutant(
          "a glance notices that a shard has gone back in time",
          LEDGER + "glance.lua",
          "if count ~= seen then",
          "if false then",
          "io.payonce.ledger.maintenance.LedgerEpochsTest#a_glance_reads_how_far_others_have_counted_and_notices_that_it_is_less"),
      new Mutant(
          "one shard without its canary shows a pod of the first version",
          "java/io/payonce/ledger/maintenance/RedisAbilities.java",
          "if (quietFrom - quietFromNanos > 0) {",
          "if (shard == 0) {",
          ABILITIES
              + "#a_pod_of_the_first_version_takes_the_canary_away_and_new_forms_end_with_it"),
      new Mutant(
          "every announced pod must be able",
          "java/io/payonce/ledger/maintenance/RedisAbilities.java",
          "pods.stream().allMatch(",
          "pods.stream().anyMatch(",
          ABILITIES + "#what_one_announced_pod_cannot_read_is_not_written_until_it_has_gone"),
      new Mutant(
          "what a pod has just said counts though Redis knows it no more",
          "java/io/payonce/ledger/maintenance/RedisAbilities.java",
          "millis(Math.min(quietMillis, FRESH_MILLIS))",
          "0",
          ABILITIES + "#a_clock_that_jumps_ahead_makes_no_pod_disappear"),
      new Mutant(
          "no page is begun without its order while it is unknown who lives",
          "java/io/payonce/ledger/redis/BeginRetrier.java",
          "&& !abilities.known()",
          "&& false",
          ABILITIES
              + "#what_may_have_no_lock_of_its_own_is_not_begun_while_it_is_unknown_who_lives"),
      new Mutant(
          "who is not listened to does not fall silent",
          "java/io/payonce/ledger/maintenance/RedisAbilities.java",
          "heardAtNanos.replaceAll((words, at) -> now);",
          "",
          ABILITIES + "#a_clock_that_jumps_ahead_makes_no_pod_disappear"),
      new Mutant(
          "what pods say is learnt each time it changes",
          "java/io/payonce/ledger/maintenance/RedisAbilities.java",
          "isNews |= heardAtNanos.values().removeIf(",
          "heardAtNanos.values().removeIf(",
          ABILITIES + "#what_one_announced_pod_cannot_read_is_not_written_until_it_has_gone"),
      new Mutant(
          "what all pods can is forgotten when nobody says so any more",
          "java/io/payonce/ledger/maintenance/RedisAbilities.java",
          "&& now - announcedAtNanos < millis(FRESH_MILLIS) && now - oldestLookNanos < millis(FRESH_MILLIS)",
          "",
          ABILITIES + "#what_was_known_a_while_ago_is_not_known_any_more"));

  private ScriptMutants() {}
}
