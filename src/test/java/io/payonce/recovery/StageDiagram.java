package io.payonce.recovery;

import io.payonce.codes.Report;
import io.payonce.model.Operation.Doubt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
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
  private static final Policy POLICY = new Policy(3, true, false, Doubt.CONFIRM, false);

  /** What Classification can make of the answer to a question. */
  private static final Set<Report> TO_A_QUESTION = EnumSet.of(
      Report.PAID,
      Report.OTHER_AMOUNT,
      Report.DECLINED,
      Report.FAILED,
      Report.CLOSED,
      Report.INITIAL,
      Report.PROCESSING,
      Report.NOT_FOUND,
      Report.FOREIGN,
      Report.UNKNOWN);

  private static final Set<Report> TO_A_SEND =
      EnumSet.complementOf(EnumSet.of(Report.DONE, Report.NOT_FOUND, Report.FOREIGN));

  private record Arrow(String from, String to) {}

  /** Under which circumstances something leads along an arrow, the plainest first. */
  private enum When {
    ALONE(""),
    LATER("on a later send "),
    TAKEN("after C06 or C10 ");

    private final String words;

    When(String words) {
      this.words = words;
    }

    static When of(History history) {
      if (history.has(Mark.ID_IN_USE) || history.has(Mark.ORDER_PAID_ELSEWHERE)) {
        return TAKEN;
      }
      return history.generation() == 1 && history.sendsInDoubt() <= 1 ? ALONE : LATER;
    }
  }

  private final Map<Arrow, Map<When, Set<String>>> arrows = new HashMap<>();
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
        Deadlines moment = new Deadlines((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
        Decision due = stage.due(moment, POLICY);
        follow(stage, stage instanceof Held ? "pause over" : "worker gone", due);
        for (Report report : stage instanceof Sending ? TO_A_SEND : TO_A_QUESTION) {
          follow(stage, name(report.toString()), stage.next(report, moment, POLICY));
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
    if (!to.equals(stage.word()) || to.equals("SENDING")) {
      arrows
          .computeIfAbsent(new Arrow(stage.word(), to), arrow -> new EnumMap<>(When.class))
          .computeIfAbsent(When.of(stage.history()), when -> new TreeSet<>())
          .add(word(cause, decision, to));
    }
  }

  private static String word(String cause, Decision decision, String to) {
    if (decision.action() == Action.REISSUE) {
      return cause + " (reissued id)";
    }
    boolean late = to.equals("ATTENTION") && !decision.next().isOtherAmount();
    return late ? "not final at the deadline" : cause;
  }

  private static String target(Decision decision) {
    return switch (decision.action()) {
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
      Stream.concat(STAGES.stream(), ENDS.stream())
          .filter(to -> arrows.containsKey(new Arrow(from, to)))
          .map(to ->
              "  %s --> %s: %s\n".formatted(from, to, label(arrows.get(new Arrow(from, to)))))
          .forEach(text::append);
    }
    ENDS.forEach(end -> text.append("  ").append(end).append(" --> [*]\n"));
    return text.append("```\n").toString();
  }

  private static String label(Map<When, Set<String>> causes) {
    Set<String> said = new HashSet<>();
    List<String> lines = new ArrayList<>();
    causes.forEach((when, names) -> {
      List<String> fresh = names.stream().filter(said::add).toList();
      if (!fresh.isEmpty()) {
        lines.add(when.words + String.join(", ", fresh));
      }
    });
    return String.join("<br/>", lines);
  }

  private static String name(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
