package io.payonce.mutants;

import java.util.List;

/** Rules of whom the platform reports to, and whom we may tell in its place. */
final class RoadMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String BODY = CODE + "flow/OutgoingBody.java";
  private static final String ROAD = "io.payonce.flow.OwnRoadTest";
  private static final String TOKEN = "io.payonce.ledger.sealing.WebhookTokenTest";
  private static final String RULES = "io.payonce.settings.RulesTest";

  private static final String PACE = "io.payonce.flow.engine.RetryTimingTest"
      + "#an_open_payment_is_hardly_asked_about_while_reports_on_it_come_to_us";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "a hook that is not allowed is left where it is",
          BODY,
          "callers.text() == null || route.allows(callers.text())",
          "true",
          ROAD + "#what_we_may_not_serve_leaves_as_it_is"),
      new Mutant(
          "an empty notifyUrl is none",
          BODY,
          "callers.text() == null || route.allows(callers.text())",
          "callers.text() != null && route.allows(callers.text())",
          ROAD + "#a_notify_url_that_says_nothing_is_none"),
      new Mutant(
          "a notifyUrl that is no text is left where it is",
          BODY,
          "!callers.isOdd() &&",
          "",
          ROAD + "#what_is_no_text_leaves_as_it_is"),
      new Mutant(
          "bodies name us only while every pod tells callers what it settles",
          BODY,
          "all && operation.isReported()",
          "operation.isReported()",
          ROAD + "#while_a_pod_of_a_former_version_lives_bodies_leave_as_they_are"),
      new Mutant(
          "tips and batches name nobody",
          BODY,
          "all && operation.isReported()",
          "all",
          ROAD + "#what_the_platform_never_reports_on_leaves_as_it_is"),
      new Mutant(
          "the callers' hook is kept where ours takes its place",
          BODY,
          "new OutgoingBody(callers.with(ours), new Road(callers.text()))",
          "new OutgoingBody(callers.with(ours), new Road(null))",
          ROAD + "#our_address_takes_the_place_of_the_callers"),
      new Mutant(
          "what is sent is what the ledger keeps",
          CODE + "flow/PaymentFlow.java",
          "inbound.headers(), payment.outgoing());",
          "inbound.headers(), payment.body());",
          ROAD + "#our_address_is_added_where_there_was_none"),
      new Mutant(
          "a new id where reports come to us",
          CODE + "flow/engine/RetryTiming.java",
          "return work.request().road() == null &&",
          "return",
          ROAD + "#under_a_reissued_id_only_the_id_is_another"),
      new Mutant(
          "what is forgotten may have been reissued while reports came to us",
          CODE + "flow/engine/RetryTiming.java",
          "|| mayHaveBeenOurs(work)",
          "",
          ROAD + "#what_was_forgotten_may_have_been_reissued_though_its_repeat_cannot_be"),
      new Mutant(
          "who takes a payment over knows its road",
          CODE + "flow/engine/UnsettledPayment.java",
          "payment.body()), payment.road());",
          "payment.body()), null);",
          ROAD + "#under_a_reissued_id_only_the_id_is_another"),
      new Mutant(
          "open payments are polled again when no report has come for ten minutes",
          CODE + "recovery/OpenPace.java",
          "return sinceLastMillis <= FRESH_MILLIS;",
          "return true;",
          "io.payonce.recovery.OpenPaceTest"),
      new Mutant(
          "a lost report is made up for in about the payment's age",
          CODE + "recovery/OpenPace.java",
          "2 * Math.max(SOONEST_MILLIS, ageMillis)",
          "Long.MAX_VALUE",
          "io.payonce.recovery.OpenPaceTest"),
      new Mutant(
          "what is reported past us is polled as ever",
          CODE + "flow/engine/RetryTiming.java",
          "return work.request().road() != null && OpenPace",
          "return OpenPace",
          PACE),
      new Mutant(
          "only open payments wait for reports",
          CODE + "flow/engine/RetryTiming.java",
          "next.name() == StageName.OPEN && isReported(work)",
          "isReported(work)",
          PACE),
      new Mutant(
          "few queries while reports arrive",
          CODE + "flow/engine/RetryTiming.java",
          "next.name() == StageName.OPEN && isReported(work)",
          "false",
          "io.payonce.world.OpenLoadTest"),
      new Mutant(
          "all pods know what one was reported",
          "resources/io/payonce/limit/limited.lua",
          "redis.call('HSET', reports, account, math.max(last, at - ago))",
          "",
          "io.payonce.limit.FleetStoreTest#what_one_pod_was_reported_all_know_and_how_long_ago"),
      new Mutant(
          "an older report makes none older",
          "resources/io/payonce/limit/limited.lua",
          "math.max(last, at - ago)",
          "at - ago",
          "io.payonce.limit.FleetStoreTest#what_one_pod_was_reported_all_know_and_how_long_ago"),
      new Mutant(
          "a report from the future ages all the same",
          "resources/io/payonce/limit/limited.lua",
          "if tonumber(heard[i]) > at then",
          "if false then",
          "io.payonce.limit.FleetStoreTest#a_report_from_the_future_ages_from_now_on_and_hides_no_other"),
      new Mutant(
          "what the fleet was reported is learnt once a second",
          CODE + "limit/FleetExchange.java",
          "reports.learned(known.reportedAgoMillis());",
          "",
          "io.payonce.limit.FleetStoreTest"
              + "#a_pod_that_was_not_reported_to_knows_within_an_exchange_that_another_was"),
      new Mutant(
          "nobody else can make a token",
          CODE + "ledger/sealing/WebhookToken.java",
          "return MessageDigest.isEqual(tag, tag(name))",
          "return new String(name, StandardCharsets.UTF_8).contains(\"/\")",
          TOKEN + "#changed_by_one_sign_anywhere_cut_or_lengthened_it_is_refused"),
      new Mutant(
          "no address of ours without the hosts that we may tell",
          CODE + "settings/Rules.java",
          "v -> v.has(NOTIFY_ALLOW_HOSTS) || !v.has(WEBHOOK_PUBLIC_URL),",
          "v -> true,",
          RULES + "#a_public_url_alone_names_all_four_that_it_needs_and_a_port_its_secret"),
      new Mutant(
          "no address of ours without a secret to sign with",
          CODE + "settings/Rules.java",
          "v -> v.has(NOTIFY_SECRET) || !v.has(WEBHOOK_PUBLIC_URL),",
          "v -> true,",
          RULES + "#a_public_url_alone_names_all_four_that_it_needs_and_a_port_its_secret"),
      new Mutant(
          "no port for reports without the secret that they are signed with",
          CODE + "settings/Rules.java",
          "v -> v.has(WEBHOOK_SECRET) || !v.has(WEBHOOK_PORT) && !v.has(WEBHOOK_PUBLIC_URL),",
          "v -> true,",
          RULES + "#a_public_url_alone_names_all_four_that_it_needs_and_a_port_its_secret"));

  private RoadMutants() {}
}
