package io.payonce.mutants;

import java.util.List;

/** Rules for keys that change. */
final class KeyMutants {
  private static final String LEDGER = "java/io/payonce/ledger/";
  private static final String SEALS = "io.payonce.ledger.SealsTest";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "another request is said only of a record that could be read whole",
          LEDGER + "Other.java",
          "byte[] body = Seen.bytes(said.rest().get(BODY));",
          "byte[] body = null;",
          SEALS
              + "#the_same_request_is_known_by_every_key_and_another_one_only_when_the_record_opens"),
      new Mutant(
          "a tombstone whose key has gone proves no other request",
          LEDGER + "Other.java",
          "if (begin.late() != null && sealer.hasRetired()) {",
          "if (false) {",
          SEALS + "#a_tombstone_whose_key_has_gone_is_nobodys_proof_of_another_request"),
      new Mutant(
          "fingerprints of former keys are honoured",
          LEDGER + "Prints.java",
          "return sealer.fingerprints(payment.operation(), payment.body());",
          "return List.of(sealer.fingerprint(payment.operation(), payment.body()));",
          SEALS + "#records_of_the_first_version_are_known_after_a_rotation"),
      new Mutant(
          "what names no key is tried with all",
          LEDGER + "Sealer.java",
          ": open(id, field, sealed, ring().opening());",
          ": open(id, field, sealed, List.of(ring().sealing()));",
          SEALS + "#records_of_the_first_version_are_known_after_a_rotation"),
      new Mutant(
          "the form that names its key waits for all pods",
          LEDGER + "Sealer.java",
          "boolean named = keys.namesKeys();",
          "boolean named = true;",
          SEALS + "#the_form_that_names_its_key_is_written_only_while_all_can_read_it"),
      new Mutant(
          "a pod without the key that seals does not work",
          LEDGER + "Seals.java",
          "if (!lacking.isEmpty()) {",
          "if (false) {",
          SEALS
              + "#the_first_pod_says_what_seals_and_who_cannot_open_it_is_told_which_key_is_missing"),
      new Mutant(
          "a pod without a key that records need does not work",
          LEDGER + "SealRegister.java",
          "each.getKey().equals(name) || !Long.valueOf(0).equals(each.getValue())",
          "each.getKey().equals(name)",
          SEALS + "#a_former_key_goes_when_a_walk_that_began_later_has_found_no_record_of_it"),
      new Mutant(
          "what a walk found that began before the change does not count",
          LEDGER + "SealRegister.java",
          "+ SLACK_MILLIS;",
          "- 3_600_000;",
          SEALS + "#a_former_key_goes_when_a_walk_that_began_later_has_found_no_record_of_it"),
      new Mutant(
          "the canary must open",
          LEDGER + "Seals.java",
          "sealer.open(CANARY, FIELD, found.canary());",
          "",
          SEALS + "#a_key_of_the_right_name_that_does_not_open_the_canary_is_the_wrong_one"),
      new Mutant(
          "the key changes when all want it",
          LEDGER + "Seals.java",
          "boolean agreed = abilities.wishOfAll().filter(wished::equals).isPresent();",
          "boolean agreed = true;",
          SEALS + "#the_ledger_goes_on_with_the_old_key_until_every_live_pod_wants_the_new_one"),
      new Mutant(
          "who names no key may want another one",
          LEDGER + "RedisAbilities.java",
          "return all(Ability.KEYS) && all.size() == 1",
          "return all.stream().anyMatch(name -> !name.isEmpty())",
          SEALS + "#a_pod_that_names_no_key_may_be_of_another_version_and_nothing_changes"),
      new Mutant(
          "a key that records need is not given up",
          LEDGER + "LedgerKeys.java",
          "opening.addAll(kept);",
          "",
          SEALS + "#a_key_that_records_need_is_not_given_up_and_says_so"),
      new Mutant(
          "a ledger that does not say what seals it is tried first",
          LEDGER + "SealSample.java",
          "opened.isEmpty() || opened.contains(true)",
          "true",
          SEALS
              + "#a_ledger_of_the_first_version_is_opened_only_by_a_key_that_opens_its_payments"));

  private KeyMutants() {}
}
