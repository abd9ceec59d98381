package io.payonce.mutants;

import java.util.List;

/** Rules of what has ended and cannot be read. */
final class TornMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String SCRIPT = "resources/io/payonce/ledger/redis/";
  private static final String TORN = "io.payonce.ledger.redis.TornRecordTest#";

  private static final String NEWS = TORN
      + "what_was_answered_unpaid_and_is_paid_is_in_the_journal_and_listed_and_keeps_its_order";
  private static final String MEETS = TORN + "whoever_meets_it_lists_it";
  private static final String OTHERS = TORN + "what_other_pods_can_read_is_not_listed";
  private static final String TOMB =
      TORN + "how_it_ended_its_tombstone_says_and_that_stays_as_it_is";
  private static final String UNENDED = TORN + "what_has_not_ended_holds_its_order_on";

  private static final String MOVED =
      TORN + "money_that_moved_otherwise_is_noted_beside_it_until_an_operator_has_decided";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "that it is paid is written beside what has ended and cannot be read",
          SCRIPT + "settle.lua",
          "if not state or not ordered and (state == 'SETTLED' or state == 'RELEASED') then",
          "if not state then",
          NEWS),
      new Mutant(
          "an order is held on by what has not ended and cannot be read",
          SCRIPT + "settle.lua",
          "not ordered and (state == 'SETTLED' or state == 'RELEASED') then",
          "not ordered then",
          UNENDED),
      new Mutant(
          "that it is paid is no news of what says so itself",
          SCRIPT + "settle.lua",
          "outcome == 'PAID' and had[3] ~= 'PAID' and unbury",
          "outcome == 'PAID' and unbury",
          TORN + "what_a_torn_hash_still_says_to_be_paid_is_no_news"),
      new Mutant(
          "the journal takes nothing out of terms that cannot be read",
          SCRIPT + "settle.lua",
          "had[12], ordered and had[13]}",
          "had[12], had[13]}",
          TORN + "a_torn_hash_is_the_same"),
      new Mutant(
          "what has ended and cannot be read is listed",
          SCRIPT + "common.lua",
          "redis.call('ZADD', attention, 'NX', at, member) if newer(is)",
          "if newer(is)",
          MEETS),
      new Mutant(
          "what has ended and cannot be read stays until an operator has seen it",
          SCRIPT + "common.lua",
          "redis.call('PERSIST', packed)",
          "",
          MEETS),
      new Mutant(
          "what newer pods can read is not listed",
          SCRIPT + "common.lua",
          "if newer(is) and not news then return false end",
          "",
          TORN + "what_is_paid_already_is_no_news_and_is_listed_where_it_cannot_be_read"),
      new Mutant(
          "only what has ended is listed by who meets it",
          SCRIPT + "review.lua",
          "not ended(had[1]) or not",
          "not",
          UNENDED),
      new Mutant(
          "another amount is no news of what its tombstone says to be paid",
          SCRIPT + "contradict.lua",
          "told = told or not ordered and string.match",
          "told = told or false and string.match",
          TORN + "another_amount_is_no_news_of_what_is_paid_and_a_second_charge_is"),
      new Mutant(
          "an operator sees what moved for what cannot be read",
          SCRIPT + "salvage.lua",
          "had[9] = had[9] or beside[1] ~= beside[2] and beside[1]",
          "",
          MOVED),
      new Mutant(
          "what an operator has decided of it is no news",
          SCRIPT + "salvage.lua",
          "had[9] or beside[1] ~= beside[2] and beside[1]",
          "had[9] or beside[1]",
          MOVED),
      new Mutant(
          "how it ended its tombstone says where it cannot be read",
          SCRIPT + "salvage.lua",
          "if ended(had[1]) and not had[4] then",
          "if false then",
          TOMB),
      new Mutant(
          "what a tombstone says is not written over with less",
          SCRIPT + "bury.lua",
          "if outcome ~= 'RELEASED' and not stands then",
          "if outcome ~= 'RELEASED' then",
          TOMB),
      new Mutant(
          "what moved for what cannot be read is decided with it",
          SCRIPT + "bury.lua",
          "had[9] = had[9] or redis.call('HGET', wreck, 'oa')",
          "had[9] = had[9]",
          TORN + "money_that_moved_otherwise_is_noted_beside_it_until_an_operator_has_decided"),
      new Mutant(
          "what other pods can read is not listed by who lacks what it takes",
          CODE + "ledger/redis/RecordLookup.java",
          "return torn.isForOthers()",
          "return false",
          OTHERS),
      new Mutant(
          "what may have been answered otherwise is not answered as paid",
          CODE + "ledger/LedgerUnavailable.java",
          "failure instanceof LedgerUnavailable && !(failure instanceof UnreadableRecord);",
          "failure instanceof LedgerUnavailable;",
          "io.payonce.flow.PaymentFlowTest#paid_is_not_the_answer_where_it_cannot_be_read_what_was_answered_before"),
      new Mutant(
          "what is not known to be ours is not noted by the platform's word",
          CODE + "flow/WebhookFlow.java",
          "return found.addressed() && isMoney(webhook, found.id()) ? moved(webhook, found.id()) : Future.failedFuture(found",
          "return isMoney(webhook, found.id()) ? moved(webhook, found.id()) : Future.failedFuture(found",
          "io.payonce.flow.WebhookFlowTest#s_under_a_reissued_id_of_what_cannot_be_read_is_repeated_until_its_own_address_shows_it"));

  private TornMutants() {}
}
