package io.payonce.mutants;

import java.util.List;

/** Rules of who an order, an id and an original belong to. */
final class OrderMutants {
  private static final String CODE = "java/io/payonce/";
  private static final String CHARTER = "io.payonce.ledger.maintenance.CharterTest";
  private static final String SHOPS = "io.payonce.flow.TwoShopsTest";

  private static final String PLATFORMS = "io.payonce.flow.TwoPlatformsTest";
  private static final String LEDGER = "io.payonce.ledger.redis.RedisLedgerTest";
  private static final String SILENT = "io.payonce.flow.SilentBeginTest";
  private static final String NAMED = "io.payonce.flow.NamedPendingTest";
  private static final String FOLLOW = "io.payonce.flow.FollowUpTest";
  private static final String FORGOTTEN = "io.payonce.flow.ForgottenTest";
  private static final String WORLDS = "io.payonce.world.FewWorldsTest";
  private static final String PAGES = "io.payonce.world.PagesTest";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "a begin that was not answered and is not there is begun anew for who waits",
          CODE + "flow/PaymentFlow.java",
          ".orElseGet(() -> beginAnew(named, silent))",
          ".orElseGet(() -> ledgerUnavailable(named, silent))",
          SILENT + "#what_never_arrived_is_begun_anew"),
      new Mutant(
          "a begin that may have been is not forgotten for a later one that was not",
          CODE + "flow/PaymentFlow.java",
          "silent != null && isSilence(failure) ? silent : failure",
          "failure",
          SILENT
              + "#a_ledger_that_is_unavailable_since_makes_no_proof_of_a_begin_that_may_have_been"),
      new Mutant(
          "the name of an id that failed is not answered for the next",
          CODE + "flow/engine/TimelineWords.java",
          "&& UNDER_WAY.contains(event.fields().getOrDefault(Field.REPORT, \"\"))",
          "",
          NAMED + "#the_name_of_an_id_that_failed_is_not_answered_for_the_next"),
      new Mutant(
          "a name that was answered is not answered any more when it has failed",
          CODE + "flow/engine/TimelineWords.java",
          "? event.get(Field.TRANSACTION) : \"\"",
          "? event.get(Field.TRANSACTION) : name",
          NAMED + "#a_name_that_was_answered_is_not_answered_any_more_when_it_has_failed"),
      new Mutant(
          "a former life's name is not answered for the next",
          CODE + "flow/engine/TimelineWords.java",
          "name = null; // what",
          "// what",
          NAMED + "#a_name_that_could_not_be_kept_whole_is_not_answered"),
      new Mutant(
          "another currency is another amount",
          CODE + "model/Amount.java",
          "&& agrees(currency, asked.currency)",
          "",
          "io.payonce.codes.ClassificationTest"),
      new Mutant(
          "before C10 is answered again its payer is asked",
          CODE + "flow/PaymentFlow.java",
          "begin instanceof BeginResult.OrderPaid paid && !admitted.named().again()",
          "begin instanceof BeginResult.OrderPaid paid && false",
          FOLLOW + "#a_payment_voided_at_the_platform_itself_gives_the_order_back"),
      new Mutant(
          "what begins after a lapse is asked about before its first send",
          CODE + "flow/PaymentFlow.java",
          "begun.confirmsFirst() ? engine",
          "false ? engine",
          FORGOTTEN),
      new Mutant(
          "its first send leaves only if the platform knows nothing of it",
          CODE + "flow/engine/PaymentEngine.java",
          "if (report == Report.NOT_FOUND) {",
          "if (report != Report.PAID) {",
          FORGOTTEN),
      new Mutant(
          "an original has one lock, by its reissued id too",
          CODE + "flow/OriginalLookup.java",
          ".map(reissued -> reissued.or(() -> Optional.of(scope.id(fields, named))))",
          ".map(reissued -> Optional.of(scope.id(fields, named)))",
          "io.payonce.flow.ReissuedIdTest#a_refund_by_either_id_takes_the_same_lock"),
      new Mutant(
          "nobody is taken out of an order while an old pod would not honour it",
          CODE + "flow/engine/UndoneOrders.java",
          "if (!ledger.abilities().all(Ability.PAYERS)) {",
          "if (false) {",
          FOLLOW + "#while_a_pod_of_the_first_version_may_live_orders_stay_paid"),
      new Mutant(
          "only sends close what judges sends",
          CODE + "limit/PodBreaker.java",
          "questions = moved(questions, present, \"questions to \" + host); }",
          "questions = moved(questions, present, \"\"); platform = present; }",
          "io.payonce.limit.PodBreakerTest"),
      new Mutant(
          "a tip's lock is taken only once all pods honour it",
          CODE + "ledger/redis/BeginRetrier.java",
          "&& abilities.all(Ability.TIPS)",
          "",
          LEDGER + "#a_tip_takes_its_originals_own_lock_while_an_earlier_version_lives"),
      new Mutant(
          "the keyless fingerprint is written alone only once all pods can read it",
          CODE + "ledger/redis/RedisLedger.java",
          "abilities.all(Ability.PRINTS)",
          "true",
          LEDGER + "#while_pods_of_the_first_version_live_a_record_has_both_fingerprints"),
      new Mutant(
          "an order's payers are kept as a set only once all pods can read it",
          CODE + "ledger/redis/BeginRetrier.java",
          "mint.abilities().flag(Ability.PAYERS)",
          "\"1\"",
          LEDGER + "#while_a_pod_of_the_first_version_lives_marks_are_as_it_reads_them"),
      new Mutant(
          "in app scope each application has ids and orders of its own",
          CODE + "model/Scope.java",
          "return this == MERCHANT",
          "return true",
          SHOPS + "#each_pays_its_own_order_under_its_own_id"),
      new Mutant(
          "in app scope no caller learns how another application's payment stands",
          CODE + "flow/QueryFlow.java",
          "requestId -> settings.orders().scope().id(fields, requestId)",
          "requestId -> new PaymentId(fields.merchantId(), requestId)",
          SHOPS + "#neither_caller_learns_how_the_others_payment_stands"),
      new Mutant(
          "in app scope a follow-up is of its own application's payment",
          CODE + "flow/OriginalLookup.java",
          "Optional.of(scope.id(fields, named))",
          "Optional.of(new PaymentId(fields.merchantId(), named))",
          SHOPS + "#a_refund_follows_its_own_shops_payment_and_gives_back_its_own_order"),
      new Mutant(
          "reissued ids of two applications differ",
          CODE + "recovery/PlatformId.java",
          "id.appId() == null ? requestId",
          "true ? requestId",
          SHOPS + "#reissued_ids_of_equal_ids_differ"),
      new Mutant(
          "another scope is refused while the old one is remembered",
          CODE + "ledger/maintenance/ScopeGuard.java",
          "List.of(\"order:*\", \"payment:*\", \"ended:*\", \"tomb:*/*\", \"archive:*\")",
          "List.of(\"order\", \"payment\", \"ended\")",
          CHARTER + "#another_scope_is_refused_while_anything_of_the_old_one_is_remembered"),
      new Mutant(
          "another scope is refused while pods work by the old one",
          CODE + "ledger/maintenance/ScopeGuard.java",
          "alive -> alive ? yes() : remembers(KINDS)",
          "alive -> remembers(KINDS)",
          CHARTER + "#another_scope_is_refused_while_a_pod_works_by_the_old_one"),
      new Mutant(
          "a pod stops when the ledger has got another scope",
          CODE + "ledger/maintenance/Charter.java",
          "return scoping.holds().compose(held -> trust.renew(runs));",
          "return trust.renew(runs);",
          CHARTER + "#another_scope_is_refused_while_anything_of_the_old_one_is_remembered"),
      new Mutant(
          "a void of an open page closes it",
          CODE + "flow/OriginalFirst.java",
          ".compose(noted -> close(noted.orElse(original), caller))",
          "",
          PAGES + "#a_void_of_a_page_that_shows_no_c_gets_c08_and_the_page_cannot_be_paid"),
      new Mutant(
          "a follow-up goes only to the platform that has its original",
          CODE + "flow/OriginalFirst.java",
          "if (followed.stranger() != null) {",
          "if (false) {",
          PLATFORMS + "#a_refund_goes_to_the_platform_that_has_the_sale"),
      new Mutant(
          "so does a refund by the order's number",
          CODE + "flow/OriginalLookup.java",
          ".map(payer -> whose(of.other(payer)).map(followed::of))",
          ".map(payer -> Future.succeededFuture(followed))",
          PLATFORMS + "#a_refund_goes_to_the_platform_that_has_the_sale"),
      new Mutant(
          "and one whose original only left a tombstone",
          CODE + "flow/OriginalLookup.java",
          "left.map(Tombstone::whose).orElse(null))));",
          "null)));",
          PLATFORMS + "#also_when_nothing_but_its_tombstone_is_left"),
      new Mutant(
          "a void of what is unsettled elsewhere stops it",
          CODE + "flow/OriginalFirst.java",
          "return (stops ? ledger.abort(original.id()) : Future.succeededFuture())",
          "return Future.succeededFuture()",
          PLATFORMS + "#a_void_of_what_is_unsettled_elsewhere_stops_it_and_is_not_sent"),
      new Mutant(
          "nobody asks another platform whether a payer was undone",
          CODE + "flow/engine/UndoneOrders.java",
          "if (whose.isStrange()) {",
          "if (false) {",
          PLATFORMS + "#the_other_platform_is_not_asked_whether_a_payer_was_undone"),
      new Mutant(
          "nobody asks another platform about a tombstone, when it is repeated",
          CODE + "flow/TombstoneReply.java",
          "return tombstone.isStrange()",
          "return false",
          PLATFORMS + "#repeats_and_queries_of_what_ended_elsewhere_are_answered_from_the_ledger"),
      new Mutant(
          "nobody asks another platform about a payment",
          CODE + "flow/QueryFlow.java",
          "if (payment != null && payment.isStrange()) {",
          "if (false) {",
          WORLDS + "#none_of_two_platforms_does"),
      new Mutant(
          "nor when it is asked about",
          CODE + "flow/QueryFlow.java",
          "left.filter(Tombstone::isStrange).filter(TombstoneQuery::speaksOf)",
          "left.filter(any -> false)",
          PLATFORMS + "#repeats_and_queries_of_what_ended_elsewhere_are_answered_from_the_ledger"),
      new Mutant(
          "what was learned of a payer before its refund says nothing of it",
          "resources/io/payonce/ledger/redis/settle.lua",
          "followed(back, orderName, outcome, at, keepMillis) end",
          "end",
          LEDGER + "#what_was_learned_of_a_payer_before_its_refund_says_nothing_of_it"),
      new Mutant(
          "just after a refund no caller is answered paid by another's question",
          "resources/io/payonce/ledger/redis/inquire.lua",
          "if asked > done and at < done + pauseMillis then return {'BUSY'} end",
          "",
          LEDGER + "#what_was_learned_of_a_payer_before_its_refund_says_nothing_of_it"),
      new Mutant(
          "a question of a clock that was ahead keeps no order",
          "resources/io/payonce/ledger/redis/inquire.lua",
          "if asked > at then asked = 0 end",
          "",
          "io.payonce.ledger.redis.ClockStepTest"
              + "#a_payer_is_asked_about_though_the_last_question_seems_to_be_to_come"),
      new Mutant(
          "a lapse to a clock that is behind concerns what began by the former one",
          "resources/io/payonce/ledger/redis/lapse.lua",
          "math.max(at, math.min(latest, at + 86400000))",
          "at",
          "io.payonce.ledger.redis.ClockStepTest"
              + "#what_began_by_the_former_clock_is_doubted_when_the_ledger_has_gone_back"),
      new Mutant(
          "who was undone stands in nobody's way",
          "resources/io/payonce/ledger/redis/inquire.lua",
          "if redis.call('HEXISTS', back, 'gone:' .. payer) == 1 then return {'GONE'} end",
          "",
          LEDGER + "#who_was_undone_is_gone_whatever_is_done_to_it_besides"),
      new Mutant(
          "what was given back stays given back beside another follow-up",
          "resources/io/payonce/ledger/redis/giveback.lua",
          "asked == '1' and not gone and",
          "asked == '1' and",
          LEDGER + "#who_was_undone_is_gone_whatever_is_done_to_it_besides"),
      new Mutant(
          "who finds an order given back meanwhile begins again",
          CODE + "flow/engine/UndoneOrders.java",
          "case GONE -> Future.succeededFuture(Found.UNDONE);",
          "case GONE -> Future.succeededFuture(Found.PAID);",
          FOLLOW + "#who_finds_an_order_paid_that_is_given_back_meanwhile_begins_again"),
      new Mutant(
          "a tombstone names its platform",
          "resources/io/payonce/ledger/redis/common.lua",
          "local named = platformId .. (platform and platform ~= first and ' ' .. platform or '')",
          "local named = platformId",
          LEDGER + "#what_stays_of_another_platforms_payment_says_whose_it_was"),
      new Mutant(
          "two platforms' names are two",
          CODE + "ledger/redis/HomePlatform.java",
          "return own.equals(first) ? name : own + \"/\" + name;",
          "return name;",
          LEDGER + "#two_platforms_may_give_two_payments_the_same_name"),
      new Mutant(
          "a credential is its lender's",
          "resources/io/payonce/renewal/newest.lua",
          "or had[4] and had[4] ~= ARGV[2] then",
          "then",
          "io.payonce.renewal.RedisCredentialStoreTest#what_one_platform_lent_is_never_shown_to_another"));

  private OrderMutants() {}
}
