package io.payonce.mutants;

import java.util.List;

/** Rules that are kept where calls wait. */
final class EntranceMutants {
  private static final String FILE = "java/io/payonce/http/AdmissionQueue.java";
  private static final String TEST = "io.payonce.http.AdmissionQueueTest#";

  private static final String LIMIT = "java/io/payonce/limit/";
  private static final String FAIR = "io.payonce.limit.FairRoomTest";
  private static final String CONFIRMS = "io.payonce.limit.ConfirmRoomTest";
  private static final String PUT_OFF = "io.payonce.flow.PutOffFlowTest";
  private static final String BACK =
      "io.payonce.limit.PodBreakerTest#when_the_platform_is_back_a_probe_that_hangs_keeps_no_payment_waiting";
  private static final String ASKED = "io.payonce.flow.NotAskedTest";

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "one merchant's questions leave places to others",
          LIMIT + "FairRoom.java",
          ">= TIMES_THE_REST * left",
          ">= 1000 * left",
          FAIR + "#one_merchant_never_takes_all"),
      new Mutant(
          "a question that hangs steps aside",
          LIMIT + "FairRoom.java",
          "if (nowMillis - oldest.sinceMillis < LONG_MILLIS) {",
          "if (true) {",
          CONFIRMS + "#a_hundred_that_hang_do_not_keep_out_what_is_answered"),
      new Mutant(
          "not everything may hang",
          LIMIT + "FairRoom.java",
          "&& aside < mostAside",
          "",
          FAIR + "#not_everything_may_step_aside"),
      new Mutant(
          "questions begin with few and grow",
          LIMIT + "ConfirmRoom.java",
          "new AdaptiveLimit(LEAST, Math.max(LEAST, most), STEP, 1)",
          "new AdaptiveLimit(Math.max(LEAST, most), 1)",
          CONFIRMS + "#it_begins_with_few_and_grows_while_the_platform_answers"),
      new Mutant(
          "questions become few while nobody answers",
          LIMIT + "ConfirmRoom.java",
          "Health health = Health.of(answer);",
          "Health health = Health.HEALTHY;",
          CONFIRMS + "#a_platform_that_falls_silent_is_asked_less_and_less"),
      new Mutant(
          "a question's place is given back whatever comes of it",
          LIMIT + "ConfirmRoom.java",
          ".onFailure(bug -> left(place))",
          "",
          CONFIRMS + "#a_question_that_meets_a_bug_gives_its_place_back"),
      new Mutant(
          "while nobody answers, one in each gap is looked at",
          LIMIT + "PodBreaker.java",
          "now >= lookUntilMillis && admitsAny(present, now)",
          "admitsAny(present, now)",
          "io.payonce.limit.PutOffTest#while_no_question_is_answered_one_is_looked_at_now_and_then"),
      new Mutant(
          "crowds hand out what fresh payments bear",
          "java/io/payonce/worker/Crowds.java",
          "int most = asking ? MOST_A_TICK : MOST_PUT_OFF_A_TICK;",
          "int most = MOST_PUT_OFF_A_TICK;",
          "io.payonce.worker.CrowdsTest#without_confirms_more_is_looked_at"),
      new Mutant(
          "crowds are worked on at a pace that fresh payments bear",
          "java/io/payonce/worker/Crowds.java",
          "left > 0 && begun < MOST_A_TICK;",
          "left > 0;",
          "io.payonce.worker.CrowdsTest#what_comes_before_an_operator_all_at_once_is_worked_on_at_that_pace"),
      new Mutant(
          "accounts that hang leave places to others",
          "java/io/payonce/worker/Crowds.java",
          "room.all() >= MOST_HELD / sharing(room)",
          "rooms.values().stream().mapToInt(FairRoom::all).sum() >= MOST_HELD",
          "io.payonce.worker.CrowdsTest#accounts_that_hang_take_no_place_from_one_that_answers"),
      new Mutant(
          "a crowd has the places of its own account",
          "java/io/payonce/worker/Crowds.java",
          "Account account = accounts.of(id);",
          "Account account = Account.DEFAULT;",
          "io.payonce.worker.CrowdsTest#a_crowd_has_no_more_places_than_its_account"),
      new Mutant(
          "what waits for the budget asks more seldom each time",
          "java/io/payonce/flow/engine/PaymentEngine.java",
          "Math.max(later.pauseMillis(), pauses.waitingForBudget(work))",
          "later.pauseMillis()",
          ASKED + "#what_waits_for_the_budget_asks_more_and_more_seldom"),
      new Mutant(
          "what was not asked comes before an operator in time",
          "java/io/payonce/flow/engine/PaymentEngine.java",
          "Stage kept = stage == StageName.IN_DOUBT || stage == StageName.OPEN",
          "Stage kept = stage == StageName.SENDING",
          ASKED + "#what_is_not_asked_comes_before_an_operator_all_the_same"),
      new Mutant(
          "what was not asked waits longer up to some doublings only",
          "java/io/payonce/flow/engine/PaymentEngine.java",
          "Math.min(steps + 1, MOST_UNASKED_STEPS)",
          "work.steps() + 1",
          ASKED + "#what_finds_no_place_waits_for_up_to_four_doublings_and_no_longer"),
      new Mutant(
          "what waits for a place does not wait for a silent platform",
          "java/io/payonce/flow/engine/PaymentEngine.java",
          "int steps = Math.min(work.steps(), MOST_UNASKED_STEPS);",
          "int steps = work.steps();",
          ASKED + "#what_was_met_by_silence_for_long_waits_no_longer_for_a_place_than_others"),
      new Mutant(
          "what is put off counts for its own account",
          "java/io/payonce/flow/RetryFlow.java",
          "limits(account).putOff();",
          "met.forEach(each -> limits(each).putOff());",
          PUT_OFF + "#what_is_put_off_counts_for_its_own_account"),
      new Mutant(
          "the look of an account is had by a payment of its own",
          "java/io/payonce/flow/RetryFlow.java",
          "return putOffMillis.get(account) == 0 ? look(id, account) : putOff(account);",
          "return putOffMillis.containsValue(0L) ? look(id, account) : putOff(account);",
          PUT_OFF + "#the_look_of_one_account_is_not_spent_on_anothers_payment"),
      new Mutant(
          "what is looked at is reported as looked at",
          "java/io/payonce/flow/RetryFlow.java",
          ".onComplete(begun -> limits(account).looked())",
          "",
          PUT_OFF + "#the_look_of_one_account_is_not_spent_on_anothers_payment"),
      new Mutant(
          "one of several has the look, the others stay due",
          "java/io/payonce/flow/RetryFlow.java",
          "if (!limits(account).mayLook()) {",
          "limits(account).mayLook();\n    if (putOffMillis().isEmpty()) {",
          PUT_OFF + "#of_several_that_see_a_look_one_has_it_and_the_others_stay_due"),
      new Mutant(
          "what an outage kept open is asked about soon after it",
          "java/io/payonce/flow/engine/RetryTiming.java",
          "healthy ? SLOW_FACTOR : SILENCE_FACTOR",
          "SLOW_FACTOR",
          ASKED + "#silence_keeps_a_payment_for_review_waiting_a_third_as_long_as_an_answer"),
      new Mutant(
          "our own faults say nothing of the platform",
          "java/io/payonce/model/SendFailure.java",
          "NO_CREDENTIALS(\"no credentials\", true)",
          "NO_CREDENTIALS(\"no credentials\", false)",
          "io.payonce.platform.http.HealthTest"),
      new Mutant(
          "one merchant does not make the platform sick",
          "java/io/payonce/limit/MerchantBreaker.java",
          "Breaker.LEAST_ANSWERS / 5",
          "Breaker.LEAST_ANSWERS",
          "io.payonce.limit.PodBreakerTest#one_merchants_sickness_stops_that_merchant_alone"),
      new Mutant(
          "bad news of one thing counts once",
          "java/io/payonce/limit/PodBreaker.java",
          "health != Health.UNHEALTHY || unanswered.add(what) && unanswered.size() > THEIR_OWN_TROUBLE;",
          "true;",
          "io.payonce.limit.PodBreakerTest#ten_payments_whose_questions_are_answered_badly_slow_no_other_question"),
      new Mutant(
          "a fresh payment's place in half-open is its own",
          "java/io/payonce/limit/Breaker.java",
          "(call == Call.FRESH ? probeUntilMillis : quietMillis)",
          "probeUntilMillis",
          "io.payonce.limit.BreakerTest#quiet_calls_never_take_the_place_of_a_fresh_payment"),
      new Mutant(
          "a hanging probe keeps nobody waiting while questions are answered",
          "java/io/payonce/limit/PodBreaker.java",
          "platform.at(now).encouraged(wellMillis)",
          "platform.at(now)",
          BACK),
      new Mutant(
          "nor does one of its merchant",
          "java/io/payonce/limit/MerchantBreaker.java",
          "own.at(nowMillis).encouraged(wellMillis)",
          "own.at(nowMillis)",
          BACK),
      new Mutant(
          "who answers questions alone gets few probes",
          "java/io/payonce/limit/Breaker.java",
          "return hangs && !isEncouraged",
          "return hangs",
          "io.payonce.limit.PodBreakerTest#a_platform_that_answers_questions_alone_gets_one_probe_more_each_time"),
      new Mutant(
          "a probe hangs when what went out a second later is answered",
          "java/io/payonce/limit/Breaker.java",
          "wellMillis >= outMillis + HANGS_MILLIS",
          "wellMillis >= outMillis",
          "io.payonce.limit.BreakerTest#a_probe_that_hangs_while_other_calls_are_answered_is_given_up_once"),
      mutant(
          "nobody overtakes those who wait",
          "return waiting.isEmpty() && atWork",
          "return atWork",
          "no_call_overtakes_those_that_wait"),
      mutant(
          "the door closes when the ledger has enough to do",
          "atWork.getAsInt() < MOST_AT_WORK",
          "atWork.getAsInt() <= MOST_AT_WORK",
          "it_is_open_while_the_ledger_has_not_enough_to_do"),
      mutant(
          "who enters takes room",
          "room--;",
          "",
          "as_many_enter_in_the_order_they_came_as_there_is_room_for"),
      mutant(
          "who came first enters first",
          "waiting.add(",
          "waiting.addFirst(",
          "as_many_enter_in_the_order_they_came_as_there_is_room_for"),
      mutant(
          "only so many wait",
          "if (waiting.size() >= MOST_WAITING) {",
          "if (false) {",
          "the_queue_is_bounded_and_each_call_in_it_is_answered"),
      mutant(
          "who has waited for too long is turned away",
          "waiting.peek().sinceNanos() - latest < 0",
          "false",
          "who_has_waited_for_too_long_is_turned_away_and_no_one_else"),
      mutant(
          "who has not waited for too long is not turned away",
          "waiting.peek().sinceNanos() - latest < 0",
          "waiting.peek().sinceNanos() - latest > 0",
          "who_has_waited_for_too_long_is_turned_away_and_no_one_else"),
      mutant(
          "the first who waits has somebody look",
          "if (waiting.size() == 1) {",
          "if (false) {",
          "no_call_overtakes_those_that_wait"),
      mutant(
          "the next who waits has nobody look besides",
          "if (waiting.size() == 1) {",
          "if (true) {",
          "what_is_at_work_is_looked_at_once_however_many_wait"),
      mutant(
          "while somebody waits there is another look",
          "if (!waiting.isEmpty()) {",
          "if (false) {",
          "as_many_enter_in_the_order_they_came_as_there_is_room_for"),
      mutant(
          "one look turns away only so many",
          "while (left > 0 && !waiting.isEmpty()",
          "while (!waiting.isEmpty()",
          "one_look_turns_away_only_so_many_and_admits_none_beyond_them"),
      mutant(
          "one look lets in only so many",
          "while (left > 0 && room > 0",
          "while (room > 0",
          "one_look_lets_in_only_so_many_and_the_next_comes_soon"),
      mutant(
          "a look that was cut short goes on soon",
          "left > 0 ? PAUSE_MILLIS : SOON_MILLIS",
          "PAUSE_MILLIS",
          "one_look_lets_in_only_so_many_and_the_next_comes_soon"),
      mutant(
          "who has gone does not enter",
          "if (next.isThere()) {",
          "if (true) {",
          "who_has_gone_does_not_enter_and_takes_no_room"),
      mutant(
          "who has gone takes no room",
          "next.enter(); room--; } else {",
          "next.enter(); room--; } else { room--;",
          "who_has_gone_does_not_enter_and_takes_no_room"),
      mutant(
          "who has gone is counted out",
          "next.turnAway();",
          "",
          "who_has_gone_is_turned_away_once"));

  private EntranceMutants() {}

  private static Mutant mutant(String rule, String text, String instead, String killer) {
    return new Mutant(rule, FILE, text, instead, TEST + killer);
  }
}
