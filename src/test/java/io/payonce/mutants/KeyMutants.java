package io.payonce.mutants;

import java.util.List;

/** Rules for keys that change. */
final class KeyMutants {
  private static final String LEDGER = "java/io/payonce/ledger/";
  private static final String SEALS = "io.payonce.ledger.maintenance.KeyAgreementTest";
  private static final String BURIAL = "io.payonce.recovery.BurialTest";
  private static final String FLOW = "io.payonce.flow.operator.BuryFlowTest";
  private static final String WRECKS = "io.payonce.ledger.redis.BrokenRecordsTest";
  private static final String SCRIPTS = "resources/io/payonce/ledger/redis/";

  private static final String UNNAMED = "io.payonce.ledger.sealing.SealerTest"
      + "#what_names_no_key_may_be_for_others_while_a_key_of_the_ledger_is_not_here";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "a secret that is exchanged while the configuration is read is not missed",
          "java/io/payonce/settings/ChangedFiles.java",
          "before != null && before.equals(contents(path)) ? before : null",
          "contents(path)",
          "io.payonce.settings.LiveSettingsTest#what_changes_while_it_is_read_is_read_again"),
      new Mutant(
          "what a file of a key holds while it is written is no key",
          "java/io/payonce/settings/source/SecretFile.java",
          "if (!expect.holds().test(text)) {",
          "if (false) {",
          "io.payonce.wiring.SettingsKeySourceTest#a_key_that_no_start_would_take_is_none"),
      new Mutant(
          "each key in a file is held against what it is for",
          "java/io/payonce/wiring/SettingsKeySource.java",
          "return file.read(key.expect);",
          "return file.read(Key.SIGNING_SECRET.expect);",
          "io.payonce.wiring.SettingsKeySourceTest#a_key_that_no_start_would_take_is_none"),
      new Mutant(
          "what a record without a platform is of, the ledger says",
          LEDGER + "redis/BrokenRecords.java",
          "named.isEmpty() ? home.first() : named",
          "named.isEmpty() ? home.own() : named",
          WRECKS + "#a_record_that_names_no_platform_is_of_the_first_one"),
      new Mutant(
          "what is gone can have been of every platform of the ledger",
          SCRIPTS + "charter.lua",
          "redis.call('HSETNX', charter, 'of:' .. platform, now())",
          "",
          WRECKS + "#what_is_gone_can_have_been_of_any_platform_that_the_ledger_has_worked_for"),
      new Mutant(
          "of whom nobody knows the platform, an operator names it",
          "java/io/payonce/flow/operator/BuryFlow.java",
          "return whose.isOurs() || request.platform() != null",
          "return true",
          FLOW
              + "#what_names_no_platform_is_ended_only_where_there_is_one_or_an_operator_names_it"),
      new Mutant(
          "what had ended is no more anybody's to end",
          "java/io/payonce/flow/operator/BuryFlow.java",
          "if (barred != null) {",
          "if (barred != null && wreck.outcome() == null) {",
          FLOW + "#what_had_ended_is_no_more_anybodys_to_end"),
      new Mutant(
          "another amount that moved for what was given back is no unpaid without force",
          "java/io/payonce/flow/operator/BuryFlow.java",
          "if (wreck.outcome() != Outcome.PAID && wreck.state().otherAmount() != null) {",
          "if (false) {",
          FLOW + "#what_was_given_back_and_moved_another_amount_is_no_unpaid_without_force"),
      new Mutant(
          "what was given back and is paid after all marks its order",
          SCRIPTS + "bury.lua",
          "elseif pays == '1' and had[8] ~= 'PAID' then",
          "elseif false then",
          WRECKS + "#what_was_given_back_and_is_paid_after_all_marks_its_order"),
      new Mutant(
          "the tombstone of what was buried names its platform",
          SCRIPTS + "bury.lua",
          "had[7] or own, first",
          "first, first",
          WRECKS + "#a_tombstone_names_the_platform_that_is_not_the_first"),
      new Mutant(
          "a wreck is asked about under the ids of its application",
          "java/io/payonce/flow/operator/BuryFlow.java",
          "PlatformId.of(wreck.id(), attempt)",
          "PlatformId.of(new io.payonce.model.PaymentId(\"m\", wreck.id().requestId()), attempt)",
          FLOW + "#the_ids_of_an_application_are_its_own"),
      new Mutant(
          "while old pods may live, what opens all seals",
          LEDGER + "maintenance/KeyAgreement.java",
          "if (register != null || abilities.all(Ability.KEYS)) {",
          "if (true) {",
          SEALS
              + "#an_update_that_brings_another_key_seals_with_what_opens_all_while_old_pods_may_live"),
      new Mutant(
          "another canary is opened too",
          LEDGER + "maintenance/KeyAgreement.java",
          "if (opened == null || !opened.covers(found, key)) {",
          "if (opened == null) {",
          SEALS + "#a_canary_that_changes_is_opened_again_by_pods_that_run"),
      new Mutant(
          "in a quiet hour what has ended shows the key",
          LEDGER + "maintenance/SealSample.java",
          "found.isEmpty() ? ended() :",
          "false ? ended() :",
          SEALS + "#in_a_quiet_hour_what_has_ended_shows_the_key"),
      new Mutant(
          "a begin that is asked for anew is sealed anew",
          LEDGER + "redis/BeginRetrier.java",
          "sealedBody = sealer.seal(id, \"body\", payment.outgoing());",
          "sealedBody = sealedBody != null ? sealedBody : sealer.seal(id, \"body\", payment.outgoing());",
          SEALS + "#a_begin_that_is_asked_for_anew_is_sealed_with_the_key_that_seals_by_then"),
      new Mutant(
          "a former key is written with for as long as a lease",
          LEDGER + "maintenance/SealRegister.java",
          "return SLACK_MILLIS + Math.max(0, settings.leaseMillis());",
          "return SLACK_MILLIS;",
          SEALS + "#a_former_key_goes_when_a_walk_that_began_later_has_found_no_record_of_it"),
      new Mutant(
          "another request is said only of a record that could be read whole",
          LEDGER + "redis/OtherRequest.java",
          "byte[] body = InspectReply.bytes(reply.rest().get(BODY));",
          "byte[] body = null;",
          SEALS
              + "#the_same_request_is_known_by_every_key_and_another_one_only_when_the_record_opens"),
      new Mutant(
          "what names no key may be other pods' to read",
          LEDGER + "sealing/Sealer.java",
          "sealed[0] == UNNAMED && keys.hasRetired() && keys.lost().isEmpty();",
          "false;",
          UNNAMED),
      new Mutant(
          "what names its key is torn where that does not open it",
          LEDGER + "sealing/Sealer.java",
          "sealed[0] == UNNAMED && keys.hasRetired() &&",
          "keys.hasRetired() &&",
          UNNAMED),
      new Mutant(
          "what no pod can read any more is an operator's to see",
          LEDGER + "sealing/Sealer.java",
          "keys.hasRetired() && keys.lost().isEmpty();",
          "keys.hasRetired();",
          UNNAMED),
      new Mutant(
          "a tombstone whose key has gone proves no other request",
          LEDGER + "redis/OtherRequest.java",
          "if (begin.tombstone() != null && sealer.hasRetired()) {",
          "if (false) {",
          SEALS + "#a_tombstone_whose_key_has_gone_is_no_proof_of_another_request"),
      new Mutant(
          "fingerprints of former keys are honoured",
          LEDGER + "sealing/Fingerprints.java",
          "return sealer.fingerprints(payment.operation(), payment.body());",
          "return List.of(sealer.fingerprint(payment.operation(), payment.body()));",
          SEALS + "#records_of_the_first_version_are_known_after_a_rotation"),
      new Mutant(
          "what names no key is tried with all",
          LEDGER + "sealing/Sealer.java",
          ": open(id, field, sealed, ring().opening());",
          ": open(id, field, sealed, List.of(ring().sealing()));",
          SEALS + "#records_of_the_first_version_are_known_after_a_rotation"),
      new Mutant(
          "the form that names its key waits for all pods",
          LEDGER + "sealing/Sealer.java",
          "boolean named = keys.namesKeys();",
          "boolean named = true;",
          SEALS + "#the_form_that_names_its_key_is_written_only_while_all_can_read_it"),
      new Mutant(
          "a pod without the key that seals does not work",
          LEDGER + "maintenance/KeyAgreement.java",
          "if (!lacking.isEmpty()) {",
          "if (false) {",
          SEALS
              + "#the_first_pod_says_what_seals_and_who_cannot_open_it_learns_which_key_is_missing"),
      new Mutant(
          "a pod without a key that records need does not work",
          LEDGER + "maintenance/SealRegister.java",
          "each.getKey().equals(name) || !Long.valueOf(0).equals(each.getValue())",
          "each.getKey().equals(name)",
          SEALS + "#a_former_key_goes_when_a_walk_that_began_later_has_found_no_record_of_it"),
      new Mutant(
          "what a walk found that began before the change does not count",
          LEDGER + "maintenance/SealRegister.java",
          "+ slackMillis;",
          "- 3_600_000;",
          SEALS + "#a_former_key_goes_when_a_walk_that_began_later_has_found_no_record_of_it"),
      new Mutant(
          "the canary must open",
          LEDGER + "maintenance/KeyAgreement.java",
          "sealer.open(CANARY, FIELD, found.canary());",
          "",
          SEALS + "#a_key_of_the_right_name_that_does_not_open_the_canary_is_the_wrong_one"),
      new Mutant(
          "the key changes when all want it",
          LEDGER + "maintenance/KeyAgreement.java",
          "boolean agreed = abilities.preferredByAll().filter(preferred::equals).isPresent();",
          "boolean agreed = true;",
          SEALS + "#the_ledger_goes_on_with_the_old_key_until_every_live_pod_wants_the_new_one"),
      new Mutant(
          "who names no key may want another one",
          LEDGER + "maintenance/RedisAbilities.java",
          "return all(Ability.KEYS) && all.size() == 1",
          "return all.stream().anyMatch(name -> !name.isEmpty())",
          SEALS + "#a_pod_that_names_no_key_may_be_of_another_version_and_nothing_changes"),
      new Mutant(
          "a key that records need is not given up",
          LEDGER + "sealing/EncryptionKeyRing.java",
          "opening.addAll(kept);",
          "",
          SEALS + "#a_key_that_records_need_is_not_given_up_and_says_so"),
      new Mutant(
          "a ledger that does not say what seals it is tried first",
          LEDGER + "maintenance/SealSample.java",
          "found.contains(SealRegister.UNKNOWN) && found.size() == 1",
          "false",
          SEALS + "#a_ledger_of_the_first_version_is_opened_only_by_a_key_that_opens_its_payments"),
      new Mutant(
          "a wrong key that was never in use is given up at once",
          LEDGER + "sealing/EncryptionKeyRing.java",
          "List<EncryptionKey> kept = !agreed ? List.of() : ring.opening()",
          "List<EncryptionKey> kept = ring.opening()",
          SEALS + "#a_pod_with_the_wrong_key_works_as_soon_as_it_is_given_the_right_one"),
      new Mutant(
          "a wreck that the platform says is paid, is paid",
          "java/io/payonce/recovery/Burial.java",
          "if (shown.stream().anyMatch(PAID::contains)) {",
          "if (false) {",
          BURIAL + "#paid_under_any_id_is_paid_whoever_says_what_and_when"),
      new Mutant(
          "a wreck ends by force only",
          "java/io/payonce/recovery/Burial.java",
          "if (!forced) {",
          "if (false) {",
          BURIAL + "#unpaid_takes_force_and_the_platforms_word_on_every_id"),
      new Mutant(
          "a wreck ends not before a window has passed since somebody noticed",
          "java/io/payonce/recovery/Burial.java",
          "if (!times.windowOver()) {",
          "if (false) {",
          BURIAL + "#before_a_window_has_passed_since_it_was_noticed_nothing_is_granted"),
      new Mutant(
          "silence on one id leaves a wreck as it is",
          "java/io/payonce/recovery/Burial.java",
          "if (!shown.stream().allMatch(",
          "if (!shown.isEmpty() && !shown.stream().anyMatch(",
          BURIAL + "#what_the_platform_does_not_end_no_force_ends"),
      new Mutant(
          "a press that failed does not end what may be a page",
          "java/io/payonce/recovery/Burial.java",
          "if (pressed && !times.pageOver()) {",
          "if (false) {",
          BURIAL + "#a_press_that_failed_does_not_end_what_may_be_a_page"),
      new Mutant(
          "the platform's unpaid stands against an operator's paid",
          "java/io/payonce/recovery/Burial.java",
          "return shown.stream().anyMatch(UNPAID::contains) ?",
          "return false ?",
          BURIAL + "#a_final_no_of_the_platform_stands_against_paid"),
      new Mutant(
          "all ids that a wreck was sent under are asked about",
          "java/io/payonce/flow/operator/BuryFlow.java",
          "IntStream.rangeClosed(1, ids)",
          "IntStream.rangeClosed(1, 1)",
          FLOW + "#an_order_whose_record_is_gone_is_freed_when_all_ids_are_unknown"),
      new Mutant(
          "what another platform was sent is not ended here",
          "java/io/payonce/flow/operator/BuryFlow.java",
          "if (whose.isStrange()) {",
          "if (false) {",
          FLOW + "#what_another_platform_was_sent_and_what_old_pods_cannot_read_stays"),
      new Mutant(
          "what old pods cannot read is not written",
          "java/io/payonce/flow/operator/BuryFlow.java",
          "if (!admin.canBury()) {",
          "if (false) {",
          FLOW + "#what_another_platform_was_sent_and_what_old_pods_cannot_read_stays"),
      new Mutant(
          "what has ended keeps its outcome, readable or not",
          "java/io/payonce/flow/operator/BuryFlow.java",
          "return agrees ?",
          "return true ?",
          FLOW + "#what_had_ended_keeps_its_outcome_and_asks_no_platform"),
      new Mutant(
          "what was begun again since is no wreck",
          SCRIPTS + "bury.lua",
          "if (had[1] or '') ~= stageSeen or (had[2] or '') ~= fenceSeen then return {'MOVED'} end",
          "",
          WRECKS + "#what_was_begun_again_or_taken_over_since_is_left_alone"),
      new Mutant(
          "what a newer version wrote is no wreck",
          SCRIPTS + "bury.lua",
          "if newer(had[3]) then return {'NEWER'} end",
          "",
          WRECKS + "#what_a_newer_version_wrote_is_left_to_it"),
      new Mutant(
          "an order is freed of its holder only",
          SCRIPTS + "bury.lua",
          "if kind == 'none' and not had[1] and (held ~= 'held' or holder ~= id) then return {'NOT_HELD'} end",
          "",
          WRECKS + "#who_holds_an_order_is_known_by_the_order"),
      new Mutant(
          "a buried record that had ended touches no order",
          SCRIPTS + "bury.lua",
          "if not ended(had[1]) then",
          "if true then",
          WRECKS + "#what_had_ended_brings_nothing_back_a_second_time"),
      new Mutant(
          "whoever repeats a buried payment hears of it",
          SCRIPTS + "common.lua",
          "if request and string.sub(request, -1) == '*' then",
          "if false then",
          WRECKS + "#an_order_whose_record_is_gone_names_itself_once_the_auditor_came_by"));

  private KeyMutants() {}
}
