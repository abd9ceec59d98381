package io.payonce.mutants;

import java.util.List;

/** Rules of what callers' hooks are sent, and where nothing is sent. */
final class NotificationMutants {
  private static final String OUTCOME = "java/io/payonce/outcome/";
  private static final String SCRIPTS = "resources/io/payonce/ledger/journal/";
  private static final String NOTIFIER = "io.payonce.outcome.NotifierTest";
  private static final String LOAD = "io.payonce.outcome.HookLoadTest";
  private static final String GUARD = "io.payonce.outcome.NotifyUrlGuardTest";
  private static final String BODY = "io.payonce.outcome.NotificationBodyTest";
  private static final String OUTBOX = "io.payonce.ledger.journal.RedisOutboxTest";
  private static final String HTTP = "io.payonce.outcome.http.HttpHooksTest";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "exactly 200 is taken",
          OUTCOME + "Hooks.java",
          "return status == 200;",
          "return status / 100 == 2;",
          NOTIFIER + "#exactly_200_counts"),
      new Mutant(
          "what another may have delivered since is not delivered",
          OUTCOME + "Notifier.java",
          "millis.getAsLong() - asked <= STALE_MILLIS",
          "true",
          NOTIFIER + "#what_was_claimed_too_long_ago_is_left_to_whoever_claims_it_next"),
      new Mutant(
          "nothing is given up before its time",
          OUTCOME + "Notifier.java",
          "private Future<Boolean> failed(Notice notice, HookUrl url, String why) { if"
              + " (notice.isOlderThan(settings.giveUpMillis())) {",
          "private Future<Boolean> failed(Notice notice, HookUrl url, String why) { if"
              + " (notice.tries().failed() > 3) {",
          NOTIFIER + "#what_fails_for_days_is_given_up_then_and_not_before_and_the_next_is_tried"),
      new Mutant(
          "whoever waits for a place has not failed",
          OUTCOME + "Notifier.java",
          "return waits == 0 ? send(notice, url, body) : turnBack(notice, url, waits);",
          "return waits == 0 ? send(notice, url, body) : failed(notice, url, \"BUSY\");",
          NOTIFIER + "#what_waited_for_a_dead_host_all_its_time_is_given_up_too"),
      new Mutant(
          "nothing goes where it may not go any more",
          OUTCOME + "NotifyUrlGuard.java",
          "return allowed.stream().anyMatch(pattern -> pattern.covers(url))",
          "return true",
          NOTIFIER + "#nothing_goes_where_it_may_not_go_any_more"),
      new Mutant(
          "a host has so many places and no more",
          OUTCOME + "HookLoad.java",
          "Math.max(1, Math.min(MOST_A_HOST, left / SHARE))",
          "left",
          LOAD + "#a_host_has_so_many_places_and_one_more_waits"),
      new Mutant(
          "slow hosts leave places to others",
          OUTCOME + "HookLoad.java",
          "host.tookMillis < SLOW_MILLIS ? 0 : KEPT",
          "0",
          LOAD + "#however_many_hosts_are_slow_the_next_one_finds_a_place"),
      new Mutant(
          "a host that is down is spared",
          OUTCOME + "HookLoad.java",
          "if (nowMillis < host.restsUntilMillis) {",
          "if (false) {",
          NOTIFIER + "#a_host_that_is_down_is_spared_and_what_waits_for_it_counts_no_tries"),
      new Mutant(
          "in the clear only on this machine",
          OUTCOME + "NotifyUrlGuard.java",
          "&& (url.tls() || url.isLoopback())",
          "",
          GUARD + "#does_not_go"),
      new Mutant(
          "below a domain is behind its dot",
          OUTCOME + "HostPattern.java",
          "parts.group(1).substring(1)",
          "parts.group(1).replaceFirst(\"^[*].?\", \"\")",
          GUARD + "#does_not_go"),
      new Mutant(
          "a port that is not listed is not meant",
          OUTCOME + "HostPattern.java",
          "return port == ALL || port == itsPort;",
          "return true;",
          GUARD + "#does_not_go"),
      new Mutant(
          "addresses have one form",
          "java/io/payonce/dns/HostText.java",
          "return IPV4.matcher(name).matches() ? address(name) : Optional.empty();",
          "return address(name);",
          GUARD + "#does_not_go"),
      new Mutant(
          "all addresses of a name are asked about",
          OUTCOME + "NotifyUrlGuard.java",
          "&& addresses.stream().allMatch(",
          "&& addresses.stream().anyMatch(",
          GUARD + "#a_name_is_trusted_with_all_its_addresses_or_not_at_all"),
      new Mutant(
          "of IPv6 only what is global",
          OUTCOME + "AddressRanges.java",
          "(address instanceof Inet4Address || GLOBAL_UNICAST.has(address))",
          "true",
          GUARD + "#the_internets_addresses_are_distinguished_from_all_others"),
      new Mutant(
          "metadata is nobody's",
          OUTCOME + "AddressRanges.java",
          "\"169.254.0.0/16\",",
          "\"169.254.0.0/24\",",
          GUARD + "#the_internets_addresses_are_distinguished_from_all_others"),
      new Mutant(
          "where a name leads is asked again at each connection",
          OUTCOME + "http/HookAddresses.java",
          "guard.leadOut(all, url.port()) && guard.leadOut(List.of(next), url.port())",
          "true",
          HTTP + "#a_name_that_leads_nowhere_or_inside_gets_no_connection"),
      new Mutant(
          "a name that has turned inside is not asked again",
          OUTCOME + "http/HttpHooks.java",
          "!(cause instanceof HookAddresses.NotAllowed)",
          "true",
          HTTP + "#a_name_that_leads_inside_after_a_failed_connection_is_not_asked_over_and_over"),
      new Mutant(
          "an interim head of a hook's is no answer",
          OUTCOME + "http/InterimHeads.java",
          "if (isInterim) {",
          "if (false) {",
          HTTP + "#an_answer_that_follows_late_on_an_interim_head_is_not_the_next_ones"),
      new Mutant(
          "no redirect is followed",
          OUTCOME + "http/HttpHooks.java",
          ".setFollowRedirects(false)",
          ".setMethod(HttpMethod.GET).setFollowRedirects(true)",
          HTTP + "#no_redirect_is_followed"),
      new Mutant(
          "certificates name the host",
          OUTCOME + "http/HookClient.java",
          ".setHostnameVerificationAlgorithm(\"HTTPS\")",
          ".setHostnameVerificationAlgorithm(\"\")",
          HTTP + "#a_hook_proves_its_name_whatever_address_it_has"),
      new Mutant(
          "a body is not read for ever",
          OUTCOME + "http/HookExchange.java",
          "if (read > MOST_BODY_BYTES) {",
          "if (false) {",
          HTTP + "#a_body_without_end_is_not_read_and_its_connection_is_closed"),
      new Mutant(
          "the caller's own id",
          OUTCOME + "NotificationBody.java",
          "data.put(\"transactionRequestId\", notice.id().requestId());",
          "data.putIfMissing(\"transactionRequestId\", notice.id().requestId());",
          BODY + "#what_the_platform_said_is_kept_to_the_byte_and_the_ids_are_the_callers_own"),
      new Mutant(
          "the outcome is notified, whatever answer is kept",
          OUTCOME + "NotificationBody.java",
          "agrees(said.status(), ending.outcome()) ? said : new DataObject()",
          "said",
          BODY + "#what_is_notified_is_the_outcome_whatever_the_kept_answer_says"),
      new Mutant(
          "one at a time has a notification",
          SCRIPTS + "take.lua",
          "if tonumber(due) > at then return {'LATER'} end",
          "",
          OUTBOX + "#it_is_given_to_one_at_a_time_with_all_that_is_to_be_said"),
      new Mutant(
          "the oldest comes first",
          SCRIPTS + "outbox.lua",
          "number < least",
          "number > least",
          OUTBOX + "#of_several_the_oldest_is_had_also_beyond_nine"),
      new Mutant(
          "who comes late with an earlier one takes nothing away",
          SCRIPTS + "deliver.lua",
          "if not isStill(notice, uuid) then return {'OTHER'} end",
          "",
          OUTBOX + "#a_later_word_waits_until_the_earlier_one_is_taken_and_has_a_name_of_its_own"),
      new Mutant(
          "an earlier word is never sent after a later one",
          SCRIPTS + "revive.lua",
          "if pending then return {'PENDING'} end",
          "",
          OUTBOX + "#an_earlier_word_is_never_sent_after_a_later_one"),
      new Mutant(
          "what was taken makes an earlier one useless",
          SCRIPTS + "deliver.lua",
          "redis.call('ZREM', undelivered, member)",
          "",
          OUTBOX + "#an_earlier_word_is_never_sent_after_a_later_one"),
      new Mutant(
          "who was notified of no success can be notified of one later",
          SCRIPTS + "deliver.lua",
          "if told == 'PAID' then redis.call('DEL', notice) end",
          "redis.call('DEL', notice)",
          OUTBOX + "#who_took_no_success_can_be_notified_of_one_when_the_record_is_gone"));

  private NotificationMutants() {}
}
