package io.payonce.flow;

import io.payonce.model.Answer;
import io.payonce.rule.Report;
import java.util.regex.Pattern;

/** The words of a payment's timeline: never a body, a key or a datum of a card. */
final class Events {
  private static final int MOST_CHARS = 16;
  private static final Pattern STRANGE = Pattern.compile("[^A-Za-z0-9]");

  private Events() {}

  /** What was heard, and how it was understood; one line. */
  static String of(Report report, Answer answer) {
    if (answer instanceof Answer.Spoken spoken) {
      String status = spoken.envelope().status() == null
          ? ""
          : " " + spoken.envelope().status().letter();
      return clean(spoken.envelope().code()) + status + " (" + report + ")";
    }
    if (answer instanceof Answer.Silent silent) {
      return "silence: " + silent.why();
    }
    return answer instanceof Answer.Unsent unsent ? "not sent: " + unsent.why() : "due";
  }

  /** A code is the platform's text: keep what a code can be made of. */
  private static String clean(String code) {
    String kept = code.substring(0, Math.min(code.length(), MOST_CHARS));
    return STRANGE.matcher(kept).replaceAll("?");
  }
}
