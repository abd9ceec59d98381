package io.payonce.server;

import io.payonce.flow.Events;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A payment's timeline for people. That a copy was sent and that the payment was settled is not
 * written by itself, which would cost every payment room in Redis: it follows from what is.
 */
final class TimelineJson {
  private static final String BEGUN = "begun";

  /** Begins what a person says, in words of its own. */
  private static final String PERSON = "a person says";

  private TimelineJson() {}

  /** @param rule why, null when the line does not say */
  private record Line(long atMillis, String what, String rule, boolean copy) {
    static Line read(String text) {
      boolean marked = text.endsWith(Events.SENT) && !text.contains(PERSON);
      String line = marked ? text.substring(0, text.length() - Events.SENT.length()) : text;
      int space = line.indexOf(' ');
      String event = line.substring(space + 1);
      int rule = event.indexOf("; ");
      return new Line(
          Long.parseLong(line.substring(0, space)),
          rule < 0 ? event : event.substring(0, rule),
          rule < 0 ? null : event.substring(rule + 2),
          marked || event.equals(BEGUN));
    }

    /** What became of a copy: its answer, or that there was none. */
    boolean isHeard() {
      return what.startsWith("silence") || what.endsWith(")") && !what.startsWith(Events.ASKED);
    }

    boolean isLaterStep() {
      return copy || what.equals("due") || what.startsWith(Events.ASKED);
    }

    JsonObject json() {
      return new JsonObject()
          .put("at", PaymentJson.iso(atMillis))
          .put("what", what)
          .put("rule", rule);
    }

    JsonObject also(String word) {
      return new Line(atMillis, word, null, false).json();
    }
  }

  static JsonArray of(Payment payment) {
    List<Line> lines = payment.timeline().lines().map(Line::read).toList();
    int last = payment.isEnded() ? ending(lines, payment.outcome()) : -1;
    JsonArray shown = new JsonArray();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      shown.add(line.json());
      if (line.copy()) {
        sent(lines.subList(i + 1, lines.size())).ifPresent(word -> shown.add(line.also(word)));
      }
      if (i == last) {
        shown.add(line.also(payment.outcome() == Outcome.RELEASED ? "released" : "settled"));
      }
    }
    return shown;
  }

  /**
   * Its intent is written; whether it left, only what is said of it afterwards can show: nothing
   * when its worker died.
   */
  private static Optional<String> sent(List<Line> after) {
    for (Line line : after) {
      if (line.what().startsWith("not sent")) {
        return Optional.empty();
      }
      if (line.isHeard()) {
        return Optional.of("sent");
      }
      if (line.isLaterStep()) {
        break;
      }
    }
    return Optional.of("sent, perhaps");
  }

  /** The last decision on the payment; a "paid" that came after another end has changed nothing. */
  private static int ending(List<Line> lines, Outcome outcome) {
    for (int i = lines.size() - 1; i >= 0 && !lines.get(i).what().equals(BEGUN); i--) {
      Line line = lines.get(i);
      boolean person = line.what().startsWith(PERSON);
      boolean tooLate = outcome != Outcome.PAID && line.what().endsWith("(PAID)");
      if (line.rule() != null && !person && !tooLate) {
        return i;
      }
    }
    return -1;
  }
}
