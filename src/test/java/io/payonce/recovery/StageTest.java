package io.payonce.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.payonce.codes.Report;
import io.payonce.model.Operation.Doubt;
import io.payonce.recovery.World.Answered;
import io.payonce.recovery.World.Dedup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Searches the machine to its end: every policy, every world that is consistent with what the
 * machine is given, every order of events. A failure prints the shortest way there.
 */
class StageTest {
  /** The longest a payment may need once the platform speaks the truth. */
  private static final int STEPS_TO_THE_END = 5;

  /** {@code -Dstage.sends=4} searches deeper; 3 is the default of recovery.maxAttempts. */
  private static final int MOST_SENDS = Integer.getInteger("stage.sends", 3);

  private record Node(Stage stage, World world) {
    @Override
    public int hashCode() {
      History history = stage.history();
      int counts = history.generation() << 16 | history.sends() << 8 | history.sendsInDoubt();
      int mixed = 31 * (31 * counts + history.marks().hashCode()) + stage.word().hashCode();
      return mixed * 0x85EBCA6B ^ world.hashCode();
    }
  }

  private record Step(Node from, String by, Decision decision) {}

  private final Map<Node, Step> cameBy = new HashMap<>();
  private final Deque<Node> open = new ArrayDeque<>();
  private final Set<Stage> stages = new HashSet<>();
  private Policy policy;
  private Node here;
  private Step step;
  private final EnumSet<Action> acts = EnumSet.noneOf(Action.class);
  private long decisions;
  private long ends;

  static Stream<Policy> policies() {
    List<Policy> all = new ArrayList<>();
    for (int sends = 1; sends <= MOST_SENDS; sends++) {
      for (Doubt doubt : Doubt.values()) {
        for (boolean late : new boolean[] {false, true}) {
          for (boolean reissue : new boolean[] {false, true}) {
            if (doubt == Doubt.CONFIRM || reissue && (!late || doubt == Doubt.ASK_ONLY)) {
              all.add(new Policy(sends, reissue, late, doubt, false));
              if (doubt == Doubt.REPEAT) {
                all.add(new Policy(sends, reissue, late, doubt, true));
              }
            }
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void no_order_of_events_charges_twice_or_denies_a_payment(Policy allowed) {
    policy = allowed;
    worlds()
        .forEach(world -> arrive(new Node(Stage.first(), world), new Step(null, "begin", null)));
    while (!open.isEmpty()) {
      here = open.poll();
      holds(here);
      explore();
      comesToAnEnd();
    }
    if (policy.maxSends() > 1 && policy.reissue() && policy.doubt() == Doubt.CONFIRM) {
      assertThat(acts).as("the search tries everything").hasSize(Action.values().length - 1);
    }
    System.out.printf(
        "%s: %,d states, %,d decisions, %,d ends%n", policy, cameBy.size(), decisions, ends);
  }

  private List<World> worlds() {
    List<World> worlds = new ArrayList<>();
    for (Dedup dedup : Dedup.values()) {
      boolean allowed = dedup != Dedup.EVERY_SEND_RUNS || policy.resendAfterWindow();
      // Repeating such an operation does no harm, so only its duplicates matter.
      if (!allowed || policy.doubt() == Doubt.REPEAT && dedup != Dedup.ONE_RUN) {
        continue;
      }
      for (boolean othersPaid : new boolean[] {false, true}) {
        worlds.add(fresh(dedup, false, othersPaid));
        if (dedup != Dedup.EVERY_SEND_RUNS) {
          worlds.add(fresh(dedup, true, othersPaid));
        }
      }
    }
    return worlds;
  }

  private World fresh(Dedup dedup, boolean foreign, boolean othersPaid) {
    return new World(
        dedup, foreign, othersPaid, policy.doubt(), "", 0, 0, false, false, false, World.EARLY);
  }

  private void explore() {
    Stage stage = here.stage();
    World world = here.world();
    world.drift().forEach(next -> arrive(new Node(stage, next), new Step(here, "drift", null)));
    if (!world.aborted()) {
      arrive(new Node(stage.aborted(), world.withAborted()), new Step(here, "abort", null));
    }
    if (stage instanceof Sending) {
      world.deaths().forEach(next -> decided("its worker died", stage.due(moment(), policy), next));
      if (!world.moment().windowOver()) {
        world.answers().forEach(answered -> answered(stage, answered));
      }
      return;
    }
    Decision due = stage.due(moment(), policy);
    if (due.action() == Action.CONFIRM) {
      check(due.next().equals(stage), "a question changes nothing", due);
      world.views().forEach(answered -> answered(stage, answered));
    } else {
      decided("due", due, world);
    }
  }

  private Deadlines moment() {
    return here.world().moment();
  }

  private void answered(Stage stage, Answered answered) {
    Decision decision = stage.next(answered.report(), answered.world().moment(), policy);
    if (decision.action() == Action.REISSUE) {
      check(answered.report() == Report.FAILED, "only F without a reason is tried again", decision);
    }
    decided(answered.report().name(), decision, answered.world());
  }

  private void decided(String by, Decision decision, World world) {
    step = new Step(here, by, decision);
    decisions++;
    acts.add(decision.action());
    switch (decision.action()) {
      case SETTLE_PAID -> {
        check(world.isPaid(), "paid is only said when it is", decision);
        check(!chargesAgain(world), "a paid payment is not charged again", decision);
        ends++;
      }
      case SETTLE_UNPAID, SETTLE_REFUSED -> {
        check(!world.isPaid() && !world.mayStillPay(), "not paid is said for ever", decision);
        ends++;
      }
      case RELEASE -> {
        boolean harmless = policy.doubt() == Doubt.REPEAT
            && here.stage() instanceof InDoubt
            && (!policy.locks() || world.flying() == 0);
        check(
            harmless || !world.isPaid() && !world.mayStillPay(),
            "given back only with nothing under way",
            decision);
        ends++;
      }
      case RESEND -> {
        sends(decision, world);
        arrive(new Node(decision.next(), world.resent()), step);
      }
      case REISSUE -> {
        sends(decision, world);
        reissues(decision, world);
        arrive(new Node(decision.next(), world.reissued()), step);
      }
      case WAIT -> {
        check(!(decision.next() instanceof Sending), "only a send leads to SENDING", decision);
        arrive(new Node(decision.next(), world), step);
      }
      case CONFIRM -> check(false, "a report is answered by a decision", decision);
    }
  }

  private boolean chargesAgain(World world) {
    return world.dedup() == Dedup.EVERY_SEND_RUNS && world.mayStillPay();
  }

  private void sends(Decision decision, World world) {
    check(decision.next() instanceof Sending, "a send leads to SENDING", decision);
    check(!(here.stage() instanceof Open), "OPEN never sends", decision);
    check(!(here.stage() instanceof Attention), "ATTENTION never sends", decision);
    check(!world.aborted(), "nothing is sent after an abort", decision);
    check(!world.opened(), "nothing is sent after the platform had it open", decision);
    check(world.sends() < policy.maxSends(), "copies are limited", decision);
    check(decision.next().history().sends() <= policy.maxSends(), "and counted", decision);
    check(
        !policy.resendAfterWindow() || policy.doubt() == Doubt.REPEAT || !world.mayStillPay(),
        "without idempotency a copy is alone",
        decision);
    check(
        policy.doubt() != Doubt.ASK_ONLY || !world.isPaid(),
        "an irreversible call is never repeated in doubt",
        decision);
  }

  private void reissues(Decision decision, World world) {
    check(policy.reissue() && policy.doubt() == Doubt.CONFIRM, "reissue is allowed", decision);
    check(!world.runs().isEmpty(), "the old id has its final word", decision);
    check(!world.isPaid() && !world.mayStillPay(), "the old id ended unpaid", decision);
  }

  private void holds(Node node) {
    step = cameBy.get(node);
    boolean repeats = policy.doubt() == Doubt.REPEAT;
    check(repeats || node.world().charges() <= 1, "nobody is charged twice", null);
    if (node.stage() instanceof Held) {
      check(!node.world().isPaid() && !node.world().mayStillPay(), "HELD has no doubt", null);
    }
    Stage stage = node.stage();
    if (stages.add(stage)) {
      Stage read = Stage.read(stage.word(), stage.history().encode());
      check(read.equals(stage), "a stage is read as it was written", null);
    }
  }

  /** When time passes and the platform speaks the truth, it ends, or an operator has it. */
  private void comesToAnEnd() {
    for (String last : List.of("S", "F", "D", "C", "P")) {
      World world = here.world();
      String runs = world.runs().replace("I", last).replace("P", last);
      if (World.charges(runs) > 1) {
        continue;
      }
      World calm = world.at(new Deadlines(true, true, true)).withRuns(runs);
      Stage stage = here.stage();
      for (int steps = 0; stage != null && steps < STEPS_TO_THE_END; steps++) {
        stage = calmStep(stage, calm);
      }
      boolean unfinished = runs.isEmpty() || runs.contains("P");
      boolean ends = stage == null || unfinished && stage instanceof Attention;
      check(ends, "it ends or an operator has it", null);
      if (world.runs().equals(runs)) {
        return;
      }
    }
  }

  /** The next stage, null at the end. */
  private Stage calmStep(Stage stage, World calm) {
    Decision decision = stage.due(calm.moment(), policy);
    if (decision.action() == Action.CONFIRM) {
      decision = stage.next(calm.truth().report(), calm.moment(), policy);
    }
    check(
        decision.action() != Action.RESEND && decision.action() != Action.REISSUE,
        "too late",
        decision);
    return decision.action() == Action.WAIT ? decision.next() : null;
  }

  private void arrive(Node node, Step by) {
    if (cameBy.putIfAbsent(node, by) == null) {
      open.add(node);
    }
  }

  private void check(boolean holds, String rule, Decision decision) {
    if (!holds) {
      throw new AssertionError(
          "%s, but%n%s  %s%n%s".formatted(rule, path(), brief(step), decision));
    }
  }

  private String path() {
    StringBuilder text = new StringBuilder();
    for (Node node = here; node != null; node = cameBy.get(node).from()) {
      text.insert(0, "  %-90s %s%n".formatted(brief(cameBy.get(node)), brief(node)));
    }
    return text.toString();
  }

  private static String brief(Step step) {
    Decision decision = step.decision();
    return decision == null
        ? step.by()
        : step.by() + ": " + decision.action() + ", " + decision.because();
  }

  private static String brief(Node node) {
    World world = node.world();
    return "%s %s | runs=%s flying=%d %s"
        .formatted(
            node.stage().word(),
            node.stage().history().encode(),
            world.runs(),
            world.flying(),
            world);
  }
}
