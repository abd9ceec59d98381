package io.payonce.mutants;

import java.util.List;

/** Rules of records that are packed when they have ended. */
final class PackedMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String SCRIPT = "resources/io/payonce/ledger/redis/";
  private static final String PACKED = "io.payonce.ledger.redis.PackedRecordTest#";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "a packed record keeps what is left of its life when it is thawed",
          SCRIPT + "packed.lua",
          "if left >= 0 then redis.call('PEXPIRE', payment, math.max(1, left)) end",
          "",
          PACKED + "thawed_it_is_the_hash_that_it_was"),
      new Mutant(
          "what is packed is no hash besides",
          SCRIPT + "packed.lua",
          "    redis.call('DEL', payment) -- first, so that",
          "    -- first, so that",
          PACKED + "what_is_settled_is_one_string_that_lives_as_long_as_the_hash_would_have"),
      new Mutant(
          "what is thawed is not packed besides",
          SCRIPT + "packed.lua",
          "  redis.call('DEL', packed)\n",
          "",
          PACKED + "money_that_moved_otherwise_thaws_it_for_good"),
      new Mutant(
          "a packed record lives for the time of its retention",
          SCRIPT + "packed.lua",
          "'PX', retentionMillis)\n  else",
          "'PX', 1000)\n  else",
          PACKED + "what_is_settled_is_one_string_that_lives_as_long_as_the_hash_would_have"),
      new Mutant(
          "a packed payment is not begun anew",
          SCRIPT + "begin.lua",
          "had, marks = fetch(payment, packed, 'st',",
          "had, marks = redis.call('HMGET', payment, 'st',",
          PACKED + "what_is_settled_is_one_string_that_lives_as_long_as_the_hash_would_have"),
      new Mutant(
          "a packed record that cannot be read is there",
          SCRIPT + "packed.lua",
          "return {st = 'SETTLED', is = form and form > 1 and form < 32 and '99 ' or nil, raw = value}",
          "return {}",
          PACKED + "what_cannot_be_read_is_not_begun_anew"),
      new Mutant(
          "a packed record of a later form is a newer one's",
          SCRIPT + "packed.lua",
          "is = form and form > 1 and form < 32 and '99 ' or nil, raw",
          "is = nil, raw",
          PACKED + "what_cannot_be_read_is_not_begun_anew"),
      new Mutant(
          "a packed answer is whole",
          SCRIPT + "packed.lua",
          "ans = string.sub(value, at)}",
          "ans = string.sub(value, at, at + 65535)}",
          PACKED + "its_answer_is_byte_for_byte_what_was_sealed"),
      new Mutant(
          "what is rare is packed, too",
          SCRIPT + "packed.lua",
          "or had[20] or had[5]",
          "or had[5]",
          PACKED + "what_is_rare_is_packed_each_by_itself"),
      new Mutant(
          "evidence against what was answered thaws it before it is written",
          SCRIPT + "settle.lua",
          "thaw(payment, packed); redis",
          "redis",
          PACKED + "paid_after_an_unpaid_answer_thaws_it_for_good"),
      new Mutant(
          "money that moved otherwise thaws it before it is written",
          SCRIPT + "contradict.lua",
          "  thaw(payment, packed)\n",
          "",
          PACKED + "money_that_moved_otherwise_thaws_it_for_good"),
      new Mutant(
          "what another amount moved for stays a hash",
          SCRIPT + "settle.lua",
          "state ~= 'RELEASED' and not had[10] and had[18]",
          "state ~= 'RELEASED' and had[18]",
          PACKED + "what_needs_an_operator_or_may_begin_again_stays_a_hash"),
      new Mutant(
          "what was released and is paid stays a hash",
          SCRIPT + "settle.lua",
          "packs == '1' and state ~= 'RELEASED' and not",
          "packs == '1' and not",
          PACKED + "what_needs_an_operator_or_may_begin_again_stays_a_hash"),
      new Mutant(
          "a packed payment stays listed for review",
          SCRIPT + "claim.lua",
          "  if redis.call('EXISTS', packed) == 1 then return {'ENDED'} end\n",
          "",
          PACKED + "it_is_no_workers_business_and_stays_listed_for_review"),
      new Mutant(
          "a packed payment is not set aside",
          SCRIPT + "quarantine.lua",
          "(kind == 'hash' or kind == 'none') and fetch(",
          "kind == 'hash' and fetch(",
          PACKED + "it_is_no_workers_business_and_stays_listed_for_review"),
      new Mutant(
          "the journal names the platform of what is packed",
          SCRIPT + "contradict.lua",
          "had[8] or ordered and first",
          "had[8]",
          PACKED + "money_that_moved_otherwise_thaws_it_for_good"),
      new Mutant(
          "what is thawed in its last millisecond is there",
          SCRIPT + "packed.lua",
          "math.max(1, left)",
          "left",
          PACKED + "thawed_in_its_last_millisecond_it_is_there_for_who_goes_on_with_it"),
      new Mutant(
          "a thaw does not write over a hash that lives",
          SCRIPT + "packed.lua",
          "if not value or redis.call('HEXISTS', payment, 'st') == 1 then return end",
          "if not value then return end",
          PACKED + "a_thaw_does_not_write_over_a_hash_that_lives"),
      new Mutant(
          "what cannot be read gets no line",
          SCRIPT + "packed.lua",
          "local log = value and opened(value).log",
          "local log = value and (opened(value).log or '')",
          PACKED + "a_line_more_stands_in_what_is_packed_and_in_nothing_that_cannot_be_read"),
      new Mutant(
          "how a newer program ended a payment is not acknowledged",
          SCRIPT + "acknowledge.lua",
          "(not ended(had[1]) or newer(had[8]))",
          "not ended(had[1])",
          PACKED + "what_a_newer_version_packed_is_left_to_it"),
      new Mutant(
          "what is not buried stays packed",
          SCRIPT + "bury.lua",
          "local kind = redis.call('TYPE', payment).ok",
          "thaw(payment, packed) local kind = redis.call('TYPE', payment).ok",
          PACKED + "what_a_newer_version_packed_is_left_to_it"),
      new Mutant(
          "what is buried is not answered out of what was packed",
          SCRIPT + "bury.lua",
          "  redis.call('DEL', packed)\n",
          "",
          PACKED + "a_thaw_does_not_write_over_a_hash_that_lives"),
      new Mutant(
          "a takeover leaves a newer program's record alone",
          SCRIPT + "takeover.lua",
          "if newer(had[3]) then return {'NEWER'} end",
          "",
          "io.payonce.ledger.redis.RedisLedgerTest#a_record_of_a_newer_version_is_left_to_those_who_know_it"),
      new Mutant(
          "records are packed only once every pod reads that",
          CODE + "ledger/redis/SettlementWriter.java",
          "ledger.abilities().all(Ability.PACKED)",
          "true",
          "io.payonce.ledger.redis.PackedRecordTest#while_a_pod_cannot_read_it_it_stays_a_hash_that_all_read"),
      new Mutant(
          "timelines are kept short only once every pod reads that",
          CODE + "ledger/redis/ScriptArgs.java",
          "abilities.all(Ability.PACKED) ? BriefTimeline.brief(line) : line",
          "BriefTimeline.brief(line)",
          "io.payonce.ledger.redis.ScriptArgsTest#fields_are_written_only_once_all_pods_read_them"),
      new Mutant(
          "keys are counted in packed records, too",
          CODE + "ledger/maintenance/Auditor.java",
          "case \"ended\" -> counting ? payment(id, sealed) : nothing();",
          "case \"ended\" -> nothing();",
          "io.payonce.ledger.maintenance.KeyAgreementTest#a_callers_hook_needs_its_key_in_the_record_and_after_it"));

  private PackedMutants() {}
}
