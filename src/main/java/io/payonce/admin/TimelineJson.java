package io.payonce.admin;

import io.payonce.admin.TimelineLine.Sort;
import io.payonce.ledger.Outcome;
import io.payonce.ledger.Payment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A payment's timeline for operators. That a send was sent and that the payment was settled is not
 * written by itself, which would cost every payment room in Redis: it follows from what is.
 */
final class TimelineJson {
  private TimelineJson() {}

  static List<TimelineLine> lines(Payment payment) {
    return payment.timeline().lines().map(TimelineLine::read).toList();
  }

  /** Of what is left of a record: what happened, without what follows from it. */
  static List<PaymentView.Entry> of(String remains) {
    return remains.lines().map(TimelineLine::read).map(TimelineLine::view).toList();
  }

  static List<PaymentView.Entry> of(Payment payment) {
    List<TimelineLine> lines = lines(payment);
    int last = payment.isEnded() ? ending(lines, payment.outcome()) : -1;
    List<PaymentView.Entry> shown = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      TimelineLine line = lines.get(i);
      shown.add(line.view());
      if (line.sent()) {
        sent(lines.subList(i + 1, lines.size())).ifPresent(word -> shown.add(also(line, word)));
      }
      if (i == last) {
        shown.add(also(line, payment.outcome() == Outcome.RELEASED ? "released" : "settled"));
      }
    }
    return shown;
  }

  private static PaymentView.Entry also(TimelineLine line, String word) {
    return new TimelineLine(line.atMillis(), word, null, Sort.OTHER, false, null).view();
  }

  /**
   * Its intent is written; whether it left, only what is said of it afterwards can show: nothing
   * when its worker died.
   */
  private static Optional<String> sent(List<TimelineLine> after) {
    for (TimelineLine line : after) {
      if (line.sort() == Sort.UNSENT) {
        return Optional.empty();
      }
      if (line.sort() == Sort.ANSWERED) {
        return Optional.of("sent");
      }
      if (line.sent() || line.sort() == Sort.STEP) {
        break;
      }
    }
    return Optional.of("sent, perhaps");
  }

  /** The last decision on the payment; a "paid" that came after another end has changed nothing. */
  private static int ending(List<TimelineLine> lines, Outcome outcome) {
    for (int i = lines.size() - 1; i >= 0 && lines.get(i).sort() != Sort.BEGUN; i--) {
      TimelineLine line = lines.get(i);
      boolean tooLate = outcome != Outcome.PAID && line.isPaid();
      if (line.rule() != null && line.sort() != Sort.PERSON && !tooLate) {
        return i;
      }
    }
    return -1;
  }
}
