package io.payonce.mutants;

import java.util.List;

/** Rules that the way to Redis and to the platform keeps. */
final class AdapterMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String CONTRACT = "io.payonce.ledger.redis.RedisLedgerTest";
  private static final String ONE = "io.payonce.platform.http.Http1AnswerGuardTest";
  private static final String WHERE = "io.payonce.platform.http.WhereTest";
  private static final String HOST = "io.payonce.dns.HostTest";
  private static final String HEALTH = "io.payonce.telemetry.RedisHealthTest";
  private static final String EVICTIONS = "io.payonce.ledger.maintenance.EvictionsTest";
  private static final String LOST = "io.payonce.ledger.redis.LostBeginTest";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "a bug in one look after the connections does not end them",
          CODE + "redis/Lane.java",
          "} catch (RuntimeException bug) {",
          "} catch (ArithmeticException bug) {",
          "io.payonce.redis.RedisLaneTest#a_bug_in_one_look_after_the_connections_does_not_end_them"),
      new Mutant(
          "an ACL's no inside a script proves nothing",
          CODE + "redis/failure/RedisAnswers.java",
          "Set.of(\"OOM\", \"MISCONF\", \"NOREPLICAS\", \"READONLY\")",
          "Set.of(\"OOM\", \"MISCONF\", \"NOREPLICAS\", \"READONLY\", \"NOPERM\")",
          "io.payonce.redis.FirstWriteTest#a_missing_right_stops_a_script_half_way"),
      new Mutant(
          "a begin that never can be is begun anew only for who waits",
          CODE + "ledger/redis/BeginRetrier.java",
          "if (isLate() ? isWorthWaiting() : !renewed) {",
          "if (isLate() || !renewed) {",
          LOST + "#a_begin_that_is_not_there_when_its_time_is_over_never_happens"),
      new Mutant(
          "what a begin wrote before it stopped half way is no begin",
          CODE + "ledger/redis/BeginRetrier.java",
          "case BEGUN -> torn ? again(last) : begun(",
          "case BEGUN -> begun(",
          LOST + "#a_begin_that_stopped_half_way_is_not_begun_by_being_found"),
      new Mutant(
          "a Redis that evicts is distinguished from one that does not",
          CODE + "ledger/maintenance/RedisDurability.java",
          "return memory.max > 0 && !memory.policy.equals(KEEPS);",
          "return memory.max > 0 && memory.policy.startsWith(\"allkeys\");",
          "io.payonce.ledger.maintenance.RedisDurabilityTest"),
      new Mutant(
          "a server that is away keeps no pod from starting",
          CODE + "ledger/maintenance/ServerSurvey.java",
          ".filter(ServedSlots::connected) .flatMap(part -> tryOn(part, everywhere)",
          ".flatMap(part -> tryOn(part, everywhere)",
          HEALTH + "#a_pod_starts_while_a_part_is_unavailable"),
      new Mutant(
          "what pages is no mere warning",
          CODE + "telemetry/RedisHealth.java",
          "if (worry.isGrave()) {",
          "if (false) {",
          HEALTH + "#what_pages_is_an_error_of_the_log"),
      new Mutant(
          "of a server that was not tried no word is over",
          CODE + "redis/failure/RedisBulletin.java",
          "&& !untried.contains(answer.part)",
          "",
          HEALTH + "#a_word_of_the_part_that_is_unavailable_is_not_over"),
      new Mutant(
          "a WAIT that is refused says so",
          CODE + "redis/ReplicaGate.java",
          "group.refused = failure instanceof RedisFailure known ? known.word() : \"\";",
          "",
          "io.payonce.redis.LaneLoginTest#replicas_that_may_not_be_waited_for_are_reported_in_redis_own_words"),
      new Mutant(
          "what was evicted before a pod began is said",
          CODE + "ledger/maintenance/Evictions.java",
          "is.memory().evictedKeys(), is.memory().evictedKeys() > 0, nowMillis",
          "is.memory().evictedKeys(), false, nowMillis",
          EVICTIONS),
      new Mutant(
          "evictions are no news for ever",
          CODE + "ledger/maintenance/Evictions.java",
          "return recent && nowMillis - seenMillis < NEWS_MILLIS;",
          "return recent;",
          EVICTIONS),
      new Mutant(
          "another run of a server confirms nothing",
          CODE + "ledger/maintenance/Evictions.java",
          "boolean confirmed = same && is.memory().evictedKeys() < count;",
          "boolean confirmed = is.memory().evictedKeys() < count;",
          EVICTIONS),
      new Mutant(
          "a refusal counts only when a lost begin cannot happen any more",
          CODE + "ledger/redis/BeginRetrier.java",
          "mayHaveRun && now <= notAfterMillis ? again(last) : mint",
          "mint",
          LOST + "#a_refusal_is_answered_only_when_the_lost_begin_cannot_happen_any_more"),
      new Mutant(
          "the send's life counts from the first time it was asked for",
          CODE + "ledger/redis/BeginRetrier.java",
          "private Future<BeginResult> repeat() {",
          "private Future<BeginResult> repeat() { stampedAtMillis = timing.wallMillis().getAsLong(); askedAtNanos = timing.nanos().getAsLong();",
          LOST + "#the_sends_life_counts_from_the_first_time_it_was_asked_for"),
      new Mutant(
          "a begin past its lease may have happened",
          CODE + "ledger/redis/BeginRetrier.java",
          "return unavailable(\"it was too late to begin\", passedMillis() >= settings.leaseMillis());",
          "return unavailable(\"it was too late to begin\", true);",
          LOST),
      new Mutant(
          "nothing is unsent while an address is left",
          CODE + "platform/http/AddressAttempts.java",
          "host.failed(now); tried.add(now);",
          "",
          WHERE + "#two_addresses_of_which_one_refuses_are_as_good_as_one"),
      new Mutant(
          "with a proxy nothing leaves past it",
          CODE + "platform/http/AddressAttempts.java",
          "return tunnel == null",
          "return true",
          "io.payonce.platform.http.ConnectTunnelTest#what_is_sent_passes_the_proxy_unread"),
      new Mutant(
          "a failed connect has DNS asked again",
          CODE + "dns/Host.java",
          "parts.values().forEach(Part::doubt);",
          "",
          HOST + "#after_a_failed_connect_dns_is_asked_before_its_answer_has_expired"),
      new Mutant(
          "an address that works is used on while DNS fails",
          CODE + "dns/Host.java",
          "standing = Standing.UNSAID; int",
          "standing = Standing.UNSAID; addresses = List.of(); int",
          HOST + "#what_is_known_is_used_on_while_dns_fails_denies_or_is_silent"),
      new Mutant(
          "a token is unique over all time",
          CODE + "ledger/redis/FencingToken.java",
          "return PROCESS + \".\" + Long.toString(COUNTER.incrementAndGet(), Character.MAX_RADIX);",
          "return PROCESS + \".\" + Long.toString(COUNTER.incrementAndGet() & 1, Character.MAX_RADIX);",
          CONTRACT),
      new Mutant(
          "intents wait for the replicas",
          CODE + "ledger/redis/ScriptRunner.java",
          "return settings.replicates() ? counted(",
          "return false ? counted(",
          "io.payonce.ledger.redis.ReplicatedLedgerTest#without_its_replica_nothing_begins_and_nothing_negative_is_answered"),
      new Mutant(
          "what is read is negative only when the replicas have it",
          CODE + "ledger/redis/ScriptRunner.java",
          "return settings.replicates() ? makeDurably(",
          "return false ? makeDurably(",
          "io.payonce.ledger.redis.ReplicatedLedgerTest#without_its_replica_nothing_begins_and_nothing_negative_is_answered"),
      new Mutant(
          "an end other than paid is answered when the replicas have it",
          CODE + "ledger/redis/RecordLookup.java",
          "return payment.isEnded() && payment.outcome() != Outcome.PAID ?",
          "return false ?",
          "io.payonce.ledger.redis.ReplicatedLedgerTest#without_its_replica_nothing_begins_and_nothing_negative_is_answered"),
      new Mutant(
          "a send leaves before the lease is over",
          CODE + "ledger/redis/RedisLedger.java",
          "(settings.leaseMillis() - BeginRetrier.MARGIN_MILLIS)",
          "(settings.leaseMillis() + BeginRetrier.MARGIN_MILLIS)",
          CONTRACT + "#a_send_may_not_leave_as_late_as_the_lease_ends"),
      new Mutant(
          "bodies are sealed at rest",
          CODE + "ledger/redis/BeginRetrier.java",
          "sealedBody = sealer.seal(id, \"body\", payment.outgoing());",
          "sealedBody = payment.outgoing();",
          CONTRACT + "#neither_body_nor_answer_can_be_read_in_redis"),
      new Mutant(
          "an intent over its time never leaves",
          CODE + "platform/http/PaymentSender.java",
          "return leftNanos(intent.leavesBeforeNanos()) <= 0;",
          "return false;",
          "io.payonce.platform.http.UnsentTest#an_intent_over_its_time_never_leaves"),
      new Mutant(
          "a stalled loop sends nothing late",
          CODE + "platform/http/PaymentSender.java",
          "if (send.mayNotLeave()) { return discard(",
          "if (false) { return discard(",
          "io.payonce.platform.http.UnsentTest#an_event_loop_that_stalls_while_connecting_lets_nothing_leave"),
      new Mutant(
          "a written send is not written again",
          CODE + "platform/http/HttpExchange.java",
          "giveUp(new Answer.Silent(why));",
          "giveUp(new Answer.Unsent(why));",
          "io.payonce.platform.http.SilenceTest#a_send_that_has_left_is_silence_and_never_repeated"),
      new Mutant(
          "an interim head ends its connection",
          CODE + "platform/http/Http1AnswerGuard.java",
          "return !hasHead || !isInterim(status);",
          "return true;",
          ONE + "#the_send_right_behind_never_gets_the_late_answer"),
      new Mutant(
          "an answer has ended when nothing is left to be read",
          CODE + "platform/http/Http1AnswerGuard.java",
          "else if (hasHead && msg instanceof LastHttpContent last) {",
          "else if (msg == null && msg instanceof LastHttpContent last) {",
          ONE
              + "#what_brings_anything_but_one_answer_is_unknown_and_its_connection_is_not_used_again"),
      new Mutant(
          "half an answer that nobody asked for counts",
          CODE + "platform/http/Http1AnswerGuard.java",
          "fault = end != null && read.isReadable() ? FailureReasons.NOT_ONE_ANSWER : null;",
          "",
          ONE
              + "#what_brings_anything_but_one_answer_is_unknown_and_its_connection_is_not_used_again"),
      new Mutant(
          "a refusal on a used connection is listened behind",
          CODE + "platform/http/Http1AnswerGuard.java",
          "if (end == null || !isUsed || isAccepted) {",
          "if (true) {",
          ONE + "#a_second_answer_that_comes_when_the_next_send_is_out_is_not_that_ones"),
      new Mutant(
          "an interim head ends its stream",
          CODE + "platform/http/Http2AnswerGuard.java",
          "if (!text.equals(\"100\") && !text.equals(\"103\")) {",
          "if (false) {",
          "io.payonce.platform.http.Http2AnswerGuardTest#an_interim_head_ends_its_stream_and_the_neighbours_go_on"),
      new Mutant(
          "the platform may not lengthen a connection's life",
          CODE + "platform/http/Http1AnswerGuard.java",
          "lifetime.shorten(head);",
          "",
          "io.payonce.platform.http.ConnectionLifetimeTest#what_is_the_last_answer_of_a_connection_is_followed_by_no_request"),
      new Mutant(
          "what is given up is dropped from every buffer",
          CODE + "platform/http/ConnectionState.java",
          "channel.config().setOption(ChannelOption.SO_LINGER, 0);",
          "",
          "io.payonce.platform.http.GivenUpTest#a_request_that_is_not_answered_in_time_ends_in_a_reset"),
      new Mutant(
          "a body may cost no more on the wire",
          CODE + "platform/http/Http1AnswerGuard.java",
          "if (bytes + read.readableBytes() > MOST_BYTES) {",
          "if (false) {",
          "io.payonce.platform.http.GivenUpTest#a_small_body_in_endless_wrapping_is_not_read_on"),
      new Mutant(
          "headers go upstream by a list of what passes",
          CODE + "http/ForwardedHeaders.java",
          "if (passing.contains(name) && !named.contains(name)) {",
          "if (mayPass(name) && !named.contains(name)) {",
          "io.payonce.http.ForwardedHeadersTest#what_is_the_hops_or_ours_to_make_stays_here"),
      new Mutant(
          "only a certificate's alert says that nothing was read",
          CODE + "platform/http/FailureReasons.java",
          "return REFUSED_HANDSHAKE.matcher(each.getMessage()).find();",
          "return true;",
          "io.payonce.platform.http.UpstreamTlsTest#only_alerts_about_a_certificate_say_that_nothing_was_read"),
      new Mutant(
          "a command is repeated only when it provably did not run",
          CODE + "redis/RedisCommand.java",
          "return failure instanceof RedisFailure known",
          "return true || failure instanceof RedisFailure known",
          "io.payonce.redis.LaneFaultTest"),
      new Mutant(
          "a missing replica is reported",
          CODE + "redis/ReplicaGate.java",
          "count >= replicas",
          "true",
          "io.payonce.redis.RedisLaneTest#without_a_replica_a_replicated_script_runs_but_fails"),
      new Mutant(
          "a WAIT that failed acknowledges nothing",
          CODE + "redis/ReplicaGate.java",
          "failure == null ? response.toInteger() : 0",
          "failure == null ? response.toInteger() : 1",
          "io.payonce.redis.LaneFaultTest#a_wait_that_was_cut_off_acknowledges_nothing"),
      new Mutant(
          "a late answer of Redis changes nothing",
          CODE + "redis/PipelinedConnection.java",
          "if (!done) { done = true; promise.complete(response, failure == null ? null : failure.at(server)); }",
          "promise.tryComplete(response);",
          "io.payonce.redis.LaneFaultTest"));

  private AdapterMutants() {}
}
