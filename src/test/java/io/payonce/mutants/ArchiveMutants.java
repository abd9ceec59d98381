package io.payonce.mutants;

import java.util.List;

/** Rules of what stays of ended payments. */
final class ArchiveMutants {
  private static final String READING = "resources/io/payonce/ledger/redis/archive.lua";
  private static final String WRITING = "resources/io/payonce/ledger/redis/archiving.lua";
  private static final String SCRIPTS = "resources/io/payonce/ledger/redis/";
  private static final String ARCHIVE = "io.payonce.ledger.redis.ArchiveTest";
  private static final String LEDGER = "io.payonce.ledger.redis.RedisLedgerTest";
  private static final String COLLIDE =
      ARCHIVE + "#names_whose_hashes_are_the_same_are_distinguished";
  private static final String GROWS =
      ARCHIVE + "#a_table_that_grows_and_forgets_says_what_a_map_says";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "an order or a transaction that is found is compared whole",
          READING,
          "if of and of[part] == name and",
          "if of and of[part] and",
          COLLIDE),
      new Mutant(
          "what the first platform gave is found when that one has another name",
          "java/io/payonce/ledger/redis/ArchiveName.java",
          "if (kind == FIRST) {",
          "if (kind < 0) {",
          ARCHIVE + "#what_the_first_platform_has_paid_is_found_under_whatever_name_it_has_since"),
      new Mutant(
          "a bucket of any size is written in pieces",
          WRITING,
          "1000 do redis.call(verb, bucket, unpack(words, i, math.min(i + 999, #words))) end",
          "99999 do redis.call(verb, bucket, unpack(words, i, #words)) end",
          ARCHIVE + "#names_that_a_caller_chose_to_meet_take_nothing_from_others"),
      new Mutant(
          "and so is its owner", READING, "string.sub(all[j], 1, size) == owner and", "", COLLIDE),
      new Mutant(
          "a transaction is of the platform that gave its name",
          READING,
          "and (part == 'order' or isOf(sought, platformOf(of.platform)))",
          "",
          ARCHIVE + "#another_platforms_says_so_and_its_transactions_are_its_own"),
      new Mutant(
          "what has expired is not there",
          READING,
          "return left > 0 and left < 32768",
          "return true",
          GROWS),
      new Mutant(
          "an order's own key goes before the archive",
          READING,
          "if mark or not shelf or #shelf.sought < 7 then return mark end",
          "if not shelf or #shelf.sought < 7 then return mark end",
          ARCHIVE + "#what_stands_under_a_key_of_its_own_goes_before_the_archive"),
      new Mutant(
          "a tombstone's own key goes before the archive",
          READING,
          "local value = not mark and kept()",
          "local value = kept()",
          ARCHIVE + "#what_stands_under_a_key_of_its_own_goes_before_the_archive"),
      new Mutant(
          "what is written under an order's own key leaves the archive",
          READING,
          "found.of.order, shelf.found, shelf.looked = nil, nil, true",
          "shelf.found, shelf.looked = nil, true",
          LEDGER + "#who_has_paid_is_remembered_while_a_follow_up_holds_the_order"),
      new Mutant(
          "clearing a bucket keeps what lives",
          WRITING,
          "if #field > 3 and not lives(value, 2) then",
          "if #field > 3 then",
          GROWS),
      new Mutant(
          "clearing a bucket keeps what leads to the living",
          WRITING,
          "if lives(value, j + 3) then left =",
          "if not lives(value, j + 3) then left =",
          GROWS),
      new Mutant(
          "a split loses nothing",
          WRITING,
          "inParts('HSET', bucket, goes)",
          "redis.call('HSET', bucket, '', '')",
          GROWS),
      new Mutant(
          "a bucket that has lost its end loses nothing when it is split",
          WRITING,
          "if left >= 0 then redis.call('PEXPIRE', bucket, math.max(1, left)) end",
          "redis.call('PEXPIRE', bucket, left)",
          ARCHIVE + "#what_has_lost_its_end_loses_nothing_when_it_is_split"),
      new Mutant(
          "a bucket lasts as long as what comes in",
          WRITING,
          "or (twoBytes(had, 3) - till) % 65536 >= 32768 then",
          "then",
          ARCHIVE + "#a_bucket_lasts_as_long_as_what_came_in_last"),
      new Mutant(
          "what stands under a payment's name is not written over",
          WRITING,
          "if lives(redis.call('HGET', bucket, field), 2) then return rest end",
          "",
          ARCHIVE
              + "#whose_a_transaction_is_it_stays_and_what_was_there_before_is_not_written_over"),
      new Mutant(
          "whose a transaction is, it stays",
          WRITING,
          "if part == 'transaction' and find(sought) then return nil end",
          "",
          ARCHIVE
              + "#whose_a_transaction_is_it_stays_and_what_was_there_before_is_not_written_over"),
      new Mutant(
          "a begin looks for its tombstone in the archive",
          SCRIPTS + "begin.lua",
          "local tombstone = entombed(marks[1])",
          "local tombstone = marks[1]",
          LEDGER + "#a_forgotten_payment_leaves_its_outcome"),
      new Mutant(
          "a begin looks into the archive for who has paid its order",
          SCRIPTS + "begin.lua",
          "why, name, payers = marked(marks[2])",
          "why, name, payers = marks[2]",
          LEDGER + "#a_paid_order_refuses_another_payment_and_names_the_payer"),
      new Mutant(
          "only what this payment alone has paid is the archive's",
          SCRIPTS + "common.lua",
          "local alone = files and own and payers == '\\n' .. id and",
          "local alone = files and own and",
          LEDGER + "#an_order_paid_twice_is_free_when_neither_payer_is_left"),
      new Mutant(
          "pods that do not see new forms take the ledger for one of another scope",
          "java/io/payonce/ledger/maintenance/ScopeGuard.java",
          "return forms.areWanted()",
          "return false",
          "io.payonce.ledger.maintenance.CharterTest#a_ledger_whose_forms_former_versions_do_not_see_is_of_another_scope_to_them"),
      new Mutant(
          "forms that former versions do not see wait for the mark to have stood",
          "java/io/payonce/ledger/maintenance/MarkedForms.java",
          "(!FORMS.contains(ability) || stand())",
          "(!FORMS.contains(ability) || mark != null)",
          "io.payonce.ledger.maintenance.MarkedFormsTest#nothing_that_former_versions_do_not_see_is_written_before_the_mark_has_stood"),
      new Mutant(
          "a mark that a lapse may have taken away is waited for anew",
          "java/io/payonce/ledger/maintenance/MarkedForms.java",
          "now != null && now.lapses() == lapses.getAsInt()",
          "now != null",
          "io.payonce.ledger.maintenance.MarkedFormsTest#after_a_lapse_the_mark_is_waited_for_again"),
      new Mutant(
          "a lapse is known of, whoever noticed it",
          "java/io/payonce/ledger/redis/LedgerEpochs.java",
          "if (isNew) { known.incrementAndGet(); }",
          "",
          "io.payonce.ledger.maintenance.LedgerEpochsTest#from_the_first_answer_of_a_ledger_that_has_gone_back_its_mark_is_waited_for_anew"),
      new Mutant(
          "a name that the archive has is its payment's",
          SCRIPTS + "common.lua",
          "if whose and whose.id ~= id then return end",
          "",
          LEDGER + "#a_name_that_an_ended_payment_has_stays_its_own"),
      new Mutant(
          "a tombstone that is written anew is the archive's no more",
          READING,
          "of.outcome = nil local bucket",
          "local bucket",
          ARCHIVE + "#what_is_taken_out_is_in_no_archive_any_more_and_the_rest_stays"));

  private ArchiveMutants() {}
}
