package io.payonce.rule;

import io.payonce.model.Operation.Doubt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Draws the machine by running it: every stage it can reach, and what led from one to the next. */
final class StageDiagram {
  private static final List<String> STAGES =
      List.of("SENDING", "HELD", "IN_DOUBT", "OPEN", "ATTENTION");
  private static final List<String> ENDS = List.of("PAID", "UNPAID", "REFUSED", "RELEASED");
  private static final String DUE = "due";
  private static final Policy POLICY = new Policy(3, true, false, Doubt.CONFIRM);

  private record Arrow(String from, String to) {}

  /** Reports that lead along an arrow with one copy out, and those that need an earlier one. */
  private record Causes(Set<String> alone, Set<String> later) {}

  private final Map<Arrow, Causes> arrows = new LinkedHashMap<>();
  private final Set<Stage> seen = new HashSet<>();
  private final Deque<Stage> open = new ArrayDeque<>();

  /** The whole machine as a Mermaid state diagram, the usual operation and policy. */
  static String mermaid() {
    StageDiagram diagram = new StageDiagram();
    diagram.explore();
    return diagram.draw();
  }

  private void explore() {
    visit(Stage.first());
    while (!open.isEmpty()) {
      Stage stage = open.poll();
      for (int flags = 0; flags < 8; flags++) {
        Moment moment = new Moment((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
        follow(stage, DUE, stage.due(moment, POLICY));
        for (Report report : Report.values()) {
          follow(stage, name(report.name()), stage.next(report, moment, POLICY));
        }
      }
    }
  }

  private void visit(Stage stage) {
    if (seen.add(stage)) {
      open.add(stage);
    }
  }

  private void follow(Stage stage, String cause, Decision decision) {
    String to = target(decision);
    if (!ENDS.contains(to)) {
      visit(decision.next());
    }
    if (to.equals(stage.word()) && !to.equals("SENDING")) {
      return;
    }
    Causes causes = arrows.computeIfAbsent(
        new Arrow(stage.word(), to), arrow -> new Causes(new TreeSet<>(), new TreeSet<>()));
    boolean alone = stage.history().attempt() == 1 && stage.history().unaccounted() <= 1;
    (alone ? causes.alone() : causes.later()).add(cause);
  }

  private static String target(Decision decision) {
    return switch (decision.act()) {
      case SETTLE_PAID -> "PAID";
      case SETTLE_UNPAID -> "UNPAID";
      case SETTLE_REFUSED -> "REFUSED";
      case RELEASE -> "RELEASED";
      default -> decision.next().word();
    };
  }

  private String draw() {
    StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n  [*] --> SENDING\n");
    for (String from : STAGES) {
      for (String to : union()) {
        Causes causes = arrows.get(new Arrow(from, to));
        if (causes != null) {
          text.append("  %s --> %s: %s\n".formatted(from, to, label(causes)));
        }
      }
    }
    ENDS.forEach(end -> text.append("  ").append(end).append(" --> [*]\n"));
    return text.append("```\n").toString();
  }

  private static List<String> union() {
    return Stream.concat(STAGES.stream(), ENDS.stream()).toList();
  }

  private static String label(Causes causes) {
    Set<String> only = new TreeSet<>(causes.later());
    only.removeAll(causes.alone());
    String alone = String.join(", ", causes.alone());
    String later = "with an earlier copy " + String.join(", ", only);
    if (only.isEmpty()) {
      return alone;
    }
    return alone.isEmpty() ? later : alone + "<br/>" + later;
  }

  private static String name(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
